#include "sim/mechanisms/expert.hpp"

#include <gtest/gtest.h>

#include <random>

namespace parley {
namespace {

using Days = std::vector<std::int32_t>;

Expert::Params plain() {
  Expert::Params p;
  p.field_shares = {0.3, 0.2, 0.3, 0.1, 0.1};
  p.matching_half = 12;
  p.expert_delay = 10;
  return p;
}

TEST(Expert, ThePoolIsDividedOverFields) {
  // of Zigong's 183: 54.9 surgeons, 36.6 obstetricians, 18.3 paediatricians
  EXPECT_NEAR(Expert::in_field(183, Specialty::surgery, plain()), 54.9, 1e-12);
  EXPECT_NEAR(Expert::in_field(183, Specialty::obstetrics, plain()), 36.6, 1e-12);
  EXPECT_NEAR(Expert::in_field(183, Specialty::paediatrics, plain()), 18.3, 1e-12);
  EXPECT_EQ(Expert::in_field(0, Specialty::surgery, plain()), 0);
}

TEST(Expert, CoverageByHand) {
  EXPECT_EQ(Expert::match(12, plain()), 0.5);
  EXPECT_EQ(Expert::match(36, plain()), 0.75);
  EXPECT_EQ(Expert::match(4, plain()), 0.25);
  EXPECT_EQ(Expert::match(0, plain()), 0);
  EXPECT_EQ(Expert::match(-1, plain()), 0);
}

TEST(Expert, MoreExpertsCoverMoreAndNeverAll) {
  double last = 0;
  for (const double experts : {1.0, 5.0, 20.0, 100.0, 1e6}) {
    EXPECT_GT(Expert::match(experts, plain()), last);
    last = Expert::match(experts, plain());
  }
  EXPECT_LT(last, 1);
}

TEST(Expert, WhileOneIsFreeNobodyWaits) {
  EXPECT_EQ(Expert::start({}, 3, 100), 100);
  EXPECT_EQ(Expert::start({105, 110}, 3, 100), 100);
  EXPECT_EQ(Expert::start({80, 90, 100, 105, 110}, 3, 100), 100);  // three have finished, the one of today included
}

TEST(Expert, WhoAsksWhileAllAreBusyWaitsForTheNextToBeFree) {
  EXPECT_EQ(Expert::start({105, 110, 120}, 3, 100), 105);
  EXPECT_EQ(Expert::start({90, 95, 105, 110, 120}, 3, 100), 105);  // what is over does not count
  // a fourth already waits for the one who is free on day 105 and keeps that one until 115: the fifth gets the next
  EXPECT_EQ(Expert::start({105, 110, 115, 120}, 3, 100), 110);
  EXPECT_EQ(Expert::start({105, 110, 115, 120, 120}, 3, 100), 115);
}

TEST(Expert, AFieldOfLessThanOneExpertHasOne) {
  EXPECT_EQ(Expert::start({}, 0.4, 100), 100);
  EXPECT_EQ(Expert::start({107}, 0.4, 100), 107);
  EXPECT_EQ(Expert::start({107}, 1.9, 100), 107);
  EXPECT_EQ(Expert::start({107}, 2.0, 100), 100);
}

// Against the plain way to think of it: each expert has a day on which he is free, and a request goes to whoever is
// free first. All opinions take equally long, as they do in the model.
TEST(Expert, IsAQueueOfSeveralServers) {
  constexpr std::size_t experts = 4;
  std::mt19937 luck(7);
  Days release, free_on(experts, 0);
  std::int32_t today = 0, longest = 0;
  for (int request = 0; request < 500; ++request) {
    today += static_cast<std::int32_t>(luck() % 6);
    const auto server = std::min_element(free_on.begin(), free_on.end());
    const std::int32_t expected = std::max(*server, today);
    const std::int32_t start = Expert::start(release, experts, today);
    ASSERT_EQ(start, expected) << "request " << request;
    *server = start + 10;
    release.insert(std::upper_bound(release.begin(), release.end(), start + 10), start + 10);
    longest = std::max(longest, start - today);
  }
  EXPECT_GT(longest, 5);  // some did wait
}

TEST(Expert, FewerExpertsLongerWaits) {
  const Days busy = {103, 105, 108, 110, 114};
  std::int32_t last = 0;
  for (const double experts : {6.0, 5.0, 4.0, 3.0, 1.0}) {
    const std::int32_t start = Expert::start(busy, experts, 100);
    EXPECT_GT(start, last) << experts;
    last = start;
  }
}

}  // namespace
}  // namespace parley
