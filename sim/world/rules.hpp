// The terms in force in one district: all that policy can touch. Mechanisms read them, instruments amend them, and the
// two meet nowhere else. Amended at the start of each month.
#pragma once
#include <array>
#include <cstdint>

#include "sim/base/describe.hpp"

namespace parley {

// What a suit costs and how long the statute lets it live.
struct CourtTerms {
  double lawyer_share = 0.10;
  double lawyer_fixed = 5000;
  double defence_cost = 20000;
  double appraisal_use = 0.8155;
  double appraisal_judicial_share = 0.601;
  double appraisal_fee_association = 2200;
  double appraisal_fee_judicial = 8000;
  double appraisal_time = 90;
  double duration_mean = 400;
  double fee_threshold = 50000;
  double fee_fixed = 300;
  double fee_rate_middle = 0.01;
  double fee_ceiling_middle = 100000;
  double fee_rate_above = 0.005;

  static void describe(auto& field, auto& p) {
    field("lawyer_share", p.lawyer_share,
          Field{"l_v", "1", 0.05, 0.30, "patient's lawyer, share of the award", "row 108: assumed", "C"});
    field("lawyer_fixed", p.lawyer_fixed,
          Field{"l_0", "CNY", 0, 50000, "patient's lawyer, fixed fee per suit", "row 108: assumed", "C"});
    field("defence_cost", p.defence_cost,
          Field{"C_h", "CNY", 5000, 80000, "hospital's cost per suit", "row 109: assumed", "C"});
    field("appraisal_use", p.appraisal_use,
          Field{"u_a", "1", 0.6, 0.95, "suits with an expert appraisal", "row 100: Liang 2021", "A"});
    field("appraisal_judicial_share", p.appraisal_judicial_share,
          Field{"u_j", "1", 0.3, 0.8, "appraisals by judicial institutions, the rest by medical associations",
                "row 101: Liang 2021", "A"});
    field("appraisal_fee_association", p.appraisal_fee_association,
          Field{"f_m", "CNY", 1700, 20000, "first appraisal by a medical association", "row 103: one report", "A"});
    field("appraisal_fee_judicial", p.appraisal_fee_judicial,
          Field{"f_j", "CNY", 1700, 20000, "appraisal by a judicial institution", "row 103: assumed", "C"});
    field("appraisal_time", p.appraisal_time,
          Field{"t_a", "day", 45, 240, "time that an appraisal takes", "row 102: assumed", "C"});
    field("duration_mean", p.duration_mean,
          Field{"t_c", "day", 180, 900, "filing to first judgment when no queue holds it up, appraisal included",
                "row 98: statutory limits, Korea, Japan", "B"});
    field("fee_threshold", p.fee_threshold,
          Field{"F_1", "CNY", 0, 200000, "claims up to here pay the fixed court fee alone (personal-injury tariff)",
                "row 110: Measures on litigation costs, art. 13", "A"});
    field("fee_fixed", p.fee_fixed,
          Field{"F_0", "CNY", 100, 500, "fixed court fee", "row 110: Measures on litigation costs, art. 13", "A"});
    field("fee_rate_middle", p.fee_rate_middle,
          Field{"F_m", "1", 0, 0.05, "court fee rate between the threshold and the ceiling",
                "row 110: Measures on litigation costs, art. 13", "A"});
    field("fee_ceiling_middle", p.fee_ceiling_middle,
          Field{"F_2", "CNY", 50000, 500000, "end of the middle band", "row 110: Measures on litigation costs, art. 13",
                "A"});
    field("fee_rate_above", p.fee_rate_above,
          Field{"F_a", "1", 0, 0.05, "court fee rate above the middle band",
                "row 110: Measures on litigation costs, art. 13", "A"});
  }

