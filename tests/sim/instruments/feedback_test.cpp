#include "sim/instruments/feedback.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules amended(double rate, double customary) {
  const Feedback::Levers now{rate}, before{customary};
  return Feedback::amend({}, {}, {now, before}, {});
}

TEST(Feedback, AtTheStatusQuoTheRateIsThatOfThePlace) {
  EXPECT_EQ(amended(0.3, 0.3).feedback_rate, 0.3);
  EXPECT_EQ(changed(amended(0, 0), {}), Names{});
}

TEST(Feedback, ItMovesTheReportedShareAndNothingElse) {
  EXPECT_EQ(amended(0.6, 0.3).feedback_rate, 0.6);
  EXPECT_EQ(amended(0.1, 0.3).feedback_rate, 0.1);
  EXPECT_EQ(changed(amended(0.6, 0.3), amended(0.3, 0.3)), Names{"feedback_rate"});
}

}  // namespace
}  // namespace parley
