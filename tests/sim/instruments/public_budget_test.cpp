#include "sim/instruments/public_budget.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const PublicBudget::Levers levers{now}, before{customary};
  return PublicBudget::amend({}, {}, {levers, before}, {});
}

TEST(PublicBudget, IsTheLeverItself) {
  EXPECT_EQ(under(2, 0.5).public_budget, 2);
  EXPECT_EQ(changed(under(2, 0.5), under(0.5, 0.5)), (Names{"public_budget"}));
}

TEST(PublicBudget, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(2, 0.5), under(2, 2)), Names{}); }

TEST(PublicBudget, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
