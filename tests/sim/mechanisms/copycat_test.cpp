#include "sim/mechanisms/copycat.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Copycat::Params plain() {
  Copycat::Params p;
  p.hawkes_branching = 0.4;
  p.copycat_halflife = 1;
  p.stirring = 0.25;
  return p;
}

TEST(Copycat, ExcitementFadesByHalflives) {
  EXPECT_EQ(Copycat::left(0.8, 0, plain()), 0.8);
  EXPECT_NEAR(Copycat::left(0.8, 1, plain()), 0.4, 1e-12);
  EXPECT_NEAR(Copycat::left(0.8, 3, plain()), 0.1, 1e-12);
  EXPECT_EQ(Copycat::left(0, 3, plain()), 0);
}

TEST(Copycat, ADisturbanceAddsWhatTheDaysToComeAddUpTo) {
  // Half-life of a day: 0.4 · (2 − 1) today; then 0.2, 0.1, …: together 0.4
  EXPECT_NEAR(Copycat::joined(0, 1, plain()), 0.4, 1e-12);
  EXPECT_NEAR(Copycat::joined(0.3, 2, plain()), 1.1, 1e-12);  // twice the echo on top of what is left
  EXPECT_NEAR(Copycat::joined(0, 9, plain()), 0.95, 1e-12);   // never a follower or more for each
  Copycat::Params p = plain();
  p.copycat_halflife = 10;
  double sum = 0, excitation = Copycat::joined(0, 1, p);
  for (int day = 1; day < 500; ++day) sum += excitation = Copycat::left(excitation, 1, p);
  EXPECT_NEAR(sum, 0.4, 1e-9);
}

TEST(Copycat, WhoWaitsSharesTheExcitement) {
  EXPECT_NEAR(Copycat::chance(0.2, 4, plain()), 0.05, 1e-15);
  EXPECT_EQ(Copycat::chance(3, 2, plain()), 1);  // no more than for sure
  EXPECT_EQ(Copycat::chance(0.2, 0, plain()), 0);
}

TEST(Copycat, AnExampleStirsAPartOfWhatIsMissing) {
  testing::Subject s = testing::a_dispute();
  s.now.anger = 0.8;
  s.now.anger_day = 0;
  Customs customs;
  customs.anger_halflife = 100;
  // after 100 days 0.4 are left, and a quarter of the missing 0.6 comes on top
  const CaseState state = Copycat::moved(s.now, 100, customs, plain());
  EXPECT_NEAR(state.anger, 0.55, 1e-12);
  EXPECT_EQ(state.anger_day, 100);
  EXPECT_EQ(state.stage, s.now.stage);
  Copycat::Params deaf = plain();
  deaf.stirring = 0;
  EXPECT_NEAR(Copycat::moved(s.now, 100, customs, deaf).anger, 0.4, 1e-12);
}

}  // namespace
}  // namespace parley
