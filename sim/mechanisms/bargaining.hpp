// Bargaining: two offers approach two walk-away values until they cross, or time runs out. Every agreement in every
// channel comes from here: direct talks, people's mediation, the health bureau, and talks in the shadow of a judgment.
// Page: docs/model/bargaining.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Bargaining {
  static constexpr std::string_view name = "bargaining";

  struct Params {
    double discount_hospital = 0.06;
    double risk_aversion = 2;
    double wealth_years = 2;
    double aspiration = 0.85;
    double procedure_weight = 0.5;
    double outcome_weight = 0.5;
    double justice_negotiation = 0.30;
    double humanitarian_payment = 0.03;
    double opening_share = 0.30;
    double concession_patient = 0.8;
    double concession_hospital = 0.5;
    double concession_start = 0.05;
    double threat = 0.25;
    double disturbance_premium = 0.40;
    double loss_per_disturbance = 75000;
    double negotiation_days = 45;
    double mediation_limit = 30;
    double administration_days = 45;
    double extension_probability = 0.45;
    double private_deal_ceiling = 10000;
    double ceiling_compliance = 0.5;
    double check_days = 30;
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
    field("opening_share", p.opening_share,
          Field{"o_h", "1", 0, 1, "hospital's first offer over its walk-away value", "assumed", "C"});
    field("concession_patient", p.concession_patient,
          Field{"β_p", "1", 0.1, 3, "patient's concession shape; below 1 holds out", "row 56: Faratin 1998", "C"});
    field("concession_hospital", p.concession_hospital,
          Field{"β_h", "1", 0.1, 3, "hospital's concession shape", "row 56: same", "C"});
    field("concession_start", p.concession_start,
          Field{"k", "1", 0, 0.5, "part conceded at the first meeting", "Faratin 1998; assumed", "C"});
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
    field("negotiation_days", p.negotiation_days,
          Field{"T_n", "day", 10, 120, "how long direct talks are kept up", "assumed", "C"});
    field("mediation_limit", p.mediation_limit,
          Field{"T_m", "working day", 30, 90, "legal time for a mediation", "row 75: Order 701 art. 38", "A"});
    field("administration_days", p.administration_days,
          Field{"T_a", "day", 15, 120, "time for an administrative mediation", "assumed", "C"});
    field("extension_probability", p.extension_probability,
          Field{"x", "1", 0.1, 0.7, "the two sides agree to double the legal time",
                "row 76: Guangdong 64 % over a month", "B"});
    field("private_deal_ceiling", p.private_deal_ceiling,
          Field{"c_p", "CNY", 0, 1e9, "above it public hospitals may not settle alone",
                "row 63: Ningbo, Xining, Tianjin", "A"});
    field("ceiling_compliance", p.ceiling_compliance,
          Field{"c_c", "1", 0, 1, "chance that a hospital keeps to the ceiling",
                "director's report of hospitals bypassing committees; assumed", "C"});
    field("check_days", p.check_days,
          Field{"t_w", "day", 7, 60, "days between two looks at a waiting case", "assumed", "C"});
  }

  static double delay_to_judgment(const DisputeView& view) {
    return view.now.stage == Stage::trial ? view.now.deadline - view.today : view.district.court_delay;
  }
  static double justice(const DisputeView& view, const Params& p) {
    return view.now.stage == Stage::negotiation ? p.justice_negotiation : view.now.justice;
  }

  // The least that the patient takes.
  static double patient_reserve(const DisputeView& view, const Rules& rules, const Params& p) {
    const CourtTerms& court = rules.court;
    const double entitlement = view.now.patient_belief * view.injury.damages;
    // (BA1) certainty equivalent of a judgment, second order: CE = πD − ½γ(s_π D)²/(W_0 + πD)
    const double spread = rules.customs.belief_sd * view.injury.damages;
    constexpr double months = 12;
    const double wealth = p.wealth_years * months * view.claimant.monthly_income + entitlement;
    const double certain = entitlement - p.risk_aversion * spread * spread / (2 * wealth);
    // (BA2) what going to court is worth: CE·e^(−r_p τ)(1 − l_v) − what a suit still costs
    const bool filed = view.now.stage == Stage::trial;
    const double cost = filed ? 0
                              : court.lawyer_fixed + court.court_fee(entitlement) +
                                    court.appraisal_use * court.appraisal_fee_association;
    const double suit = certain *
                            exponential(-rules.customs.discount_patient * delay_to_judgment(view) / days_per_year) *
                            (1 - court.lawyer_share) -
                        cost;
    // (BA3) an offer is refused as an insult below J_p[φ − (w_p/w_o)·PJ]; procedure makes up for outcome
    const double insult = entitlement * (p.aspiration - p.procedure_weight / p.outcome_weight * justice(view, p));
    return std::max({suit, insult, 0.0});
  }

  // The most that the hospital, or its insurer, gives.
  static double hospital_reserve(const DisputeView& view, const Rules& rules, const Params& p) {
    const CourtTerms& court = rules.court;
    const double valuation = view.now.hospital_belief * view.injury.damages *
                             (1 + (view.hospital.insured ? rules.insurance.estimate_bias : 0));
    const bool filed = view.now.stage == Stage::trial;
    // (BA4) what going to court costs: πD·e^(−r_h τ) + C_h
    const double suit = valuation * exponential(-p.discount_hospital * delay_to_judgment(view) / days_per_year) +
                        (filed ? 0 : court.defence_cost);
    // (BA5) the shadow of protest: Pr(disturbance)·L_d before one, a premium q_d·J_h after one
    const double protest = view.now.disturbed ? p.disturbance_premium * rules.disturbance_reward_factor * valuation
                                              : p.threat * anger_now(view.now, view.today, rules.customs) *
                                                    rules.disturbance_reward_factor * p.loss_per_disturbance;
    return std::max(suit, p.humanitarian_payment * view.injury.damages) + protest;
  }

  // (BA6) offer(s) = start + (reserve − start)[k + (1 − k)s^(1/β)], s the part of the time that is gone
  static double offer(double start, double reserve, double beta, double gone, const Params& p) {
    return start + (reserve - start) * (p.concession_start + (1 - p.concession_start) * power(gone, 1 / beta));
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    if (state.deadline == never) {
      const double mediation =
          p.mediation_limit * calendar_days_per_working_day * (draw.chance(0, p.extension_probability) ? 2 : 1);
      const double days = state.stage == Stage::negotiation      ? p.negotiation_days
                          : state.stage == Stage::administration ? p.administration_days
                                                                 : mediation;
      state.deadline = view.today + static_cast<std::int32_t>(days);
    }
    const double floor = patient_reserve(view, rules, p), ceiling = hospital_reserve(view, rules, p);
    const double first_demand = std::max(state.demand, floor);
    const double first_offer =
        std::min(std::max(p.opening_share * ceiling, p.humanitarian_payment * view.injury.damages), ceiling);
    const double span = std::max(state.deadline - state.stage_since, 1);
    const auto asked = [&](std::int32_t day) {
      return offer(first_demand, floor, p.concession_patient, (day - state.stage_since) / span, p);
    };
    const auto offered = [&](std::int32_t day) {
      return offer(first_offer, ceiling, p.concession_hospital, (day - state.stage_since) / span, p);
    };

    // (BA7) agreement on the first day on which the demand is not above the offer, at the middle of the two
    state.settlement_day = never;
    if (asked(state.deadline) <= offered(state.deadline)) {
      std::int32_t low = std::min(view.today, state.deadline), high = state.deadline;
      while (low < high) {
        const std::int32_t middle = low + (high - low) / 2;
        if (asked(middle) <= offered(middle))
          high = middle;
        else
          low = middle + 1;
      }
      state.settlement_day = high;
      state.settlement = (asked(high) + offered(high)) / 2;
    }

    if (state.settlement_day <= view.today) {
      // (BA8) above the ceiling for private deals a hospital that keeps to the rule sends the case to mediation
      if (state.stage == Stage::negotiation && view.hospital.is_public && state.settlement > p.private_deal_ceiling &&
          draw.chance(1, p.ceiling_compliance)) {
        state.referred = true;
        state.deadline = never;
        return out.move(Stage::channel, 1, view.today);
      }
      state.agreed = state.settlement;
      state.outcome = CaseOutcome::agreement;
      state.closed = view.today;
      return out.move(Stage::payment, 0, view.today);
    }
    if (view.today >= state.deadline) {
      if (state.stage == Stage::trial) return out;  // the judge decides today
      state.deadline = never;
      return out.move(Stage::channel, 1, view.today);
    }
    out.wait = std::min({state.settlement_day, state.deadline, view.today + static_cast<std::int32_t>(p.check_days)}) -
               view.today;
    return out;
  }
};

}  // namespace parley
