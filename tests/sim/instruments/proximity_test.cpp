#include "sim/instruments/proximity.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules amended(double proximity, double customary) {
  const Proximity::Levers now{proximity}, before{customary};
  Proximity::Slopes slopes;
  slopes.neutrality_slope = 0.2;
  slopes.noise_slope = 0.5;
  slopes.appearance_cost = 100000;
  slopes.speed_slope = 0.25;
  return Proximity::amend({}, {}, {now, before}, slopes);
}

TEST(Proximity, AtTheStatusQuoNothingChanges) {
  for (const double level : {0.0, 0.5, 1.0})
    EXPECT_EQ(changed(amended(level, level), {}), level > 0 ? Names{"presence_cost"} : Names{}) << "running cost alone";
}

TEST(Proximity, StandingInFrontCostsNeutralityAndInvitesNoise) {
  const Rules rules = amended(0.9, 0.5);
  EXPECT_NEAR(rules.neutrality_shift, -0.08, 1e-12);             // 0.2 · 0.4
  EXPECT_NEAR(rules.disturbance_reward_factor, 1.221403, 1e-6);  // e^(0.5 · 0.4)
  EXPECT_NEAR(rules.presence_delay_factor, 0.904837, 1e-6);      // e^(-0.25 · 0.4)
  EXPECT_NEAR(rules.presence_cost, 90000, 1e-9);                 // 100,000 · 0.9
  EXPECT_EQ(changed(rules, {}),
            (Names{"neutrality_shift", "disturbance_reward_factor", "presence_delay_factor", "presence_cost"}));
}

TEST(Proximity, SteppingBackDoesTheOpposite) {
  EXPECT_NEAR(amended(0.1, 0.5).neutrality_shift, 0.08, 1e-12);
  EXPECT_NEAR(amended(0.1, 0.5).disturbance_reward_factor, 0.818731, 1e-6);
}

}  // namespace
}  // namespace parley
