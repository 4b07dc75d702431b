#include "sim/instruments/publicity.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const Publicity::Levers levers{now}, before{customary};
  return Publicity::amend({}, {}, {levers, before}, {});
}

TEST(Publicity, IsTheLeverItself) {
  EXPECT_EQ(under(0.6, 0.1).publicity, 0.6);
  EXPECT_EQ(changed(under(0.6, 0.1), under(0.1, 0.1)), (Names{"publicity"}));
}

TEST(Publicity, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(0.6, 0.1), under(0.6, 0.6)), Names{}); }

TEST(Publicity, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
