#include "sim/instruments/transparency.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double duty) {
  Transparency::Slopes slopes;
  slopes.compliance = 0.5;
  slopes.scoring_cost = 10000;
  const Transparency::Levers levers{duty}, before;
  return Transparency::amend({}, {}, {levers, before}, slopes);
}

TEST(Transparency, ADutyIsMetInPartAndScoringCosts) {
  EXPECT_NEAR(under(0.8).disclosure_duty, 0.4, 1e-12);
  EXPECT_NEAR(under(0.8).scoring_cost, 8000, 1e-9);
  EXPECT_EQ(changed(under(0.8), under(0)), (Names{"disclosure_duty", "scoring_cost"}));
}

TEST(Transparency, WhatIsPublishedIsTheLeverAndCosts) {
  Transparency::Slopes slopes;
  slopes.publication_cost = 4000;
  const Transparency::Levers published{0, 0.5}, silent;
  const auto amended = [&](const Transparency::Levers& now) {
    return Transparency::amend({}, {}, {now, silent}, slopes);
  };
  EXPECT_EQ(amended(published).score_publication, 0.5);
  EXPECT_NEAR(amended(published).publication_cost, 2000, 1e-9);
  EXPECT_EQ(changed(amended(published), amended(silent)), (Names{"score_publication", "publication_cost"}));
}

TEST(Transparency, WithoutADutyNothingIsDifferent) { EXPECT_EQ(changed(under(0), Rules{}), Names{}); }

TEST(Transparency, WhatWasCustomaryMakesNoDifference) {
  const Transparency::Levers now{0.8}, none{0}, same{0.8};
  const Rules after_none = Transparency::amend({}, {}, {now, none}, {});
  const Rules after_same = Transparency::amend({}, {}, {now, same}, {});
  EXPECT_EQ(changed(after_none, after_same), Names{});
}

}  // namespace
}  // namespace parley
