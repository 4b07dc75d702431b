// Consultation: before choosing a forum, people ask a committee or a centre. The adviser knows the law and the trade,
// so the patient's belief moves toward the truth as far as the adviser is trusted; some matters end there. Page:
// docs/model/consultation.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Consultation {
  static constexpr std::string_view name = "consultation";

  struct Params {
    double ask_probability = 0.6;
    double adviser_sd = 0.25;
    double explanation_effect = 0.25;
    double least_worth = 0.3;
  };

  static void describe(auto& field, auto& p) {
    field("ask_probability", p.ask_probability,
          Field{"q_a", "1", 0, 1, "chance that somebody who knows of mediation asks for advice before a choice",
                "row 66 is the check value; assumed", "C"});
    field(
        "adviser_sd", p.adviser_sd,
        Field{"s_a", "1", 0.05, 1, "standard deviation of an adviser's word on the hospital's share", "assumed", "C"});
    field(
        "explanation_effect", p.explanation_effect,
        Field{"e_a", "1", 0, 1, "chance that a good explanation is all that somebody wanted who wanted an explanation",
              "Vincent 1994; size assumed", "C"});
    field("least_worth", p.least_worth,
          Field{"v_a", "income-month", 0, 12, "value of the claim below which, after advice, it is let go",
                "row 67 is the check value; assumed", "C"});
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (CU1) asks with q_a, if a committee is open, known, and has not been asked
    const bool known = view.claimant.aware || state.referred;
    if (state.consulted || !known || !rules.mediation_open || !view.district.committee ||
        !draw.chance(0, p.ask_probability))
      return out;
    state.consulted = true;  // and learns of the forum
    // (CU2) the word x = ρ + s_a z, in [0, 1], moves the patient's belief with weight T_m/s_a²
    const double word = std::clamp(view.injury.responsibility + p.adviser_sd * draw.normal(1), 0.0, 1.0);
    const double weight = view.patient.committee_trust / (p.adviser_sd * p.adviser_sd);
    state.patient_belief =
        (state.patient_precision * state.patient_belief + weight * word) / (state.patient_precision + weight);
    state.patient_precision += weight;
    // (CU3) what is worth less than v_a monthly incomes is let go; who wanted an explanation may have it (e_a·T_m)
    const double worth = state.patient_belief * view.injury.damages / view.claimant.monthly_income;
    const bool explained = view.claimant.motive == Motive::explanation &&
                           draw.chance(2, p.explanation_effect * view.patient.committee_trust);
    if (worth < p.least_worth || explained) return out.close(CaseOutcome::dropped, view.today);
    return out;
  }
};

}  // namespace parley
