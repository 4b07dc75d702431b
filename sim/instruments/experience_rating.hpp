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
    static void describe(auto& field, auto& p) {
      field("rating_strength", p.rating_strength,
            Field{"s_r", "1", 0, 1, "0: every hospital of a class pays the same; 1: full credibility rating",
                  "row 125: rating rare", "B"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.rating_strength = levers.now.rating_strength;  // (ER1)
    return rules;
  }
};

}  // namespace parley
