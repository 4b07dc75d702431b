// Proximity: who visibly owns the result. A government that stands in front moves cases and help faster; but it is
// taken for a party where the hospital is its own, and invites people to make noise at its door. Page:
// docs/model/proximity.md
#pragma once
#include <string_view>

#include "sim/base/mathematics.hpp"
#include "sim/instruments/instrument.hpp"

namespace parley {

struct Proximity {
  static constexpr std::string_view name = "proximity";

  struct Levers {
    double proximity = 0.5;
    static void describe(auto& field, auto& p) {
      field("proximity", p.proximity,
            Field{"P", "1", 0, 1, "how visibly the government owns the result", "row 174: S0 lever", "C"});
    }
  };
  struct Slopes {
    double neutrality_slope = 0.20;
    double noise_slope = 0.50;
    double speed_slope = 0.30;
    double appearance_cost = 200000;
    static void describe(auto& field, auto& p) {
      field("neutrality_slope", p.neutrality_slope,
            Field{"s_P", "1", 0, 0.6,
                  "loss of a mediator's credibility per unit of proximity where the hospital is public",
                  "domain 2.5: assumed", "C"});
      field("noise_slope", p.noise_slope,
            Field{"n_P", "1", 0, 2, "relative rise of what a disturbance is expected to bring per unit of proximity",
                  "Liebman 2013 names the effect; size assumed", "C"});
      field("speed_slope", p.speed_slope,
            Field{"h_P", "1", 0, 2,
                  "fall of the log time until a case is handed on and until help comes, per unit of proximity",
                  "S2, S3: leaders who take charge in person; size assumed", "C"});
      field("appearance_cost", p.appearance_cost,
            Field{"c_P", "CNY/year", 0, 2e6,
                  "time of leaders and staff who appear in cases, per million residents and unit of proximity",
                  "two officers of a bureau; assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.proximity - levers.customary.proximity;
    rules.neutrality_shift -= slopes.neutrality_slope * change;                   // (PX1)
    rules.disturbance_reward_factor *= exponential(slopes.noise_slope * change);  // (PX2)
    rules.presence_cost = slopes.appearance_cost * levers.now.proximity;          // (PX3)
    rules.presence_delay_factor = exponential(-slopes.speed_slope * change);      // (PX4)
    return rules;
  }
};

}  // namespace parley
