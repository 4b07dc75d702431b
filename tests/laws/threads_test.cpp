// The number of threads is not part of the question: one digest for any of them.
#include <gtest/gtest.h>

#include "sim/engine/run.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/recorder.hpp"
#include "tests/support/litigious.hpp"
#include "tests/support/results.hpp"

namespace parley {
namespace {

std::string digest_with(const Study& study, int threads) {
  RunOptions options;
  options.threads = threads;
  return digest(image_of(run_study(study, options)));
}

TEST(ThreadsLaw, ReplicatesSideBySide) {
  const Study study = testing::toy_study(1, 1, 3);
  const std::string alone = digest_with(study, 1);
  for (const int threads : {2, 3, 8}) EXPECT_EQ(digest_with(study, threads), alone) << threads << " threads";
}

// One replicate for several threads: the hospitals and the disputes of a day are decided side by side, in blocks of 32
// and 16. There are 82 hospitals; where hundreds wait and are looked at every week, a pass has several blocks of them.
TEST(ThreadsLaw, HospitalsAndDisputesSideBySide) {
  Study study = testing::litigious_study({{}}, 1, 0, 1);
  study.place.numbers.hospitals_primary = 70;
  study.place.numbers.hospitals_secondary = 10;
  study.place.parameters.deadline.check_days = 7;
  const StudyResult result = testing::run_serially(study);
  const MetricTable& metrics = result.results[0][0].metrics;
  std::int64_t open = 0;
  for (int place = 0; place < metrics.places; ++place)
    open += metrics.at(Metric::open_disputes, metrics.months - 1, place);
  ASSERT_GT(open, 500);
  const std::string alone = digest(image_of(result));
  for (const int threads : {2, 3, 8}) EXPECT_EQ(digest_with(study, threads), alone) << threads << " threads";
}

TEST(ThreadsLaw, AnotherSeedIsAnotherWorld) {
  Study study = testing::toy_study(1, 0, 1);
  const StudyResult one = testing::run_serially(study);
  ++study.seed;
  const StudyResult other = testing::run_serially(study);
  EXPECT_NE(testing::rows(one.results[0][0]), testing::rows(other.results[0][0]));
}

}  // namespace
}  // namespace parley
