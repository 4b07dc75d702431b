#include "sim/instruments/early_warning.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  Rules base;
  base.warning_coverage = 0.1;
  const EarlyWarning::Levers levers{now}, before{customary};
  return EarlyWarning::amend(base, {}, {levers, before}, {});
}

TEST(EarlyWarning, IsTheLeverItself) {
  EXPECT_EQ(under(0.4, 0.1).warning_coverage, 0.4);
  EXPECT_EQ(changed(under(0.4, 0.1), under(0.1, 0.1)), (Names{"warning_coverage"}));
}

TEST(EarlyWarning, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(0.4, 0.1), under(0.4, 0.4)), Names{}); }

}  // namespace
}  // namespace parley
