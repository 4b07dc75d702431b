// Performance index: what a committee is judged by, and whether the target moves with what it achieves.
// Page: docs/model/performance_index.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct PerformanceIndex {
  static constexpr std::string_view name = "performance_index";

  struct Levers {
    double index_success = 1;
    double index_time = 0;
    double index_satisfaction = 0;
    double index_recurrence = 0;
    double index_non_escalation = 0;
    double index_feedback = 0;
    double target_ratchet = 0;
    double disturbance_veto = 0;
    static void describe(auto& field, auto& p) {
      const char* source = "row 192: S0, S1; customary is success alone";
      field("index_success", p.index_success, Field{"ω_s", "1", 0, 1, "weight of reported success", source, "C"});
      field("index_time", p.index_time, Field{"ω_t", "1", 0, 1, "weight of short handling", source, "C"});
      field("index_satisfaction", p.index_satisfaction,
            Field{"ω_z", "1", 0, 1, "weight of patients' satisfaction", source, "C"});
      field("index_recurrence", p.index_recurrence,
            Field{"ω_r", "1", 0, 1, "weight of agreements that hold", source, "C"});
      field("index_non_escalation", p.index_non_escalation,
            Field{"ω_e", "1", 0, 1, "weight of cases that neither break out nor go on to a court", source, "C"});
      field("index_feedback", p.index_feedback,
            Field{"ω_f", "1", 0, 1, "weight of lessons that reach hospitals", source, "C"});
      field("target_ratchet", p.target_ratchet,
            Field{"ρ_s", "1", 0, 1, "part of what was achieved above the target that is demanded next year",
                  "row 193: Weitzman 1980; 0.3 where it is used", "C"});
      field(
          "disturbance_veto", p.disturbance_veto,
          Field{"v_d", "1", 0, 1,
                "part of a month's results that each disturbance of the month before takes from the committees of its "
                "district; 1: one vote against all",
                "S2: office of comprehensive management, its veto in evaluations; assumed", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    // (PI1) the weights in force; (PI2) those under which habits were formed
    const auto terms = [](const Levers& l) {
      return IndexTerms{l.index_success,    l.index_time,           l.index_satisfaction,
                        l.index_recurrence, l.index_non_escalation, l.index_feedback};
    };
    rules.index = terms(levers.now);
    rules.customary_index = terms(levers.customary);
    rules.target_ratchet = levers.now.target_ratchet;           // (PI3)
    rules.customary_ratchet = levers.customary.target_ratchet;  // (PI4)
    rules.disturbance_veto = levers.now.disturbance_veto;       // (PI5)
    return rules;
  }
};

}  // namespace parley
