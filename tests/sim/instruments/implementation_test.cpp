#include "sim/instruments/implementation.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const Implementation::Levers levers{now}, before{customary};
  return Implementation::amend({}, {}, {levers, before}, {});
}

TEST(Implementation, IsTheLeverItself) {
  EXPECT_EQ(under(0.8, 0.1).implementation, 0.8);
  EXPECT_EQ(changed(under(0.8, 0.1), under(0.1, 0.1)), (Names{"implementation"}));
}

TEST(Implementation, WhatWasCustomaryMakesNoDifference) {
  EXPECT_EQ(changed(under(0.8, 0.1), under(0.8, 0.8)), Names{});
}

}  // namespace
}  // namespace parley
