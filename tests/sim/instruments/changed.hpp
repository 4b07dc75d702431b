// Which of the terms that instruments can touch differ between two sets of rules.
#pragma once
#include <set>
#include <string>

#include "sim/world/rules.hpp"

namespace parley::testing {

inline std::set<std::string> changed(const Rules& a, const Rules& b) {
  std::set<std::string> names;
  const auto compare = [&](const char* name, auto of) {
    if (of(a) != of(b)) names.insert(name);
  };
  compare("participation_logit", [](const Rules& r) { return r.participation_logit; });
  compare("enforcement_logit", [](const Rules& r) { return r.enforcement_logit; });
  compare("neutrality_shift", [](const Rules& r) { return r.neutrality_shift; });
  compare("disturbance_reward_factor", [](const Rules& r) { return r.disturbance_reward_factor; });
  compare("public_funding_share", [](const Rules& r) { return r.public_funding_share; });
  compare("insurer_funding_share", [](const Rules& r) { return r.insurer_funding_share; });
  compare("hospital_funding_share", [](const Rules& r) { return r.hospital_funding_share; });
  for (const bool now : {true, false}) {
    const auto terms = [now](const Rules& r) { return now ? r.contract : r.customary_contract; };
    const std::string of = now ? "contract." : "customary_contract.";
    compare((of + "fixed_grant_share").c_str(), [&](const Rules& r) { return terms(r).fixed_grant_share; });
    compare((of + "base_fee_case").c_str(), [&](const Rules& r) { return terms(r).base_fee_case; });
    compare((of + "pay_per_success").c_str(), [&](const Rules& r) { return terms(r).pay_per_success; });
    compare((of + "pay_failed_share").c_str(), [&](const Rules& r) { return terms(r).pay_failed_share; });
    compare((of + "audit_rate").c_str(), [&](const Rules& r) { return terms(r).audit_rate; });
    compare((of + "audit_penalty").c_str(), [&](const Rules& r) { return terms(r).audit_penalty; });
    compare((of + "pay_severe_factor").c_str(), [&](const Rules& r) { return terms(r).pay_severe_factor; });
  }
  compare("handoff_gain", [](const Rules& r) { return r.handoff_gain; });
  compare("delay_factor", [](const Rules& r) { return r.delay_factor; });
  compare("information_loss_factor", [](const Rules& r) { return r.information_loss_factor; });
  compare("linkage_cost", [](const Rules& r) { return r.linkage_cost; });
  compare("authority_cost", [](const Rules& r) { return r.authority_cost; });
  compare("presence_delay_factor", [](const Rules& r) { return r.presence_delay_factor; });
  compare("presence_cost", [](const Rules& r) { return r.presence_cost; });
  compare("feedback_rate", [](const Rules& r) { return r.feedback_rate; });
  compare("mediation_open", [](const Rules& r) { return r.mediation_open; });
  compare("mediators_per_committee", [](const Rules& r) { return r.mediators_per_committee; });
  compare("committee_budget", [](const Rules& r) { return r.committee_budget; });
  compare("expert_pool_size", [](const Rules& r) { return r.expert_pool_size; });
  compare("warning_coverage", [](const Rules& r) { return r.warning_coverage; });
  compare("legal_aid_capacity", [](const Rules& r) { return r.legal_aid_capacity; });
  compare("training_sessions", [](const Rules& r) { return r.training_sessions; });
  compare("shared_database", [](const Rules& r) { return r.shared_database; });
  compare("database_cost", [](const Rules& r) { return r.database_cost; });
  compare("rating_strength", [](const Rules& r) { return r.rating_strength; });
  compare("referral_gain", [](const Rules& r) { return r.referral_gain; });
  compare("referral_delay_factor", [](const Rules& r) { return r.referral_delay_factor; });
  compare("one_stop_cost", [](const Rules& r) { return r.one_stop_cost; });
  compare("response_gain", [](const Rules& r) { return r.response_gain; });
  compare("response_delay_factor", [](const Rules& r) { return r.response_delay_factor; });
  compare("response_cost", [](const Rules& r) { return r.response_cost; });
  compare("police_factor", [](const Rules& r) { return r.police_factor; });
  compare("sanction_factor", [](const Rules& r) { return r.sanction_factor; });
  compare("legitimacy_shift", [](const Rules& r) { return r.legitimacy_shift; });
  compare("officer_cost", [](const Rules& r) { return r.officer_cost; });
  compare("standardisation", [](const Rules& r) { return r.standardisation; });
  compare("paperwork_days", [](const Rules& r) { return r.paperwork_days; });
  compare("standardisation_cost", [](const Rules& r) { return r.standardisation_cost; });
  compare("disclosure_duty", [](const Rules& r) { return r.disclosure_duty; });
  compare("scoring_cost", [](const Rules& r) { return r.scoring_cost; });
  compare("safety_shift", [](const Rules& r) { return r.safety_shift; });
  compare("crowding_factor", [](const Rules& r) { return r.crowding_factor; });
  compare("bill_cover", [](const Rules& r) { return r.bill_cover; });
  compare("investment_share", [](const Rules& r) { return r.investment_share; });
  compare("inspections_per_year", [](const Rules& r) { return r.inspections_per_year; });
  compare("publicity", [](const Rules& r) { return r.publicity; });
  compare("insurance_participation", [](const Rules& r) { return r.insurance_participation; });
  compare("deductible_factor", [](const Rules& r) { return r.deductible_factor; });
  compare("insurer_at_table", [](const Rules& r) { return r.insurer_at_table; });
  compare("fund_factor", [](const Rules& r) { return r.fund_factor; });
  compare("adjuster_cost", [](const Rules& r) { return r.adjuster_cost; });
  compare("guarantee_share", [](const Rules& r) { return r.guarantee_share; });
  compare("public_budget", [](const Rules& r) { return r.public_budget; });
  compare("institutional_memory", [](const Rules& r) { return r.institutional_memory; });
  compare("target_ratchet", [](const Rules& r) { return r.target_ratchet; });
  compare("contract_years", [](const Rules& r) { return r.contract_years; });
  compare("renewal_threshold", [](const Rules& r) { return r.renewal_threshold; });
  compare("price_weight", [](const Rules& r) { return r.price_weight; });
  compare("implementation", [](const Rules& r) { return r.implementation; });
  compare("mission_factor", [](const Rules& r) { return r.mission_factor; });
  compare("award_cost", [](const Rules& r) { return r.award_cost; });
  compare("disturbance_veto", [](const Rules& r) { return r.disturbance_veto; });
  compare("rooms_per_committee", [](const Rules& r) { return r.rooms_per_committee; });
  compare("candidates_per_post", [](const Rules& r) { return r.candidates_per_post; });
  compare("candidate_cost", [](const Rules& r) { return r.candidate_cost; });
  compare("premium_rise_limit", [](const Rules& r) { return r.premium_rise_limit; });
  compare("score_publication", [](const Rules& r) { return r.score_publication; });
  compare("publication_cost", [](const Rules& r) { return r.publication_cost; });
  compare("inspection_weight", [](const Rules& r) { return r.inspection_weight; });
  compare("court_invitation", [](const Rules& r) { return r.court_invitation; });
  compare("joint_mediation", [](const Rules& r) { return r.joint_mediation; });
  compare("petition_delay_factor", [](const Rules& r) { return r.petition_delay_factor; });
  compare("supervision_cost", [](const Rules& r) { return r.supervision_cost; });
  compare("attention_from_leaders", [](const Rules& r) { return r.attention_from_leaders; });
  compare("task_gap", [](const Rules& r) { return r.task_gap; });
  compare("task_overlap", [](const Rules& r) { return r.task_overlap; });
  compare("duplicate_work", [](const Rules& r) { return r.duplicate_work; });
  compare("duplicate_delay", [](const Rules& r) { return r.duplicate_delay; });
  compare("index.success", [](const Rules& r) { return r.index.success; });
  compare("index.time", [](const Rules& r) { return r.index.time; });
  compare("index.satisfaction", [](const Rules& r) { return r.index.satisfaction; });
  compare("index.recurrence", [](const Rules& r) { return r.index.recurrence; });
  compare("index.non_escalation", [](const Rules& r) { return r.index.non_escalation; });
  compare("index.feedback", [](const Rules& r) { return r.index.feedback; });
  compare("customary_index.success", [](const Rules& r) { return r.customary_index.success; });
  compare("customary_index.time", [](const Rules& r) { return r.customary_index.time; });
  compare("customary_index.satisfaction", [](const Rules& r) { return r.customary_index.satisfaction; });
  compare("customary_index.recurrence", [](const Rules& r) { return r.customary_index.recurrence; });
  compare("customary_index.non_escalation", [](const Rules& r) { return r.customary_index.non_escalation; });
  compare("customary_index.feedback", [](const Rules& r) { return r.customary_index.feedback; });
  return names;
}

using Names = std::set<std::string>;

}  // namespace parley::testing
