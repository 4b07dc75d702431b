#include "sim/mechanisms/imitation.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr double ln_3 = 1.09861228866810969140;

Imitation::Params plain() {
  Imitation::Params p;
  p.imitation_rate = 1;
  p.mutation_rate = 0;
  p.memory = 0.1;
  return p;
}

TEST(Imitation, TheShareOfWhatBringsMoreGrowsLogistically) {
  // odds 1 times e^(ln 3) in a year: 3 to 1; the other way round 1 to 3; in half a year √3 to 1: 0.6339746
  EXPECT_NEAR(Imitation::decide(0.5, ln_3, 0, 1, plain()), 0.75, 1e-12);
  EXPECT_NEAR(Imitation::decide(0.5, 0, ln_3, 1, plain()), 0.25, 1e-12);
  EXPECT_NEAR(Imitation::decide(0.5, 0.2 + ln_3, 0.2, 0.5, plain()), 0.6339745962, 1e-9);
  // odds 1/4 times 3
  EXPECT_NEAR(Imitation::decide(0.2, ln_3, 0, 1, plain()), 3.0 / 7, 1e-12);
}

TEST(Imitation, StepsOfTimeAddUp) {
  double share = 0.2;
  for (int month = 0; month < 12; ++month) share = Imitation::decide(share, ln_3, 0, 1.0 / 12, plain());
  EXPECT_NEAR(share, 3.0 / 7, 1e-12);
}

TEST(Imitation, SomeChangeForNoReason) {
  Imitation::Params p = plain();
  p.mutation_rate = 0.1;
  EXPECT_NEAR(Imitation::decide(0.5, ln_3, 0, 1, p), 0.70, 1e-12);   // 0.75 + 0.1·(1 − 1.5)
  EXPECT_NEAR(Imitation::decide(0.2, 0.4, 0.4, 1, p), 0.26, 1e-12);  // 0.2 + 0.1·0.6
  EXPECT_NEAR(Imitation::decide(0.5, 0.4, 0.4, 1, p), 0.5, 1e-12);
}

TEST(Imitation, NoStrategyDiesOut) {
  EXPECT_NEAR(Imitation::decide(0.5, 1000, 0, 1, plain()), 1 - 1e-6, 1e-12);
  EXPECT_NEAR(Imitation::decide(0.5, 0, 1000, 1, plain()), 1e-6, 1e-12);
  const double rare = Imitation::decide(1e-6, 1, 0, 1, plain());  // and comes back: odds 1e−6·e
  EXPECT_NEAR(rare, 2.71828e-6, 1e-10);
}

TEST(Imitation, FasterWhereTheRateOrTheGapIsLarger) {
  Imitation::Params fast = plain();
  fast.imitation_rate = 4;
  const double ordinary = Imitation::decide(0.3, 0.2, 0.1, 1, plain());
  EXPECT_GT(ordinary, 0.3);
  EXPECT_GT(Imitation::decide(0.3, 0.2, 0.1, 1, fast), ordinary);
  EXPECT_GT(Imitation::decide(0.3, 0.3, 0.1, 1, plain()), ordinary);
  EXPECT_GT(Imitation::decide(0.3, 0.2, 0.1, 2, plain()), ordinary);
  EXPECT_EQ(Imitation::decide(0.5, 0.2, 0.2, 1, fast), 0.5);
}

TEST(Imitation, AResultMovesWhatAStrategyIsThoughtToBring) {
  EXPECT_NEAR(Imitation::learned(0.4, 0.9, plain()), 0.45, 1e-12);
  EXPECT_NEAR(Imitation::learned(0.4, -0.1, plain()), 0.35, 1e-12);
  Imitation::Params forgetful = plain();
  forgetful.memory = 1;
  EXPECT_NEAR(Imitation::learned(0.4, 0.9, forgetful), 0.9, 1e-12);
}

TEST(Imitation, OneStepOfTwoPopulations) {
  // The first strategy is better by 1 whatever the others do: slope 0.25, middle 0.525, slope 0.525·0.475 = 0.249375.
  Imitation::TwoPopulations next = Imitation::step({0.5, 0.25}, {1, 1, 0, 0}, {0, 0, 0, 0}, 0.2);
  EXPECT_NEAR(next.x, 0.549875, 1e-12);
  EXPECT_EQ(next.y, 0.25);
  // Better by 4 against the second of the others, who are three in four: 3. Slope 0.75, middle 0.575, slope
  // 0.575·0.425·3 = 0.733125.
  next = Imitation::step({0.5, 0.25}, {0, 4, 0, 0}, {0, 0, 0, 0}, 0.2);
  EXPECT_NEAR(next.x, 0.646625, 1e-12);
  // The second is better by 4 against the first of the others, who are one in four: −1, the mirror of the first step.
  next = Imitation::step({0.5, 0.25}, {0, 0, 4, 0}, {0, 0, 0, 0}, 0.2);
  EXPECT_NEAR(next.x, 0.450125, 1e-12);
  // The other population sees x in its columns, likewise: 4·0.5 = 2 against the first, slope 0.1875·2 = 0.375, middle
  // 0.2875, slope 0.2875·0.7125·2 = 0.4096875.
  next = Imitation::step({0.5, 0.25}, {0, 0, 0, 0}, {4, 0, 0, 0}, 0.2);
  EXPECT_EQ(next.x, 0.5);
  EXPECT_NEAR(next.y, 0.3319375, 1e-12);
}

}  // namespace
}  // namespace parley
