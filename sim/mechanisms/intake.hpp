// Intake: a free mediator looks at the case and takes it if duty, pay and mission outweigh the work. What is paid by
// the piece draws easy cases and repels hard ones (cream-skimming); what is paid flat rests on duty. Page:
// docs/model/intake.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Intake {
  static constexpr std::string_view name = "intake";

  struct Params {
    double duty = 5.0 / 3;
    double perceived_intercept = 1.5;
    double perceived_amount = 0.6;
    double severity_work = 0.5;
    double load_cost = 0.5;
    double urgency_severe = 60;
    double urgency_disturbed = 90;
    double partner_work = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("duty", p.duty,
          Field{"v_d", "1", 0, 5,
                "worth of meeting the duty to accept, over the cost of the customary work; weighted with the share of "
                "pay that is fixed",
                "assumed", "C"});
    field(
        "perceived_intercept", p.perceived_intercept,
        Field{"m_0", "logit", 0, 4,
              "chance of success that a mediator sees in a case whose demand equals the entitlement", "assumed", "C"});
    field("perceived_amount", p.perceived_amount,
          Field{"m_5", "logit", 0, 2, "fall of it per log unit of demand over entitlement", "row 90 gives the sign",
                "C"});
    field("severity_work", p.severity_work,
          Field{"w_s", "1", 0, 2, "extra work in a case of permanent injury or death", "assumed", "C"});
    field("load_cost", p.load_cost,
          Field{"w_l", "1", 0, 2, "rise of the cost of a day when the mediator is fully loaded", "assumed", "C"});
    field("urgency_severe", p.urgency_severe,
          Field{"u_s", "day", 0, 365, "days of waiting that a permanent injury or a death is worth in the queue",
                "assumed", "C"});
    field("urgency_disturbed", p.urgency_disturbed,
          Field{"u_d", "day", 0, 365, "the same of a disturbance", "assumed", "C"});
    field("partner_work", p.partner_work,
          Field{"w_p", "1", 0, 1, "work of the second mediator in a pair over that of the first", "assumed", "C"});
  }

  // (IN1) the most urgent case first: days waited + u_s·severe + u_d·disturbed; a pair takes what is severe
  static double priority(const Dispute& dispute, std::int32_t today, const Params& p) {
    return today - dispute.state.stage_since + (dispute.injury.severe() ? p.urgency_severe : 0) +
           (dispute.state.disturbed ? p.urgency_disturbed : 0);
  }
  static bool pairs(const Dispute& dispute, const Params&) { return dispute.injury.severe(); }

  // (IN2) work w = (e_r + e_i + e_d)(1 + w_s·severe), and w_d·o_d of it again where two bodies have the case
  static double work(const DisputeView& view, const Params& p) {
    return (view.mediator.resolve_days + view.mediator.investigate_days + view.mediator.document_days) *
           (1 + (view.injury.severe() ? p.severity_work : 0));
  }

  // `customary_days` are those of a case under the customary contract, w̄
  static Outcome decide(const DisputeView& view, const Rules& rules, double customary_days, bool paired,
                        const Params& p, const Draw&) {
    Outcome out(view.now);
    out.state.work_days = work(view, p) * (1 + rules.duplicate_work);
    // (IN3) perceived success p̂ = σ(m_0 − m_5 ln(N/J_p)); J_p is all that the file shows of the merits
    const double believed = std::max(view.now.patient_belief * view.injury.damages, 1.0);
    const double success =
        logistic(p.perceived_intercept - p.perceived_amount * logarithm(std::max(view.now.demand, 1.0) / believed));
    // (IN4) take it if g·v_d·c·w̄ + φ[f_a + f(p̂ + (1 − p̂)f_f) + (p̂ − s*)R] + p̂·mission ≥ c·w(1 + w_l·load), f = f_s and
    // f_v·f_s in a severe case, R what one more success adds to the results part: a case with less hope than the target
    // s* lowers what the committee is judged by
    const ContractTerms& pay = rules.contract;
    const double gain = pay.fixed_grant_share * (p.duty * rules.customs.effort_cost * customary_days) +
                        rules.customs.pass_through *
                            (pay.base_fee_case +
                             pay.success_pay(view.injury.severe()) * (success + (1 - success) * pay.pay_failed_share) +
                             (success - view.mediator.target) * results_worth(pay, rules.index, rules.target_ratchet,
                                                                              view.mediator.target, rules.customs)) +
                        success * view.mediator.mission;
    const double cost = rules.customs.effort_cost * out.state.work_days * (1 + p.load_cost * view.mediator.load);
    if (gain < cost) return out.move(Stage::channel, 1, view.today);
    out.state.paired = paired;
    out.state.mediated = true;
    return out.move(Stage::mediation, 0, view.today);
  }
  // (IN5) whoever serves the committee's host as well is busy for w/(1 − h_o)
  static double days_taken(double work, double host_share) { return work / (1 - host_share); }
};

}  // namespace parley
