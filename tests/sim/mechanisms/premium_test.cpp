#include "sim/mechanisms/premium.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Premium::Params plain() {
  Premium::Params p;
  p.experience_k = 8, p.factor_low = 0.5, p.factor_high = 3, p.loss_ratio_target = 0.5, p.reserve_target = 0.5;
  p.adjustment_speed = 0.4, p.capacity_weight = 0.3, p.largest_step = 0.25;
  return p;
}

TEST(Premium, ExperienceCountsAsFarAsItIsCredible) {
  // eight years weigh as much as the class: Z = ½; three times the mean, full rating: 1 + ½ · 2
  EXPECT_NEAR(Premium::factor(240, 8, 10, 1, plain()), 2, 1e-12);
  EXPECT_NEAR(Premium::factor(240, 8, 10, 0.2, plain()), 1.2, 1e-12);
  EXPECT_NEAR(Premium::factor(0, 8, 10, 1, plain()), 0.5, 1e-12);  // no claim: 1 − ½
  EXPECT_NEAR(Premium::factor(20, 2, 10, 1, plain()), 1, 1e-12);   // as the class
}

TEST(Premium, BonusAndMalusHaveEnds) {
  EXPECT_EQ(Premium::factor(1e9, 8, 10, 1, plain()), 3);
  EXPECT_EQ(Premium::factor(0, 800, 10, 1, plain()), 0.5);
  EXPECT_EQ(Premium::factor(100, 0, 10, 1, plain()), 1);  // nothing is known yet
  EXPECT_EQ(Premium::factor(100, 5, 0, 1, plain()), 1);   // nobody has claimed
  EXPECT_EQ(Premium::factor(500, 5, 10, 0, plain()), 1);  // no rating
}

TEST(Premium, TheLevelFollowsLossesAndReserves) {
  EXPECT_NEAR(Premium::level(1, 0.5, 0.5, plain()), 1, 1e-12);
  // losses of 0.6: 0.4·ln 1.2 = 0.072929
  EXPECT_NEAR(Premium::level(1, 0.6, 0.5, plain()), 1.075654, 1e-6);
  // empty reserves: 0.4 · 0.3 · (1 − 0) = 0.12
  EXPECT_NEAR(Premium::level(2, 0.5, 0, plain()), 2 * 1.127497, 1e-5);
  EXPECT_NEAR(Premium::level(1, 50, 0.5, plain()), 1.284025, 1e-6);  // e^0.25, no faster
  EXPECT_NEAR(Premium::level(1, 0, 0.5, plain()), 0.778801, 1e-6);   // and no faster down
}

TEST(Premium, AYearWithoutClaimsStillSaysSomething) {
  Premium::Params slow = plain();
  slow.adjustment_speed = 0.05;
  EXPECT_NEAR(Premium::level(1, 0, 0.5, slow), 0.822341, 1e-6);  // as if 0.01: e^(0.05 · ln 0.02) = e^(−0.195601)
  slow.adjustment_speed = 0;
  EXPECT_EQ(Premium::level(1.3, 0, 0.5, slow), 1.3);  // who never adjusts does not do so now
}

TEST(Premium, MoreClaimsCostMoreAndStricterRatingSpreadsThem) {
  double last = 0;
  for (double claims = 40; claims <= 160; claims += 20) {  // around a class mean of 8 · 10 = 80, within the ends
    const double lenient = Premium::factor(claims, 8, 10, 0.3, plain());
    const double strict = Premium::factor(claims, 8, 10, 0.9, plain());
    EXPECT_GT(strict, last);
    EXPECT_EQ(strict > lenient, claims > 80);
    EXPECT_EQ(strict < lenient, claims < 80);
    last = strict;
  }
  // the same yearly claims weigh more the longer they have been seen
  EXPECT_GT(Premium::factor(300, 10, 10, 1, plain()), Premium::factor(60, 2, 10, 1, plain()));
}

TEST(Premium, HigherLossesRaiseTheLevelAndFullReservesLowerIt) {
  EXPECT_GT(Premium::level(1, 0.6, 0.5, plain()), Premium::level(1, 0.55, 0.5, plain()));
  EXPECT_LT(Premium::level(1, 0.5, 0.7, plain()), 1);
  EXPECT_GT(Premium::level(1, 0.5, 0.3, plain()), 1);
  Premium::Params quick = plain();
  quick.adjustment_speed = 0.8;
  EXPECT_GT(Premium::level(1, 0.6, 0.5, quick), Premium::level(1, 0.6, 0.5, plain()));
}

TEST(Premium, TheRegulatorLetsRisesPassUpToItsLimit) {
  EXPECT_NEAR(Premium::filed(1, 2, 0.1), 1.1, 1e-12);
  EXPECT_NEAR(Premium::filed(1, 1.05, 0.1), 1.05, 1e-12);
  EXPECT_NEAR(Premium::filed(1.5, 0.6, 0), 0.6, 1e-12);  // what falls is nobody's concern
  EXPECT_NEAR(Premium::filed(0.5, 3, 100), 3, 1e-12);
}

}  // namespace
}  // namespace parley
