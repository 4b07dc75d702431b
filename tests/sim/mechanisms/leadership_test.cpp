#include "sim/mechanisms/leadership.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Leadership::Params plain() {
  Leadership::Params p;
  p.tenure = 4;
  return p;
}

// 1 − e^(−1/48) = 0.0206
TEST(Leadership, ByHand) {
  EXPECT_TRUE(Leadership::lapses(0.6, plain(), Draw::scripted({0.02, 0.7})));
  EXPECT_FALSE(Leadership::lapses(0.6, plain(), Draw::scripted({0.021, 0.7}))) << "the leaders stay";
  EXPECT_FALSE(Leadership::lapses(0.6, plain(), Draw::scripted({0.02, 0.5}))) << "the policy is carried on";
}

TEST(Leadership, PerfectMemoryNeverLapses) {
  for (const double u : {0.0001, 0.5, 0.9999})
    EXPECT_FALSE(Leadership::lapses(1, plain(), Draw::scripted({0.0001, u})));
}

TEST(Leadership, LongTenureMakesItRare) {
  Leadership::Params settled = plain();
  settled.tenure = 15;
  EXPECT_FALSE(Leadership::lapses(0, settled, Draw::scripted({0.006, 0.5})));
  EXPECT_TRUE(Leadership::lapses(0, settled, Draw::scripted({0.0055, 0.5})));
}

TEST(Leadership, WhatNobodyRemembersLapsesWithEachChange) {
  for (const double u : {0.0001, 0.5, 0.9999}) EXPECT_TRUE(Leadership::lapses(0, plain(), Draw::scripted({0.0001, u})));
}

TEST(Leadership, TwelveMonthsAreAYearAndMemoryIsItsShare) {
  const double stays = testing::share(
      [](double u) {
        return !Leadership::lapses(0, plain(), Draw::scripted({u, 0.5}));
      },
      100000);
  EXPECT_NEAR(power(stays, 12), 0.778801, 0.0002);  // e^(−1/4)
  for (const double memory : {0.2, 0.5, 0.9})
    EXPECT_NEAR(testing::share([&](double u) {
                  return Leadership::lapses(memory, plain(), Draw::scripted({0.01, u}));
                }),
                1 - memory, 0.001);
}

}  // namespace
}  // namespace parley
