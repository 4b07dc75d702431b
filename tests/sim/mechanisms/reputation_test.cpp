#include "sim/mechanisms/reputation.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

Reputation::Params plain() {
  Reputation::Params p;
  p.forgetting = 0.1;
  p.neutral_verdict = 0.5;
  p.outcome_part = 0.5;
  return p;
}

// The patient believes in 50,000, the hospital in 40,000; the procedure was felt to be just to 0.6.
Subject mediated() {
  Subject s = a_dispute();
  s.at(Stage::mediation, Channel::people_mediation);
  s.injury.damages = 100000;
  s.now.patient_belief = 0.5;
  s.now.hospital_belief = 0.4;
  s.now.justice = 0.6;
  return s;
}

Outcome verdicts(const Subject& s, double agreed, const Reputation::Params& p = plain()) {
  return Reputation::verdicts(s.view(), agreed, Rules{}, p);
}

TEST(Reputation, VerdictsByHand) {
  const Outcome middle = verdicts(mediated(), 45000);
  EXPECT_NEAR(middle.patient_verdict, 0.75, 1e-12);              // 0.5 · 45/50 + 0.5 · 0.6
  EXPECT_NEAR(middle.hospital_verdict, 0.3 + 20.0 / 45, 1e-12);  // 0.5 · 40/45 + 0.5 · 0.6
  const Outcome low = verdicts(mediated(), 20000);
  EXPECT_NEAR(low.patient_verdict, 0.5, 1e-12);   // 0.5 · 0.4 + 0.3
  EXPECT_NEAR(low.hospital_verdict, 0.8, 1e-12);  // 40/20 counts as 1
  const Outcome high = verdicts(mediated(), 80000);
  EXPECT_NEAR(high.patient_verdict, 0.8, 1e-12);    // 80/50 counts as 1
  EXPECT_NEAR(high.hospital_verdict, 0.55, 1e-12);  // 0.5 · 0.5 + 0.3
}

TEST(Reputation, NothingAgreedIsNoResultForEither) {
  const Outcome out = verdicts(mediated(), 0);
  EXPECT_NEAR(out.patient_verdict, 0.3, 1e-12);
  EXPECT_NEAR(out.hospital_verdict, 0.3, 1e-12);
}

TEST(Reputation, AVerdictIsNoMove) {
  const Outcome out = verdicts(mediated(), 45000);
  EXPECT_EQ(out.state.stage, Stage::mediation);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.transfers.size(), 0u);
}

TEST(Reputation, WhoBelievesInNothingIsContentWithAnything) {
  Subject s = mediated();
  s.now.patient_belief = 0;  // counts as one yuan
  EXPECT_NEAR(verdicts(s, 1000).patient_verdict, 0.8, 1e-12);
  s.now.hospital_belief = 0;  // and a hospital that owes nothing in its own eyes gets no result
  EXPECT_NEAR(verdicts(s, 1000).hospital_verdict, 0.3, 1e-12);
}

TEST(Reputation, ProcedureCountsAsFarAsTheResultDoesNot) {
  Reputation::Params result_alone = plain(), procedure_alone = plain();
  result_alone.outcome_part = 1;
  procedure_alone.outcome_part = 0;
  EXPECT_NEAR(verdicts(mediated(), 45000, result_alone).patient_verdict, 0.9, 1e-12);
  EXPECT_NEAR(verdicts(mediated(), 45000, procedure_alone).patient_verdict, 0.6, 1e-12);
  EXPECT_NEAR(verdicts(mediated(), 45000, procedure_alone).hospital_verdict, 0.6, 1e-12);
}

TEST(Reputation, WhatPleasesOneSideDoesNotPleaseTheOther) {
  double patient = 0, hospital = 1;
  for (const double agreed : {41000.0, 44000.0, 47000.0, 50000.0}) {
    const Outcome out = verdicts(mediated(), agreed);
    EXPECT_GT(out.patient_verdict, patient);
    EXPECT_LT(out.hospital_verdict, hospital);
    patient = out.patient_verdict, hospital = out.hospital_verdict;
  }
}

TEST(Reputation, ANameMovesByHand) {
  EXPECT_NEAR(Reputation::after(0, 0.8, plain()), 0.03, 1e-12);    // 0.1 · 0.3
  EXPECT_NEAR(Reputation::after(0, 0.2, plain()), -0.03, 1e-12);   // 0.1 · −0.3
  EXPECT_NEAR(Reputation::after(0.2, 0.8, plain()), 0.21, 1e-12);  // 0.2 + 0.1 · (0.3 − 0.2)
  EXPECT_NEAR(Reputation::after(0.4, 0.5, plain()), 0.36, 1e-12);  // a neutral verdict lets a tenth of it fade
  EXPECT_EQ(Reputation::after(0, 0.5, plain()), 0);
}

TEST(Reputation, OldCasesAreForgotten) {
  // whatever the name was, with verdicts of 0.7 it comes to 0.7 − 0.5; the way left shrinks by 0.9 a case
  double good = 1, bad = -1;
  for (int i = 0; i < 100; ++i) {
    good = Reputation::after(good, 0.7, plain());
    bad = Reputation::after(bad, 0.7, plain());
  }
  EXPECT_NEAR(good, 0.2 + 0.8 * power(0.9, 100), 1e-12);
  EXPECT_NEAR(bad, 0.2 - 1.2 * power(0.9, 100), 1e-12);
}

TEST(Reputation, ANameStaysBetweenItsEnds) {
  Reputation::Params harsh = plain();
  harsh.forgetting = 0.5;
  harsh.neutral_verdict = 0.2;
  double name = 0;
  for (int i = 0; i < 50; ++i) name = Reputation::after(name, 1, harsh);
  EXPECT_NEAR(name, 0.8, 1e-9);
  EXPECT_EQ(Reputation::after(1, 5, harsh), 1);  // 1 + 0.5 · 3.8
  EXPECT_EQ(Reputation::after(-1, -5, harsh), -1);
}

}  // namespace
}  // namespace parley
