// Counsel: somebody may speak for the patient. Legal aid takes the poor while it has room; a lawyer takes what pays.
// Both know better what a court would say; an aggressive lawyer also asks for more and holds out.
// Page: docs/model/counsel.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct CounselChoice {
  static constexpr std::string_view name = "counsel";

  struct Params {
    double legal_aid_income = 2.0;
    double living_standard = 500;
    double legal_aid_cover = 0.8;
    double belief_gain = 0.4;
    double advice_sd = 0.2;
    double lawyer_probability = 0.35;
    double lawyer_threshold = 30000;
    double aggressive_demand = 1.5;
    double aggressive_bias = 0.05;
  };

  static void describe(auto& field, auto& p) {
    field("legal_aid_income", p.legal_aid_income,
          Field{"y_l", "1", 1, 3, "legal aid takes incomes below so many minimum living standards", "row 111: assumed",
                "C"});
    field("living_standard", p.living_standard,
          Field{"m_l", "CNY/month", 200, 1500, "minimum living standard", "urban minimum about 2015 (from memory)",
                "A*"});
    field("legal_aid_cover", p.legal_aid_cover,
          Field{"c_l", "1", 0, 1, "share of the patient's costs that legal aid bears", "row 112: assumed", "C"});
    field("belief_gain", p.belief_gain,
          Field{"g_l", "1", 0, 0.8, "cut in the bias and the spread of the patient's belief by counsel",
                "row 113: assumed", "C"});
    field("advice_sd", p.advice_sd,
          Field{"s_l", "1", 0.05, 0.5, "standard deviation of counsel's own estimate of the hospital's share",
                "assumed", "C"});
    field("lawyer_probability", p.lawyer_probability,
          Field{"q_l", "1", 0, 1, "chance that somebody whose claim pays for a lawyer takes one", "assumed", "C"});
    field("lawyer_threshold", p.lawyer_threshold,
          Field{"v_l", "CNY", 0, 500000, "believed entitlement from which a lawyer takes a case",
                "Shepherd 2014 for the effect; size assumed", "C"});
    field("aggressive_demand", p.aggressive_demand,
          Field{"μ_v", "1", 1, 4, "an aggressive lawyer's demand over the client's",
                "Mayor and Sartor 2010 for the strategies; assumed", "C"});
    field("aggressive_bias", p.aggressive_bias,
          Field{"b_v", "1", 0, 0.3, "what an aggressive lawyer adds to the client's hope, share of the damages",
                "assumed", "C"});
  }

  static Outcome decide(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (CS1) legal aid if the income is below y_l·m_l and the office has room; else a lawyer with q_l if J_p ≥ v_l
    const double believed = state.patient_belief * view.injury.damages;
    const bool poor = view.claimant.monthly_income < p.legal_aid_income * p.living_standard;
    if (poor && view.district.legal_aid_free) {
      state.counsel = Counsel::legal_aid;
      state.cost_cover = p.legal_aid_cover;
    } else if (believed >= p.lawyer_threshold && draw.chance(0, p.lawyer_probability)) {
      // (CS2) the lawyer is aggressive as often as lawyers of the district are
      state.counsel = draw.chance(1, view.district.aggressive_share) ? Counsel::aggressive : Counsel::cooperative;
    } else {
      return out;
    }
    // (CS3) sharper beliefs: π ← π + g_l(x − π) with counsel's estimate x = ρ + s_l z, and the spread falls by g_l
    const double estimate = std::clamp(view.injury.responsibility + p.advice_sd * draw.normal(2), 0.0, 1.0);
    state.patient_belief += p.belief_gain * (estimate - state.patient_belief);
    state.patient_precision /= (1 - p.belief_gain) * (1 - p.belief_gain);
    // (CS4) the aggressive one adds b_v to it, and asks for μ_v times as much
    if (state.counsel == Counsel::aggressive) {
      state.patient_belief = std::clamp(state.patient_belief + p.aggressive_bias, 0.0, 1.0);
      state.demand *= p.aggressive_demand;
    }
    return out;
  }

  // (CS5) what the strategy brought: what was paid less the lawyer's part, over the damages
  static double payoff(const DisputeView& view, double paid, const Rules& rules, const Params&) {
    const bool court = view.now.channel == Channel::court;
    const double cost = court ? rules.court.lawyer_fixed + rules.court.lawyer_share * paid : 0;
    return (paid - cost) / std::max(view.injury.damages, 1.0);
  }
};

}  // namespace parley
