// An instrument at the place's status quo changes nothing, whatever that status quo is; away from it, each lever
// changes something. Automatic for every lever that an instrument describes.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/populate.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

using Numbers = std::map<std::string, double>;

// Everything an instrument may touch. The structured binding names every member of Rules: a new one does not compile
// until it stands here too.
Numbers numbers_of(const Rules& rules) {
  const auto& [participation_logit, enforcement_logit, authority_cost, neutrality_shift, disturbance_reward_factor,
               presence_delay_factor, presence_cost, public_funding_share, insurer_funding_share,
               hospital_funding_share, contract, customary_contract, index, customary_index, target_ratchet,
               customary_ratchet, disturbance_veto, contract_years, renewal_threshold, price_weight, handoff_gain,
               delay_factor, information_loss_factor, linkage_cost, feedback_rate, referral_gain, referral_delay_factor,
               one_stop_cost, response_gain, response_delay_factor, response_cost, police_factor, sanction_factor,
               legitimacy_shift, officer_cost, mediation_open, warning_coverage, legal_aid_capacity, training_sessions,
               shared_database, mediators_per_committee, rooms_per_committee, committee_budget, candidates_per_post,
               candidate_cost, database_cost, rating_strength, premium_rise_limit, expert_pool_size, standardisation,
               paperwork_days, standardisation_cost, disclosure_duty, scoring_cost, score_publication, publication_cost,
               safety_shift, crowding_factor, investment_share, inspections_per_year, inspection_weight, publicity,
               court_invitation, joint_mediation, petition_delay_factor, supervision_cost, attention_from_leaders,
               insurance_participation, deductible_factor, insurer_at_table, fund_factor, adjuster_cost,
               guarantee_share, public_budget, institutional_memory, implementation, mission_factor, award_cost,
               bill_cover, task_gap, task_overlap, duplicate_work, duplicate_delay, customs, court, insurance] = rules;
  Numbers out = {{"participation_logit", participation_logit},
                 {"enforcement_logit", enforcement_logit},
                 {"authority_cost", authority_cost},
                 {"neutrality_shift", neutrality_shift},
                 {"disturbance_reward_factor", disturbance_reward_factor},
                 {"presence_delay_factor", presence_delay_factor},
                 {"presence_cost", presence_cost},
                 {"public_funding_share", public_funding_share},
                 {"insurer_funding_share", insurer_funding_share},
                 {"hospital_funding_share", hospital_funding_share},
                 {"target_ratchet", target_ratchet},
                 {"customary_ratchet", customary_ratchet},
                 {"contract_years", contract_years},
                 {"renewal_threshold", renewal_threshold},
                 {"price_weight", price_weight},
                 {"handoff_gain", handoff_gain},
                 {"delay_factor", delay_factor},
                 {"information_loss_factor", information_loss_factor},
                 {"linkage_cost", linkage_cost},
                 {"feedback_rate", feedback_rate},
                 {"referral_gain", referral_gain},
                 {"referral_delay_factor", referral_delay_factor},
                 {"one_stop_cost", one_stop_cost},
                 {"response_gain", response_gain},
                 {"response_delay_factor", response_delay_factor},
                 {"response_cost", response_cost},
                 {"police_factor", police_factor},
                 {"sanction_factor", sanction_factor},
                 {"legitimacy_shift", legitimacy_shift},
                 {"officer_cost", officer_cost},
                 {"mediation_open", mediation_open},
                 {"warning_coverage", warning_coverage},
                 {"legal_aid_capacity", legal_aid_capacity},
                 {"training_sessions", training_sessions},
                 {"shared_database", shared_database},
                 {"mediators_per_committee", mediators_per_committee},
                 {"committee_budget", committee_budget},
                 {"database_cost", database_cost},
                 {"rating_strength", rating_strength},
                 {"expert_pool_size", expert_pool_size},
                 {"standardisation", standardisation},
                 {"paperwork_days", paperwork_days},
                 {"standardisation_cost", standardisation_cost},
                 {"disclosure_duty", disclosure_duty},
                 {"scoring_cost", scoring_cost},
                 {"safety_shift", safety_shift},
                 {"crowding_factor", crowding_factor},
                 {"investment_share", investment_share},
                 {"inspections_per_year", inspections_per_year},
                 {"publicity", publicity},
                 {"insurance_participation", insurance_participation},
                 {"deductible_factor", deductible_factor},
                 {"insurer_at_table", insurer_at_table},
                 {"fund_factor", fund_factor},
                 {"adjuster_cost", adjuster_cost},
                 {"guarantee_share", guarantee_share},
                 {"public_budget", public_budget},
                 {"institutional_memory", institutional_memory},
                 {"implementation", implementation},
                 {"mission_factor", mission_factor},
                 {"award_cost", award_cost},
                 {"bill_cover", bill_cover},
                 {"task_gap", task_gap},
                 {"task_overlap", task_overlap},
                 {"duplicate_work", duplicate_work},
                 {"duplicate_delay", duplicate_delay},
                 {"disturbance_veto", disturbance_veto},
                 {"rooms_per_committee", rooms_per_committee},
                 {"candidates_per_post", candidates_per_post},
                 {"candidate_cost", candidate_cost},
                 {"premium_rise_limit", premium_rise_limit},
                 {"score_publication", score_publication},
                 {"publication_cost", publication_cost},
                 {"inspection_weight", inspection_weight},
                 {"court_invitation", court_invitation},
                 {"joint_mediation", joint_mediation},
                 {"petition_delay_factor", petition_delay_factor},
                 {"supervision_cost", supervision_cost},
                 {"attention_from_leaders", attention_from_leaders}};
  const auto contract_terms = [&](const std::string& which, const ContractTerms& terms) {
    const auto& [fixed, base_fee, success, failed, audit_rate, audit_penalty, severe] = terms;
    out[which + ".severe"] = severe;
    out[which + ".audit_rate"] = audit_rate, out[which + ".audit_penalty"] = audit_penalty;
    out[which + ".fixed"] = fixed, out[which + ".base_fee"] = base_fee;
    out[which + ".success"] = success, out[which + ".failed"] = failed;
  };
  const auto index_terms = [&](const std::string& which, const IndexTerms& terms) {
    const auto& [success, time, satisfaction, recurrence, non_escalation, feedback] = terms;
    out[which + ".success"] = success, out[which + ".time"] = time, out[which + ".satisfaction"] = satisfaction;
    out[which + ".recurrence"] = recurrence, out[which + ".non_escalation"] = non_escalation;
    out[which + ".feedback"] = feedback;
  };
  index_terms("index", index);
  index_terms("customary_index", customary_index);
  contract_terms("contract", contract);
  contract_terms("customary_contract", customary_contract);
  const auto described = [&](const std::string& group, auto terms) {
    std::vector<Described> all;
    Collector collect(group, all);
    decltype(terms)::describe(collect, terms);
    for (const Described& one : all) out[one.address()] = one.number();
  };
  described("customs", customs);
  described("court", court);
  described("insurance", insurance);
  return out;
}

