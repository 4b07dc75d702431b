#include "sim/instruments/oversight.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const Oversight::Levers levers{now}, before{customary};
  return Oversight::amend({}, {}, {levers, before}, {});
}

TEST(Oversight, IsTheLeverItself) {
  EXPECT_EQ(under(4, 1).inspections_per_year, 4);
  EXPECT_EQ(changed(under(4, 1), under(1, 1)), (Names{"inspections_per_year"}));
}

TEST(Oversight, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(4, 1), under(4, 4)), Names{}); }

TEST(Oversight, HowManyComeAndOfWhatRankIsTheLeverItself) {
  const Oversight::Levers weighty{1, 3}, usual{1, 1};
  const auto amended = [&](const Oversight::Levers& now) { return Oversight::amend({}, {}, {now, usual}, {}); };
  EXPECT_EQ(amended(weighty).inspection_weight, 3);
  EXPECT_EQ(changed(amended(weighty), amended(usual)), (Names{"inspection_weight"}));
}

TEST(Oversight, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
