#include "sim/instruments/security.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double police, double sanctions, double customary = 1) {
  Security::Slopes slopes;
  slopes.legitimacy_slope = 0.05;
  slopes.officer_wage = 80000;
  const Security::Levers levers{police, sanctions}, before{customary, 1};
  return Security::amend({}, {}, {levers, before}, slopes);
}

TEST(Security, PoliceFrightenCostAndAreResented) {
  const Rules rules = under(2, 1);
  EXPECT_EQ(rules.police_factor, 2);
  EXPECT_NEAR(rules.legitimacy_shift, -0.05 * 0.69314718055994530942, 1e-12);
  EXPECT_NEAR(rules.officer_cost, 80000, 1e-9);
}

TEST(Security, SanctionsAreFree) { EXPECT_EQ(changed(under(1, 3), under(1, 1)), (Names{"sanction_factor"})); }

TEST(Security, FewerPoliceAreLessResentedAndSaveNothing) {
  EXPECT_GT(under(0.5, 1).legitimacy_shift, 0);
  EXPECT_EQ(under(0.5, 1).officer_cost, 0);
}

TEST(Security, WhatIsCustomaryShiftsNothing) { EXPECT_EQ(changed(under(2, 1, 2), Rules{}), Names{}); }

TEST(Security, EachLeverMovesItsOwn) {
  EXPECT_EQ(changed(under(2, 1), under(1, 1)), (Names{"police_factor", "legitimacy_shift", "officer_cost"}));
  EXPECT_EQ(changed(under(0.5, 1), under(1, 1)), (Names{"police_factor", "legitimacy_shift"}));
}

TEST(Security, FactorsAreOverWhatIsCustomary) {
  EXPECT_EQ(under(3, 1, 2).police_factor, 1.5);
  EXPECT_NEAR(under(3, 1, 2).officer_cost, 40000, 1e-9);  // 80,000 · (1.5 − 1)
  const Security::Levers now{1, 3}, before{1, 2};
  EXPECT_EQ(Security::amend({}, {}, {now, before}, {}).sanction_factor, 1.5);
}

}  // namespace
}  // namespace parley
