#include "sim/mechanisms/claim.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Claim::Params params() {
  Claim::Params p;
  p.formal_claim_probability = 0.20;  // odds 1/4
  p.elderly_odds = 0.5;
  p.minor_odds = 0.4;
  p.lowincome_odds = 0.2;
  p.delay_mean = 60;
  p.limitation_years = 1;
  p.demand_multiple = 0.8;
  p.demand_sigma = 1.25;
  p.patient_bias = 0.15;
  p.hospital_bias = -0.10;
  p.anger_by_severity = {0.30, 0.45, 0.65, 0.85};
  return p;
}

Customs customs() {
  Customs c;
  c.belief_sd = 0.15;
  return c;
}

Claimant claimant(bool elderly, bool low_income) {
  Claimant who;
  who.elderly = elderly;
  who.low_income = low_income;
  return who;
}

double claims(bool elderly, bool low_income, Severity severity) {
  return Claim::probability(claimant(elderly, low_income), severity, params());
}

Injury injury(double responsibility) { return {Severity::moderate, true, true, 100000, responsibility}; }

TEST(Claim, OddsRatiosMultiply) {
  EXPECT_NEAR(claims(false, false, Severity::moderate), 0.2, 1e-12);
  EXPECT_NEAR(claims(true, false, Severity::moderate), 1.0 / 9, 1e-12);   // odds 1/4 · 0.5 = 1/8
  EXPECT_NEAR(claims(false, true, Severity::minor), 0.02 / 1.02, 1e-12);  // 1/4 · 0.2 · 0.4 = 0.02
  EXPECT_NEAR(claims(true, true, Severity::minor), 0.01 / 1.01, 1e-12);   // 1/4 · 0.5 · 0.2 · 0.4 = 0.01
}

TEST(Claim, TheDelayIsExponentialInWholeDays) {
  EXPECT_EQ(Claim::delay_days(0.5, params()), 41);   // 60 · ln 2 = 41.6
  EXPECT_EQ(Claim::delay_days(0.1, params()), 138);  // 60 · ln 10 = 138.2
  EXPECT_EQ(Claim::delay_days(0.999, params()), 0);
}

TEST(Claim, BeyondTheLimitationPeriodItNeverComes) {
  EXPECT_EQ(Claim::delay_days(0.0023, params()), 364);    // 60 · 6.0748 = 364.5
  EXPECT_EQ(Claim::delay_days(0.0022, params()), never);  // 60 · 6.1193 = 367.2 > 365
  Claim::Params longer = params();
  longer.limitation_years = 3;
  EXPECT_EQ(Claim::delay_days(0.0022, longer), 367);
}

TEST(Claim, OpensWithDemandBeliefsAndAnger) {
  const CaseState state = Claim::opened(injury(0.5), 70, customs(), params(), 0.8, 1.0, -1.0);
  EXPECT_NEAR(state.demand, 217462.5463, 1e-3);           // 0.8 · 100,000 · e^(1.25 · 0.8)
  EXPECT_NEAR(state.patient_belief, 0.80, 1e-12);         // 0.5 + 0.15 + 0.15
  EXPECT_NEAR(state.hospital_belief, 0.25, 1e-12);        // 0.5 − 0.10 − 0.15
  EXPECT_NEAR(state.patient_precision, 44.444444, 1e-6);  // 1 / 0.15²
  EXPECT_EQ(state.patient_precision, state.hospital_precision);
  EXPECT_EQ(state.anger, 0.45);
  EXPECT_EQ(state.anger_day, 70);
  EXPECT_EQ(state.opened, 70);
  EXPECT_EQ(state.stage_since, 70);
  EXPECT_EQ(state.stage, Stage::channel);
  EXPECT_EQ(state.outcome, CaseOutcome::open);
}

TEST(Claim, BeliefsStayShares) {
  const CaseState sure = Claim::opened(injury(0.95), 0, customs(), params(), 0, 1, 3);
  EXPECT_EQ(sure.patient_belief, 1);   // 0.95 + 0.15 + 0.15 = 1.25
  EXPECT_EQ(sure.hospital_belief, 1);  // 0.95 − 0.10 + 0.45 = 1.30
  const CaseState hopeless = Claim::opened(injury(0.05), 0, customs(), params(), 0, -3, -1);
  EXPECT_EQ(hopeless.patient_belief, 0);   // 0.05 + 0.15 − 0.45 = −0.25
  EXPECT_EQ(hopeless.hospital_belief, 0);  // 0.05 − 0.10 − 0.15 = −0.20
}

TEST(Claim, TheOldThePoorAndTheSlightlyHarmedClaimLess) {
  for (const Severity severity : {Severity::minor, Severity::death}) {
    EXPECT_LT(claims(true, false, severity), claims(false, false, severity));
    EXPECT_LT(claims(false, true, severity), claims(false, false, severity));
  }
  EXPECT_LT(claims(false, false, Severity::minor), claims(false, false, Severity::moderate));
  EXPECT_EQ(claims(false, false, Severity::death), claims(false, false, Severity::moderate));
}

TEST(Claim, MoreBiasOpensTheGapBetweenTheSides) {
  const auto gap = [](const Claim::Params& p) {
    const CaseState state = Claim::opened(injury(0.5), 0, customs(), p, 0, 0, 0);
    return state.patient_belief - state.hospital_belief;
  };
  EXPECT_NEAR(gap(params()), 0.25, 1e-12);
  Claim::Params p = params();
  p.patient_bias = 0.25;
  EXPECT_NEAR(gap(p), 0.35, 1e-12);
  p.hospital_bias = -0.20;
  EXPECT_NEAR(gap(p), 0.45, 1e-12);
}

}  // namespace
}  // namespace parley
