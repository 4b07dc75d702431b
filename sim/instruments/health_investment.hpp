// Health investment: public money for hospitals, so that they are safer and less crowded. It works on the cause,
// slowly. Page: docs/model/health_investment.md
#pragma once
#include <string_view>

#include "sim/base/mathematics.hpp"
#include "sim/instruments/instrument.hpp"

namespace parley {

struct HealthInvestment {
  static constexpr std::string_view name = "health_investment";

  struct Levers {
    double health_investment = 0;
    static void describe(auto& field, auto& p) {
      field("health_investment", p.health_investment,
            Field{"H", "1", 0, 0.05, "public money for hospitals beyond what is customary, over their revenue",
                  "S0: imbalance of medical resources; size assumed", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    double safety_slope = 3;
    double crowding_slope = 2;
    static void describe(auto& field, auto& p) {
      field(
          "safety_slope", p.safety_slope,
          Field{"s_H", "1", 0, 10, "rise of the aim of the safety stock per unit of revenue invested", "assumed", "C"});
      field("crowding_slope", p.crowding_slope,
            Field{"o_H", "1", 0, 5, "fall of the log occupancy per unit of revenue invested", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.health_investment - levers.customary.health_investment;
    rules.safety_shift += slopes.safety_slope * change;                     // (HI1)
    rules.crowding_factor *= exponential(-slopes.crowding_slope * change);  // (HI2)
    rules.investment_share = levers.now.health_investment;                  // (HI3)
    return rules;
  }
};

}  // namespace parley
