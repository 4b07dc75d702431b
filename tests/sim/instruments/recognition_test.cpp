#include "sim/instruments/recognition.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now) {
  Recognition::Slopes slopes;
  slopes.mission_slope = 0.4;
  slopes.award_cost = 1000;
  const Recognition::Levers levers{now}, before;
  return Recognition::amend({}, {}, {levers, before}, slopes);
}

TEST(Recognition, StrengthensTheMissionAndCosts) {
  EXPECT_NEAR(under(0.5).mission_factor, 1.2, 1e-12);
  EXPECT_NEAR(under(0.5).award_cost, 500, 1e-9);
  EXPECT_EQ(changed(under(0.5), under(0)), (Names{"mission_factor", "award_cost"}));
}

TEST(Recognition, WithoutItNothingIsDifferent) { EXPECT_EQ(changed(under(0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
