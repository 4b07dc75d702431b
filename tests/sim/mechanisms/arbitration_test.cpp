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

}  // namespace
}  // namespace parley
