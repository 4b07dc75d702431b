// Public budget: what a district may spend on disputes in a year. What is not granted is not done.
// Page: docs/model/public_budget.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct PublicBudget {
  static constexpr std::string_view name = "public_budget";

  struct Levers {
    double public_budget = 0;
    static void describe(auto& field, auto& p) {
      field("public_budget", p.public_budget,
            Field{"β", "1", 0, 5, "a year's budget over what was spent in the last year of the status quo; 0: no limit",
                  "S0: finance; assumed", "C", nullptr, Reach::district});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.public_budget = levers.now.public_budget;  // (PB1)
    return rules;
  }
};

}  // namespace parley
