// Luck has an address that no policy is part of: what a policy does not touch stays as it was, byte by byte, and a
// lower rate removes events without touching the others.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "sim/mechanisms/encounter.hpp"
#include "sim/scenario/describe.hpp"
#include "tests/support/litigious.hpp"
#include "tests/support/results.hpp"

namespace parley {
namespace {

using testing::litigious_study;
using testing::metrics;
using testing::rows;

constexpr int east = 0, west = 1;

double elsewhere(const Described& lever) {
  if (is_switch(lever)) return 1 - lever.number();
  return lever.number() < (lever.field.low + lever.field.high) / 2 ? lever.field.high : lever.field.low;
}

// Every lever there is, each moved to the other end of its range in the east alone.
TEST(CommonLuck, ALeverOfOneDistrictLeavesAnUnconnectedOneAsItWas) {
  std::vector<std::vector<LeverSetting>> modes = {{}};
  Levers status_quo = testing::toy_place().status_quo;
  for (const Described& lever : described_levers(status_quo)) {
    modes.push_back({{lever.name, elsewhere(lever), east}});
    // Pay for failed cases is part of the pay for successes; of nothing it is nothing.
    // Shares of funding may not add up to more than everything.
    for (const char* share : {"public_funding_share", "insurer_funding_share", "hospital_funding_share"})
      if (lever.name.find("_funding_share") != std::string::npos && lever.name != share)
        modes.back().push_back({share, 0, east});
    // Who is paid nothing for a success has nothing to report falsely.
    if (lever.name == "pay_failed_share" || lever.name.find("audit_") == 0)
      modes.back().push_back({"pay_per_success", 3000, east});
    // Contracts are renewed, and prices weighed, where there are contracts; a budget binds where it is short.
    if (lever.name == "renewal_threshold" || lever.name == "price_weight")
      modes.back().push_back({"contract_years", 1, east});
    if (lever.name == "inspection_weight") modes.back().push_back({"inspections_per_year", 12, east});
    if (lever.name == "public_budget") modes.back().front().value = 0.5;
  }
  const StudyResult result = testing::run_serially(litigious_study(modes, 1, 1, 1));
  const ReplicateResult& untouched = result.results[0][0];
  ASSERT_GT(rows(untouched, west).size(), 100u);
  for (std::size_t m = 1; m < modes.size(); ++m) {
    const ReplicateResult& moved = result.results[m][0];
    const std::string& lever = modes[m][0].lever;
    EXPECT_EQ(rows(moved, west), rows(untouched, west)) << lever;
    EXPECT_EQ(metrics(moved, west), metrics(untouched, west)) << lever;
    // The lever does something where it is pulled, so the two lines above say something.
    // (One hospital of each class is insured here: there is nobody whose claims its own could be weighed against.)
    // (And a policy is forgotten, or not put into practice, only where there is one:
    // tests/sim/engine/governance_test.cpp.)
    if (lever != "rating_strength" && lever != "premium_rise_limit" && lever != "institutional_memory" &&
        lever != "implementation")
      EXPECT_NE(metrics(moved, east), metrics(untouched, east)) << lever;
  }
}

TEST(CommonLuck, TheSameOfTheOtherDistrict) {
  const StudyResult result = testing::run_serially(
      litigious_study({{}, {{"mediation_open", 0, west}}, {{"linkage_strength", 1, west}}}, 1, 1, 1));
  for (const std::size_t m : {1u, 2u}) {
    EXPECT_EQ(rows(result.results[m][0], east), rows(result.results[0][0], east));
    EXPECT_EQ(metrics(result.results[m][0], east), metrics(result.results[0][0], east));
    EXPECT_NE(rows(result.results[m][0], west), rows(result.results[0][0], west));
  }
}

TEST(CommonLuck, ThePolicyIsNotInTheKey) {
  // The same levers under other names and at other positions.
  const std::vector<LeverSetting> strict = {{"authority", 0.9, -1}};
  const StudyResult result = testing::run_serially(litigious_study({strict, {}, strict}, 1, 0, 1));
  EXPECT_EQ(rows(result.results[2][0]), rows(result.results[0][0]));
  EXPECT_EQ(metrics(result.results[2][0]), metrics(result.results[0][0]));
  EXPECT_NE(rows(result.results[1][0]), rows(result.results[0][0]));
}

TEST(CommonLuck, ASecondPolicyDoesNotChangeTheFirst) {
  const StudyResult alone = testing::run_serially(litigious_study({{}}, 1, 1, 2));
  const StudyResult beside = testing::run_serially(litigious_study({{}, {{"authority", 0.9, -1}}}, 1, 1, 2));
  for (const std::size_t r : {0u, 1u}) {
    EXPECT_EQ(rows(beside.results[0][r]), rows(alone.results[0][r]));
    EXPECT_EQ(metrics(beside.results[0][r]), metrics(alone.results[0][r]));
  }
}

// --- thinning -------------------------------------------------------------------------------------------------------

TEST(CommonLuck, ALowerRateOnlyRemovesAdverseEvents) {
  constexpr double event_ceiling = 6, bad_outcome_ceiling = 2, ceiling = event_ceiling + bad_outcome_ceiling;
  const Draw draw({7, 0}, Decision::encounter, 0, 0, 0);
  int removed = 0, kept = 0;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    const double u = draw.uniform(i);
    EncounterEvent before = Encounter::decide(u, event_ceiling, bad_outcome_ceiling, ceiling);
    EXPECT_NE(before, EncounterEvent::nothing);  // at its ceiling a rate thins nothing
    for (double rate = event_ceiling; rate >= 0; rate -= 0.5) {
      const EncounterEvent now = Encounter::decide(u, rate, bad_outcome_ceiling, ceiling);
      if (now != before) {
        EXPECT_EQ(before, EncounterEvent::adverse_event);
        EXPECT_EQ(now, EncounterEvent::nothing);
        ++removed;
      }
      before = now;
    }
    kept += before == EncounterEvent::bad_outcome;
  }
  // A quarter of the candidates (2 of 6 + 2) are bad outcomes, and no safety prevents those; all the rest are removed
  // by the time that the rate is nothing. Three standard deviations of a quarter of 4,000 are 82.
  EXPECT_EQ(removed + kept, 4000);
  EXPECT_NEAR(kept, 1000, 82);
}

// Where claims depend neither on trust nor on anger, a dispute depends on its own event alone, so safer hospitals have
// a subset of the disputes of the others: the same ids, with the same harm.
TEST(CommonLuck, SaferHospitalsHaveASubsetOfTheDisputes) {
  Study study = litigious_study({{{"feedback_rate", 0, -1}}, {{"feedback_rate", 1, -1}}}, 2, 0, 2);
  Parameters& p = study.place.parameters;
  p.blaming.trust_effect = 0;
  p.claim.anger_by_severity = {0, 0, 0, 0};
  p.learning.lesson_gain = 0.03;
  p.learning.lesson_gain_others = 0.01;
  p.learning.rectification_uptake = 1;
  p.claim.delay_mean = 7;
  const StudyResult result = testing::run_serially(study);
  for (std::size_t r = 0; r < 2; ++r) {
    const ReplicateResult &deaf = result.results[0][r], &learning = result.results[1][r];
    // What an event is: id, patient, hospital, place, severity, negligence, and when its claim arrived.
    const auto events = [](const ReplicateResult& run) {
      std::vector<std::tuple<std::uint64_t, std::uint32_t, int, bool, std::int32_t, std::int64_t>> out;
      for (const CaseRow& c : run.cases)
        out.push_back({c.id, c.patient, static_cast<int>(c.severity), c.negligent, c.opened, c.owed.cents});
      return out;
    };
    const auto fewer = events(learning), more = events(deaf);
    EXPECT_TRUE(std::includes(more.begin(), more.end(), fewer.begin(), fewer.end()));
    EXPECT_LT(fewer.size(), more.size());
    for (int month = 0; month < deaf.metrics.months; ++month)
      for (int place : {east, west})
        for (const Metric metric : {Metric::adverse_events, Metric::negligent_events, Metric::disputes})
          EXPECT_LE(learning.metrics.at(metric, month, place), deaf.metrics.at(metric, month, place));
    // What no hospital can prevent happens in both.
    EXPECT_EQ(testing::sum(learning.metrics, Metric::admissions), testing::sum(deaf.metrics, Metric::admissions));
  }
}

}  // namespace
}  // namespace parley
