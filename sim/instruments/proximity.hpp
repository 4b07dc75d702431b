// Proximity: who visibly owns the result. A government that stands in front is taken for a party where the hospital is
// its own, and invites people to make noise at its door.
// Page: docs/model/proximity.md
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
    static void describe(auto& field, auto& p) {
      field("neutrality_slope", p.neutrality_slope,
            Field{"s_P", "1", 0, 0.6,
                  "loss of a mediator's credibility per unit of proximity where the hospital is public",
                  "domain 2.5: assumed", "C"});
      field("noise_slope", p.noise_slope,
            Field{"n_P", "1", 0, 2, "relative rise of what a disturbance is expected to bring per unit of proximity",
                  "Liebman 2013 names the effect; size assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.proximity - levers.customary.proximity;
    rules.neutrality_shift -= slopes.neutrality_slope * change;                   // (PX1)
    rules.disturbance_reward_factor *= exponential(slopes.noise_slope * change);  // (PX2)
    return rules;
  }
};

}  // namespace parley
