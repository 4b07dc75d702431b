#include "sim/mechanisms/lumping.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Lumping::Params plain() {
  Lumping::Params p;
  p.residual_share = 0.5, p.trust_effect = 0.2, p.satisfaction = 0.8;
  return p;
}

TEST(Lumping, HalfOfTheAngerStaysAndFades) {
  EXPECT_NEAR(Lumping::residual(0.6, plain()), 0.3, 1e-12);
  Customs customs;
  customs.anger_halflife = 100;
  EXPECT_NEAR(Lumping::left(0.3, 200, customs), 0.075, 1e-12);
  EXPECT_EQ(Lumping::left(0.3, 0, customs), 0.3);
  EXPECT_NEAR(Lumping::joined(0.3, 0.5), 0.65, 1e-12);  // 1 − 0.7 · 0.5
  EXPECT_NEAR(Lumping::trust_loss(0.5, plain()), 0.1, 1e-12);
}

double left_after(CaseOutcome how) {
  testing::Subject s = testing::a_dispute();
  s.now.anger = 0.8, s.now.anger_day = 0;
  s.now.outcome = how;
  Rules rules;
  rules.customs.anger_halflife = 100;  // today is day 100, so 0.4 is felt
  return Lumping::after(s.view(), rules, plain()).residual_anger;
}

TEST(Lumping, APaidEndTakesMostOfItAway) {
  EXPECT_NEAR(left_after(CaseOutcome::withdrawn), 0.2, 1e-12);  // half of 0.4
  EXPECT_NEAR(left_after(CaseOutcome::dismissed), 0.2, 1e-12);
  EXPECT_NEAR(left_after(CaseOutcome::dropped), 0.2, 1e-12);
  for (const CaseOutcome paid :
       {CaseOutcome::agreement, CaseOutcome::reconciled, CaseOutcome::judgment, CaseOutcome::award})
    EXPECT_NEAR(left_after(paid), 0.04, 1e-12);  // a fifth of it
}

TEST(Lumping, TheEndItselfStaysAsItWas) {
  testing::Subject s = testing::a_dispute();
  s.now.stage = Stage::closed;
  s.now.outcome = CaseOutcome::withdrawn;
  s.now.agreed = 123;
  const Outcome out = Lumping::after(s.view(), Rules{}, plain());
  EXPECT_EQ(out.state.stage, Stage::closed);
  EXPECT_EQ(out.state.outcome, CaseOutcome::withdrawn);
  EXPECT_EQ(out.state.agreed, 123);
  EXPECT_EQ(out.state.anger, s.now.anger);
}

TEST(Lumping, NothingAndEverything) {
  EXPECT_EQ(Lumping::residual(0, plain()), 0);
  EXPECT_EQ(Lumping::trust_loss(0, plain()), 0);
  EXPECT_EQ(Lumping::left(0, 1000, Customs{}), 0);
  EXPECT_NEAR(Lumping::joined(0.3, 0), 0.3, 1e-12);
  EXPECT_EQ(Lumping::joined(0.3, 1), 1);
}

TEST(Lumping, AFairerEndLeavesLess) {
  testing::Subject s = testing::a_dispute();
  s.now.outcome = CaseOutcome::agreement;
  double last = 1;
  for (const double satisfaction : {0.0, 0.5, 0.9, 1.0}) {
    Lumping::Params p = plain();
    p.satisfaction = satisfaction;
    const double now = Lumping::after(s.view(), Rules{}, p).residual_anger;
    EXPECT_LT(now, last);
    last = now;
  }
  EXPECT_EQ(last, 0);
}

}  // namespace
}  // namespace parley
