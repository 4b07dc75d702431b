#include "sim/mechanisms/alternating_offers.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

AlternatingOffers::Params plain() {
  AlternatingOffers::Params p;
  p.round_days = 10;
  p.impatience_hospital = 0.365;
  return p;
}

// Both lose a hundredth, nearly, in a round of ten days.
Rules plain_rules() {
  Rules rules;
  rules.customs.discount_patient = 0.365;
  return rules;
}

// Talks from day 100 to day 145.
Subject talks() {
  Subject s = a_dispute();
  s.at(Stage::negotiation, Channel::negotiation);
  s.now.deadline = 145;
  return s;
}

Talks plan(const Subject& s, const WalkAwayValues& values, const Rules& rules = plain_rules(),
           const AlternatingOffers::Params& p = plain()) {
  return AlternatingOffers::plan(s.view(), values, rules, p);
}

TEST(AlternatingOffers, WaitingARoundCosts) {
  EXPECT_NEAR(AlternatingOffers::patience(0.365, plain()), 0.990049834, 1e-9);  // e^(−0.01)
  EXPECT_NEAR(AlternatingOffers::patience(0, plain()), 1, 1e-12);
  AlternatingOffers::Params slow = plain();
  slow.round_days = 50;
  EXPECT_NEAR(AlternatingOffers::patience(0.365, slow), 0.951229425, 1e-9);  // e^(−0.05)
}

TEST(AlternatingOffers, TheSplitOfRubinstein) {
  EXPECT_NEAR(AlternatingOffers::first_share(0.9, 0.8), 0.714285714, 1e-9);  // 0.2/(1 − 0.72)
  EXPECT_NEAR(AlternatingOffers::first_share(0.8, 0.9), 0.357142857, 1e-9);  // 0.1/0.28
  EXPECT_NEAR(AlternatingOffers::first_share(0.5, 0.5), 0.666666667, 1e-9);  // 1/(1 + δ)
  EXPECT_EQ(AlternatingOffers::first_share(0.5, 0), 1);  // who faces somebody that cannot wait at all takes all
  EXPECT_EQ(AlternatingOffers::first_share(0, 0.5), 0.5);
}

TEST(AlternatingOffers, AgreementInTheFirstRound) {
  // (1 − e^(−0.01))/(1 − e^(−0.02)) = 1/(1 + e^(−0.01)) = 0.502499979 of 70,000
  const Talks first = plan(talks(), {20000, 70000});
  EXPECT_EQ(first.settlement_day, 110);
  EXPECT_NEAR(first.settlement, 35174.999, 0.001);
}

TEST(AlternatingOffers, WhatOneHasElsewhereBindsOnlyWhereItIsBetter) {
  EXPECT_NEAR(plan(talks(), {35000, 70000}).settlement, 35174.999, 0.001);
  EXPECT_EQ(plan(talks(), {36000, 70000}).settlement, 36000);
  EXPECT_EQ(plan(talks(), {70000, 70000}).settlement, 70000);
  EXPECT_EQ(plan(talks(), {70000.01, 70000}).settlement_day, never);
}

TEST(AlternatingOffers, TheRoundIsOverAtTheDeadlineAndNotInThePast) {
  Subject s = talks();
  s.now.deadline = 104;
  EXPECT_EQ(plan(s, {20000, 70000}).settlement_day, 104);
  s.now.deadline = 145;
  s.today = 125;  // room has come late
  EXPECT_EQ(plan(s, {20000, 70000}).settlement_day, 125);
}

TEST(AlternatingOffers, WhoCanWaitGetsMore) {
  double before = 1;
  for (const double debt : {0.05, 0.25, 0.5, 0.8}) {
    Rules rules = plain_rules();
    rules.customs.discount_patient = debt;
    const double share = plan(talks(), {0, 70000}, rules).settlement / 70000;
    EXPECT_LT(share, before) << debt;
    before = share;
  }
  AlternatingOffers::Params hurried = plain();
  hurried.impatience_hospital = 0.8;
  EXPECT_GT(plan(talks(), {0, 70000}, plain_rules(), hurried).settlement, 35174.999);
}

}  // namespace
}  // namespace parley
