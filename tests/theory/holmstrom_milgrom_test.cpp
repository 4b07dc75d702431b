// The contract alone: one agent, several tasks (Holmström and Milgrom 1991, J Law Econ Organ 7:24). The agent answers
// pay b per unit of effort with x = C⁻¹b, the effort beyond what is done anyway; each paid signal has the variance Σ,
// and the agent's aversion r makes noise cost ½ r b′Σb. Of the whole surplus B′x − ½x′Cx − ½ r b′Σb the best pay is
//
//   b* = (I + r C Σ)⁻¹ B
//
// and a task that cannot be measured (Σ without bound) has no pay of its own: what it is worth lowers the pay of the
// tasks with which it competes.
//
// Here x is what Effort answers, C its own cost matrix κ[(1 − k)I + k11′] with κ = c/ē = 3000/60 = 50, and the surplus
// is maximised by search; the formula is solved apart. Task 0 is talks, 1 investigation, 2 the file. (Ten times the
// customary days at ten times the cost: the same matrix, and nobody comes near to no effort at all.) Stated error: 1e-6
// of the pay.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <utility>

#include "sim/mechanisms/effort.hpp"

namespace parley {
namespace {

using Vector = std::array<double, task_count>;
using Matrix = std::array<Vector, task_count>;

double product(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
Vector product(const Matrix& m, const Vector& v) { return {product(m[0], v), product(m[1], v), product(m[2], v)}; }

Vector solve(Matrix m, Vector v) {
  for (std::size_t i = 0; i < task_count; ++i)
    for (std::size_t j = i + 1; j < task_count; ++j) {
      const double factor = m[j][i] / m[i][i];
      for (std::size_t c = 0; c < task_count; ++c) m[j][c] -= factor * m[i][c];
      v[j] -= factor * v[i];
    }
  for (std::size_t i = task_count; i-- > 0;) {
    for (std::size_t c = i + 1; c < task_count; ++c) v[i] -= m[i][c] * v[c];
    v[i] /= m[i][i];
  }
  return v;
}

struct Agency {
  double substitution;  // k
  Vector worth;         // B, yuan per day
  Vector noise;         // diagonal of rΣ; a task that cannot be measured is not paid for
  static constexpr double kappa = 3000.0 / 60;

  Matrix cost() const {
    Matrix c{};
    for (std::size_t i = 0; i < task_count; ++i)
      for (std::size_t j = 0; j < task_count; ++j) c[i][j] = kappa * (i == j ? 1 : substitution);
    return c;
  }

  // Days beyond the custom when a day on task j earns b_j: a success pays 1,000 and a day brings b_j/1,000 of one.
  Vector effort(const Vector& b) const {
    Effort::Params p;
    p.customary_days = {30, 20, 10};
    p.substitution = substitution;
    p.mission_slope = {0, 0, 0};
    p.least_share = 0;
    Rules rules;
    rules.customs.effort_cost = 3000;
    rules.customs.pass_through = 1;
    rules.contract = rules.customary_contract = {1, 0, 0, 0, 0, 0};
    rules.contract.pay_per_success = 1000;
    for (std::size_t j = 0; j < task_count; ++j) p.success_slope[j] = b[j] / 1000;
    Vector x = Effort::decide(rules, p.mission_mean, rules.customs.target_success, p);
    for (std::size_t j = 0; j < task_count; ++j) x[j] -= p.customary_days[j];
    return x;
  }

  double surplus(const Vector& b) const {
    const Vector x = effort(b);
    double value = product(worth, x) - product(x, product(cost(), x)) / 2;
    for (std::size_t j = 0; j < task_count; ++j) value -= noise[j] * b[j] * b[j] / 2;
    return value;
  }

  // The best pay by search, one measured task after the other until nothing moves. In each pay the surplus is a
  // parabola, whose top follows from three of its points.
  Vector best(const std::array<bool, task_count>& measured) const {
    Vector b{};
    for (int round = 0; round < 60; ++round)
      for (std::size_t j = 0; j < task_count; ++j) {
        if (!measured[j]) continue;
        constexpr double step = 40;
        const auto at = [&](double pay) {
          Vector tried = b;
          tried[j] = pay;
          return surplus(tried);
        };
        const double left = at(-step), middle = at(0), right = at(step);
        b[j] = step * (right - left) / (2 * (2 * middle - left - right));
      }
    return b;
  }
};

TEST(TheoryHolmstromMilgrom, TheAgentsAnswerIsTheInverseOfTheCost) {
  for (const double k : {0.0, 0.3, 0.5, 0.8}) {
    const Agency agency{k, {}, {}};
    for (const Vector& b : {Vector{10, 0, 0}, Vector{5, 0, 5}, Vector{3, 4, -2}}) {
      const Vector x = agency.effort(b), exact = solve(agency.cost(), b);
      for (std::size_t j = 0; j < task_count; ++j) EXPECT_NEAR(x[j], exact[j], 1e-12) << k << ' ' << j;
    }
  }
  // by hand at k = ½: x = (b − Σb/4)/25, so pay of 10 for talks brings 0.3 days of them, and takes 0.1 from each other
  const Vector x = Agency{0.5, {}, {}}.effort({10, 0, 0});
  EXPECT_NEAR(x[0], 0.3, 1e-12);
  EXPECT_NEAR(x[1], -0.1, 1e-12);
  EXPECT_NEAR(x[2], -0.1, 1e-12);
}

TEST(TheoryHolmstromMilgrom, WhereAllIsMeasuredTheFormulaHolds) {
  for (const double k : {0.0, 0.3, 0.6}) {
    const Agency agency{k, {60, 40, 20}, {0.03, 0.05, 0.01}};
    // (I + rCΣ) b = B
    Matrix m = agency.cost();
    for (std::size_t i = 0; i < task_count; ++i)
      for (std::size_t j = 0; j < task_count; ++j) m[i][j] = (i == j ? 1 : 0) + m[i][j] * agency.noise[j];
    const Vector exact = solve(m, agency.worth), found = agency.best({true, true, true});
    for (std::size_t j = 0; j < task_count; ++j) EXPECT_NEAR(found[j], exact[j], 1e-6 * 60) << k << ' ' << j;
  }
}

// Talks alone are measured. With u the tasks that are not, the formula in the limit is
//   b = (B_0 − C_0u C_uu⁻¹ B_u)/(1 + rσ²(C_00 − C_0u C_uu⁻¹ C_u0)) = (B_0 − k(B_1 + B_2)/(1 + k))/(1 + 50rσ²(1 − 2k²/(1
//   + k))).
// At k = ½ and rσ² = 0.03: (60 − (B_1 + B_2)/3)/2.
double pay_for_talks(double k, double investigation, double file) {
  return Agency{k, {60, investigation, file}, {0.03, 0, 0}}.best({true, false, false})[0];
}

TEST(TheoryHolmstromMilgrom, WhatCannotBeMeasuredWeakensTheIncentive) {
  EXPECT_NEAR(pay_for_talks(0.5, 0, 0), 30, 1e-6 * 30);
  EXPECT_NEAR(pay_for_talks(0.5, 60, 0), 20, 1e-6 * 30);
  EXPECT_NEAR(pay_for_talks(0.5, 60, 30), 15, 1e-6 * 30);
  EXPECT_NEAR(pay_for_talks(0.5, 120, 0), 10, 1e-6 * 30);
  // worth three times as much, it leaves no incentive at all, and beyond that there should be less than none
  EXPECT_NEAR(pay_for_talks(0.5, 180, 0), 0, 1e-6 * 30);
  EXPECT_LT(pay_for_talks(0.5, 240, 0), 0);
}

TEST(TheoryHolmstromMilgrom, ItDoesSoBecauseTheTasksCompete) {
  // separate tasks: 60/(1 + 0.03 · 50), whatever the other is worth
  EXPECT_NEAR(pay_for_talks(0, 0, 0), 24, 1e-6 * 30);
  EXPECT_NEAR(pay_for_talks(0, 180, 0), 24, 1e-6 * 30);
  // the nearer substitutes they are, the weaker: k = 0.25 gives (60 − 24)/(1 + 1.5 · 0.9)
  EXPECT_NEAR(pay_for_talks(0.25, 120, 0), 36 / 2.35, 1e-6 * 30);
  double last = 24;
  for (const double k : {0.2, 0.4, 0.6, 0.8}) {
    EXPECT_LT(pay_for_talks(k, 120, 0), last) << k;
    last = pay_for_talks(k, 120, 0);
  }
}

TEST(TheoryHolmstromMilgrom, NoiseWeakensItToo) {
  double last = 1e9;
  for (const double noise : {0.0, 0.01, 0.03, 0.1}) {
    const double pay = Agency{0.5, {60, 30, 0}, {noise, 0, 0}}.best({true, false, false})[0];
    EXPECT_NEAR(pay, 50 / (1 + noise * 100 / 3), 1e-6 * 50) << noise;
    EXPECT_LT(pay, last);
    last = pay;
  }
}

// What the unmeasured task loses: by the slope k/(κ(1 − k)(1 + 2k)) a yuan, 0.01 days at k = ½.
TEST(TheoryHolmstromMilgrom, EffortOnTheUnmeasuredFallsAsThePieceRateRises) {
  const Agency agency{0.5, {60, 120, 0}, {0.03, 0, 0}};
  double last = 1;
  for (const double pay : {0.0, 10.0, 20.0, 40.0, 80.0}) {
    const double days = agency.effort({pay, 0, 0})[1];
    EXPECT_NEAR(days, -0.01 * pay, 1e-12);
    EXPECT_LT(days, last);
    last = days;
  }
  // and the surplus with it beyond the best pay, which is 10: by ½(C⁻¹_00 + rσ²)(b − 10)², with 0.03 for each
  EXPECT_NEAR(agency.surplus({10, 0, 0}) - agency.surplus({40, 0, 0}), 0.5 * 0.06 * 30 * 30, 1e-9);
}

}  // namespace
}  // namespace parley
