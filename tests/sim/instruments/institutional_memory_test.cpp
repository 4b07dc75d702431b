#include "sim/instruments/institutional_memory.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  const InstitutionalMemory::Levers levers{now}, before{customary};
  return InstitutionalMemory::amend({}, {}, {levers, before}, {});
}

TEST(InstitutionalMemory, IsTheLeverItself) {
  EXPECT_EQ(under(1, 0.6).institutional_memory, 1);
  EXPECT_EQ(changed(under(1, 0.6), under(0.6, 0.6)), (Names{"institutional_memory"}));
}

TEST(InstitutionalMemory, WhatWasCustomaryMakesNoDifference) {
  EXPECT_EQ(changed(under(1, 0.6), under(1, 1)), Names{});
}

TEST(InstitutionalMemory, AFullMemoryIsWhatThereIsWithoutTheLever) {
  EXPECT_EQ(changed(under(1, 1), Rules{}), Names{});
}

}  // namespace
}  // namespace parley
