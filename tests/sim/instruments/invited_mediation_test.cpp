#include "sim/instruments/invited_mediation.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const InvitedMediation::Levers levers{now}, before{customary};
  return InvitedMediation::amend({}, {}, {levers, before}, {});
}

TEST(InvitedMediation, IsTheLeverItself) {
  EXPECT_EQ(under(0.6, 0.1).court_invitation, 0.6);
  EXPECT_EQ(changed(under(0.6, 0.1), under(0.1, 0.1)), (Names{"court_invitation"}));
}

TEST(InvitedMediation, WhatWasCustomaryMakesNoDifference) {
  EXPECT_EQ(changed(under(0.6, 0.1), under(0.6, 0.6)), Names{});
}

TEST(InvitedMediation, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
