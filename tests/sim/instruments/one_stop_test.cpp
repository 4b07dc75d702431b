#include "sim/instruments/one_stop.hpp"

#include <gtest/gtest.h>

#include "sim/world/graph.hpp"
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

TEST(OneStop, AnEdgeFeelsIt) {
  const Handoff base{0.8, 4, 0.15};
  const auto edge = [&](double now) {
    const Rules rules = under(now, 0.5);
    return amended(base, rules.referral_gain, rules.referral_delay_factor, 1);
  };
  EXPECT_NEAR(edge(0.5).probability, 0.8, 1e-12);
  EXPECT_NEAR(edge(1).probability, 0.85, 1e-12);  // a quarter of the missing fifth
  EXPECT_NEAR(edge(0).probability, 0.6, 1e-12);   // a quarter of the present 0.8 lost
  EXPECT_NEAR(edge(1).delay, 2, 1e-12);
  EXPECT_NEAR(edge(1).information_loss, 0.15, 1e-12);
}

}  // namespace
}  // namespace parley