  // Court fee of a claim in yuan, personal-injury tariff.
  double court_fee(double claim) const {
    double fee = fee_fixed;
    if (claim > fee_threshold)
      fee += fee_rate_middle * ((claim < fee_ceiling_middle ? claim : fee_ceiling_middle) - fee_threshold);
    if (claim > fee_ceiling_middle) fee += fee_rate_above * (claim - fee_ceiling_middle);
    return fee;
  }
};

// What liability insurance covers and what it costs.
struct InsuranceTerms {
  double deductible = 10000;
  double coinsurance = 0.10;
  double estimate_bias = -0.10;
  double response_days = 5;
  double premium_tertiary = 500000;
  double premium_secondary = 150000;
  double premium_primary = 16400;
  double expense_load = 0.30;

  static void describe(auto& field, auto& p) {
    field("deductible", p.deductible, Field{"d", "CNY", 0, 50000, "borne by the hospital", "row 122: Ningbo", "A"});
    field("coinsurance", p.coinsurance,
          Field{"k", "1", 0, 0.4, "hospital's share above the deductible", "row 123: assumed", "C"});
    field("estimate_bias", p.estimate_bias,
          Field{"b_i", "1", -0.25, 0, "adjuster's bias in valuing a claim, share of the entitlement",
                "row 128: assumed", "C"});
    field("response_days", p.response_days,
          Field{"t_i", "working day", 3, 30, "insurer investigates and answers", "row 127: Ningbo", "A"});
    field("premium_tertiary", p.premium_tertiary,
          Field{"P_3", "CNY/year", 5000, 500000, "premium of a tertiary hospital",
                "row 116: Guizhou mean 16,400 over all institutions, by size assumed", "C"});
    field("expense_load", p.expense_load,
          Field{"e_i", "1", 0.15, 0.45, "insurer's expenses over premium", "row 121: administration per dollar paid",
                "B"});
    field("premium_secondary", p.premium_secondary,
          Field{"P_2", "CNY/year", 5000, 500000, "premium of a secondary hospital",
                "row 116: Guizhou mean 16,400 over all institutions, by size assumed", "C"});
    field("premium_primary", p.premium_primary,
          Field{"P_1", "CNY/year", 1000, 100000, "premium of a primary or ungraded hospital that is made to insure",
                "row 116: Guizhou mean 16,400 over all institutions", "B"});
  }
  // By level: primary, secondary, tertiary.
  double premium(std::size_t level) const {
    const std::array<double, 3> by_level = {premium_primary, premium_secondary, premium_tertiary};
    return by_level[level];
  }
};

// How offers are made: three protocols of the literature.
enum class Protocol : std::uint8_t { concession, screening, alternating_offers };
inline constexpr std::size_t protocol_count = 3;
inline constexpr std::array<const char*, protocol_count> protocol_names = {"concession", "screening",
                                                                           "alternating_offers"};

// Habits of the place that several mechanisms share; no policy touches them.
struct Customs {
  double discount_patient = 0.25;
  double belief_sd = 0.15;
  double effort_cost = 300;
  double pass_through = 0.5;
  double case_sum = 3000;
  double target_success = 0.85;
  double working_days = 220;
  double anger_halflife = 120;
  std::int64_t protocol = 0;

