// Transparency: hospitals have to tell patients what went wrong, and are scored on it.
// Page: docs/model/transparency.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Transparency {
  static constexpr std::string_view name = "transparency";

  struct Levers {
    double transparency_duty = 0;
    static void describe(auto& field, auto& p) {
      field("transparency_duty", p.transparency_duty,
            Field{"D_Y", "1", 0, 1, "how far hospitals are held to disclose", "S4: open handling; assumed", "C"});
    }
  };
  struct Slopes {
    double compliance = 0.6;
    double scoring_cost = 20000;
    static void describe(auto& field, auto& p) {
      field("compliance", p.compliance,
            Field{"s_Y", "1", 0, 1, "part of what a hospital lacks in transparency that a full duty makes good",
                  "assumed", "C"});
      field("scoring_cost", p.scoring_cost,
            Field{"c_Y", "CNY/year", 0, 200000, "cost of scoring one hospital under a full duty", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.disclosure_duty = slopes.compliance * levers.now.transparency_duty;  // (TY1)
    rules.scoring_cost = slopes.scoring_cost * levers.now.transparency_duty;   // (TY2)
    return rules;
  }
};

}  // namespace parley
