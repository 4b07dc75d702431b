// Emergency response: police and mediators are on call, so that somebody is there before a crowd is past talking to.
// Page: docs/model/emergency_response.md
#pragma once
#include <string_view>

#include "sim/base/mathematics.hpp"
#include "sim/instruments/instrument.hpp"

namespace parley {

struct EmergencyResponse {
  static constexpr std::string_view name = "emergency_response";

  struct Levers {
    double emergency_response = 0;
    static void describe(auto& field, auto& p) {
      field("emergency_response", p.emergency_response,
            Field{"E", "1", 0, 1, "how far a duty roster of mediators and police covers the hospitals",
                  "S1, S4: on-call mediation; assumed", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    double call_slope = 0.8;
    double delay_slope = 0.8;
    double yearly_cost = 300000;
    static void describe(auto& field, auto& p) {
      field("call_slope", p.call_slope,
            Field{"s_E", "1", 0, 1, "share of the calls that nobody would have answered which are answered, per unit",
                  "assumed", "C"});
      field("delay_slope", p.delay_slope,
            Field{"t_E", "1", 0, 3, "fall of the log time until police and mediator arrive, per unit", "assumed", "C"});
      field("yearly_cost", p.yearly_cost,
            Field{"c_E", "CNY/year", 0, 3000000, "cost of a full roster in a district of a million people", "assumed",
                  "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.emergency_response - levers.customary.emergency_response;
    rules.response_gain += slopes.call_slope * change;                         // (EM1)
    rules.response_delay_factor *= exponential(-slopes.delay_slope * change);  // (EM2)
    rules.response_cost = slopes.yearly_cost * levers.now.emergency_response;  // (EM3)
    return rules;
  }
};

}  // namespace parley