// What the shifts are where nothing is shifted.
const Numbers neutral = {{"participation_logit", 0},
                         {"enforcement_logit", 0},
                         {"neutrality_shift", 0},
                         {"disturbance_reward_factor", 1},
                         {"handoff_gain", 0},
                         {"delay_factor", 1},
                         {"information_loss_factor", 1},
                         {"referral_gain", 0},
                         {"referral_delay_factor", 1},
                         {"response_gain", 0},
                         {"response_delay_factor", 1},
                         {"police_factor", 1},
                         {"sanction_factor", 1},
                         {"legitimacy_shift", 0},
                         {"officer_cost", 0},
                         {"paperwork_days", 0},
                         {"standardisation_cost", 0},
                         {"safety_shift", 0},
                         {"crowding_factor", 1},
                         {"deductible_factor", 1},
                         {"fund_factor", 1}};

Numbers amended_numbers(const Place& place, const Levers& now) {
  return numbers_of(amended(base_rules(place), PublicView{}, now, place.status_quo, place.parameters.slopes));
}

// The other end of a lever's range.
double elsewhere(const Described& lever) {
  if (is_switch(lever)) return 1 - lever.number();
  return lever.number() < (lever.field.low + lever.field.high) / 2 ? lever.field.high : lever.field.low;
}

