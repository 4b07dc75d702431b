#include "sim/instruments/authority.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules amended(double authority, double customary) {
  const Authority::Levers now{authority}, before{customary};
  Authority::Slopes slopes;
  slopes.participation_slope = 2;
  slopes.enforcement_slope = 3;
  slopes.supervision_cost = 100000;
  return Authority::amend({}, {}, {now, before}, slopes);
}

TEST(Authority, AtTheStatusQuoNothingChanges) {
  for (const double level : {0.0, 0.5, 1.0})
    EXPECT_EQ(changed(amended(level, level), {}), level > 0 ? Names{"authority_cost"} : Names{})
        << "running cost alone";
}

TEST(Authority, PowerBringsHospitalsToTheTableAndKeepsAgreements) {
  const Rules rules = amended(0.9, 0.5);
  EXPECT_NEAR(rules.participation_logit, 0.8, 1e-12);  // 2 · 0.4
  EXPECT_NEAR(rules.enforcement_logit, 1.2, 1e-12);    // 3 · 0.4
  EXPECT_NEAR(rules.authority_cost, 90000, 1e-9);      // 100,000 · 0.9
  EXPECT_EQ(changed(rules, {}), (Names{"participation_logit", "enforcement_logit", "authority_cost"}));
}

TEST(Authority, GivingItUpDoesTheOpposite) {
  EXPECT_NEAR(amended(0.1, 0.5).participation_logit, -0.8, 1e-12);
  EXPECT_NEAR(amended(0.1, 0.5).enforcement_logit, -1.2, 1e-12);
}

}  // namespace
}  // namespace parley
