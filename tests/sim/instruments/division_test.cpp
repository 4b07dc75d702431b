#include "sim/instruments/division.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double gap, double overlap) {
  Division::Slopes slopes;
  slopes.duplicate_work = 0.6;
  slopes.duplicate_delay = 0.4;
  const Division::Levers levers{gap, overlap}, before;
  return Division::amend({}, {}, {levers, before}, slopes);
}

TEST(Division, GapAndOverlapAreTheLeversThemselves) {
  const Rules rules = under(0.2, 0.5);
  EXPECT_EQ(rules.task_gap, 0.2);
  EXPECT_EQ(rules.task_overlap, 0.5);
}

TEST(Division, OverlapCostsWorkAndTime) {
  const Rules rules = under(0, 0.5);
  EXPECT_NEAR(rules.duplicate_work, 0.3, 1e-12);
  EXPECT_NEAR(rules.duplicate_delay, 0.2, 1e-12);
}

TEST(Division, AGapAloneCostsNothing) { EXPECT_EQ(changed(under(0.2, 0), under(0, 0)), (Names{"task_gap"})); }

TEST(Division, WithoutEitherNothingIsDifferent) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
