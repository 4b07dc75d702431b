#include "sim/instruments/emergency_response.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  EmergencyResponse::Slopes slopes;
  slopes.call_slope = 0.6;
  slopes.delay_slope = 0.69314718055994530942;
  slopes.yearly_cost = 200000;
  const EmergencyResponse::Levers levers{now}, before{customary};
  return EmergencyResponse::amend({}, {}, {levers, before}, slopes);
}

TEST(EmergencyResponse, ByHand) {
  const Rules rules = under(1, 0);
  EXPECT_NEAR(rules.response_gain, 0.6, 1e-12);
  EXPECT_NEAR(rules.response_delay_factor, 0.5, 1e-12);  // e^(−ln 2)
  EXPECT_NEAR(rules.response_cost, 200000, 1e-9);
}

TEST(EmergencyResponse, WhatIsCustomaryShiftsNothingAndStillCosts) {
  EXPECT_EQ(changed(under(0.5, 0.5), Rules{}), (Names{"response_cost"}));
  EXPECT_NEAR(under(0.5, 0.5).response_cost, 100000, 1e-9);
}

TEST(EmergencyResponse, LessThanCustomaryLosesCalls) {
  EXPECT_NEAR(under(0, 1).response_gain, -0.6, 1e-12);
  EXPECT_NEAR(under(0, 1).response_delay_factor, 2, 1e-12);
  EXPECT_EQ(under(0, 1).response_cost, 0);
}

TEST(EmergencyResponse, ItMovesCallsTimeAndMoneyAlone) {
  EXPECT_EQ(changed(under(1, 0), Rules{}), (Names{"response_gain", "response_delay_factor", "response_cost"}));
}

TEST(EmergencyResponse, ItAddsToWhatIsThere) {
  Rules base;
  base.response_gain = 0.1, base.response_delay_factor = 0.5;
  const EmergencyResponse::Levers now{0.5}, before{0};
  EmergencyResponse::Slopes slopes;
  slopes.call_slope = 0.6, slopes.delay_slope = 0;
  const Rules rules = EmergencyResponse::amend(base, {}, {now, before}, slopes);
  EXPECT_NEAR(rules.response_gain, 0.4, 1e-12);  // 0.1 + 0.6 · 0.5
  EXPECT_EQ(rules.response_delay_factor, 0.5);
}

}  // namespace
}  // namespace parley
