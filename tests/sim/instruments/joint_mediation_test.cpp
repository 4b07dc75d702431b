#include "sim/instruments/joint_mediation.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const JointMediation::Levers levers{now}, before{customary};
  return JointMediation::amend({}, {}, {levers, before}, {});
}

TEST(JointMediation, IsTheLeverItself) {
  EXPECT_EQ(under(0.6, 0.1).joint_mediation, 0.6);
  EXPECT_EQ(changed(under(0.6, 0.1), under(0.1, 0.1)), (Names{"joint_mediation"}));
}

TEST(JointMediation, WhatWasCustomaryMakesNoDifference) {
  EXPECT_EQ(changed(under(0.6, 0.1), under(0.6, 0.6)), Names{});
}

TEST(JointMediation, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
