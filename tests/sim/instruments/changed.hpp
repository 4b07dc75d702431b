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
  }
  compare("handoff_gain", [](const Rules& r) { return r.handoff_gain; });
  compare("delay_factor", [](const Rules& r) { return r.delay_factor; });
  compare("information_loss_factor", [](const Rules& r) { return r.information_loss_factor; });
  compare("linkage_cost", [](const Rules& r) { return r.linkage_cost; });
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
  return names;
}

using Names = std::set<std::string>;

}  // namespace parley::testing
