// Walk-away values: the least that the patient takes and the most that the hospital gives. They hold what a court, a
// protest and a just procedure are worth to each side; every agreement in every forum comes from two offers between
// them. Page: docs/model/walk_away.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct WalkAway {
  static constexpr std::string_view name = "walk_away";

  struct Params {
    double discount_hospital = 0.06;
    double risk_aversion = 2;
    double wealth_years = 2;
    double aspiration = 0.85;
    double procedure_weight = 0.5;
    double outcome_weight = 0.5;
    double justice_negotiation = 0.30;
    double humanitarian_payment = 0.03;
    double threat = 0.25;
    double disturbance_premium = 0.40;
    double loss_per_disturbance = 75000;
    double credibility_spread = 0.5;
    double aggressive_aspiration = 0.15;
  };

  static void describe(auto& field, auto& p) {
    field("discount_hospital", p.discount_hospital,
          Field{"r_h", "1/year", 0.03, 0.15, "hospital's discount rate", "row 55: assumed", "C"});
    field("risk_aversion", p.risk_aversion,
          Field{"γ", "1", 0, 4, "patient's relative risk aversion", "row 57: assumed", "C"});
    field("wealth_years", p.wealth_years,
          Field{"W_0", "year", 0.2, 10, "patient's wealth in years of income", "assumed", "C"});
    field(
        "aspiration", p.aspiration,
        Field{"φ", "1", 0.2, 1.2,
              "share of the believed entitlement below which an offer insults, were the procedure without any justice",
              "domain 2.10: assumed", "C"});
    field("procedure_weight", p.procedure_weight,
          Field{"w_p", "1", 0.2, 0.8, "weight of procedure in accepting", "row 201: custody field trial, equal weights",
                "A"});
    field("outcome_weight", p.outcome_weight,
          Field{"w_o", "1", 0.2, 0.8, "weight of outcome in accepting", "row 201: same", "A"});
    field("justice_negotiation", p.justice_negotiation,
          Field{"PJ_n", "1", 0, 1, "procedural justice of direct talks", "assumed", "C"});
    field("humanitarian_payment", p.humanitarian_payment,
          Field{"h", "1", 0, 0.1, "paid without fault, share of damages", "row 134: Zigong", "C"});
    field("threat", p.threat,
          Field{"t_d", "1", 0, 1, "chance of a disturbance that the hospital sees at full anger",
                "Liebman 2013; assumed", "C"});
    field("disturbance_premium", p.disturbance_premium,
          Field{"q_d", "1", 0, 1.5,
                "extra that the hospital would pay after a disturbance, share of the entitlement it believes in",
                "row 154: Liebman 2013, size assumed", "C"});
    field(
        "loss_per_disturbance", p.loss_per_disturbance,
        Field{"L_d", "CNY", 10000, 600000, "what the hospital expects a disturbance to cost", "row 155: assumed", "C"});
    field("credibility_spread", p.credibility_spread,
          Field{"s_c", "1", 0.05, 3,
                "how loosely the hospital knows what a suit is worth to the patient, as a part of its cost",
                "Nalebuff 1987 names the effect; assumed", "C"});
    field("aggressive_aspiration", p.aggressive_aspiration,
          Field{"a_v", "1", 0, 1, "rise of φ where an aggressive lawyer speaks for the patient", "assumed", "C"});
  }

  // Days until a decision if talks fail: of the forum at work where it decides, else of a court still to be asked.
  static double delay_to_judgment(const DisputeView& view) {
    return decides(view) ? view.now.deadline - view.today : view.district.court_delay;
  }
  static double justice(const DisputeView& view, const Params& p) {
    return view.now.stage == Stage::negotiation || view.now.stage == Stage::claim ? p.justice_negotiation
                                                                                  : view.now.justice;
  }

  // (WV1) what a suit still costs the patient: fees, lawyer and expected appraisal less what legal aid bears, o =
  // (1 − cover)·(fixed + court fee + u_a·f_m); nothing once filed, when all of it but the appraisal has been paid
  static double suit_cost(const DisputeView& view, const Rules& rules, double entitlement) {
    if (filed(view)) return 0;
    const CourtTerms& court = rules.court;
    return (1 - view.now.cost_cover) *
           (court.lawyer_fixed + court.court_fee(entitlement) + court.appraisal_use * court.appraisal_fee_association);
  }

  // (WV2) certainty equivalent of a judgment, second order: CE = πD − ½γ(s_π D)²/(W_0 + πD)
  static double certain(const DisputeView& view, const Rules& rules, const Params& p) {
    const double entitlement = view.now.patient_belief * view.injury.damages;
    const double spread = rules.customs.belief_sd * view.injury.damages;
    constexpr double months = 12;
    const double wealth = p.wealth_years * months * view.claimant.monthly_income + entitlement;
    return entitlement - p.risk_aversion * spread * spread / (2 * wealth);
  }

  // The least that the patient takes.
  static double patient(const DisputeView& view, const Rules& rules, const Params& p) {
    const CourtTerms& court = rules.court;
    const double entitlement = view.now.patient_belief * view.injury.damages;
    // (WV3) what going to court is worth: CE·e^(−r_p τ)(1 − (1 − cover)·l_v) − o; below 0 the suit is no threat and
    // worth nothing
    const double suit = certain(view, rules, p) *
                            exponential(-rules.customs.discount_patient * delay_to_judgment(view) / days_per_year) *
                            (1 - (1 - view.now.cost_cover) * court.lawyer_share) -
                        suit_cost(view, rules, entitlement);
    // (WV4) an offer is refused as an insult below J_p[φ + a_v·aggressive − (w_p/w_o)·PJ]: procedure makes up for
    // outcome
    const double aspiration = p.aspiration + (view.now.counsel == Counsel::aggressive ? p.aggressive_aspiration : 0);
    const double insult = entitlement * (aspiration - p.procedure_weight / p.outcome_weight * justice(view, p));
    return std::max({suit, insult, 0.0});
  }

  // (WV5) chance, as the hospital sees it, that the patient would really sue (Nalebuff 1987): 1 once filed, else
  // Φ((ln(π_h D) − ln o)/s_c)
  static double credible(const DisputeView& view, const Rules& rules, const Params& p) {
    if (filed(view)) return 1;
    const double stake = std::max(view.now.hospital_belief * view.injury.damages, 1.0);
    const double cost = std::max(suit_cost(view, rules, stake), 1.0);
    return normal_cdf((logarithm(stake) - logarithm(cost)) / p.credibility_spread);
  }

  // The most that the hospital, or its insurer, gives.
  static double hospital(const DisputeView& view, const Rules& rules, const Params& p) {
    const double valuation =
        view.now.hospital_belief * view.injury.damages *
        (1 + (view.hospital.insured ? rules.insurance.estimate_bias * (1 - rules.insurer_at_table) : 0));
    // (WV6) what going to court costs: πD·e^(−r_h τ) + C_h, as far as the threat is credible; never less than h·D
    const double suit = (valuation * exponential(-p.discount_hospital * delay_to_judgment(view) / days_per_year) +
                         (filed(view) ? 0 : rules.court.defence_cost)) *
                        credible(view, rules, p);
    // (WV7) the shadow of protest: Pr(disturbance)·L_d and the learned premium before one, a premium q_d·J_h after one
    const double anger = anger_now(view.now, view.today, rules.customs);
    const double protest =
        rules.disturbance_reward_factor *
        (view.now.disturbed
             ? p.disturbance_premium * valuation
             : p.threat * anger *
                   (p.loss_per_disturbance + std::max(view.district.disturbance_premium, 0.0) * valuation));
    return std::max(suit, p.humanitarian_payment * view.injury.damages) + protest;
  }

  static WalkAwayValues decide(const DisputeView& view, const Rules& rules, const Params& p) {
    return {patient(view, rules, p), hospital(view, rules, p)};
  }

 private:
  // Somebody is already there who decides if talks fail.
  static bool decides(const DisputeView& view) {
    return view.now.stage == Stage::trial || view.now.stage == Stage::arbitration;
  }
  // The patient has gone there, and what it costs to go has been paid.
  static bool filed(const DisputeView& view) { return view.now.stage == Stage::filing || decides(view); }
};

}  // namespace parley
