#include "sim/mechanisms/naming.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Naming::Params plain() {
  Naming::Params p;
  p.naming_by_severity = {0.2, 0.5, 0.8, 0.9};
  p.knowledge_effect = 0, p.disclosure_effect = 1, p.misattribution = 0.25;
  return p;
}

TEST(Naming, BySeverity) {
  EXPECT_NEAR(Naming::probability(Severity::minor, true, false, 0.5, plain()), 0.2, 1e-12);
  EXPECT_NEAR(Naming::probability(Severity::death, true, false, 0.5, plain()), 0.9, 1e-12);
}

TEST(Naming, DisclosureHelps) {
  // odds 1/4 · e = 0.67957, so 0.404610
  EXPECT_NEAR(Naming::probability(Severity::minor, true, true, 0.5, plain()), 0.4046096751, 1e-9);
}

TEST(Naming, ABadOutcomeMayBeTakenForAnInjury) {
  for (const Severity severity : {Severity::minor, Severity::death})
    EXPECT_NEAR(Naming::probability(severity, false, true, 0.5, plain()), 0.25, 1e-12);  // nothing to disclose
  Naming::Params p = plain();
  p.knowledge_effect = 2;
  // who knows much looks closer there too: odds 1/3 · e = 0.906094, so 0.475367
  EXPECT_NEAR(Naming::probability(Severity::minor, false, false, 1, p), 0.4753668864, 1e-9);
}

TEST(Naming, WhoKnowsMoreSeesMore) {
  Naming::Params p = plain();
  p.knowledge_effect = 2;
  // odds 1 · e^(±1) = 2.71828 and 0.36788, so 0.731059 and 0.268941
  EXPECT_NEAR(Naming::probability(Severity::moderate, true, false, 1, p), 0.7310585786, 1e-9);
  EXPECT_NEAR(Naming::probability(Severity::moderate, true, false, 0, p), 0.2689414214, 1e-9);
  double last = 0;
  for (int tenths = 0; tenths <= 10; ++tenths) {  // the engine relies on it
    const double now = Naming::probability(Severity::minor, true, false, tenths / 10.0, p);
    EXPECT_GT(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace parley
