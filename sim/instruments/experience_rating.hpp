// Experience rating: how far a hospital's own claims move its premium, so that harm costs whoever does it.
// Page: docs/model/experience_rating.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct ExperienceRating {
  static constexpr std::string_view name = "experience_rating";

  struct Levers {
    double rating_strength = 0.2;
    double premium_rise_limit = 100;
    static void describe(auto& field, auto& p) {
      field("rating_strength", p.rating_strength,
            Field{"s_r", "1", 0, 1, "0: every hospital of a class pays the same; 1: full credibility rating",
                  "row 125: rating rare", "B", nullptr, Reach::hospital});
      field("premium_rise_limit", p.premium_rise_limit,
            Field{"x_r", "1/year", 0, 100,
                  "largest rise of a hospital's own premium that the regulator lets pass, relative; 100: no limit",
                  "S2: the provincial regulator of insurance; assumed", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.rating_strength = levers.now.rating_strength;        // (ER1)
    rules.premium_rise_limit = levers.now.premium_rise_limit;  // (ER2)
    return rules;
  }
};

}  // namespace parley
