#include "sim/instruments/performance_index.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(const PerformanceIndex::Levers& now, const PerformanceIndex::Levers& customary = {}) {
  return PerformanceIndex::amend({}, {}, {now, customary}, {});
}

TEST(PerformanceIndex, WeightsInForceAndThoseOfHabit) {
  const PerformanceIndex::Levers six{0.4, 0.15, 0.15, 0.1, 0.1, 0.1, 0.3};
  const Rules rules = under(six);
  EXPECT_EQ(rules.index.success, 0.4);
  EXPECT_EQ(rules.index.feedback, 0.1);
  EXPECT_NEAR(rules.index.sum(), 1, 1e-12);
  EXPECT_EQ(rules.customary_index.success, 1);
  EXPECT_EQ(rules.customary_index.sum(), 1);
  EXPECT_EQ(rules.target_ratchet, 0.3);
  EXPECT_EQ(under(six, six).customary_index.time, 0.15);
}

TEST(PerformanceIndex, EachLeverMovesItsOwn) {
  const Rules before = under({});
  EXPECT_EQ(changed(under({.index_time = 0.5}), before), (Names{"index.time"}));
  EXPECT_EQ(changed(under({.index_recurrence = 0.5}), before), (Names{"index.recurrence"}));
  EXPECT_EQ(changed(under({.target_ratchet = 0.5}), before), (Names{"target_ratchet"}));
}

TEST(PerformanceIndex, TheOthersToo) {
  const Rules before = under({});
  EXPECT_EQ(changed(under({.index_success = 0.5}), before), (Names{"index.success"}));
  EXPECT_EQ(changed(under({.index_satisfaction = 0.5}), before), (Names{"index.satisfaction"}));
  EXPECT_EQ(changed(under({.index_non_escalation = 0.5}), before), (Names{"index.non_escalation"}));
  EXPECT_EQ(changed(under({.index_feedback = 0.5}), before), (Names{"index.feedback"}));
  EXPECT_EQ(changed(under({.disturbance_veto = 0.5}), before), (Names{"disturbance_veto"}));
  EXPECT_EQ(under({.disturbance_veto = 0.5}).disturbance_veto, 0.5);
}

TEST(PerformanceIndex, AtTheStatusQuoWeightsAndHabitsAgree) {
  EXPECT_EQ(changed(under({}), Rules{}), Names{});
  const PerformanceIndex::Levers six{0.4, 0.15, 0.15, 0.1, 0.1, 0.1, 0};
  Rules swapped = under(six, six);
  std::swap(swapped.index, swapped.customary_index);
  EXPECT_EQ(changed(swapped, under(six, six)), Names{});
}

TEST(PerformanceIndex, OfOneMoreSuccessARatchetTakesItsPart) {
  const Rules none = under({}), ratchet = under({.target_ratchet = 0.25});
  const auto worth = [](const Rules& r) {
    return results_worth(r.contract, r.index, r.target_ratchet, r.customs.target_success, r.customs);
  };
  EXPECT_NEAR(worth(none), 0.4 * 3000 / 0.85, 1e-9);  // (1 − g)·w_k/s*
  EXPECT_NEAR(worth(ratchet), 0.75 * 0.4 * 3000 / 0.85, 1e-9);
}

}  // namespace
}  // namespace parley
