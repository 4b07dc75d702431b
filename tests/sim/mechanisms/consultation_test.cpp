#include "sim/mechanisms/consultation.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::share;
using testing::Subject;

constexpr double one_deviation = 0.8413447460685429;  // Φ(1): the luck that gives z = 1

Consultation::Params plain() {
  Consultation::Params p;
  p.ask_probability = 0.6;
  p.adviser_sd = 0.2;  // a firmness of 25
  p.explanation_effect = 0.5;
  p.least_worth = 0.5;
  return p;
}

// Hopes for 0.7 of 100,000 where 0.5 is owed; trusts the committee with 0.8, so that its word weighs 20, as the hope
// does.
Subject hopeful() {
  Subject s = a_dispute();
  s.now.patient_belief = 0.7;
  s.now.patient_precision = 20;
  s.patient.committee_trust = 0.8;
  return s;
}

// Luck: does the patient ask, what is the adviser's error, does an explanation do.
Outcome decide(const Subject& s, std::initializer_list<double> luck, const Rules& rules = {}) {
  return Consultation::decide(s.view(), rules, plain(), Draw::scripted(luck));
}

TEST(Consultation, TheWordMovesThePatientAsFarAsItIsTrusted) {
  // x = 0.5: (20·0.7 + 20·0.5)/40 = 0.6; x = 0.5 + 0.2 = 0.7: as before
  const Outcome out = decide(hopeful(), {0.1, 0.5});
  EXPECT_NEAR(out.state.patient_belief, 0.6, 1e-12);
  EXPECT_NEAR(out.state.patient_precision, 40, 1e-12);
  EXPECT_NEAR(decide(hopeful(), {0.1, one_deviation}).state.patient_belief, 0.7, 1e-12);

  Subject wary = hopeful();
  wary.patient.committee_trust = 0.2;  // weighs 5: (20·0.7 + 5·0.5)/25 = 0.66
  EXPECT_NEAR(decide(wary, {0.1, 0.5}).state.patient_belief, 0.66, 1e-12);
  wary.patient.committee_trust = 0;
  EXPECT_EQ(decide(wary, {0.1, 0.5}).state.patient_belief, 0.7);
  EXPECT_TRUE(decide(wary, {0.1, 0.5}).state.consulted);
}

TEST(Consultation, AWordIsAShare) {
  Subject s = hopeful();
  s.injury.responsibility = 0.95;  // 1.15 is cut to 1: (20·0.7 + 20·1)/40
  EXPECT_NEAR(decide(s, {0.1, one_deviation}).state.patient_belief, 0.85, 1e-12);
}

TEST(Consultation, ShowsTheWayToTheCommitteeAndTellsTheHospitalNothing) {
  const Outcome out = decide(hopeful(), {0.1, 0.5});
  EXPECT_TRUE(out.state.consulted);  // and now knows of the forum
  EXPECT_FALSE(out.state.referred);  // but nobody has handed the case on
  EXPECT_EQ(out.state.hospital_belief, 0.5);
  EXPECT_EQ(out.state.hospital_precision, 25);
  EXPECT_EQ(out.state.stage, Stage::channel);
  EXPECT_EQ(out.state.attempts, 0);
}

TEST(Consultation, WhoAsks) {
  const auto asks = [](const std::function<void(Subject&, Rules&)>& change) {
    Subject s = hopeful();
    Rules rules;
    change(s, rules);
    return share([&](double u) { return decide(s, {u, 0.5}, rules).state.patient_belief != 0.7; });
  };
  EXPECT_EQ(asks([](auto&, auto&) {}), 0.6);
  EXPECT_EQ(asks([](Subject& s, auto&) { s.claimant.aware = false; }), 0);
  EXPECT_EQ(asks([](Subject& s, auto&) { s.claimant.aware = false, s.now.referred = true; }), 0.6);
  EXPECT_EQ(asks([](Subject& s, auto&) { s.now.consulted = true; }), 0);
  EXPECT_EQ(asks([](Subject& s, auto&) { s.district.committee = false; }), 0);
  EXPECT_EQ(asks([](auto&, Rules& rules) { rules.mediation_open = false; }), 0);
}

TEST(Consultation, WhoDoesNotAskStaysAsBefore) {
  const Outcome out = decide(hopeful(), {0.61});
  EXPECT_FALSE(out.state.consulted);
  EXPECT_FALSE(out.state.referred);
  EXPECT_EQ(out.state.patient_precision, 20);
}

TEST(Consultation, WhatIsWorthLittleIsLetGo) {
  Subject s = hopeful();    // believes in 0.6 after the word; half an income of 4,000 is 2,000
  s.injury.damages = 3300;  // 1,980
  const Outcome out = decide(s, {0.1, 0.5});
  EXPECT_EQ(out.state.stage, Stage::closed);
  EXPECT_EQ(out.state.outcome, CaseOutcome::dropped);
  EXPECT_EQ(out.state.closed, 100);
  s.injury.damages = 3400;  // 2,040
  EXPECT_EQ(decide(s, {0.1, 0.5}).state.stage, Stage::channel);
  s.injury.damages = 3000;  // 2,100 as it was hoped for, 1,800 after the word: it is advice that ends it
  EXPECT_EQ(decide(s, {0.61}).state.stage, Stage::channel);
  EXPECT_EQ(decide(s, {0.1, 0.5}).state.stage, Stage::closed);
}

TEST(Consultation, WhoWantedAnExplanationMayHaveIt) {
  Subject s = hopeful();
  s.claimant.motive = Motive::explanation;
  const auto ends = [&] {
    return share([&](double u) { return decide(s, {0.1, 0.5, u}).state.stage == Stage::closed; });
  };
  EXPECT_EQ(ends(), 0.4);  // 0.5 · 0.8
  s.patient.committee_trust = 0.4;
  EXPECT_EQ(ends(), 0.2);
  for (const Motive other : {Motive::money, Motive::prevention, Motive::sanction}) {
    s.claimant.motive = other;
    EXPECT_EQ(ends(), 0);
  }
}

TEST(Consultation, ABetterAdviserBringsThePatientNearerToTheTruth) {
  const auto belief = [](double sd) {
    const Subject s = hopeful();
    Consultation::Params p = plain();
    p.adviser_sd = sd;
    return Consultation::decide(s.view(), Rules{}, p, Draw::scripted({0.1, 0.5})).state.patient_belief;
  };
  EXPECT_LT(belief(0.1), belief(0.2));
  EXPECT_LT(belief(0.2), belief(0.4));
  EXPECT_LT(belief(0.4), 0.7);
}

}  // namespace
}  // namespace parley
