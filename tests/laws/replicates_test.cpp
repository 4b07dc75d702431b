// A replicate is a world of its own: how many others run beside it changes nothing in it.
#include <gtest/gtest.h>

#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

TEST(Replicates, AReplicateIsTheSameAmongTwoAndAmongFour) {
  RunOptions options;
  options.threads = 3;
  const StudyResult two = run_study(testing::toy_study(1, 1, 2), options);
  const StudyResult four = run_study(testing::toy_study(1, 1, 4), options);
  EXPECT_EQ(two.replicates, (std::vector<int>{0, 1}));
  EXPECT_EQ(four.replicates, (std::vector<int>{0, 1, 2, 3}));
  for (std::size_t arm = 0; arm < 2; ++arm)
    for (std::size_t r = 0; r < 2; ++r) {
      EXPECT_EQ(testing::metrics(two.results[arm][r]), testing::metrics(four.results[arm][r]));
      EXPECT_EQ(testing::rows(two.results[arm][r]), testing::rows(four.results[arm][r]));
    }
}

TEST(Replicates, NoTwoAreAlike) {
  const StudyResult four = testing::run_serially(testing::toy_study(1, 0, 4));
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = a + 1; b < 4; ++b)
      EXPECT_NE(testing::rows(four.results[0][a]), testing::rows(four.results[0][b])) << a << " and " << b;
}

// Longer runs continue shorter ones: the end of a run is not known inside it.
TEST(Replicates, AShorterRunIsTheBeginningOfALongerOne) {
  const StudyResult one = testing::run_serially(testing::toy_study(1, 1, 1)),
                    two = testing::run_serially(testing::toy_study(2, 1, 1));
  const MetricTable &first = one.results[0][0].metrics, &both = two.results[0][0].metrics;
  ASSERT_EQ(first.months, 12);
  ASSERT_EQ(both.months, 24);
  for (std::size_t k = 0; k < metric_count; ++k)
    for (int month = 0; month < 12; ++month)
      for (int place = 0; place < 2; ++place)
        EXPECT_EQ(first.at(static_cast<Metric>(k), month, place), both.at(static_cast<Metric>(k), month, place))
            << metric_table[k].name << " in month " << month;
}

}  // namespace
}  // namespace parley
