// The premium cycle. Richardson and Senge 1989: premiums follow losses that are known late, so the correction comes too
// late and premiums swing (corrective feedback with a delay). The insurance block alone, aggregated: claims of constant
// mean per year, an insurer that sets its level by Premium::level from the loss ratio of some years ago and from its
// reserve. Linearised without the reserve loop, x(t+1) = x(t) − a·x(t−d) with x = ln level and a the speed of
// adjustment: no swing for a ≤ d^d/(d+1)^(d+1), sustained swings of growing size for a > 2 sin(π/(2(2d+1))) (Levin and
// May 1976, Theor Popul Biol 9:178). With d = 2 these are 0.148 and 0.618. In between a swing z = r·e^(iθ) solves
// z^3 − z^2 + a = 0, whose imaginary parts give r = sin 2θ/sin 3θ and a = r^3·sin θ/sin 2θ. Three angles by hand:
//   a = (√3 − 1)/4 = 0.183: θ = π/12, a period of 24 years, √(1/2) of the swing left a year later
//   a = 3/8:                θ = π/6,  a period of 12 years, √(3/4) left
//   a = 2 sin(π/10) = 0.618: θ = π/5, a period of 10 years, all of it left
// The faster the correction the shorter the period and the weaker the damping. The equation is linear in the logarithm,
// so nothing but the third root is in error; its part has died out by the years compared (stated error 1e-6).
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/mechanisms/premium.hpp"

namespace parley {
namespace {

std::vector<double> levels(double speed, int delay, int years, double start = 1.2, double capacity_weight = 0) {
  Premium::Params p;
  p.adjustment_speed = speed, p.capacity_weight = capacity_weight, p.largest_step = 1;
  p.loss_ratio_target = 0.6;
  std::vector<double> level(static_cast<std::size_t>(delay) + 1, start);
  constexpr double claims = 0.6;  // per unit of premium at level 1
  double reserve = p.reserve_target;
  for (int year = 0; year < years; ++year) {
    const double known = level[level.size() - 1 - static_cast<std::size_t>(delay)];
    reserve += 0.4 * (level.back() - 1);  // what a level above 1 earns
    level.push_back(Premium::level(level.back(), claims / known, reserve, p));
  }
  return level;
}

int crossings(const std::vector<double>& level) {
  int count = 0;
  for (std::size_t t = 1; t < level.size(); ++t) count += (level[t] - 1) * (level[t - 1] - 1) < 0;
  return count;
}
double swing(const std::vector<double>& level, std::size_t from, std::size_t to) {
  double most = 0;
  for (std::size_t t = from; t < to; ++t) most = std::max(most, std::fabs(logarithm(level[t])));
  return most;
}

TEST(TheoryRichardsonSenge, SlowCorrectionsDoNotSwing) {
  const std::vector<double> level = levels(0.14, 2, 60);
  EXPECT_EQ(crossings(level), 0);
  EXPECT_NEAR(level.back(), 1, 1e-3);
}

TEST(TheoryRichardsonSenge, ADelayMakesADampedCycle) {
  const std::vector<double> level = levels(0.4, 2, 60);
  EXPECT_GT(crossings(level), 4);
  EXPECT_LT(swing(level, 40, 60), 0.2 * swing(level, 3, 20));
}

// Logarithm of the level in a later year over that in an earlier one.
double left_after(const std::vector<double>& level, std::size_t from, std::size_t years) {
  return logarithm(level[from + years]) / logarithm(level[from]);
}

TEST(TheoryRichardsonSenge, PeriodAndDampingBySpeed) {
  // a half period turns the swing round, a whole one brings it back, smaller
  const std::vector<double> slow = levels((std::sqrt(3.0) - 1) / 4, 2, 60);
  EXPECT_NEAR(left_after(slow, 30, 12), -1.0 / 64, 1e-6);   // −(1/2)^6
  EXPECT_NEAR(left_after(slow, 30, 24), 1.0 / 4096, 1e-6);  // (1/2)^12
  const std::vector<double> middle = levels(0.375, 2, 60);
  EXPECT_NEAR(left_after(middle, 40, 6), -27.0 / 64, 1e-6);     // −(3/4)^3
  EXPECT_NEAR(left_after(middle, 40, 12), 729.0 / 4096, 1e-6);  // (3/4)^6
  const std::vector<double> fast = levels(0.618033988749895, 2, 80);
  EXPECT_NEAR(left_after(fast, 60, 5), -1, 1e-6);
  EXPECT_NEAR(left_after(fast, 60, 10), 1, 1e-6);
}

TEST(TheoryRichardsonSenge, BeyondTheBoundaryItGrowsAndAtItThePeriodIsFourTimesTheDelayAndTwo) {
  EXPECT_LT(swing(levels(0.58, 2, 200, 1.01), 150, 200), swing(levels(0.58, 2, 200, 1.01), 3, 53));
  EXPECT_GT(swing(levels(0.66, 2, 200, 1.001), 150, 200), swing(levels(0.66, 2, 200, 1.001), 3, 53));
  // On the boundary the root is e^(±iπ/(2d+1)): a period of 2(2d + 1) = 10 years for d = 2.
  const std::vector<double> level = levels(0.618033988749895, 2, 400, 1.0001);
  EXPECT_NEAR(crossings(level), 2 * 400 / 10, 3);
}

TEST(TheoryRichardsonSenge, ScarceReservesSwingEvenWithoutADelay) {
  // The reserve adds up past levels, which is a delay of its own: with it the level overshoots, without it not.
  EXPECT_EQ(crossings(levels(0.4, 0, 60, 0.8)), 0);
  EXPECT_GT(crossings(levels(0.4, 0, 60, 0.8, 0.5)), 0);
}

}  // namespace
}  // namespace parley
