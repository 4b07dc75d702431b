#include "sim/mechanisms/counsel.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::share;
using testing::Subject;

constexpr double one_deviation = 0.8413447460685429;  // Φ(1): the luck that gives z = 1

CounselChoice::Params plain() {
  CounselChoice::Params p;
  p.legal_aid_income = 2;
  p.living_standard = 500;  // legal aid below 1,000 a month
  p.legal_aid_cover = 0.8;
  p.belief_gain = 0.4;
  p.advice_sd = 0.2;
  p.lawyer_probability = 0.35;
  p.lawyer_threshold = 30000;
  p.aggressive_demand = 1.5;
  p.aggressive_bias = 0.05;
  return p;
}

// Hopes for 0.8 of 100,000 where 0.5 is owed; four lawyers in ten are aggressive.
Subject client() {
  Subject s = a_dispute();
  s.now.patient_belief = 0.8;
  s.district.aggressive_share = 0.4;
  return s;
}
Subject poor_client() {
  Subject s = client();
  s.claimant.monthly_income = 999;
  s.district.legal_aid_free = true;
  return s;
}

// Luck: is a lawyer taken, is the lawyer aggressive, what is the error of counsel's estimate.
Outcome decide(const Subject& s, std::initializer_list<double> luck) {
  return CounselChoice::decide(s.view(), Rules{}, plain(), Draw::scripted(luck));
}

TEST(CounselChoice, LegalAidTakesThePoorWhileItHasRoom) {
  Subject s = poor_client();
  const Outcome out = decide(s, {0.99, 0.99, 0.5});
  EXPECT_EQ(out.state.counsel, Counsel::legal_aid);
  EXPECT_EQ(out.state.cost_cover, 0.8);
  s.claimant.monthly_income = 1000;  // not below 2 · 500
  EXPECT_EQ(decide(s, {0.99}).state.counsel, Counsel::none);
  EXPECT_EQ(decide(s, {0.99}).state.cost_cover, 0);
  s = poor_client();
  s.district.legal_aid_free = false;
  EXPECT_EQ(decide(s, {0.99}).state.counsel, Counsel::none);
}

TEST(CounselChoice, ALawyerTakesWhatPays) {
  Subject s = client();
  const auto represented = [&] {
    return share([&](double u) { return decide(s, {u, 0.5, 0.5}).state.counsel != Counsel::none; });
  };
  EXPECT_EQ(represented(), 0.35);
  s.injury.damages = 37500;  // 0.8 of it is 30,000
  EXPECT_EQ(represented(), 0.35);
  s.injury.damages = 37400;  // 29,920
  EXPECT_EQ(represented(), 0);
}

TEST(CounselChoice, TheLawyerIsAsAggressiveAsLawyersAre) {
  Subject s = client();
  const auto aggressive = [&] {
    return share([&](double u) { return decide(s, {0.1, u, 0.5}).state.counsel == Counsel::aggressive; });
  };
  EXPECT_EQ(aggressive(), 0.4);
  EXPECT_EQ(decide(s, {0.1, 0.41, 0.5}).state.counsel, Counsel::cooperative);
  s.district.aggressive_share = 0.7;
  EXPECT_EQ(aggressive(), 0.7);
}

TEST(CounselChoice, CounselKnowsBetter) {
  // x = 0.5: 0.8 + 0.4·(0.5 − 0.8) = 0.68; the spread shrinks to 0.6, so the firmness grows by 1/0.36: 69.444
  const Outcome out = decide(client(), {0.1, 0.9, 0.5});
  EXPECT_NEAR(out.state.patient_belief, 0.68, 1e-12);
  EXPECT_NEAR(out.state.patient_precision, 69.4444444444, 1e-9);
  EXPECT_EQ(out.state.hospital_belief, 0.5);
  EXPECT_EQ(out.state.demand, 80000);
  // x = 0.7: 0.8 − 0.04
  EXPECT_NEAR(decide(client(), {0.1, 0.9, one_deviation}).state.patient_belief, 0.76, 1e-12);
  // Legal aid advises as a lawyer does.
  EXPECT_NEAR(decide(poor_client(), {0.1, 0.9, 0.5}).state.patient_belief, 0.68, 1e-12);
  // x = 1.15 is cut to 1: 0.8 + 0.08
  Subject s = client();
  s.injury.responsibility = 0.95;
  EXPECT_NEAR(decide(s, {0.1, 0.9, one_deviation}).state.patient_belief, 0.88, 1e-12);
}

TEST(CounselChoice, TheAggressiveLawyerAsksForMoreAndRaisesHopes) {
  const Outcome out = decide(client(), {0.1, 0.1, 0.5});
  EXPECT_NEAR(out.state.patient_belief, 0.73, 1e-12);  // 0.68 + 0.05
  EXPECT_NEAR(out.state.demand, 120000, 1e-6);         // 1.5 · 80,000
  Subject sure = client();
  sure.now.patient_belief = sure.injury.responsibility = 1;
  EXPECT_EQ(decide(sure, {0.1, 0.1, 0.5}).state.patient_belief, 1);
}

TEST(CounselChoice, WithoutCounselNothingChanges) {
  const Outcome out = decide(client(), {0.36});
  EXPECT_EQ(out.state.counsel, Counsel::none);
  EXPECT_EQ(out.state.patient_belief, 0.8);
  EXPECT_EQ(out.state.patient_precision, 25);
  EXPECT_EQ(out.state.demand, 80000);
  EXPECT_EQ(out.state.stage, Stage::channel);
}

TEST(CounselChoice, AdviceHelpsWeakHopesUpAndStrongOnesDown) {
  const auto advised = [](double hope, double gain) {
    Subject s = client();
    s.now.patient_belief = hope;
    CounselChoice::Params p = plain();
    p.belief_gain = gain;
    p.lawyer_threshold = 0;
    return CounselChoice::decide(s.view(), Rules{}, p, Draw::scripted({0.1, 0.9, 0.5})).state.patient_belief;
  };
  EXPECT_GT(advised(0.2, 0.4), 0.2);
  EXPECT_LT(advised(0.8, 0.4), 0.8);
  EXPECT_GT(advised(0.2, 0.8), advised(0.2, 0.4));
  EXPECT_LT(advised(0.8, 0.8), advised(0.8, 0.4));
}

TEST(CounselChoice, WhatAStrategyBrought) {
  Rules rules;
  rules.court.lawyer_fixed = 5000;
  rules.court.lawyer_share = 0.10;
  Subject s = a_dispute();  // damages of 100,000
  const auto payoff = [&](double paid) { return CounselChoice::payoff(s.view(), paid, rules, plain()); };
  s.at(Stage::closed, Channel::negotiation);
  EXPECT_NEAR(payoff(60000), 0.60, 1e-12);
  s.at(Stage::closed, Channel::court);
  EXPECT_NEAR(payoff(60000), 0.49, 1e-12);  // less 5,000 + 6,000
  EXPECT_NEAR(payoff(0), -0.05, 1e-12);     // a suit that was lost
  s.injury.damages = 0;
  EXPECT_EQ(payoff(0), -5000);  // no division by nothing
}

}  // namespace
}  // namespace parley
