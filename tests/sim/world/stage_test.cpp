#include "sim/world/stage.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

TEST(Stages, WhyADisputeWentOnIsReadFromItsWay) {
  using enum Stage;
  const auto why = [](Stage from, Stage to, CaseOutcome outcome = CaseOutcome::open) {
    return std::string(turn_names[static_cast<std::size_t>(turn(from, to, outcome))]);
  };
  EXPECT_EQ(why(claim, channel), "arrived");
  EXPECT_EQ(why(claim, payment, CaseOutcome::agreement), "early_offer");
  EXPECT_EQ(why(channel, negotiation), "chosen");
  EXPECT_EQ(why(channel, handoff), "chosen");
  EXPECT_EQ(why(channel, filing), "chosen");
  EXPECT_EQ(why(handoff, intake), "handed_on");
  EXPECT_EQ(why(intake, handoff), "handed_on");
  EXPECT_EQ(why(handoff, channel), "lost");
  EXPECT_EQ(why(intake, channel), "not_taken");
  EXPECT_EQ(why(intake, mediation), "session");
  EXPECT_EQ(why(filing, trial), "session");
  EXPECT_EQ(why(mediation, channel), "time_over");
  EXPECT_EQ(why(mediation, payment, CaseOutcome::agreement), "agreed");
  EXPECT_EQ(why(trial, payment, CaseOutcome::agreement), "agreed");
  EXPECT_EQ(why(trial, payment, CaseOutcome::judgment), "decided");
  EXPECT_EQ(why(arbitration, payment, CaseOutcome::award), "decided");
  EXPECT_EQ(why(trial, closed, CaseOutcome::dismissed), "decided");
  EXPECT_EQ(why(trial, appeal), "challenged");
  EXPECT_EQ(why(payment, filing), "broken");
  EXPECT_EQ(why(payment, closed, CaseOutcome::agreement), "paid");
  EXPECT_EQ(why(closed, petition), "petitioned");
  EXPECT_EQ(why(petition, handoff), "answered");
  EXPECT_EQ(why(petition, closed, CaseOutcome::withdrawn), "gave_up");
  EXPECT_EQ(why(negotiation, closed, CaseOutcome::withdrawn), "gave_up");
}

TEST(Stages, ADisputeGoesOnFromWhereItIsAndEndsOnce) {
  RunOptions options;
  options.record.level = RecordLevel::full;
  const StudyResult result = testing::run_serially(testing::toy_study(3, 0, 1), options);
  const ReplicateResult& run = result.results[0][0];
  std::map<std::uint64_t, Stage> where;
  std::set<Turn> seen;
  for (const StageRow& row : run.stages) {
    const auto known = where.find(row.id);
    EXPECT_EQ(row.from, known == where.end() ? Stage::claim : known->second) << row.id << " on day " << row.day;
    EXPECT_NE(row.from, row.to);
    where[row.id] = row.to;
    seen.insert(row.reason);
  }
  std::size_t closed = 0;
  for (const CaseRow& row : run.cases) {
    ASSERT_TRUE(where.contains(row.id));
    EXPECT_EQ(where[row.id] == Stage::closed, row.outcome != CaseOutcome::open && where[row.id] == Stage::closed);
    closed += where[row.id] == Stage::closed;
    for (std::size_t s = 0; s < dated_stages.size(); ++s) {
      std::int32_t first = never;
      for (const StageRow& step : run.stages)
        if (step.id == row.id && step.to == dated_stages[s]) first = std::min(first, step.day);
      EXPECT_EQ(row.entered[s], first) << row.id << ", " << stage_names[static_cast<std::size_t>(dated_stages[s])];
    }
  }
  EXPECT_EQ(closed, static_cast<std::size_t>(testing::sum(run.metrics, Metric::closed)));
  EXPECT_GE(seen.size(), 10u);
}

}  // namespace
}  // namespace parley
