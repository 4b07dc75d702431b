#include "sim/instruments/legal_aid.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  Rules base;
  base.legal_aid_capacity = 4;
  const LegalAid::Levers levers{now}, before{customary};
  return LegalAid::amend(base, {}, {levers, before}, {});
}

TEST(LegalAid, IsTheLeverItself) {
  EXPECT_EQ(under(12, 4).legal_aid_capacity, 12);
  EXPECT_EQ(changed(under(12, 4), under(4, 4)), (Names{"legal_aid_capacity"}));
}

TEST(LegalAid, WhatWasCustomaryMakesNoDifference) { EXPECT_EQ(changed(under(12, 4), under(12, 12)), Names{}); }

}  // namespace
}  // namespace parley
