#include "sim/instruments/experience_rating.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  Rules base;
  base.rating_strength = 0.2;
  const ExperienceRating::Levers levers{now}, before{customary};
  return ExperienceRating::amend(base, {}, {levers, before}, {});
}

TEST(ExperienceRating, IsTheLeverItself) {
  EXPECT_EQ(under(0.9, 0.2).rating_strength, 0.9);
  EXPECT_EQ(changed(under(0.9, 0.2), under(0.2, 0.2)), (Names{"rating_strength"}));
}

TEST(ExperienceRating, WhatWasCustomaryMakesNoDifference) {
  EXPECT_EQ(changed(under(0.9, 0.2), under(0.9, 0.9)), Names{});
}

TEST(ExperienceRating, WhatTheRegulatorLetsPassIsTheLeverItself) {
  const ExperienceRating::Levers strict{0.2, 0.1}, free{0.2, 100};
  const auto amended = [&](const ExperienceRating::Levers& now) {
    return ExperienceRating::amend({}, {}, {now, free}, {});
  };
  EXPECT_EQ(amended(strict).premium_rise_limit, 0.1);
  EXPECT_EQ(changed(amended(strict), amended(free)), (Names{"premium_rise_limit"}));
}

}  // namespace
}  // namespace parley
