#include "sim/instruments/training.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  Rules base;
  base.training_sessions = 3;
  const Training::Levers levers{now}, before{customary};
  return Training::amend(base, {}, {levers, before}, {});
}

TEST(Training, IsTheLeverItself) {
  EXPECT_EQ(under(6, 3).training_sessions, 6);
  EXPECT_EQ(changed(under(6, 3), under(3, 3)), (Names{"training_sessions"}));
}

TEST(Training, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(6, 3), under(6, 6)), Names{}); }

}  // namespace
}  // namespace parley
