#include "sim/mechanisms/appeal.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr double median = 0.5;

Appeal::Params plain() {
  Appeal::Params p;
  p.appeal_days = 90, p.appeal_sigma = 0.2, p.appeal_cost = 6000, p.chance_seen = 0.25, p.higher_sd = 0.1;
  p.liability_threshold = 0.08;
  return p;
}
// Awarded 50,000 of 100,000; the patient believes in 0.7, the hospital in 0.3.
testing::Subject judged(CaseOutcome how = CaseOutcome::judgment) {
  testing::Subject s = testing::a_dispute();
  s.at(how == CaseOutcome::judgment ? Stage::payment : Stage::closed, Channel::court);
  s.now.outcome = how;
  s.now.agreed = how == CaseOutcome::judgment ? 50000 : 0;
  s.now.closed = 100;
  s.now.patient_belief = 0.7, s.now.hospital_belief = 0.3;
  return s;
}
Outcome decided(const testing::Subject& s) {
  return Appeal::decide(s.view(), Rules{}, plain(), Draw::scripted({median, median}));
}

TEST(Appeal, WhoLostALotAppeals) {
  testing::Subject s = judged();
  EXPECT_EQ(decided(s).state.stage, Stage::payment);  // 0.25 · 20,000 = 5,000 < 6,000 on either side
  s.now.patient_belief = 0.75;                        // 0.25 · 25,000 = 6,250
  const Outcome out = decided(s);
  EXPECT_EQ(out.state.stage, Stage::appeal);
  EXPECT_TRUE(out.state.appealed);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);
  EXPECT_EQ(out.state.closed, never);
  EXPECT_EQ(out.state.agreed, 0);
  EXPECT_EQ(out.wait, 88);  // 90·e^(−0.02) = 88.2
  EXPECT_EQ(out.state.deadline, 188);
  EXPECT_EQ(out.transfers.begin()->from, Role::patient);
  EXPECT_EQ(out.transfers.begin()->amount, Money::yuan(6000));
}

TEST(Appeal, TheHospitalTooAndOnlyOnce) {
  testing::Subject s = judged();
  s.now.hospital_belief = 0.25;
  EXPECT_EQ(decided(s).transfers.begin()->from, Role::hospital);
  s.now.appealed = true;
  EXPECT_EQ(decided(s).state.stage, Stage::payment);
}

TEST(Appeal, ADismissalLosesEverything) {
  testing::Subject s = judged(CaseOutcome::dismissed);
  EXPECT_EQ(decided(s).state.stage, Stage::appeal);  // 0.25 · 70,000
  s.now.agreed = 50000;  // a number left over from before counts for nothing: 0.25 · 30,000
  s.now.patient_belief = 0.3;
  EXPECT_EQ(decided(s).state.stage, Stage::appeal);
  s.now.patient_belief = 0.2;
  EXPECT_EQ(decided(s).state.stage, Stage::closed);
  s.now.cost_cover = 0.5;  // legal aid bears half of the cost
  s.now.patient_belief = 0.13;
  EXPECT_EQ(decided(s).state.stage, Stage::appeal);  // 3,250 > 3,000
}

TEST(Appeal, WhatWasAgreedOrAwardedIsNot) {
  for (const CaseOutcome how : {CaseOutcome::agreement, CaseOutcome::award, CaseOutcome::withdrawn}) {
    testing::Subject s = judged();
    s.now.patient_belief = 1;
    s.now.outcome = how;
    EXPECT_FALSE(decided(s).state.appealed);
  }
}

TEST(Appeal, TheHigherCourtLooksAgain) {
  testing::Subject s = judged();
  s.at(Stage::appeal, Channel::court);
  s.injury.responsibility = 0.6;
  const Outcome out = Appeal::judge(s.view(), Rules{}, plain(), Draw::scripted({median, median}));
  EXPECT_NEAR(out.state.agreed, 60000, 1e-6);
  EXPECT_EQ(out.state.outcome, CaseOutcome::judgment);
  EXPECT_EQ(out.state.stage, Stage::payment);
  s.injury.responsibility = 0.07;
  EXPECT_EQ(Appeal::judge(s.view(), Rules{}, plain(), Draw::scripted({median, median})).state.outcome,
            CaseOutcome::dismissed);
}

TEST(Appeal, WhoAppealsPays) {
  testing::Subject s = judged();
  s.now.patient_belief = 0.8, s.now.hospital_belief = 0.2;  // 0.25 · 30,000 > 6,000 on both sides
  const auto paid = [](const Outcome& out, Role from) {
    Money sum;
    for (const Transfer& t : out.transfers)
      if (t.from == from && t.to == Role::court) sum += t.amount;
    return sum;
  };
  const Outcome both = decided(s);
  EXPECT_EQ(paid(both, Role::patient), Money::yuan(6000));
  EXPECT_EQ(paid(both, Role::hospital), Money::yuan(6000));
  EXPECT_EQ(paid(both, Role::government), Money{});
  s.now.cost_cover = 0.8;
  const Outcome aided = decided(s);
  EXPECT_EQ(paid(aided, Role::patient), Money::yuan(1200));
  EXPECT_EQ(paid(aided, Role::government), Money::yuan(4800));
  EXPECT_EQ(paid(aided, Role::hospital), Money::yuan(6000));
}

TEST(Appeal, MoreHopeNeverFewerAppeals) {
  testing::Subject s = judged();
  int changes = 0;
  bool before = false;
  for (int belief = 0; belief <= 100; ++belief) {
    s.now.patient_belief = belief / 100.0;
    const bool now = decided(s).state.appealed;
    EXPECT_GE(now, before) << belief;
    changes += now != before;
    before = now;
  }
  EXPECT_EQ(changes, 1);
}

TEST(Appeal, NotBeforeTomorrow) {
  testing::Subject s = judged();
  s.now.patient_belief = 1;
  Appeal::Params quick = plain();
  quick.appeal_days = 0;  // below its range
  EXPECT_EQ(Appeal::decide(s.view(), Rules{}, quick, Draw::scripted({median, median})).wait, 1);
}

TEST(Appeal, TheSecondJudgmentIsNoisyToo) {
  testing::Subject s = judged();
  s.at(Stage::appeal, Channel::court);
  s.injury.responsibility = 0.6;
  constexpr double one_deviation = 0.84134474606854293;
  const auto second = [&](double u) { return Appeal::judge(s.view(), Rules{}, plain(), Draw::scripted({median, u})); };
  EXPECT_NEAR(second(one_deviation).state.agreed, 70000, 1e-6);  // 0.6 + 0.1
  EXPECT_NEAR(second(1 - one_deviation).state.agreed, 50000, 1e-6);
  s.now.closed = never;
  EXPECT_EQ(second(median).state.closed, 100);
  s.injury.responsibility = 0.95;
  EXPECT_EQ(second(one_deviation).state.agreed, 100000);  // never more than all
  s.injury.responsibility = 0.08;                         // just what it takes
  EXPECT_EQ(second(median).state.outcome, CaseOutcome::judgment);
}

}  // namespace
}  // namespace parley
