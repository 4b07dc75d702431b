// Division of labour: tasks that belong to nobody, and tasks that two bodies do. Gaps lose cases; overlap costs work
// and time, and catches some of what one body alone would lose. Page: docs/model/division.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Division {
  static constexpr std::string_view name = "division";

  struct Levers {
    double task_gap = 0;
    double task_overlap = 0;
    static void describe(auto& field, auto& p) {
      field("task_gap", p.task_gap,
            Field{"g_d", "1", 0, 0.8, "share of referrals for which no body is responsible, beyond the customary",
                  "S0: division of labour; assumed", "C"});
      field("task_overlap", p.task_overlap,
            Field{"o_d", "1", 0, 1, "share of cases that two bodies work on, beyond the customary",
                  "S0: division of labour; Landau 1969; assumed", "C"});
    }
  };
  struct Slopes {
    double duplicate_work = 0.5;
    double duplicate_delay = 0.5;
    static void describe(auto& field, auto& p) {
      field("duplicate_work", p.duplicate_work,
            Field{"w_d", "1", 0, 1, "work on a case that is done twice where two bodies have it", "assumed", "C"});
      field("duplicate_delay", p.duplicate_delay,
            Field{"t_d", "1", 0, 3, "rise of the delay of a referral where two bodies have to agree who acts",
                  "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.task_gap = levers.now.task_gap;                                      // (DV1)
    rules.task_overlap = levers.now.task_overlap;                              // (DV2)
    rules.duplicate_work = slopes.duplicate_work * levers.now.task_overlap;    // (DV3)
    rules.duplicate_delay = slopes.duplicate_delay * levers.now.task_overlap;  // (DV4)
    return rules;
  }
};

}  // namespace parley
