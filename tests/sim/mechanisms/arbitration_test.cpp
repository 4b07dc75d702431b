#include "sim/mechanisms/arbitration.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr double median = 0.5, one_deviation = 0.84134474606854293;

Arbitration::Params plain() {
  Arbitration::Params p;
  p.duration_mean = 120, p.duration_sigma = 0.2, p.panel_sd = 0.1, p.liability_threshold = 0.05;
  p.fee = 2000, p.justice = 0.7;
  return p;
}
testing::Subject before_the_panel() {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::intake, Channel::arbitration);
  s.now.patient_belief = 0.8, s.now.patient_precision = 100;
  s.now.hospital_belief = 0.2, s.now.hospital_precision = 300;
  return s;
}

TEST(Arbitration, ThePanelSaysEarlyWhatItThinks) {
  const testing::Subject s = before_the_panel();
  const Outcome out = Arbitration::begin(s.view(), Rules{}, plain(), Draw::scripted({median, median}));
  EXPECT_EQ(out.state.stage, Stage::arbitration);
  // median of a lognormal of mean 120: 120·e^(−0.02) = 117.6
  EXPECT_EQ(out.state.deadline, 100 + 117);
  // x = 0.5 with weight 1/0.1² = 100: (100 · 0.8 + 100 · 0.5)/200 and (300 · 0.2 + 100 · 0.5)/400
  EXPECT_NEAR(out.state.patient_belief, 0.65, 1e-12);
  EXPECT_NEAR(out.state.hospital_belief, 0.275, 1e-12);
  EXPECT_EQ(out.state.justice, 0.7);
  Money fees;
  for (const Transfer& t : out.transfers) fees += t.amount;
  EXPECT_EQ(fees, Money::yuan(4000));
}

TEST(Arbitration, TheAwardIsTheSameEstimateAndFinal) {
  testing::Subject s = before_the_panel();
  s.now.stage = Stage::arbitration;
  const Outcome out = Arbitration::award(s.view(), Rules{}, plain(), Draw::scripted({median, one_deviation}));
  EXPECT_NEAR(out.state.agreed, 60000, 1e-6);  // 0.5 + 0.1 of 100,000
  EXPECT_EQ(out.state.outcome, CaseOutcome::award);
  EXPECT_TRUE(out.state.confirmed);
  EXPECT_EQ(out.state.closed, 100);
  EXPECT_EQ(out.state.stage, Stage::payment);
  s.injury.responsibility = 0.04;
  const Outcome nothing = Arbitration::award(s.view(), Rules{}, plain(), Draw::scripted({median, median}));
  EXPECT_EQ(nothing.state.outcome, CaseOutcome::dismissed);
  EXPECT_EQ(nothing.state.stage, Stage::closed);
}

TEST(Arbitration, MoreResponsibilityMoreAward) {
  testing::Subject s = before_the_panel();
  double last = 0;
  for (const double share : {0.1, 0.3, 0.6, 0.9}) {
    s.injury.responsibility = share;
    const double now = Arbitration::award(s.view(), Rules{}, plain(), Draw::scripted({median, median})).state.agreed;
    EXPECT_GT(now, last);
    last = now;
  }
}

TEST(Arbitration, BothSidesPayTheFee) {
  const testing::Subject s = before_the_panel();
  const Outcome out = Arbitration::begin(s.view(), Rules{}, plain(), Draw::scripted({median, median}));
  ASSERT_EQ(out.transfers.size(), 2u);
  EXPECT_EQ(out.transfers.begin()[0].from, Role::patient);
  EXPECT_EQ(out.transfers.begin()[1].from, Role::hospital);
  for (const Transfer& t : out.transfers) {
    EXPECT_EQ(t.to, Role::arbitration);
    EXPECT_EQ(t.amount, Money::yuan(2000));
    EXPECT_EQ(t.reason, Reason::arbitration_fee);
  }
}

TEST(Arbitration, SomePanelsAreSlower) {
  const testing::Subject s = before_the_panel();
  // 120·e^(0.2 − 0.02) = 120 · 1.197217 = 143.67
  EXPECT_EQ(Arbitration::begin(s.view(), Rules{}, plain(), Draw::scripted({one_deviation, median})).state.deadline,
            100 + 143);
  Arbitration::Params quick = plain();
  quick.duration_mean = 0;  // below its range: even so not before tomorrow
  EXPECT_EQ(Arbitration::begin(s.view(), Rules{}, quick, Draw::scripted({median, median})).state.deadline, 101);
}

TEST(Arbitration, AnAwardIsAShare) {
  testing::Subject s = before_the_panel();
  s.injury.responsibility = 0.95;  // and 0.1 for luck: no more than all
  EXPECT_EQ(Arbitration::award(s.view(), Rules{}, plain(), Draw::scripted({median, one_deviation})).state.agreed,
            100000);
  s.injury.responsibility = 0.05;  // just what it takes
  const Outcome least = Arbitration::award(s.view(), Rules{}, plain(), Draw::scripted({median, median}));
  EXPECT_EQ(least.state.outcome, CaseOutcome::award);
  EXPECT_NEAR(least.state.agreed, 5000, 1e-9);
  // 0.05 − 0.1 is no share at all
  EXPECT_EQ(Arbitration::award(s.view(), Rules{}, plain(), Draw::scripted({median, 1 - one_deviation})).state.outcome,
            CaseOutcome::dismissed);
}

}  // namespace
}  // namespace parley
