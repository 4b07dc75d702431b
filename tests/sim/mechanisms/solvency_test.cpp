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

}  // namespace
}  // namespace parley
