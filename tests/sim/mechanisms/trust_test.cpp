#include "sim/mechanisms/trust.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

Trust::Params plain() {
  Trust::Params p;
  p.gain = 0.02;
  p.loss = 0.08;
  p.loss_unsettled = 0.2;
  p.halflife = 365;
  p.spillover = 0.15;
  p.spillover_government = 0.1;
  p.fair_share = 0.8;
  p.contagion_pull = 0.05;
  p.contact_rate = 0.5;
  p.bounded_confidence = 0.35;
  p.memory_days = 1095;
  return p;
}

// Believes that half of 100,000 is owed; trusts hospitals 0.7 and the committee 0.6.
Subject ended(Channel channel) {
  Subject s = a_dispute();
  s.at(Stage::closed, channel);
  s.injury.damages = 100000;
  s.now.patient_belief = 0.5;
  s.now.justice = 0.75;
  s.patient.hospital_trust = s.patient.doctor_trust = 0.7;
  s.patient.committee_trust = 0.6;
  s.patient.court_trust = 0.5;
  s.patient.government_trust = 0.8;
  return s;
}

Outcome end_of(const Subject& s, double paid, const Trust::Params& p = plain()) {
  return Trust::decide(s.view(), paid, p);
}

double shift(const Outcome& out, TrustObject object) {
  double sum = 0;
  for (const BeliefShift& b : out.beliefs)
    if (b.object == object) sum += b.amount;
  return sum;
}

TEST(Trust, BadNewsCountsMoreThanGood) {
  EXPECT_NEAR(Trust::good(0.7, plain()), 0.006, 1e-15);    // 0.02 · 0.3
  EXPECT_NEAR(Trust::bad(0.7, 0.5, 0.08), -0.028, 1e-15);  // 0.08 · 0.5 · 0.7
  EXPECT_NEAR(Trust::after_harm(0.7, 1, plain()), -0.056, 1e-15);
  for (const double trust : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    EXPECT_LE(trust + Trust::good(trust, plain()), 1);
    EXPECT_GE(trust + Trust::bad(trust, 1, 1), 0);
  }
  EXPECT_LT(Trust::after_harm(0.7, 1, plain()), Trust::after_harm(0.7, 0.2, plain()));
}

TEST(Trust, AShiftHalvesAndIsForgotten) {
  EXPECT_NEAR(Trust::remaining(-0.2, 0, plain()), -0.2, 1e-15);
  EXPECT_NEAR(Trust::remaining(-0.2, 365, plain()), -0.1, 1e-12);
  EXPECT_NEAR(Trust::remaining(-0.2, 730, plain()), -0.05, 1e-12);
  EXPECT_NEAR(Trust::remaining(-0.2, 1095, plain()), -0.025, 1e-12);
  EXPECT_EQ(Trust::remaining(-0.2, 1096, plain()), 0);
}

TEST(Trust, ANeighbourIsHeardMoreWithTimeAndFadesWithIt) {
  // after four months: two contacts, 1 - 0.95² = 0.0975; what is left 2^(-(4 · 365/12)/365) = 2^(-1/3) = 0.793701
  EXPECT_NEAR(Trust::pulled(-0.2, 0, 4 * days_per_month, plain()), -0.2 * 0.793701 * 0.0975, 1e-7);
  EXPECT_EQ(Trust::pulled(-0.2, 0, 0, plain()), 0);
  Trust::Params talkative = plain();
  talkative.contact_rate = 2;
  EXPECT_LT(Trust::pulled(-0.2, 0, 60, talkative), Trust::pulled(-0.2, 0, 60, plain()));
  Trust::Params impressed = plain();
  impressed.contagion_pull = 0.2;
  EXPECT_LT(Trust::pulled(-0.2, 0, 60, impressed), Trust::pulled(-0.2, 0, 60, plain()));
}

TEST(Trust, WhoThinksTooDifferentlyIsNotHeard) {
  EXPECT_LT(Trust::pulled(-0.34, 0, 30, plain()), 0);
  EXPECT_EQ(Trust::pulled(-0.40, 0, 1, plain()), 0);
  EXPECT_LT(Trust::pulled(-0.40, -0.2, 30, plain()), 0);
}

