#include "sim/mechanisms/harm.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::share;

constexpr std::array all_severities = {Severity::minor, Severity::moderate, Severity::permanent, Severity::death};

Harm::Params params() {
  Harm::Params p;
  p.severity_shares = {0.50, 0.25, 0.15, 0.10};
  p.negligent_by_severity = {0.20, 0.30, 0.40, 0.50};
  return p;
}

TEST(Harm, SeverityFollowsTheSharesFromMinorUp) {
  // The shares add up to 0.50, 0.75, 0.90, 1.
  EXPECT_EQ(Harm::severity(0.49, params()), Severity::minor);
  EXPECT_EQ(Harm::severity(0.50, params()), Severity::moderate);
  EXPECT_EQ(Harm::severity(0.74, params()), Severity::moderate);
  EXPECT_EQ(Harm::severity(0.76, params()), Severity::permanent);
  EXPECT_EQ(Harm::severity(0.91, params()), Severity::death);
}

TEST(Harm, NegligenceFollowsTheShareOfItsSeverity) {
  EXPECT_TRUE(Harm::negligent(0.29, Severity::moderate, true, params()));
  EXPECT_FALSE(Harm::negligent(0.31, Severity::moderate, true, params()));
  EXPECT_TRUE(Harm::negligent(0.49, Severity::death, true, params()));
}

TEST(Harm, ABadOutcomeThatCareDidNotCauseIsNeverNegligent) {
  for (const Severity severity : all_severities) EXPECT_FALSE(Harm::negligent(1e-9, severity, false, params()));
}

TEST(Harm, WhatRoundingLeavesOverIsDeath) {
  Harm::Params p = params();
  p.severity_shares = {0.1, 0.2, 0.3, 0.4 - 1e-12};  // as a reader's decimals may add up
  EXPECT_EQ(Harm::severity(1 - 1e-13, p), Severity::death);
  p.severity_shares = {1, 0, 0, 0};
  EXPECT_EQ(Harm::severity(1 - 1e-13, p), Severity::minor);
}

TEST(Harm, TheMoreSevereTheMoreOftenNegligent) {
  // 0.5·0.2 + 0.25·0.3 + 0.15·0.4 + 0.1·0.5 = 0.285 of all events.
  double overall = 0, before = 0;
  for (const Severity severity : all_severities) {
    const double of_severity = share([&](double u) { return Harm::severity(u, params()) == severity; });
    const double negligent = share([&](double u) { return Harm::negligent(u, severity, true, params()); });
    EXPECT_GT(negligent, before);
    before = negligent;
    overall += of_severity * negligent;
  }
  EXPECT_NEAR(overall, 0.285, 1e-9);
}

}  // namespace
}  // namespace parley
