// Appeal: whoever lost more than was expected may go to the higher court, if that looks worth it. It looks again, more
// carefully, and is final. Page: docs/model/appeal.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Appeal {
  static constexpr std::string_view name = "appeal";

  struct Params {
    double appeal_days = 90;
    double appeal_sigma = 0.3;
    double appeal_cost = 6000;
    double chance_seen = 0.25;
    double higher_sd = 0.12;
    double liability_threshold = 0.08;
  };

  static void describe(auto& field, auto& p) {
    field("appeal_days", p.appeal_days,
          Field{"t_2", "day", 30, 365, "appeal to second judgment", "domain 1.4: statutory three months", "A"});
    field("appeal_sigma", p.appeal_sigma,
          Field{"σ_2", "1", 0.1, 1, "log standard deviation of that time", "assumed", "C"});
    field("appeal_cost", p.appeal_cost,
          Field{"C_2", "CNY", 0, 50000, "cost of an appeal to the side that makes it", "assumed", "C"});
    field("chance_seen", p.chance_seen,
          Field{"p_2", "1", 0, 1, "chance that a side gives to a change in its favour",
                "row 107 is the check value; assumed", "C"});
    field("higher_sd", p.higher_sd,
          Field{"s_2", "1", 0.05, 0.35, "deviation of the higher court's own estimate of responsibility",
                "row 104 for the first; assumed smaller", "C"});
    field("liability_threshold", p.liability_threshold,
          Field{"ρ_2", "1", 0, 0.3, "estimated share below which it finds nothing",
                "appraisal classes: slight is up to 10 %", "C"});
  }

  // (AL1) a side appeals if p_2·(what it believes − what it got) > C_2, both in yuan and in its own favour
  static Outcome decide(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    if (state.appealed || (state.outcome != CaseOutcome::judgment && state.outcome != CaseOutcome::dismissed))
      return out;
    const double award = state.outcome == CaseOutcome::judgment ? state.agreed : 0;
    const double patient_loses = state.patient_belief * view.injury.damages - award;
    const double hospital_loses = award - state.hospital_belief * view.injury.damages;
    const bool patient = p.chance_seen * patient_loses > (1 - state.cost_cover) * p.appeal_cost;
    const bool hospital = p.chance_seen * hospital_loses > p.appeal_cost;
    if (!patient && !hospital) return out;
    // (AL2) nothing is owed until the second judgment, lognormal with mean t_2; each side that appeals pays C_2, the
    // patient less what legal aid bears
    state.appealed = true;
    state.outcome = CaseOutcome::open;
    state.agreed = 0;
    state.closed = never;
    const double days =
        p.appeal_days * exponential(p.appeal_sigma * draw.normal(0) - p.appeal_sigma * p.appeal_sigma / 2);
    const auto wait = std::max(static_cast<std::int32_t>(days), 1);
    state.deadline = view.today + wait;
    const Money cost = Money::yuan(p.appeal_cost), covered = cost.share(state.cost_cover);
    if (patient) {
      out.pay(Role::patient, Role::court, cost - covered, Reason::appeal_fee);
      out.pay(Role::government, Role::court, covered, Reason::legal_aid_cost);
    }
    if (hospital) out.pay(Role::hospital, Role::court, cost, Reason::appeal_fee);
    return out.move(Stage::appeal, wait, view.today);
  }

  // (AL3) the higher court's x = ρ + s_2 z stands: x·D where it reaches ρ_2, else nothing
  static Outcome judge(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const double share = std::clamp(view.injury.responsibility + p.higher_sd * draw.normal(1), 0.0, 1.0);
    if (share < p.liability_threshold) return out.close(CaseOutcome::dismissed, view.today);
    out.state.agreed = share * view.injury.damages;
    out.state.outcome = CaseOutcome::judgment;
    out.state.closed = view.today;
    return out.move(Stage::payment, 0, view.today);
  }
};

}  // namespace parley