TEST(Trust, AFairEndRestoresALittle) {
  const Outcome out = end_of(ended(Channel::people_mediation), 40000);  // 0.8 · 50,000 just reached
  EXPECT_NEAR(shift(out, TrustObject::hospital), 0.006, 1e-15);
  // 0.15 · 0.006 and the committee's own 0.02 · 0.4
  EXPECT_NEAR(shift(out, TrustObject::committee), 0.0009 + 0.008, 1e-15);
}

TEST(Trust, AnUnfairEndCostsMuch) {
  const Outcome out = end_of(ended(Channel::people_mediation), 39999);
  EXPECT_NEAR(shift(out, TrustObject::hospital), -0.14, 1e-12);  // 0.2 · 0.7
  // 0.15 · 0.14 and 0.2 · (1 - 0.75) · 0.6
  EXPECT_NEAR(shift(out, TrustObject::committee), -0.021 - 0.03, 1e-12);
}

TEST(Trust, JusticeShieldsTheCommitteeAndOnlyItsOwnCasesJudgeIt) {
  Subject rude = ended(Channel::people_mediation), kind = rude;
  rude.now.justice = 0.1;
  kind.now.justice = 0.9;
  EXPECT_LT(shift(end_of(rude, 0), TrustObject::committee), shift(end_of(kind, 0), TrustObject::committee));
  const Outcome out = end_of(ended(Channel::court), 0);
  EXPECT_NEAR(shift(out, TrustObject::committee), -0.021, 1e-12);  // what spills over, no more
  Trust::Params apart = plain();
  apart.spillover = 0;
  EXPECT_EQ(shift(end_of(ended(Channel::court), 0, apart), TrustObject::committee), 0);
}

TEST(Trust, WhoRanTheForumIsJudgedForIt) {
  // Unfair, in court: hospital and doctor −0.2 · 0.7 = −0.14 each, the court −0.2 · 0.5 = −0.1, the committee what
  // spills over, −0.021, and the government a tenth of hospital, committee and court.
  const Outcome court = end_of(ended(Channel::court), 0);
  EXPECT_NEAR(shift(court, TrustObject::hospital), -0.14, 1e-12);
  EXPECT_NEAR(shift(court, TrustObject::doctor), -0.14, 1e-12);
  EXPECT_NEAR(shift(court, TrustObject::court), -0.1, 1e-12);
  EXPECT_NEAR(shift(court, TrustObject::government), 0.1 * (-0.14 - 0.021 - 0.1), 1e-12);
  // Before the bureau the government is judged by procedure: −0.2 · (1 − 0.75) · 0.8 = −0.04.
  const Outcome bureau = end_of(ended(Channel::administrative_mediation), 0);
  EXPECT_NEAR(shift(bureau, TrustObject::government), -0.04 + 0.1 * (-0.14 - 0.021), 1e-12);
  EXPECT_EQ(shift(bureau, TrustObject::court), 0);
  // A fair end in talks: nobody but hospital and doctor is judged, 0.02 · 0.3 each.
  const Outcome talks = end_of(ended(Channel::negotiation), 50000);
  EXPECT_NEAR(shift(talks, TrustObject::doctor), 0.006, 1e-12);
  EXPECT_NEAR(shift(talks, TrustObject::committee), 0.0009, 1e-12);
  EXPECT_NEAR(shift(talks, TrustObject::government), 0.1 * (0.006 + 0.0009), 1e-12);
}

TEST(Trust, BaselinesByObjectAndTheDriftOfMedicine) {
  Trust::Params p = plain();
  p.trust_mean = 0.7, p.doctor_mean = 0.72, p.committee_mean = 0.6, p.court_mean = 0.5, p.government_mean = 0.65;
  p.secular_drift = -0.01;
  EXPECT_NEAR(Trust::baseline(TrustObject::hospital, 0.1, 2, p), 0.78, 1e-12);  // 0.7 + 0.1 − 2 · 0.01
  EXPECT_NEAR(Trust::baseline(TrustObject::doctor, 0, -1, p), 0.73, 1e-12);
  EXPECT_NEAR(Trust::baseline(TrustObject::committee, 0.1, 2, p), 0.7, 1e-12);  // no drift
  EXPECT_NEAR(Trust::baseline(TrustObject::court, -0.2, 5, p), 0.3, 1e-12);
  EXPECT_EQ(Trust::baseline(TrustObject::government, 0.9, 0, p), 1);
  EXPECT_EQ(Trust::baseline(TrustObject::hospital, -2, 0, p), 0);
}

}  // namespace
}  // namespace parley
