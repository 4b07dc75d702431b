// The evolutionary games between doctors and patients (Guan, Zhang, Chen and Gao 2019; Liu, Yu, Li and Han 2020; PLOS
// ONE 2023 e0282434) are two-population 2 × 2 games under replicator dynamics. Their phase portraits are of three
// kinds: dominance, coordination with a separatrix, and cycles. Parley's well-mixed limit draws all three.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/mechanisms/imitation.hpp"

namespace parley {
namespace {

using TwoPopulations = Imitation::TwoPopulations;
using Payoffs = std::array<double, 4>;  // first strategy against first and second, then second against first and second

// x: hospitals that follow the standard of care. y: patients who claim by the rules and do not disturb.
TwoPopulations after(double time, TwoPopulations at, const Payoffs& hospital, const Payoffs& patient, double dt) {
  const int steps = static_cast<int>(std::lround(time / dt));
  for (int i = 0; i < steps; ++i) at = Imitation::step(at, hospital, patient, dt);
  return at;
}

// Where the first strategy is better by a, whatever the others do, x(t) = x₀eᵃᵗ/(1 − x₀ + x₀eᵃᵗ) (Taylor and Jonker
// 1978). Midpoint steps of 0.002 err by less than 1e-5.
TEST(TheoryReplicator, DominanceIsLogisticGrowth) {
  const Payoffs hospital = {2, 1, 1, 0};  // a = 1
  const Payoffs patient = {3, 1, 1, -1};  // a = 2
  for (const double start : {0.01, 0.3, 0.9}) {
    const TwoPopulations now = after(3, {start, start}, hospital, patient, 0.002);
    // e³ = 20.0855369, e⁶ = 403.4287935
    EXPECT_NEAR(now.x, start * 20.0855369 / (1 - start + start * 20.0855369), 1e-5);
    EXPECT_NEAR(now.y, start * 403.4287935 / (1 - start + start * 403.4287935), 1e-5);
  }
}

// From everywhere inside, the dominant pair takes over; the corner opposite is left however near one starts.
TEST(TheoryReplicator, DominanceHasOneEnd) {
  for (const double x : {0.01, 0.5, 0.99})
    for (const double y : {0.01, 0.5, 0.99}) {
      const TwoPopulations end = after(30, {x, y}, {2, 1, 1, 0}, {3, 1, 1, -1}, 0.05);
      EXPECT_GT(end.x, 0.999);
      EXPECT_GT(end.y, 0.999);
    }
}

// Coordination: standard care pays where patients are reasonable, and being reasonable where care is standard.
// Advantages: hospital 3y − (1 − y) = 4y − 1, patient 2x − (1 − x) = 3x − 1; saddle at x = 1/3, y = 1/4.
constexpr Payoffs trusting_hospital = {3, 0, 0, 1};
constexpr Payoffs trusting_patient = {2, 0, 0, 1};
// dy/dx separates: (3x − 1)dx/(x(1 − x)) = (4y − 1)dy/(y(1 − y)), so −ln x − 2 ln(1 − x) + ln y + 3 ln(1 − y) is
// constant along each orbit, and the separatrix is where it has its value at the saddle.
double orbit(double x, double y) { return -std::log(x) - 2 * std::log1p(-x) + std::log(y) + 3 * std::log1p(-y); }

double separatrix(double x) {  // right of the saddle it lies below y = 1/4, where orbit() grows with y
  double low = 1e-12, high = 0.25;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (orbit(x, middle) < orbit(1.0 / 3, 0.25) ? low : high) = middle;
  }
  return low;
}

TEST(TheoryReplicator, CoordinationEndsWhereItsSeparatrixSays) {
  for (const double x : {0.4, 0.5, 0.6, 0.8}) {
    const double y = separatrix(x);
    ASSERT_GT(y, 0.003);
    ASSERT_LT(y, 0.25);
    const TwoPopulations good = after(60, {x, y + 0.002}, trusting_hospital, trusting_patient, 0.05);
    EXPECT_GT(good.x, 0.999) << x;
    EXPECT_GT(good.y, 0.999) << x;
    const TwoPopulations bad = after(60, {x, y - 0.002}, trusting_hospital, trusting_patient, 0.05);
    EXPECT_LT(bad.x, 0.001) << x;
    EXPECT_LT(bad.y, 0.001) << x;
  }
}

TEST(TheoryReplicator, AtTheSaddleNothingMoves) {
  const TwoPopulations still = after(10, {1.0 / 3, 0.25}, trusting_hospital, trusting_patient, 0.05);
  EXPECT_NEAR(still.x, 1.0 / 3, 1e-9);
  EXPECT_NEAR(still.y, 0.25, 1e-9);
}

// Cycles: hospitals are careful while patients disturb, patients stop while hospitals are careful, care slackens, and
// so on (matching pennies). Advantages: hospital 2y − 1, patient 1 − 2x. V = x(1 − x)y(1 − y) is constant along orbits
// (Hofbauer and Sigmund 1998, chapter on asymmetric games).
constexpr Payoffs chasing = {1, 0, 0, 1};
constexpr Payoffs fleeing = {0, 1, 1, 0};
double invariant(TwoPopulations p) { return p.x * (1 - p.x) * p.y * (1 - p.y); }

// Largest relative drift of V over four rounds or so.
double drift(double dt) {
  TwoPopulations at{0.2, 0.5};
  const double start = invariant(at);
  double worst = 0;
  for (int i = 0; i < std::lround(50 / dt); ++i) {
    at = Imitation::step(at, chasing, fleeing, dt);
    worst = std::max(worst, std::fabs(invariant(at) / start - 1));
  }
  return worst;
}

TEST(TheoryReplicator, CyclesCloseForSmallSteps) {
  EXPECT_LT(drift(0.01), 1e-4);
  EXPECT_GT(drift(0.01), 0);
  // the midpoint rule is of second order: half the step, at most a quarter of the drift (here nearly an eighth)
  EXPECT_LT(drift(0.1), drift(0.2) / 4);
  EXPECT_LT(drift(0.05), drift(0.1) / 4);
}

// Near the centre the advantages are 2(y − ½) and −2(x − ½), each times ¼: a rotation of frequency ½ and period 4π. An
// orbit of radius 0.01 differs from it by less than 0.1 %.
TEST(TheoryReplicator, SmallCyclesHaveTheirPeriod) {
  constexpr double dt = 0.001, period = 12.566370614359172;
  TwoPopulations at{0.51, 0.5};
  double crossed = 0;
  for (int i = 0; crossed == 0 && i < 20000; ++i) {
    const TwoPopulations next = Imitation::step(at, chasing, fleeing, dt);
    // it started here, where x is largest, on its way down through y = ½
    if (i > 1000 && next.x > 0.5 && at.y > 0.5 && next.y <= 0.5) crossed = (i + (at.y - 0.5) / (at.y - next.y)) * dt;
    at = next;
  }
  EXPECT_NEAR(crossed, period, 0.001 * period);
}

// The portraits are of the game and not of the step: a patient who gains from disturbing turns the first portrait
// around.
TEST(TheoryReplicator, ADominantDisturbanceDrivesTheOthersOut) {
  const TwoPopulations end = after(30, {0.9, 0.9}, {2, 1, 1, 0}, {1, 0, 2, 1}, 0.05);
  EXPECT_GT(end.x, 0.999);
  EXPECT_LT(end.y, 0.001);
}

}  // namespace
}  // namespace parley