TEST(InertInstruments, NoShiftAtAnyStatusQuo) {
  Levers names;
  for (std::size_t i = 0; i < described_levers(names).size(); ++i) {
    Place place = testing::toy_place();
    const Described lever = described_levers(place.status_quo)[i];
    set(lever, elsewhere(lever));
    const Numbers rules = amended_numbers(place, place.status_quo);
    for (const auto& [name, value] : neutral) EXPECT_EQ(rules.at(name), value) << name << " with " << lever.name;
  }
}

TEST(InertInstruments, TermsThatNoInstrumentTouchesStayThePlaces) {
  Place place = testing::toy_place();
  place.parameters.insurance.deductible = 12345;
  place.parameters.court.lawyer_fixed = 4321;
  Levers moved = place.status_quo;
  for (const Described& lever : described_levers(moved)) set(lever, elsewhere(lever));
  const Numbers base = numbers_of(base_rules(place)), rules = amended_numbers(place, moved);
  for (const auto& [name, value] : base) {
    if (!name.starts_with("customs.") && !name.starts_with("court.") && !name.starts_with("insurance.")) continue;
    EXPECT_EQ(rules.at(name), value) << name;
  }
  EXPECT_EQ(rules.at("insurance.deductible"), 12345);
  EXPECT_EQ(rules.at("court.lawyer_fixed"), 4321);
}

TEST(InertInstruments, EachLeverMovesSomethingAndOnlyItsOwn) {
  const Place place = testing::toy_place();
  const Numbers before = amended_numbers(place, place.status_quo);
  std::map<std::string, std::string> mover;  // term of the rules → instrument's lever that moves it
  Levers names;
  for (std::size_t i = 0; i < described_levers(names).size(); ++i) {
    Levers moved = place.status_quo;
    const Described lever = described_levers(moved)[i];
    set(lever, elsewhere(lever));
    const Numbers after = amended_numbers(place, moved);
    int changes = 0;
    for (const auto& [name, value] : before)
      if (after.at(name) != value) {
        ++changes;
        EXPECT_TRUE(mover.emplace(name, lever.name).second)
            << name << " is moved by " << mover[name] << " and " << lever.name;
      }
    EXPECT_GT(changes, 0) << lever.name << " moves nothing";
  }
}

// The law as a run sees it: naming a lever at its status-quo value is the same as not naming it, to the byte.
TEST(InertInstruments, AModeThatNamesTheStatusQuoIsAnEmptyMode) {
  Study study = testing::toy_study(1, 1, 1);
  Mode silent{"silent", "Names nothing", {}, {}}, talkative{"talkative", "Names everything", {}, {}};
  for (const Described& lever : described_levers(study.place.status_quo))
    talkative.settings.push_back({lever.name, lever.number(), -1});
  study.modes = {silent, talkative};
  study.baseline = "silent";
  const StudyResult result = testing::run_serially(study);
  EXPECT_EQ(testing::metrics(result.results[1][0]), testing::metrics(result.results[0][0]));
  EXPECT_EQ(testing::rows(result.results[1][0]), testing::rows(result.results[0][0]));
  EXPECT_GT(result.results[0][0].cases.size(), 10u);
}

// And what is customary is a question of the place: the same levers as status quo and as policy end in the same rules,
// but habits formed under the status quo differ.
TEST(InertInstruments, AStatusQuoElsewhereIsNotThatPolicyHere) {
  Place here = testing::toy_place(), there = here;
  there.status_quo.authority.authority = 0.9;
  Levers policy = here.status_quo;
  policy.authority.authority = 0.9;
  EXPECT_EQ(amended_numbers(there, there.status_quo).at("participation_logit"), 0);
  EXPECT_GT(amended_numbers(here, policy).at("participation_logit"), 0);
}

}  // namespace
}  // namespace parley
