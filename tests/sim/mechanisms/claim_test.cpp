#include "sim/mechanisms/claim.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Claim::Params plain() {
  Claim::Params p;
  p.formal_claim_probability = 0.05, p.elderly_odds = 0.14, p.minor_odds = 0.16, p.lowincome_odds = 0.53;
  p.value_effect = 1, p.value_reference = 10, p.anger_effect = 2, p.anger_reference = 0.5;
  p.demand_multiple = 0.8, p.demand_sigma = 1, p.patient_bias = 0.15, p.hospital_bias = -0.1;
  p.anger_by_severity = {0.3, 0.4, 0.6, 0.8};
  p.signal_share = 0.6, p.motive_shares = {0.4, 0.25, 0.25, 0.1}, p.other_motive_demand = 0.5;
  p.delay_mean = 60, p.limitation_years = 3;
  return p;
}
double chance(const Claimant& who, Severity severity, double value = 10, double anger = 0.5) {
  return Claim::probability(who, severity, value, anger, plain());
}
double odds(double p) { return p / (1 - p); }

TEST(Claim, OddsRatiosMultiply) {
  Claimant who;
  EXPECT_NEAR(chance(who, Severity::moderate), 0.05, 1e-12);
  EXPECT_NEAR(odds(chance(who, Severity::minor)), 0.16 * 0.05 / 0.95, 1e-12);
  who.elderly = true;
  EXPECT_NEAR(odds(chance(who, Severity::moderate)), 0.14 * 0.05 / 0.95, 1e-12);
  who.low_income = true;
  EXPECT_NEAR(odds(chance(who, Severity::minor)), 0.14 * 0.53 * 0.16 * 0.05 / 0.95, 1e-12);
}

TEST(Claim, ValueAndAngerMoveIt) {
  const Claimant who;
  const double rest = odds(0.05);
  EXPECT_NEAR(odds(chance(who, Severity::moderate, 30)) / rest, 1.64872127070013, 1e-9);        // e^(20/40)
  EXPECT_NEAR(odds(chance(who, Severity::moderate, 0)) / rest, 0.36787944117144, 1e-9);         // e^(−1), worthless
  EXPECT_NEAR(odds(chance(who, Severity::moderate, 10, 0.75)) / rest, 1.64872127070013, 1e-9);  // e^(2 · 0.25)
  EXPECT_LT(chance(who, Severity::death, 1e9), 0.13);  // it saturates: odds below 0.05/0.95 · e
}

TEST(Claim, TheDelayIsExponentialAndEndsWithTheLaw) {
  EXPECT_EQ(Claim::delay_days(0.36787944117144233, plain()), 60);  // −60·ln(1/e)
  EXPECT_EQ(Claim::delay_days(0.999, plain()), 0);
  EXPECT_EQ(Claim::delay_days(1e-9, plain()), never);  // 60 · 20.7 = 1243 days are more than three years
}

TEST(Claim, MotivesByTheirShares) {
  EXPECT_EQ(Claim::motive(0.39, plain()), Motive::money);
  EXPECT_EQ(Claim::motive(0.41, plain()), Motive::explanation);
  EXPECT_EQ(Claim::motive(0.66, plain()), Motive::prevention);
  EXPECT_EQ(Claim::motive(0.91, plain()), Motive::sanction);
}

TEST(Claim, HowADisputeOpens) {
  Injury injury;
  injury.severity = Severity::moderate;
  injury.damages = 100000, injury.responsibility = 0.5;
  Customs customs;
  customs.belief_sd = 0.1;
  Claimant who;
  const auto opened = [&](double signal, double z, double z_demand = 0, double z_hospital = 0) {
    return Claim::opened(injury, who, 0.5, signal, 30, customs, plain(), z_demand, z, z_hospital);
  };
  const CaseState state = opened(0, 0);
  EXPECT_EQ(state.stage, Stage::channel);
  EXPECT_EQ(state.opened, 30);
  EXPECT_EQ(state.stage_since, 30);
  EXPECT_EQ(state.anger_day, 30);
  EXPECT_NEAR(state.demand, 80000, 1e-9);
  EXPECT_NEAR(state.patient_belief, 0.65, 1e-12);   // 0.5 + 0.15
  EXPECT_NEAR(state.hospital_belief, 0.4, 1e-12);   // 0.5 − 0.1
  EXPECT_NEAR(state.patient_precision, 100, 1e-9);  // 1/0.1²
  EXPECT_NEAR(state.hospital_precision, 100, 1e-9);
  EXPECT_NEAR(state.anger, 0.7, 1e-12);  // 1 − 0.6 · 0.5
  // Who blames believes too much: 0.65 + 0.1(0.6 · 1 + 0.8 · 0.5)
  EXPECT_NEAR(opened(1, 0.5).patient_belief, 0.75, 1e-12);
  EXPECT_GT(opened(2, 0).patient_belief, opened(1, 0).patient_belief);
  EXPECT_EQ(opened(90, 0).patient_belief, 1);
  // Each error belongs to one of them: 0.4 + 0.1 · 0.5, and the patient's belief stays where it was
  EXPECT_NEAR(opened(0, 0, 0, 0.5).hospital_belief, 0.45, 1e-12);
  EXPECT_NEAR(opened(0, 0, 0, 0.5).patient_belief, 0.65, 1e-12);
  EXPECT_NEAR(opened(1, 0.5).hospital_belief, 0.4, 1e-12);
  EXPECT_EQ(opened(0, 0, 0, -90).hospital_belief, 0);
  EXPECT_NEAR(opened(0, 0, 1).demand, 217462.5462767236, 1e-6);  // 80,000 · e
  for (const Motive other : {Motive::explanation, Motive::prevention, Motive::sanction}) {
    who.motive = other;
    EXPECT_NEAR(opened(0, 0).demand, 40000, 1e-9);  // half of it
  }
}

TEST(Claim, AngerJoinsAndNeverGoesBeyondOne) {
  Injury injury;
  const auto anger = [&](Severity severity, double stock) {
    injury.severity = severity;
    return Claim::opened(injury, Claimant{}, stock, 0, 30, Customs{}, plain(), 0, 0, 0).anger;
  };
  EXPECT_NEAR(anger(Severity::death, 0), 0.8, 1e-12);
  EXPECT_NEAR(anger(Severity::death, 0.5), 0.9, 1e-12);  // 1 − 0.2 · 0.5
  EXPECT_EQ(anger(Severity::minor, 1), 1);
  EXPECT_LT(anger(Severity::minor, 0.2), anger(Severity::minor, 0.3));
}

}  // namespace
}  // namespace parley
