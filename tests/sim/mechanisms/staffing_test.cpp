#include "sim/mechanisms/staffing.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Staffing, QualityIsHeldWithinTwoDeviations) {
  Staffing::Params p;
  p.quality_sd = 0.1;
  EXPECT_DOUBLE_EQ(Staffing::quality(0.5, p), 0.05);
  EXPECT_DOUBLE_EQ(Staffing::quality(-1, p), -0.1);
  EXPECT_DOUBLE_EQ(Staffing::quality(5, p), 0.2);
  EXPECT_DOUBLE_EQ(Staffing::quality(-5, p), -0.2);
  p.quality_sd = 0;
  EXPECT_EQ(Staffing::quality(3, p), 0);
}

TEST(Staffing, AMonthByHand) {
  // (2 · 240,000 + 3 · 60,000)/12
  EXPECT_DOUBLE_EQ(Staffing::month(2, 3, 240'000, 60'000), 55'000);
  EXPECT_DOUBLE_EQ(Staffing::month(1, 0, 240'000, 60'000), 20'000);
}

TEST(Staffing, AVacancyWaitsForTheReserve) {
  Staffing::Params p;
  p.reserve_months = 2;
  EXPECT_TRUE(Staffing::fills(110'000, 55'000, p));
  EXPECT_FALSE(Staffing::fills(109'999.99, 55'000, p));
  EXPECT_FALSE(Staffing::fills(-1, 55'000, p));
  p.reserve_months = 0;  // who keeps nothing back hires as long as there is no debt
  EXPECT_TRUE(Staffing::fills(0, 55'000, p));
  EXPECT_FALSE(Staffing::fills(-0.01, 55'000, p));
}

}  // namespace
}  // namespace parley
