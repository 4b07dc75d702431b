#include "sim/mechanisms/turnover.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr double ln_2 = 0.69314718055994530942;

Turnover::Params plain() {
  Turnover::Params p;
  p.mediator_turnover = 0.12;
  p.load_effect = 2 * ln_2;
  p.load_reference = 0.5;
  p.tenure_effect = 0.5;
  p.tenure_reference = 3;
  return p;
}

TEST(Turnover, TheRateByHand) {
  EXPECT_NEAR(Turnover::hazard(0.5, 3, plain()), 0.12, 1e-12);
  EXPECT_NEAR(Turnover::hazard(1.0, 3, plain()), 0.24, 1e-12);   // e^(ln 2)
  EXPECT_NEAR(Turnover::hazard(0.0, 3, plain()), 0.06, 1e-12);   // e^(−ln 2)
  EXPECT_NEAR(Turnover::hazard(0.5, 0, plain()), 0.24, 1e-12);   // (1/4)^(−½)
  EXPECT_NEAR(Turnover::hazard(0.5, 15, plain()), 0.06, 1e-12);  // (16/4)^(−½)
  EXPECT_NEAR(Turnover::hazard(1.0, 0, plain()), 0.48, 1e-12);
}

TEST(Turnover, ATenureThatHasNotBegunIsNone) {
  EXPECT_EQ(Turnover::hazard(0.5, -1, plain()), Turnover::hazard(0.5, 0, plain()));
}

TEST(Turnover, LoadDrivesAwayAndTenureHolds) {
  double last = 0;
  for (const double load : {0.0, 0.3, 0.6, 1.0}) {
    EXPECT_GT(Turnover::hazard(load, 2, plain()), last);
    last = Turnover::hazard(load, 2, plain());
  }
  for (const double years : {3.0, 6.0, 12.0, 24.0}) {
    EXPECT_LT(Turnover::hazard(1, years, plain()), last);
    last = Turnover::hazard(1, years, plain());
  }
}

TEST(Turnover, AMonthIsATwelfthOfAYear) {
  // 1 − e^(−0.12/12) = 0.00995
  EXPECT_TRUE(Turnover::leaves(0.00995, 0.12));
  EXPECT_FALSE(Turnover::leaves(0.00996, 0.12));
  // 1 − e^(−ln 2) = ½
  EXPECT_NEAR(testing::share([](double u) { return Turnover::leaves(u, 12 * ln_2); }), 0.5, 0.001);
  EXPECT_FALSE(Turnover::leaves(1e-12, 0));
}

TEST(Turnover, TwelveMonthsAreAYear) {
  // staying twelve months: e^(−0.12) = 0.88692
  const double month = testing::share([](double u) { return !Turnover::leaves(u, 0.12); }, 100000);
  EXPECT_NEAR(power(month, 12), 0.88692, 0.0002);
}

}  // namespace
}  // namespace parley
