#include "sim/mechanisms/attention.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

Attention::Params plain() {
  Attention::Params p;
  p.attention_halflife = 100;
  p.shock_disturbance = 0.1;
  p.shock_assault = 0.5;
  p.shock_petition = 0.02;
  p.report_threshold = 0.4;
  p.report_share = 0.5;
  p.from_above = 0.5;
  return p;
}

TEST(Attention, FadesByHalflivesAndNeverPassesOne) {
  EXPECT_NEAR(Attention::left(0.8, 200, plain()), 0.2, 1e-12);
  EXPECT_EQ(Attention::left(0.8, 0, plain()), 0.8);
  EXPECT_NEAR(Attention::joined(0.5, 0.2), 0.6, 1e-12);  // 1 − 0.5 · 0.8
  EXPECT_EQ(Attention::joined(0.3, 7), 1);               // no shock is more than everything
  EXPECT_NEAR(Attention::joined(0.3, 0), 0.3, 1e-15);
}

TEST(Attention, WhoWasHurtDrawsMore) {
  EXPECT_EQ(Attention::after_disturbance(false, plain()), 0.1);
  EXPECT_EQ(Attention::after_disturbance(true, plain()), 0.5);
  EXPECT_EQ(Attention::after_petition(plain()), 0.02);
}

TEST(Attention, OnlyWhatIsAboveTheThresholdIsReported) {
  EXPECT_EQ(Attention::passed_on(0.4, plain()), 0);
  EXPECT_EQ(Attention::passed_on(0.1, plain()), 0);
  EXPECT_NEAR(Attention::passed_on(0.6, plain()), 0.1, 1e-12);  // half of 0.2
}

TEST(Attention, CityAndProvinceLookDownAgain) {
  EXPECT_EQ(Attention::total(0.2, 0, 0, plain()), 1 - 0.8);
  EXPECT_NEAR(Attention::total(0.2, 0.4, 0, plain()), 0.36, 1e-12);  // 1 − 0.8 · 0.8
  EXPECT_NEAR(Attention::total(0.2, 0.4, 1, plain()), 0.68, 1e-12);  // 1 − 0.8 · 0.8 · 0.5
  EXPECT_LT(Attention::total(0.2, 0.1, 0, plain()), Attention::total(0.2, 0.3, 0, plain()));
}

}  // namespace
}  // namespace parley
