// Supervision: an office above the bureaus watches who is late with an answer, and leaders show where they look.
// Page: docs/model/supervision.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Supervision {
  static constexpr std::string_view name = "supervision";

  struct Levers {
    double deadline_supervision = 0;
    double leaders_attention = 0;
    static void describe(auto& field, auto& p) {
      field("deadline_supervision", p.deadline_supervision,
            Field{"D_s", "1", 0, 1, "how closely an office of supervision watches who is late with an answer",
                  "S4: copies to the office of supervision; assumed", "C"});
      field("leaders_attention", p.leaders_attention,
            Field{"A_s", "1/month", 0, 1, "attention that a speech or a visit of leaders adds to a district in a month",
                  "S3: leaders' speech; assumed", "C", nullptr, Reach::district});
    }
  };
  struct Slopes {
    double watched_delay = 0.5;
    double yearly_cost = 50000;
    static void describe(auto& field, auto& p) {
      field("watched_delay", p.watched_delay,
            Field{"t_D", "1", 0, 0.9, "part of the time for an answer that full supervision saves", "assumed", "C"});
      field("yearly_cost", p.yearly_cost,
            Field{"c_D", "CNY/year", 0, 1000000, "cost of full supervision in a district of a million people",
                  "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.petition_delay_factor = 1 - slopes.watched_delay * levers.now.deadline_supervision;  // (SP1)
    rules.supervision_cost = slopes.yearly_cost * levers.now.deadline_supervision;             // (SP2)
    rules.attention_from_leaders = levers.now.leaders_attention;                               // (SP3)
    return rules;
  }
};

}  // namespace parley