  static void describe(auto& field, auto& p) {
    field("discount_patient", p.discount_patient,
          Field{"r_p", "1/year", 0.05, 0.8, "patient's discount rate", "row 54: debt after illness", "C"});
    field("belief_sd", p.belief_sd,
          Field{"s_π", "1", 0.05, 0.3, "standard deviation of each side's error about the hospital's share",
                "row 53: assumed", "C"});
    field("effort_cost", p.effort_cost,
          Field{"c", "CNY/day", 150, 700, "mediator's cost of a day of effort at the customary effort",
                "row 189: assumed", "C"});
    field("pass_through", p.pass_through,
          Field{"φ", "1", 0, 1, "part of a committee's case pay that reaches the mediator", "assumed", "C"});
    field("case_sum", p.case_sum,
          Field{"w_k", "CNY/case", 500, 20000, "contract sum per case against which pay by the piece is measured",
                "assumed", "C"});
    field("target_success", p.target_success,
          Field{"s*", "1", 0.3, 1, "success rate at which the results part of a contract is paid in full",
                "national 2018: success 85 % or more", "B"});
    field("working_days", p.working_days,
          Field{"d_w", "day/year", 150, 250, "working days of a mediator, officer or judge", "row 74: assumed", "C"});
    field("protocol", p.protocol,
          Field{"P", "1", 0, protocol_count - 1,
                "how offers are made: by the clock, by demands of the one who knows less, or in turn",
                "domain 2.2: Faratin 1998; Bebchuk 1984, Spier 1992; Rubinstein 1982", "C", protocol_names.data()});
    field("anger_halflife", p.anger_halflife,
          Field{"t_h", "day", 30, 400, "half-life of anger without contact", "row 42: assumed", "C"});
  }
};

// What the committee's principal pays for. Shares are of the committee's contract sum.
struct ContractTerms {
  double fixed_grant_share = 0.6;
  double base_fee_case = 0;
  double pay_per_success = 502.5;
  double pay_failed_share = 0;
  double audit_rate = 0.10;
  double audit_penalty = 3;
  double pay_severe_factor = 1;  // pay for a success in a severe case over that in another

  // Pay for a success, by class of difficulty.
  double success_pay(bool severe) const { return pay_per_success * (severe ? pay_severe_factor : 1); }
};

// Weights of what a committee is judged by.
struct IndexTerms {
  double success = 1, time = 0, satisfaction = 0, recurrence = 0, non_escalation = 0, feedback = 0;

