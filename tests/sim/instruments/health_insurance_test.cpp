#include "sim/instruments/health_insurance.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const HealthInsurance::Levers levers{now}, before{customary};
  return HealthInsurance::amend({}, {}, {levers, before}, {});
}

TEST(HealthInsurance, IsTheLeverItself) {
  EXPECT_EQ(under(0.2, 0.1).bill_cover, 0.2);
  EXPECT_EQ(changed(under(0.2, 0.1), under(0.1, 0.1)), (Names{"bill_cover"}));
}

TEST(HealthInsurance, WhatWasCustomaryMakesNoDifference) {
  EXPECT_EQ(changed(under(0.2, 0.1), under(0.2, 0.2)), Names{});
}

TEST(HealthInsurance, NothingIsNothing) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
