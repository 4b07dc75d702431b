// Warning: an early-warning system looks at grievances, sees some of those that may break out and some that would not,
// and sends a visitor who calms and points at a committee. Page: docs/model/warning.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Warning {
  static constexpr std::string_view name = "warning";

  struct Params {
    double warning_tpr = 0.50;
    double warning_fpr = 0.10;
    double warning_margin = 0.15;
    double outreach_effect = 0.35;
    double visit_cost = 400;
    double visits_per_million = 4;
  };

  static void describe(auto& field, auto& p) {
    field("warning_tpr", p.warning_tpr,
          Field{"w_t", "1", 0.1, 0.9, "chance that a grievance which may break out is seen", "row 160: S1, assumed",
                "C"});
    field(
        "warning_fpr", p.warning_fpr,
        Field{"w_f", "1", 0.01, 0.3, "chance that one which would not is taken for one", "row 160: S1, assumed", "C"});
    field("warning_margin", p.warning_margin,
          Field{"w_m", "1", 0, 0.5, "distance from the personal threshold within which a grievance may break out",
                "assumed", "C"});
    field("outreach_effect", p.outreach_effect,
          Field{"w_a", "1", 0.1, 0.7, "cut in anger by a visit", "row 161: S1, one disturbance prevented", "C"});
    field("visit_cost", p.visit_cost, Field{"w_v", "CNY", 0, 5000, "cost of a visit", "assumed", "C"});
    field("visits_per_million", p.visits_per_million,
          Field{"w_n", "1/(month*million)", 0, 200, "visits that a district can pay for", "assumed", "C"});
  }

  // (EW1) a grievance may break out when anger times distrust comes within w_m of the personal threshold: G = h(1 − T)
  static bool at_risk(const DisputeView& view, const Rules& rules, const Params& p) {
    const double anger = anger_now(view.now, view.today, rules.customs);
    return anger * (1 - view.patient.hospital_trust) >= view.claimant.threshold - p.warning_margin;
  }

  // (EW2) alarm with coverage·w_t if it may, coverage·w_f if not; (EW3) a visit, if one is left this month: anger
  // falls by w_a, and the visitor points at the committee
  static Outcome decide(const DisputeView& view, const Rules& rules, bool visit_free, const Params& p,
                        const Draw& draw) {
    Outcome out(view.now);
    const double rate = at_risk(view, rules, p) ? p.warning_tpr : p.warning_fpr;
    if (!visit_free || !draw.chance(0, rules.warning_coverage * rate)) return out;
    CaseState& state = out.state;
    state.anger *= 1 - p.outreach_effect;
    state.referred = state.warned = true;
    state.route = Route::centre;
    out.pay(Role::government, Role::society, Money::yuan(p.visit_cost), Reason::visit_cost);
    return out;
  }

  // (EW4) visits to complaints that never become disputes: coverage·w_f each
  static double false_alarms(double complaints, const Rules& rules, const Params& p) {
    return complaints * rules.warning_coverage * p.warning_fpr;
  }
  // (EW5) visits a month: w_n per million residents
  static double visits_a_month(double population, const Params& p) {
    constexpr double million = 1e6;
    return p.visits_per_million * population / million;
  }
};

}  // namespace parley
