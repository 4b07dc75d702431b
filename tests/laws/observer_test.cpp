// Watching changes nothing: neither what is recorded, nor who is told of the progress, nor how often a study is run.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

std::vector<std::vector<std::int64_t>> all_metrics(const StudyResult& result) {
  std::vector<std::vector<std::int64_t>> out;
  for (const auto& arm : result.results)
    for (const ReplicateResult& replicate : arm) out.push_back(testing::metrics(replicate));
  return out;
}

TEST(Observer, RecordingCasesLeavesTheMetricsAsTheyAre) {
  const Study study = testing::toy_study(1, 1, 2);
  RunOptions cases, metrics_alone;
  metrics_alone.record.level = RecordLevel::metrics;
  const StudyResult full = run_study(study, cases), lean = run_study(study, metrics_alone);
  EXPECT_EQ(all_metrics(full), all_metrics(lean));
  EXPECT_FALSE(full.results[0][0].cases.empty());
  EXPECT_TRUE(lean.results[0][0].cases.empty());
  EXPECT_EQ(lean.record.level, RecordLevel::metrics);
}

TEST(Observer, BeingToldOfTheProgressChangesNothing) {
  const Study study = testing::toy_study(1, 1, 2);
  std::vector<double> told;
  RunOptions silent, watched;
  watched.threads = 2;
  watched.progress = [&](const Progress& p) { told.push_back(p.done); };  // one call at a time
  const StudyResult a = run_study(study, silent), b = run_study(study, watched);
  EXPECT_EQ(all_metrics(a), all_metrics(b));
  // Two replicates of twelve months of burn-in and twelve months under each of two policies: 72 months.
  ASSERT_EQ(told.size(), 72u);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 1.0);
}

TEST(Observer, AStopFlagThatIsNeverSetChangesNothing) {
  const Study study = testing::toy_study(1, 0, 2);
  const std::atomic<bool> stop = false;
  RunOptions options;
  options.stop = &stop;
  EXPECT_EQ(all_metrics(run_study(study, options)), all_metrics(testing::run_serially(study)));
}

// A row of cases and the metrics count the same disputes.
TEST(Observer, CasesAndMetricsAgree) {
  const StudyResult result = testing::run_serially(testing::toy_study(2, 0, 1));
  const ReplicateResult& run = result.results[0][0];
  std::int64_t opened = 0, closed = 0, open = 0, days = 0;
  for (const CaseRow& c : run.cases) {
    ++opened;
    if (c.closed == CaseRow::not_closed) {
      ++open;
      EXPECT_EQ(c.outcome, CaseOutcome::open);
    } else {
      ++closed;
      days += c.closed - c.opened;
      EXPECT_NE(c.outcome, CaseOutcome::open);
    }
  }
  EXPECT_EQ(testing::sum(run.metrics, Metric::disputes), opened);
  // An agreement that is not yet paid is closed for the two sides and open for the record until the money is there.
  EXPECT_GE(closed, testing::sum(run.metrics, Metric::closed));
  std::int64_t last = 0;
  for (int place = 0; place < run.metrics.places; ++place)
    last += run.metrics.at(Metric::open_disputes, run.metrics.months - 1, place);
  EXPECT_EQ(last, open);
  EXPECT_GE(days, testing::sum(run.metrics, Metric::days_to_resolution));
}

}  // namespace
}  // namespace parley