  double sum() const { return success + time + satisfaction + recurrence + non_escalation + feedback; }
};

// Results part of the contract per case and unit of weight, in yuan; nothing hangs on results where nothing is weighed.
inline double results_part(const ContractTerms& pay, const IndexTerms& index, const Customs& customs) {
  const double all = index.sum();
  return all > 0 ? (1 - pay.fixed_grant_share) * customs.case_sum / all : 0;
}
// What one more reported success adds to it under a target; of that a ratchet takes back its part next year (Weitzman
// 1980).
inline double results_worth(const ContractTerms& pay, const IndexTerms& index, double ratchet, double target,
                            const Customs& customs) {
  return index.success * (1 - ratchet) * results_part(pay, index, customs) / target;
}

struct Rules {
  // Authority: shifts against the place's custom.
  double participation_logit = 0;  // of a hospital's consent to mediation
  double enforcement_logit = 0;    // of an agreement being kept
  double authority_cost = 0;       // yuan a year for a district of a million
  // Proximity.
  double neutrality_shift = 0;           // of the mediator's credibility in disputes with public hospitals
  double disturbance_reward_factor = 1;  // what a disturbance is expected to bring, relative to custom
  double presence_delay_factor = 1;      // of referrals, of the insurer's answer and of calls for help
  double presence_cost = 0;              // yuan a year for a district of a million
  // Who pays the committees.
  double public_funding_share = 0, insurer_funding_share = 0, hospital_funding_share = 0;
  ContractTerms contract;            // in force
  ContractTerms customary_contract;  // of the status quo: what mediators' habits were formed under
  IndexTerms index, customary_index;
  double target_ratchet = 0, customary_ratchet = 0;
  double disturbance_veto = 0;  // part of a month's results that each disturbance in the district takes away
  // Procurement of providers.
  double contract_years = 0;  // 0: no tender
  double renewal_threshold = 0, price_weight = 0;
  // Linkage: shifts of every institutional edge, and its running cost.
  double handoff_gain = 0;  // share of the missing hand-off probability that is gained (or of the present one lost)
  double delay_factor = 1;
  double information_loss_factor = 1;
  double linkage_cost = 0;  // yuan a year for the district
  double feedback_rate = 0;
  // One stop: shifts of the edges over which cases are referred, and of the insurer's answer.
  double referral_gain = 0, referral_delay_factor = 1;
  double one_stop_cost = 0;  // yuan a year for a district of a million
  // Emergency response: shifts of whether calls are answered, and of how long it takes.
  double response_gain = 0, response_delay_factor = 1;
  double response_cost = 0;  // yuan a year for a district of a million
  // Security.
  double police_factor = 1, sanction_factor = 1, legitimacy_shift = 0;
  double officer_cost = 0;  // yuan a year per officer on customary duty
  bool mediation_open = true;
  // Services; 0 where there is none.
  double warning_coverage = 0;    // share of grievances that early warning looks at
  double legal_aid_capacity = 0;  // cases a month per million residents
  double training_sessions = 0;   // per mediator and year
  bool shared_database = false;   // committees look up each other's cases
  double mediators_per_committee = 0;
  double rooms_per_committee = 20;  // sessions that a committee can hold at once
  double committee_budget = 0;      // yuan a year, premises and running cost
  double candidates_per_post = 1;   // among whom a committee chooses a mediator
  double candidate_cost = 0;        // yuan per candidate beyond the first
  double database_cost = 0;         // yuan a year to each committee
  double rating_strength = 0;       // weight of a hospital's own claims in its premium
  double premium_rise_limit = 100;  // largest rise of a hospital's own premium in a year, relative
  double expert_pool_size = 0;      // of the whole place
  double standardisation = 0.5, paperwork_days = 0;
  double standardisation_cost = 0;  // yuan a year to each committee
  double disclosure_duty = 0;       // part of what hospitals lack in transparency that a duty makes good
  double scoring_cost = 0;          // yuan a year per hospital
  // Published scores of hospitals.
  double score_publication = 0;
  double publication_cost = 0;  // yuan a year per hospital
  // Investment in hospitals: shift of the aim of safety, factor of occupancy, share of revenue.
  double safety_shift = 0, crowding_factor = 1, investment_share = 0;
  double inspections_per_year = 0;
  double inspection_weight = 1;  // of a visit over that of a usual one
  double publicity = 0;
  double court_invitation = 0;  // share of those about to sue whom the court asks to try a committee first
  double joint_mediation = 0;   // share of cases in which an officer sits beside the committee's mediator
  // Supervision.
  double petition_delay_factor = 1;
  double supervision_cost = 0;        // yuan a year for a district of a million
  double attention_from_leaders = 0;  // what a speech or a visit adds in a month
  // Insurance: who is made to take it, and factors on the terms of the place.
  double insurance_participation = 0, deductible_factor = 1, insurer_at_table = 0, fund_factor = 1;
  double adjuster_cost = 0;         // yuan per case with an insured hospital
  double guarantee_share = 0;       // part of what nobody can pay that the government pays
  double public_budget = 0;         // a year's budget over the last year of the status quo; 0: no limit
  double institutional_memory = 1;  // chance that a policy outlives the leader who brought it
  double implementation = 1;        // part of a policy that bureaus put into practice
  double mission_factor = 1;        // of mediators, by recognition
  double award_cost = 0;            // yuan a year per mediator
  double bill_cover = 0;            // part of the bill that health insurance bears besides
  // Division of labour: shares of referrals that are nobody's task and of cases that two bodies work on; work and delay
  // that come with the latter, relative.
  double task_gap = 0, task_overlap = 0, duplicate_work = 0, duplicate_delay = 0;
  Customs customs;
  CourtTerms court;
  InsuranceTerms insurance;
};

// What a government can see of a district: counts of the month before, never a belief.
struct PublicView {
  std::int64_t open_disputes = 0;
  std::int64_t disputes_last_month = 0;
  std::int64_t disturbances_last_month = 0;
  std::int64_t petitions_last_month = 0;
};

}  // namespace parley
