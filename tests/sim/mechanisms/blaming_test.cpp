#include "sim/mechanisms/blaming.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr double ln_4 = 1.3862943611198906188;

// Half a point of trust or of communication doubles the odds of blame; an apology divides them by four.
Blaming::Params params() {
  Blaming::Params p;
  p.blaming_negligent = {0.20, 0.40, 0.50, 0.60};
  p.blaming_other = {0.10, 0.20, 0.25, 0.30};
  p.trust_effect = ln_4;
  p.communication_effect = ln_4;
  p.apology_effect = ln_4;
  p.trust_reference = 0.70;
  p.communication_reference = 0.60;
  p.complaint_probability = {0.30, 0.36, 0.46, 0.53};
  return p;
}

double blame(Severity severity, bool negligent, bool apology, double trust, double communication) {
  return Blaming::probability(severity, negligent, apology, trust, communication, params());
}

TEST(Blaming, DistrustMultipliesTheOdds) {
  // 0.2 has odds 1/4; trust half a point below the reference doubles them: 1/2, a chance of 1/3.
  EXPECT_NEAR(blame(Severity::minor, true, false, 0.20, 0.60), 1.0 / 3, 1e-12);
}

TEST(Blaming, DistrustPoorTalkAndApologyAddUp) {
  // 1/4 · 2 · 2 / 4 = 1/4 again: 0.2.
  EXPECT_NEAR(blame(Severity::minor, true, true, 0.20, 0.10), 0.20, 1e-12);
}

TEST(Blaming, AnApologyAlone) {
  // 0.5 has odds 1, an apology leaves 1/4: 0.2.
  EXPECT_NEAR(blame(Severity::permanent, true, true, 0.70, 0.60), 0.20, 1e-12);
}

TEST(Blaming, AtTheReferencesTheBaseChancesHold) {
  for (std::size_t s = 0; s < severity_count; ++s) {
    const auto severity = static_cast<Severity>(s);
    EXPECT_NEAR(blame(severity, true, false, 0.70, 0.60), params().blaming_negligent[s], 1e-12);
    EXPECT_NEAR(blame(severity, false, false, 0.70, 0.60), params().blaming_other[s], 1e-12);
  }
}

TEST(Blaming, ComplaintsFollowTheirChanceBySeverity) {
  EXPECT_TRUE(Blaming::complains(0.35, Severity::moderate, params()));
  EXPECT_FALSE(Blaming::complains(0.37, Severity::moderate, params()));
  EXPECT_TRUE(Blaming::complains(0.52, Severity::death, params()));
}

TEST(Blaming, MoreDistrustPoorerTalkNoApologyAndNegligenceMeanMoreBlame) {
  for (const Severity severity : {Severity::minor, Severity::moderate, Severity::permanent, Severity::death}) {
    const double usual = blame(severity, false, true, 0.5, 0.5);
    EXPECT_GT(blame(severity, false, true, 0.4, 0.5), usual);
    EXPECT_GT(blame(severity, false, true, 0.5, 0.4), usual);
    EXPECT_GT(blame(severity, false, false, 0.5, 0.5), usual);
    EXPECT_GT(blame(severity, true, true, 0.5, 0.5), usual);
  }
}

}  // namespace
}  // namespace parley
