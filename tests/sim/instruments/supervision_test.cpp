#include "sim/instruments/supervision.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double deadline, double attention) {
  Supervision::Slopes slopes;
  slopes.watched_delay = 0.4;
  slopes.yearly_cost = 60000;
  const Supervision::Levers levers{deadline, attention}, before;
  return Supervision::amend({}, {}, {levers, before}, slopes);
}

TEST(Supervision, WhoIsWatchedAnswersSoonerAndThatCosts) {
  EXPECT_NEAR(under(0.5, 0).petition_delay_factor, 0.8, 1e-12);
  EXPECT_NEAR(under(0.5, 0).supervision_cost, 30000, 1e-9);
  EXPECT_EQ(changed(under(0.5, 0), under(0, 0)), (Names{"petition_delay_factor", "supervision_cost"}));
}

TEST(Supervision, ASpeechIsAttentionAlone) {
  EXPECT_EQ(under(0, 0.7).attention_from_leaders, 0.7);
  EXPECT_EQ(changed(under(0, 0.7), under(0, 0)), (Names{"attention_from_leaders"}));
}

TEST(Supervision, WithoutItNothingIsDifferent) { EXPECT_EQ(changed(under(0, 0), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
