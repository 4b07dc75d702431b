#include "sim/mechanisms/solvency.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Solvency::Params plain() {
  Solvency::Params p;
  p.pool_capital = 0.5, p.ruin_reserve = 0.1;
  return p;
}

TEST(Solvency, CapitalIsAPartOfAYearsPremiums) { EXPECT_EQ(Solvency::capital(1e6, plain()), 5e5); }

TEST(Solvency, RuinIsAReserveBelowTheLine) {
  EXPECT_TRUE(Solvency::ruined(99'999, 1e6, plain()));
  EXPECT_FALSE(Solvency::ruined(100'001, 1e6, plain()));
  Solvency::Params lax = plain();
  lax.ruin_reserve = 0;
  EXPECT_FALSE(Solvency::ruined(0, 1e6, lax));
  EXPECT_TRUE(Solvency::ruined(-1, 1e6, lax));
}

TEST(Solvency, MembersRefillIt) {
  EXPECT_NEAR(Solvency::levy(-100'000, 1e6, 6, plain()), 100'000, 1e-9);  // 600,000 over six
  EXPECT_EQ(Solvency::levy(800'000, 1e6, 6, plain()), 0);
  EXPECT_NEAR(Solvency::levy(0, 1e6, 0, plain()), 500'000, 1e-9);  // nobody to share with is no division by nothing
}

TEST(Solvency, TheLevyRestoresTheStart) {
  for (const double reserve : {-700'000.0, -1.0, 30'000.0, 499'999.0}) {
    const double raised = 7 * Solvency::levy(reserve, 1e6, 7, plain());
    EXPECT_NEAR(reserve + raised, 500'000, 1e-6);  // half a year of a million
    EXPECT_FALSE(Solvency::ruined(reserve + raised, 1e6, plain()));
  }
}

TEST(Solvency, EmptierReservesCostMembersMoreAndMoreMembersShare) {
  EXPECT_GT(Solvency::levy(-200'000, 1e6, 6, plain()), Solvency::levy(-100'000, 1e6, 6, plain()));
  EXPECT_LT(Solvency::levy(-100'000, 1e6, 12, plain()), Solvency::levy(-100'000, 1e6, 6, plain()));
  EXPECT_GT(Solvency::levy(-100'000, 2e6, 6, plain()), Solvency::levy(-100'000, 1e6, 6, plain()));
}

}  // namespace
}  // namespace parley
