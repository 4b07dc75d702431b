#include "sim/mechanisms/workload.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Workload::Params plain() {
  Workload::Params p;
  p.bed_occupancy = 0.85, p.occupancy_sd = 0.05, p.workload_slope = 1.5, p.workload_threshold = 0.85;
  p.season_amplitude = 0.1, p.avoidance = 0.2, p.stay_days = 9;
  return p;
}

TEST(Workload, UsualOccupancyDiffersBetweenHospitals) {
  EXPECT_NEAR(Workload::usual(0, plain()), 0.85, 1e-12);
  EXPECT_NEAR(Workload::usual(2, plain()), 0.95, 1e-12);
  EXPECT_NEAR(Workload::usual(100, plain()), 1.2 / 1.1, 1e-12);  // so that the winter still fits: 1.2 beds' worth
  EXPECT_EQ(Workload::usual(-100, plain()), 0);
}

TEST(Workload, WintersAreFullAndSummersAreNot) {
  EXPECT_NEAR(Workload::season(0, plain()), 1.1, 1e-12);  // January
  EXPECT_NEAR(Workload::season(6, plain()), 0.9, 1e-12);  // July
  EXPECT_NEAR(Workload::season(3, plain()), 1.0, 1e-12);  // April, half-way
  EXPECT_NEAR(Workload::season(9, plain()), 1.0, 1e-12);  // October
  double sum = 0;
  for (std::size_t month = 0; month < 12; ++month) sum += Workload::season(month, plain());
  EXPECT_NEAR(sum / 12, 1, 1e-12);
}

TEST(Workload, PeopleStayAwayFromTrouble) {
  EXPECT_NEAR(Workload::occupancy(0.9, 0, 0, plain()), 0.99, 1e-12);     // 0.9 · 1.1
  EXPECT_NEAR(Workload::occupancy(0.9, 0.5, 0, plain()), 0.891, 1e-12);  // a tenth less
  EXPECT_NEAR(Workload::occupancy(0.9, 7, 0, plain()), 0.792, 1e-12);    // more than everybody cannot hear of it
  for (std::size_t month = 0; month < 12; ++month)
    for (const double media : {0.0, 0.3, 1.0})
      EXPECT_LE(Workload::occupancy(0.9, media, month, plain()), Workload::most(0.9, plain()));
  EXPECT_NEAR(Workload::most(0.9, plain()), 0.99, 1e-12);  // reached in a quiet January
}

TEST(Workload, AFullHouseMakesMistakes) {
  EXPECT_EQ(Workload::factor(0.7, plain()), 1);
  EXPECT_EQ(Workload::factor(0.85, plain()), 1);
  EXPECT_NEAR(Workload::factor(0.95, plain()), 1.15, 1e-12);  // 1 + 1.5 · 0.1
  EXPECT_LT(Workload::factor(0.9, plain()), Workload::factor(1.0, plain()));
}

TEST(Workload, BedsHoldWhoIsThere) {
  EXPECT_NEAR(Workload::beds(17, 0.9, plain()), 170, 1e-9);  // 17 a day for nine days, at nine tenths
  EXPECT_GT(Workload::beds(17, 0, plain()), 0);              // and never infinitely many
  EXPECT_LT(Workload::beds(17, 0, plain()), 1e5);
}

TEST(Workload, HospitalCareGrowsEverMoreSlowly) {
  EXPECT_EQ(Workload::growth_of_a_month(0, 5, 3), 1);
  EXPECT_EQ(Workload::growth_of_a_month(0.2, 5, -0.5), 1) << "not before the start";
  EXPECT_NEAR(power(Workload::growth_of_a_month(0.2, 5, 0), 12), 1.2, 1e-12);
  EXPECT_NEAR(power(Workload::growth_of_a_month(0.2, 5, 5), 12), 1.1, 1e-12);
  double grown = 1;
  for (int month = 0; month < 12 * 200; ++month) grown *= Workload::growth_of_a_month(0.2, 5, month / 12.0);
  EXPECT_LT(grown, Workload::most_growth(0.2, 5));
  EXPECT_EQ(Workload::most_growth(-0.05, 5), 1) << "what shrinks was largest at the start";
}

}  // namespace
}  // namespace parley
