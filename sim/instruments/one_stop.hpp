// One stop: one counter where hospital, bureau, committee, insurer and court meet, so that a case is not sent around.
// Page: docs/model/one_stop.md
#pragma once
#include <string_view>

#include "sim/base/mathematics.hpp"
#include "sim/instruments/instrument.hpp"

namespace parley {

struct OneStop {
  static constexpr std::string_view name = "one_stop";

  struct Levers {
    double one_stop = 0;
    static void describe(auto& field, auto& p) {
      field("one_stop", p.one_stop,
            Field{"O", "1", 0, 1, "share of the agencies' counters that are brought together in one house",
                  "S2, S3: one-stop settlement", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    double referral_slope = 0.8;
    double delay_slope = 1.0;
    double yearly_cost = 150000;
    static void describe(auto& field, auto& p) {
      field("referral_slope", p.referral_slope,
            Field{"s_O", "1", 0, 1, "share of the referrals that would have been lost which arrive, per unit",
                  "assumed", "C"});
      field("delay_slope", p.delay_slope,
            Field{"t_O", "1", 0, 3, "fall of the log delay of referrals and of the insurer's answer, per unit",
                  "assumed", "C"});
      field("yearly_cost", p.yearly_cost,
            Field{"c_O", "CNY/year", 0, 2000000, "running cost of the house in a district of a million people",
                  "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.one_stop - levers.customary.one_stop;
    rules.referral_gain += slopes.referral_slope * change;                     // (OS1)
    rules.referral_delay_factor *= exponential(-slopes.delay_slope * change);  // (OS2)
    rules.one_stop_cost = slopes.yearly_cost * levers.now.one_stop;            // (OS3)
    return rules;
  }
};

}  // namespace parley
