#include "sim/mechanisms/damages.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Damages::Params params() {
  Damages::Params p;
  p.damages_by_severity = {10000, 60000, 300000, 700000};
  p.damages_sigma = 0.5;
  p.responsibility_classes = {1.0, 0.75, 0.5, 0.3, 0.1};
  p.negligent_class_shares = {0.10, 0.25, 0.25, 0.25, 0.15};
  p.residual_class_probability = {0, 0, 0, 0.10, 0.50};
  return p;
}

Injury assessed(Severity severity, bool by_care, bool negligent, double z, double u, double income_index = 1) {
  Injury injury{severity, by_care, negligent, 0, 0};
  Damages::assess(injury, income_index, params(), z, u);
  return injury;
}

double mean_share(bool by_care, bool negligent) {
  double sum = 0;
  for (int i = 0; i < 1000; ++i)
    sum += assessed(Severity::moderate, by_care, negligent, 0, (i + 0.5) / 1000).responsibility;
  return sum / 1000;
}

TEST(Damages, MedianBySeverityTimesIncomeAndSpread) {
  EXPECT_NEAR(assessed(Severity::moderate, true, true, 0, 0.5).damages, 60000, 1e-6);
  // 700,000 · 1.5 · e^(0.5 · 2) = 1,050,000 · 2.718281828
  EXPECT_NEAR(assessed(Severity::death, true, true, 2, 0.5, 1.5).damages, 2854195.92, 0.01);
}

TEST(Damages, ANegligentEventTakesAClassByItsShare) {
  // The shares add up to 0.10, 0.35, 0.60, 0.85, 1.
  const auto owed_share = [](double u) { return assessed(Severity::moderate, true, true, 0, u).responsibility; };
  EXPECT_EQ(owed_share(0.05), 1.0);
  EXPECT_EQ(owed_share(0.20), 0.75);
  EXPECT_EQ(owed_share(0.59), 0.5);
  EXPECT_EQ(owed_share(0.61), 0.3);
  EXPECT_EQ(owed_share(0.90), 0.1);
}

TEST(Damages, WithoutNegligenceMostOweNothing) {
  const auto owed_share = [](double u) { return assessed(Severity::moderate, true, false, 0, u).responsibility; };
  EXPECT_EQ(owed_share(0.05), 0.3);
  EXPECT_EQ(owed_share(0.30), 0.1);
  EXPECT_EQ(owed_share(0.61), 0.0);
}

TEST(Damages, ABadOutcomeOwesNothingButItsLossIsAsReal) {
  Injury injury{Severity::permanent, false, false, 0, 0.7};  // whatever stood there before
  Damages::assess(injury, 1, params(), 0, 1e-9);
  EXPECT_EQ(injury.responsibility, 0);
  EXPECT_NEAR(injury.damages, 300000, 1e-6);
  EXPECT_EQ(injury.owed(), 0);
}

TEST(Damages, MeanSharesOwed) {
  // 0.10 + 0.1875 + 0.125 + 0.075 + 0.015 = 0.5025 with negligence; 0.03 + 0.05 = 0.08 without.
  EXPECT_NEAR(mean_share(true, true), 0.5025, 1e-9);
  EXPECT_NEAR(mean_share(true, false), 0.08, 1e-9);
  EXPECT_EQ(mean_share(false, false), 0);
}

TEST(Damages, WorseHarmAndRicherPlacesMeanMore) {
  double before = 0;
  for (const Severity severity : {Severity::minor, Severity::moderate, Severity::permanent, Severity::death}) {
    const double damages = assessed(severity, true, true, 0.3, 0.5).damages;
    EXPECT_GT(damages, before);
    EXPECT_GT(assessed(severity, true, true, 0.3, 0.5, 1.2).damages, damages);
    before = damages;
  }
}

}  // namespace
}  // namespace parley
