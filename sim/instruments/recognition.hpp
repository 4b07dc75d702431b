// Recognition: mediators' work is seen and honoured, which strengthens their sense of mission.
// Page: docs/model/recognition.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Recognition {
  static constexpr std::string_view name = "recognition";

  struct Levers {
    double recognition = 0;
    static void describe(auto& field, auto& p) {
      field("recognition", p.recognition,
            Field{"R_m", "1", 0, 1, "how far those above affirm and honour mediators' work, beyond the customary",
                  "S2: the group affirms the work; assumed", "C", nullptr, Reach::committee});
    }
  };
  struct Slopes {
    double mission_slope = 0.3;
    double award_cost = 2000;
    static void describe(auto& field, auto& p) {
      field("mission_slope", p.mission_slope,
            Field{"s_R", "1", 0, 1, "relative rise of the mission under full recognition",
                  "Besley and Ghatak 2018; assumed", "C"});
      field("award_cost", p.award_cost,
            Field{"c_R", "CNY/year", 0, 20000, "cost of awards per mediator under full recognition", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.mission_factor = 1 + slopes.mission_slope * levers.now.recognition;  // (RC1)
    rules.award_cost = slopes.award_cost * levers.now.recognition;             // (RC2)
    return rules;
  }
};

}  // namespace parley
