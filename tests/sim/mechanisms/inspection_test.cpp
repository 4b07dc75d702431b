#include "sim/mechanisms/inspection.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Inspection, VisitsComeByTheYear) { EXPECT_NEAR(Inspection::visits_a_month(6), 0.5, 1e-12); }

TEST(Inspection, CareFadesByHalfLives) {
  Inspection::Params p;
  p.halflife = 60;
  EXPECT_NEAR(Inspection::left(2, 60, p), 1, 1e-12);
  EXPECT_NEAR(Inspection::left(2, 120, p), 0.5, 1e-12);
  EXPECT_EQ(Inspection::left(2, 0, p), 2);
  EXPECT_EQ(Inspection::left(0, 1000, p), 0);
}

TEST(Inspection, RaisesAChanceAndNeverAboveOne) {
  EXPECT_NEAR(Inspection::raised(0.2, 0.5, 0), 0.2, 1e-12);
  EXPECT_NEAR(Inspection::raised(0.2, 0.69314718055994530942, 1), 0.6, 1e-12);  // 1 − 0.8/2
  EXPECT_LE(Inspection::raised(0.9, 3, 50), 1);
  EXPECT_GT(Inspection::raised(0.2, 0.5, 2), Inspection::raised(0.2, 0.5, 1));
}

TEST(Inspection, VisitsAddUp) {
  Inspection::Params p;
  p.halflife = 60;
  // one visit, and another a half-life later: a half and one; a half-life on, three quarters
  EXPECT_NEAR(Inspection::left(Inspection::left(1, 60, p) + 1, 60, p), 0.75, 1e-12);
}

TEST(Inspection, WhatIsCertainStaysSoAndCareCanMakeItSo) {
  for (const double care : {0.0, 1.0, 5.0}) {
    EXPECT_EQ(Inspection::raised(1, 0.5, care), 1);
    EXPECT_NEAR(Inspection::raised(0.3, 0, care), 0.3, 1e-12) << "a visit without effect";
    EXPECT_GE(Inspection::raised(0, 0.5, care), 0);
  }
  EXPECT_EQ(Inspection::raised(0, 0.5, 0), 0);
  EXPECT_NEAR(Inspection::raised(0, 0.5, 100), 1, 1e-12);
}

}  // namespace
}  // namespace parley
