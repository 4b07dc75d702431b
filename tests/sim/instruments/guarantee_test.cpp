#include "sim/instruments/guarantee.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const Guarantee::Levers levers{now}, before{customary};
  return Guarantee::amend({}, {}, {levers, before}, {});
}

TEST(Guarantee, IsTheLeverItself) {
  EXPECT_EQ(under(0.8, 0.1).guarantee_share, 0.8);
  EXPECT_EQ(changed(under(0.8, 0.1), under(0.1, 0.1)), (Names{"guarantee_share"}));
}

TEST(Guarantee, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(0.8, 0.1), under(0.8, 0.8)), Names{}); }

TEST(Guarantee, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
