#include "sim/instruments/linkage.hpp"

#include <gtest/gtest.h>

#include "sim/world/graph.hpp"
#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules linked(double strength, double customary) {
  const Linkage::Levers now{strength}, before{customary};
  Linkage::Slopes slopes;
  slopes.handoff_slope = 0.8;
  slopes.delay_slope = 1;
  slopes.information_slope = 2;
  slopes.yearly_cost = 200000;
  return Linkage::amend({}, {}, {now, before}, slopes);
}

TEST(Linkage, AtTheStatusQuoItOnlyCosts) {
  EXPECT_EQ(changed(linked(0.5, 0.5), {}), Names{"linkage_cost"});
  EXPECT_NEAR(linked(0.5, 0.5).linkage_cost, 100000, 1e-9);  // 200,000 · 0.5
  EXPECT_EQ(changed(linked(0, 0), {}), Names{});
}

TEST(Linkage, CloserAgenciesHandOverMoreSoonerAndWhole) {
  const Rules rules = linked(0.8, 0.5);
  EXPECT_NEAR(rules.handoff_gain, 0.24, 1e-12);                // 0.8 · 0.3
  EXPECT_NEAR(rules.delay_factor, 0.740818, 1e-6);             // e^-0.3
  EXPECT_NEAR(rules.information_loss_factor, 0.548812, 1e-6);  // e^-0.6
  EXPECT_NEAR(rules.linkage_cost, 160000, 1e-9);
  EXPECT_EQ(changed(rules, {}), (Names{"handoff_gain", "delay_factor", "information_loss_factor", "linkage_cost"}));
}

TEST(Linkage, LooserOnesTheOpposite) {
  const Rules rules = linked(0.2, 0.5);
  EXPECT_LT(rules.handoff_gain, 0);
  EXPECT_GT(rules.delay_factor, 1);
  EXPECT_GT(rules.information_loss_factor, 1);
  EXPECT_LT(rules.linkage_cost, linked(0.5, 0.5).linkage_cost);
}

TEST(Linkage, AnEdgeFeelsIt) {
  const Handoff base{0.9, 3, 0.15};
  const auto edge = [&](double strength) {
    const Rules r = linked(strength, 0.5);
    return amended(base, r.handoff_gain, r.delay_factor, r.information_loss_factor);
  };
  EXPECT_NEAR(edge(0.5).probability, 0.9, 1e-12);
  EXPECT_NEAR(edge(0.5).delay, 3, 1e-12);
  EXPECT_NEAR(edge(0.5).information_loss, 0.15, 1e-12);
  EXPECT_NEAR(edge(0.8).probability, 0.924, 1e-12);  // 0.24 of the missing tenth
  EXPECT_NEAR(edge(0.2).probability, 0.684, 1e-12);  // 0.24 of the present 0.9 lost
  EXPECT_LT(edge(0.8).delay, 3);
  EXPECT_LT(edge(0.8).information_loss, 0.15);
}

}  // namespace
}  // namespace parley
