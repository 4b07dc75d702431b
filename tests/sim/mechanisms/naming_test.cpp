#include "sim/mechanisms/naming.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::share;

Naming::Params params() {
  Naming::Params p;
  p.naming_by_severity = {0.20, 0.45, 0.80, 0.90};
  p.disclosure_probability = 0.25;
  p.disclosure_effect = 1.3862943611198906;  // ln 4: disclosure makes the odds four times as high
  p.misattribution = 0.25;
  return p;
}

double named(Severity severity, bool by_care, bool disclosed, const Naming::Params& p = params()) {
  return share([&](double u) { return Naming::decide(u, severity, by_care, disclosed, p); });
}

TEST(Naming, WithoutDisclosureByTheChanceOfItsSeverity) {
  EXPECT_TRUE(Naming::decide(0.19, Severity::minor, true, false, params()));
  EXPECT_FALSE(Naming::decide(0.21, Severity::minor, true, false, params()));
  EXPECT_TRUE(Naming::decide(0.44, Severity::moderate, true, false, params()));
  EXPECT_FALSE(Naming::decide(0.46, Severity::moderate, true, false, params()));
}

TEST(Naming, DisclosureMultipliesTheOdds) {
  // 0.2 has odds 1/4, times 4 is 1: one half. 0.8 has odds 4, times 4 is 16: 16/17 = 0.94118.
  EXPECT_TRUE(Naming::decide(0.499, Severity::minor, true, true, params()));
  EXPECT_FALSE(Naming::decide(0.501, Severity::minor, true, true, params()));
  EXPECT_TRUE(Naming::decide(0.9411, Severity::permanent, true, true, params()));
  EXPECT_FALSE(Naming::decide(0.9413, Severity::permanent, true, true, params()));
}

TEST(Naming, ABadOutcomeIsMisattributedWhateverItsSeverity) {
  for (const Severity severity : {Severity::minor, Severity::death})
    for (const bool disclosed : {false, true}) EXPECT_EQ(named(severity, false, disclosed), 0.25);
}

TEST(Naming, OnlyEventsOfCareAreDisclosed) {
  EXPECT_TRUE(Naming::disclosed(0.24, true, params()));
  EXPECT_FALSE(Naming::disclosed(0.26, true, params()));
  EXPECT_FALSE(Naming::disclosed(0.01, false, params()));
}

TEST(Naming, WithoutEffectDisclosureChangesNothing) {
  Naming::Params p = params();
  p.disclosure_effect = 0;
  EXPECT_EQ(named(Severity::moderate, true, true, p), named(Severity::moderate, true, false, p));
}

TEST(Naming, DisclosureAndSeverityRaiseNaming) {
  double before = 0;
  for (const Severity severity : {Severity::minor, Severity::moderate, Severity::permanent, Severity::death}) {
    EXPECT_GT(named(severity, true, true), named(severity, true, false));
    EXPECT_GT(named(severity, true, false), before);
    before = named(severity, true, false);
  }
}

}  // namespace
}  // namespace parley
