// Petition: who has lost or given up may ask the government. It must answer within its time; whether it does more than
// answer depends on the attention of its leaders. Page: docs/model/petition.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Petition {
  static constexpr std::string_view name = "petition";

  struct Params {
    double petition_probability = 0.08;
    double anger_effect = 2.0;
    double anger_reference = 0.3;
    double trust_effect = 1.0;
    double trust_reference = 0.65;
    double response_days = 90;
    double reopen_probability = 0.2;
    double attention_effect = 3.0;
    double press = 0.5;
    double petition_cost = 3000;
    double disappointment = 0.1;
  };

  static void describe(auto& field, auto& p) {
    field("petition_probability", p.petition_probability,
          Field{"q_P", "1", 0.01, 0.25, "a case without result goes to petitioning, at the reference anger and trust",
                "row 70: assumed", "C"});
    field("anger_effect", p.anger_effect, Field{"P_h", "logit", 0, 6, "rise from no to full anger", "assumed", "C"});
    field("anger_reference", p.anger_reference, Field{"h_P", "1", 0, 1, "anger at which q_P holds", "assumed", "C"});
    field("trust_effect", p.trust_effect,
          Field{"P_T", "logit", 0, 6, "rise with trust in the government: who expects nothing does not ask", "assumed",
                "C"});
    field("trust_reference", p.trust_reference,
          Field{"T_P", "1", 0.3, 0.9, "trust at which q_P holds", "assumed", "C"});
    field("response_days", p.response_days, Field{"t_P", "day", 30, 180, "time for an answer", "row 204: S4", "C"});
    field("reopen_probability", p.reopen_probability,
          Field{"r_P", "1", 0.01, 0.9, "chance that the bureau takes the case up again, without attention of leaders",
                "assumed", "C"});
    field(
        "attention_effect", p.attention_effect,
        Field{"P_A", "logit", 0, 10, "rise of it from no to full attention", "S2: political attention; assumed", "C"});
    field("press", p.press,
          Field{"p_P", "1", 0, 0.9, "part of its firmness that a hospital gives up where leaders ask", "assumed", "C"});
    field("petition_cost", p.petition_cost,
          Field{"C_P", "CNY", 0, 50000, "cost of a petition to the government", "assumed", "C"});
    field("disappointment", p.disappointment,
          Field{"η_P", "1", 0, 0.6, "fall of trust in the government after an answer that changes nothing, relative",
                "assumed", "C"});
  }

  // (PE1) P = σ(logit q_P + P_h(h − h_P) + P_T(T_g − T_P)), once in the life of a dispute; the answer takes t_P days,
  // fewer where somebody watches
  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    const double anger = anger_now(view.now, view.today, rules.customs);
    const double chance = logistic(logit(p.petition_probability) + p.anger_effect * (anger - p.anger_reference) +
                                   p.trust_effect * (view.patient.government_trust - p.trust_reference));
    if (state.petitioned || !draw.chance(0, chance)) return out;
    state.petitioned = true;
    state.lost = state.outcome;
    state.outcome = CaseOutcome::open;
    state.closed = state.deadline = never;
    out.pay(Role::government, Role::society, Money::yuan(p.petition_cost), Reason::petition_cost);
    return out.move(Stage::petition, static_cast<std::int32_t>(p.response_days * rules.petition_delay_factor),
                    view.today);
  }

  // (PE2) the bureau takes it up with σ(logit r_P + P_A·attention): it goes to administrative mediation, and the
  // hospital holds its belief less firmly, τ_h(1 − p_P); (PE3) else the answer changes nothing, and trust falls by
  // η_P·T_g
  static Outcome answer(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    if (draw.chance(1, logistic(logit(p.reopen_probability) + p.attention_effect * view.district.attention))) {
      enter(state, Channel::administrative_mediation);
      state.hospital_precision *= 1 - p.press;
      return out.move(Stage::handoff, 1, view.today + 1);
    }
    out.beliefs.add({TrustObject::government, -p.disappointment * view.patient.government_trust});
    return out.close(state.lost, view.today);
  }
};

}  // namespace parley
