#include "sim/instruments/standardisation.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double now, double customary) {
  Standardisation::Slopes slopes;
  slopes.paperwork = 0.8;
  slopes.yearly_cost = 30000;
  const Standardisation::Levers levers{now}, before{customary};
  return Standardisation::amend({}, {}, {levers, before}, slopes);
}

TEST(Standardisation, StricterProcedureTakesTimeAndMoney) {
  const Rules rules = under(1, 0.5);
  EXPECT_EQ(rules.standardisation, 1);
  EXPECT_NEAR(rules.paperwork_days, 0.4, 1e-12);
  EXPECT_NEAR(rules.standardisation_cost, 15000, 1e-9);
}

TEST(Standardisation, LooserProcedureSavesTimeAndNoMoney) {
  EXPECT_NEAR(under(0, 0.5).paperwork_days, -0.4, 1e-12);
  EXPECT_EQ(under(0, 0.5).standardisation_cost, 0);
}

TEST(Standardisation, WhatIsCustomaryShiftsNothing) {
  EXPECT_EQ(changed(under(0.8, 0.8), under(0.2, 0.2)), (Names{"standardisation"}));
}

TEST(Standardisation, OnlyItsOwnTermsMove) {
  EXPECT_EQ(changed(under(1, 0.5), under(0.5, 0.5)),
            (Names{"standardisation", "paperwork_days", "standardisation_cost"}));
  EXPECT_EQ(changed(under(0, 0.5), under(0.5, 0.5)), (Names{"standardisation", "paperwork_days"}));
}

}  // namespace
}  // namespace parley
