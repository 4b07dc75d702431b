#include "sim/instruments/service.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

constexpr Service::Levers custom{true, 2, 250000, 183};

Rules amended(const Service::Levers& now) { return Service::amend({}, {}, {now, custom}, {}); }

TEST(Service, AtTheStatusQuoTheCapacitiesAreThoseOfThePlace) {
  const Rules rules = amended(custom);
  EXPECT_TRUE(rules.mediation_open);
  EXPECT_EQ(rules.mediators_per_committee, 2);
  EXPECT_EQ(rules.committee_budget, 250000);
  EXPECT_EQ(rules.expert_pool_size, 183);
}

TEST(Service, EachLeverMovesItsOwnCapacity) {
  const Rules before = amended(custom);
  EXPECT_EQ(changed(amended({false, 2, 250000, 183}), before), Names{"mediation_open"});
  EXPECT_EQ(changed(amended({true, 3, 250000, 183}), before), Names{"mediators_per_committee"});
  EXPECT_EQ(changed(amended({true, 2, 400000, 183}), before), Names{"committee_budget"});
  EXPECT_EQ(changed(amended({true, 2, 250000, 400}), before), Names{"expert_pool_size"});
  EXPECT_EQ(changed(amended({true, 2, 250000, 183, 6}), before), Names{"rooms_per_committee"});
  EXPECT_EQ(amended({true, 2, 250000, 183, 6}).rooms_per_committee, 6);
  EXPECT_GT(amended({true, 3, 250000, 183}).mediators_per_committee, before.mediators_per_committee);
  EXPECT_GT(amended({true, 2, 400000, 183}).committee_budget, before.committee_budget);
  EXPECT_GT(amended({true, 2, 250000, 400}).expert_pool_size, before.expert_pool_size);
}

}  // namespace
}  // namespace parley
