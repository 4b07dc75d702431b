#include "sim/instruments/one_stop.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  OneStop::Slopes slopes;
  slopes.referral_slope = 0.5;
  slopes.delay_slope = 2 * 0.69314718055994530942;
  slopes.yearly_cost = 100000;
  const OneStop::Levers levers{now}, before{customary};
  return OneStop::amend({}, {}, {levers, before}, slopes);
}

TEST(OneStop, ByHand) {
  const Rules rules = under(0.5, 0);
  EXPECT_NEAR(rules.referral_gain, 0.25, 1e-12);
  EXPECT_NEAR(rules.referral_delay_factor, 0.5, 1e-12);
  EXPECT_NEAR(rules.one_stop_cost, 50000, 1e-9);
  EXPECT_EQ(changed(rules, Rules{}), (Names{"referral_gain", "referral_delay_factor", "one_stop_cost"}));
}

TEST(OneStop, WhatIsCustomaryShiftsNothing) { EXPECT_EQ(changed(under(0.4, 0.4), Rules{}), (Names{"one_stop_cost"})); }

TEST(OneStop, LessThanCustomaryLosesReferrals) {
  EXPECT_LT(under(0, 0.5).referral_gain, 0);
  EXPECT_GT(under(0, 0.5).referral_delay_factor, 1);
}

}  // namespace
}  // namespace parley
