// Appraisal: a mediator works out what the hospital owes, with noise, and tells both sides, who believe it as far as
// they believe the mediator. Precision comes from skill, effort, experts and precedents; credibility from who pays and
// how. Page: docs/model/appraisal.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Appraisal {
  static constexpr std::string_view name = "appraisal";

  struct Params {
    double estimate_sd = 0.55;
    double share_scale = 0.5;
    double expert_use = 0.45;
    double expert_sd_factor = 0.55;
    double expert_fee = 500;
    double peer_bias = -0.10;
    double standardisation_effect = 0.3;
    double skill_effect = 0.5;
    double skill_reference = 0.70;
    double effort_elasticity = 0.35;
    double investigate_reference = 2;
    double loss_effect = 1.0;
    double neutrality_base = 0.65;
    double neutrality_hospital = 0.40;
    double neutrality_insurer = 0.30;
    double neutrality_government = 0.10;
    double neutrality_success_pay = 0.15;
    double neutrality_expert = 0.10;
    double neutrality_office = 0.15;
    double neutrality_room = 0.05;
    double neutrality_reputation = 0.5;
    double hospital_credence = 1.0;
    double voice_reference = 3;
    double calming = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("estimate_sd", p.estimate_sd,
          Field{"σ_m", "1", 0.2, 1, "log standard deviation of a mediator's estimate without an expert",
                "row 78: assumed", "C"});
    field("share_scale", p.share_scale,
          Field{"ρ̄", "1", 0.3, 0.75, "mean share at which that log deviation is turned into one of the share",
                "row 46: court mean 48 %", "A"});
    field("expert_use", p.expert_use,
          Field{"u_e", "1", 0.05, 1, "cases in which an expert is asked",
                "row 80: 81.6 % in litigation, Luoyang mostly none", "B"});
    field("expert_sd_factor", p.expert_sd_factor,
          Field{"f_e", "1", 0.3, 0.9, "deviation is multiplied by it when a perfectly matching expert helps",
                "row 79: assumed", "C"});
    field("expert_fee", p.expert_fee, Field{"F_e", "CNY", 0, 3000, "fee per opinion", "row 83: assumed", "C"});
    field("peer_bias", p.peer_bias,
          Field{"b_e", "1", -0.3, 0, "local experts' bias for the hospital, share of the entitlement",
                "row 84: Liang 2021, direction", "B"});
    field("standardisation_effect", p.standardisation_effect,
          Field{"s_z", "1", 0, 2, "fall of the log deviation from free to strict procedure, about the middle",
                "row 93: assumed", "C"});
    field("skill_effect", p.skill_effect,
          Field{"s_k", "1", 0, 2, "fall of the log deviation per unit of paired skill", "domain 2.14: assumed", "C"});
    field("skill_reference", p.skill_reference,
          Field{"k_0", "1", 0, 1, "paired skill at which σ_m holds: 1 - (1 - 0.55)(1 - 0.35)", "row 77: assumed", "C"});
    field("effort_elasticity", p.effort_elasticity,
          Field{"ε", "1", 0, 1, "fall of the log deviation per log day of investigation",
                "effort to precision: assumed", "C"});
    field("investigate_reference", p.investigate_reference,
          Field{"e_i0", "day", 0.5, 10, "days of investigation at which σ_m holds",
                "row 73: a third of six days; assumed", "C"});
    field("loss_effect", p.loss_effect,
          Field{"i_s", "1", 0, 3, "rise of the deviation per unit of information lost in hand-offs", "assumed", "C"});
    field(
        "neutrality_base", p.neutrality_base,
        Field{"κ_0", "1", 0.4, 0.9, "credibility at equal distance, before any funder counts", "row 85: assumed", "C"});
    field("neutrality_hospital", p.neutrality_hospital,
          Field{"k_h", "1", 0, 0.8, "loss per unit share of funding by hospitals", "row 86: Hebei", "C"});
    field("neutrality_insurer", p.neutrality_insurer,
          Field{"k_i", "1", 0, 0.8, "loss per unit share of funding by insurers", "row 86: Nanjing scandal", "C"});
    field("neutrality_government", p.neutrality_government,
          Field{"k_g", "1", 0, 0.8, "loss per unit share of public funding where the hospital is public",
                "row 86: Hebei", "C"});
    field("neutrality_success_pay", p.neutrality_success_pay,
          Field{"k_s", "1", 0, 0.5, "loss per unit share of pay that depends on success", "row 87: Kydd 2003", "C"});
    field("neutrality_expert", p.neutrality_expert,
          Field{"k_e", "1", 0, 0.4, "gain when an expert was heard", "domain 2.3: assumed", "C"});
    field("neutrality_office", p.neutrality_office,
          Field{"k_o", "1", 0, 0.5, "loss where an office of the health bureau mediates", "assumed", "C"});
    field("neutrality_room", p.neutrality_room,
          Field{"k_w", "1", 0, 0.4, "loss where mediators sit in the hospital's own house",
                "S2 mediation rooms; assumed", "C"});
    field(
        "neutrality_reputation", p.neutrality_reputation,
        Field{"k_r", "1", 0, 1, "gain per unit of what the side thinks of this mediator", "domain 2.3: assumed", "C"});
    field("hospital_credence", p.hospital_credence,
          Field{"k_c", "1", 0.2, 2, "credence that hospitals give a mediator, over that of patients", "assumed", "C"});
    field("voice_reference", p.voice_reference,
          Field{"e_r0", "day", 0.5, 10, "days of talks that give full voice", "assumed", "C"});
    field("calming", p.calming,
          Field{"c_a", "1", 0, 1, "share of anger that a perfectly just procedure takes away",
                "S1 1.7c counselling; assumed", "C"});
  }

  // (AP1) share of pay that depends on success: [ω̂_s(1 − g)w_k + f_s] / [w_k + f_a + f_s], ω̂_s the part that success
  // has of what is weighed
  static double success_pay_share(const ContractTerms& pay, const IndexTerms& index, const Customs& customs) {
    return (index.success * results_part(pay, index, customs) + pay.pay_per_success) /
           (customs.case_sum + pay.base_fee_case + pay.pay_per_success);
  }
  // (AP2) κ = κ_0 + proximity − k_h G_h − k_i G_i − k_g G·public − k_s·success pay − k_w·room − k_o·office + k_e·expert
  // + k_r·r, in [0, 1], office where an officer mediates or sits beside, r what the side has come to think of the
  // mediator; who pays weighs on the patient's side, on the hospital's side a funder who is its own friend does not
  static double credibility(const DisputeView& view, const Rules& rules, bool expert, bool patient_side,
                            const Params& p) {
    double kappa =
        p.neutrality_base + (expert ? p.neutrality_expert : 0) +
        p.neutrality_reputation * (patient_side ? view.mediator.reputation_patient : view.mediator.reputation_hospital);
    if (!patient_side) {
      if (!view.mediator.is_public_office)
        kappa -= p.neutrality_success_pay * success_pay_share(rules.contract, rules.index, rules.customs);
      return std::clamp(p.hospital_credence * kappa, 0.0, 1.0);
    }
    if (view.hospital.is_public) kappa += rules.neutrality_shift;
    if (view.mediator.is_public_office || view.mediator.officer_beside) kappa -= p.neutrality_office;
    if (!view.mediator.is_public_office) {
      kappa -= p.neutrality_hospital * rules.hospital_funding_share +
               p.neutrality_insurer * rules.insurer_funding_share +
               p.neutrality_success_pay * success_pay_share(rules.contract, rules.index, rules.customs);
      if (view.hospital.is_public) kappa -= p.neutrality_government * rules.public_funding_share;
      if (view.hospital.mediation_room) kappa -= p.neutrality_room;
    }
    return std::clamp(kappa, 0.0, 1.0);
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (AP3) an expert is heard with u_e, if the pool has one who fits and the request arrives over the advice edge
    const bool expert =
        view.expert_match > 0 && draw.chance(0, p.expert_use) && draw.chance(2, view.advice.probability);
    // (AP4) paired skill s = 1 − (1 − law)(1 − medicine)
    const double skill = 1 - (1 - view.mediator.law) * (1 - view.mediator.medicine);
    // (AP5) σ = σ_m ρ̄ · [1 − (1 − f_e)·match if an expert helps] · √(1 − v) · e^(−s_k(s − k_0) − s_z(z_p − ½)) ·
    // (e_i/e_i0)^(−ε) · (1 + i_s·loss), v the share of variance that precedents remove
    constexpr double middling = 0.5;
    const double deviation = p.estimate_sd * p.share_scale *
                             (expert ? 1 - (1 - p.expert_sd_factor) * view.expert_match : 1) *
                             std::sqrt(1 - view.mediator.precedents) *
                             exponential(-p.skill_effect * (skill - p.skill_reference) -
                                         p.standardisation_effect * (rules.standardisation - middling)) *
                             power(view.mediator.investigate_days / p.investigate_reference, -p.effort_elasticity) *
                             (1 + p.loss_effect * state.information_loss);
    // (AP6) estimate x = ρ(1 + b_e·expert) + σ z, in [0, 1]
    const double estimate = std::clamp(
        view.injury.responsibility * (1 + (expert ? p.peer_bias : 0)) + deviation * draw.normal(1), 0.0, 1.0);
    out.estimate_error = std::fabs(estimate - view.injury.responsibility);
    // (AP7) each side moves as far as it believes the mediator: π_j ← (τ_j π_j + κ_j τ_m x)/(τ_j + κ_j τ_m)
    const double kappa = credibility(view, rules, expert, true, p);
    const double precision = 1 / (deviation * deviation);
    persuade(state.patient_belief, state.patient_precision, estimate, kappa * precision);
    persuade(state.hospital_belief, state.hospital_precision, estimate,
             credibility(view, rules, expert, false, p) * precision);
    // (AP8) procedural justice: mean of voice, neutrality and respect; it calms
    const double voice = std::min(view.mediator.resolve_days / p.voice_reference, 1.0);
    constexpr double parts = 3;
    state.justice = (voice + kappa + view.hospital.communication) / parts;
    state.anger *= 1 - p.calming * state.justice;
    state.document_days = view.mediator.document_days;
    state.expert_used = out.expert_asked = expert;
    if (expert)
      out.pay(view.mediator.is_public_office ? Role::government : Role::committee, Role::experts,
              Money::yuan(p.expert_fee), Reason::expert_fee);
    // (AP9) talks start when the opinion is there, after the wait for a free expert; the legal time does not run before
    const auto days = static_cast<std::int32_t>(expert ? view.district.expert_wait + view.advice.delay : 0);
    return out.move(state.stage, days, view.today + days);
  }
};

}  // namespace parley
