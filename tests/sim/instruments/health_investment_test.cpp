#include "sim/instruments/health_investment.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  HealthInvestment::Slopes slopes;
  slopes.safety_slope = 4;
  slopes.crowding_slope = 0.69314718055994530942 / 0.02;
  const HealthInvestment::Levers levers{now}, before{customary};
  return HealthInvestment::amend({}, {}, {levers, before}, slopes);
}

TEST(HealthInvestment, ByHand) {
  const Rules rules = under(0.02, 0);
  EXPECT_NEAR(rules.safety_shift, 0.08, 1e-12);
  EXPECT_NEAR(rules.crowding_factor, 0.5, 1e-12);
  EXPECT_EQ(rules.investment_share, 0.02);
}

TEST(HealthInvestment, WhatIsCustomaryShiftsNothingAndStillCosts) {
  EXPECT_EQ(changed(under(0.03, 0.03), Rules{}), (Names{"investment_share"}));
}

TEST(HealthInvestment, LessThanCustomaryIsLessSafeAndFuller) {
  EXPECT_LT(under(0, 0.02).safety_shift, 0);
  EXPECT_GT(under(0, 0.02).crowding_factor, 1);
}

TEST(HealthInvestment, OnlyItsOwnTermsMove) {
  EXPECT_EQ(changed(under(0.02, 0), Rules{}), (Names{"safety_shift", "crowding_factor", "investment_share"}));
}

}  // namespace
}  // namespace parley
