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
// and 16. More than eighty hospitals and some ten thousand disputes, each looked at every week, make several of both.
TEST(ThreadsLaw, HospitalsAndDisputesSideBySide) {
  Study study = testing::litigious_study({{}}, 1, 0, 1);
  study.place.numbers.hospitals_primary = 70;
  study.place.numbers.hospitals_secondary = 10;
  study.place.numbers.committees = 40;
  study.place.parameters.bargaining.check_days = 7;
  RunOptions serial;
  serial.threads = 1;
  const StudyResult result = run_study(study, serial);
  ASSERT_GT(testing::sum(result, 0, Metric::disputes), 365 * 16);  // on most days, more than one block opens
  const std::string alone = digest(image_of(result));
  for (const int threads : {2, 3, 8}) EXPECT_EQ(digest_with(study, threads), alone) << threads << " threads";
}

TEST(ThreadsLaw, AnotherSeedIsAnotherWorld) {
  Study study = testing::toy_study(1, 0, 1);
  const StudyResult one = run_study(study, {});
  ++study.seed;
  const StudyResult other = run_study(study, {});
  EXPECT_NE(testing::rows(one.results[0][0]), testing::rows(other.results[0][0]));
}

}  // namespace
}  // namespace parley
