// Linkage: coordination among the agencies. It raises the hand-off probability of every institutional edge, shortens
// its delay, saves information on the way, and costs money to keep up.
// Page: docs/model/linkage.md
#pragma once
#include <string_view>

#include "sim/base/mathematics.hpp"
#include "sim/instruments/instrument.hpp"

namespace parley {

struct Linkage {
  static constexpr std::string_view name = "linkage";

  struct Levers {
    double linkage_strength = 0.5;
    static void describe(auto& field, auto& p) {
      field("linkage_strength", p.linkage_strength,
            Field{"L", "1", 0, 1, "mean strength of the links among agencies", "row 175: S2", "C", nullptr,
                  Reach::district});
    }
  };
  struct Slopes {
    double handoff_slope = 0.8;
    double delay_slope = 1.0;
    double information_slope = 1.0;
    double yearly_cost = 200000;
    static void describe(auto& field, auto& p) {
      field("handoff_slope", p.handoff_slope,
            Field{"s_L", "1", 0, 2, "share of the missing hand-off probability gained per unit of linkage", "assumed",
                  "C"});
      field("delay_slope", p.delay_slope,
            Field{"t_L", "1", 0, 3, "fall of the log delay of a hand-off per unit of linkage", "assumed", "C"});
      field("information_slope", p.information_slope,
            Field{"i_L", "1", 0, 3, "fall of the log information loss per unit of linkage", "assumed", "C"});
      field(
          "yearly_cost", p.yearly_cost,
          Field{"c_L", "CNY/year", 0, 2000000, "running cost of one unit of linkage in a district of a million people",
                "S0 names the cost; size assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.linkage_strength - levers.customary.linkage_strength;
    rules.handoff_gain += slopes.handoff_slope * change;                               // (LI1)
    rules.delay_factor *= exponential(-slopes.delay_slope * change);                   // (LI2)
    rules.information_loss_factor *= exponential(-slopes.information_slope * change);  // (LI3)
    rules.linkage_cost = slopes.yearly_cost * levers.now.linkage_strength;             // (LI4)
    return rules;
  }
};

}  // namespace parley
