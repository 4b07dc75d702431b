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
    double public_scores = 0;
    static void describe(auto& field, auto& p) {
      field("transparency_duty", p.transparency_duty,
            Field{"D_Y", "1", 0, 1, "how far hospitals are held to disclose", "S4: open handling; assumed", "C",
                  nullptr, Reach::hospital});
      field("public_scores", p.public_scores,
            Field{"P_Y", "1", 0, 1, "how widely the disputes of each hospital over its admissions are published",
                  "S3: accept the supervision of society; assumed", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    double compliance = 0.6;
    double scoring_cost = 20000;
    double publication_cost = 5000;
    static void describe(auto& field, auto& p) {
      field("compliance", p.compliance,
            Field{"s_Y", "1", 0, 1, "part of what a hospital lacks in transparency that a full duty makes good",
                  "assumed", "C"});
      field("scoring_cost", p.scoring_cost,
            Field{"c_Y", "CNY/year", 0, 200000, "cost of scoring one hospital under a full duty", "assumed", "C"});
      field("publication_cost", p.publication_cost,
            Field{"c_P", "CNY/year", 0, 100000, "cost of publishing one hospital's figures to everybody", "assumed",
                  "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.disclosure_duty = slopes.compliance * levers.now.transparency_duty;     // (TY1)
    rules.scoring_cost = slopes.scoring_cost * levers.now.transparency_duty;      // (TY2)
    rules.score_publication = levers.now.public_scores;                           // (TY3)
    rules.publication_cost = slopes.publication_cost * levers.now.public_scores;  // (TY4)
    return rules;
  }
};

}  // namespace parley
