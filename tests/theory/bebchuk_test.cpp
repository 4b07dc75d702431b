// One side knows, the other asks: the hospital knows the share q that a court would give, the patient holds a density f
// over it and makes one demand. Bebchuk (1984, RAND J Econ 15:404): the demand S = qJ + C_h is taken by all above q,
// and the best q solves f(q)/(1 − F(q)) = J/(C_p + C_h); so the chance of a trial is F(q). More costs, fewer trials;
// larger stakes, more trials. Parley's screening protocol, alone, must give this.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/mechanisms/screening.hpp"
#include "tests/support/builders.hpp"

namespace parley {
namespace {

struct Stakes {
  double damages, cost_patient, cost_hospital;
  double ratio() const { return damages / (cost_patient + cost_hospital); }
};

// What the patient's demand at cutoff q brings, by Simpson's rule over the belief between 0 and 1:
// (1 − F(q))(qJ + C_h) + ∫_0^q (xJ − C_p) f(x) dx. No hazard rate in it.
double worth(double q, double mean, double deviation, const Stakes& stakes) {
  const auto density = [&](double x) {
    const double z = (x - mean) / deviation;
    return std::exp(-z * z / 2);
  };
  const auto integral = [&](double from, double to, auto value) {
    constexpr int steps = 200;
    const double h = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; ++i) {
      const double x = from + i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2) * density(x) * value(x);
    }
    return sum * h / 3;
  };
  return integral(q, 1, [](double) { return 1.0; }) * (q * stakes.damages + stakes.cost_hospital) +
         integral(0, q, [&](double x) { return x * stakes.damages - stakes.cost_patient; });
}

// The best of a thousand cutoffs is within a thousandth of the one that the protocol finds.
TEST(TheoryBebchuk, NoOtherDemandBringsMore) {
  const Stakes all[] = {{100000, 5000, 20000}, {100000, 20000, 30000}, {400000, 5000, 20000}, {60000, 0, 10000}};
  for (const Stakes& stakes : all)
    for (const double mean : {0.3, 0.5, 0.7})
      for (const double deviation : {0.15, 0.3}) {
        double best = 0, most = -1e300;
        for (int i = 0; i <= 1000; ++i) {
          const double q = i / 1000.0, w = worth(q, mean, deviation, stakes);
          if (w > most) most = w, best = q;
        }
        EXPECT_NEAR(Screening::cutoff(mean, deviation, 0, 1, stakes.ratio()), best, 0.001)
            << stakes.damages << " " << mean << " " << deviation;
      }
}

double trials(double mean, double deviation, const Stakes& stakes) {
  const double q = Screening::cutoff(mean, deviation, 0, 1, stakes.ratio());
  const auto below = [&](double x) { return 0.5 * std::erfc((mean - x) / (deviation * std::sqrt(2.0))); };
  return (below(q) - below(0)) / (below(1) - below(0));
}

// A flat belief: F(q) = q = 1 − (C_p + C_h)/J. A deviation of 100 is flat over 0 to 1 to 5e-5.
TEST(TheoryBebchuk, AFlatBeliefHasTrialsByHand) {
  constexpr double flat = 100;
  EXPECT_NEAR(trials(0.5, flat, {100000, 5000, 20000}), 0.75, 1e-4);
  EXPECT_NEAR(trials(0.5, flat, {100000, 20000, 30000}), 0.5, 1e-4);
  EXPECT_NEAR(trials(0.5, flat, {50000, 5000, 20000}), 0.5, 1e-4);
  EXPECT_NEAR(trials(0.5, flat, {25000, 5000, 20000}), 0, 1e-4);
  EXPECT_NEAR(trials(0.5, flat, {1e6, 5000, 20000}), 0.975, 1e-4);
}

TEST(TheoryBebchuk, MoreCostsFewerTrials) {
  double before = 1;
  for (const double cost : {5000.0, 10000.0, 20000.0, 40000.0, 80000.0}) {
    const double now = trials(0.5, 0.2, {100000, 5000, cost});
    EXPECT_LT(now, before) << cost;
    before = now;
  }
  // who pays does not matter, only the sum
  EXPECT_EQ(trials(0.5, 0.2, {100000, 5000, 20000}), trials(0.5, 0.2, {100000, 20000, 5000}));
}

TEST(TheoryBebchuk, LargerStakesMoreTrials) {
  double before = 0;
  for (const double damages : {30000.0, 60000.0, 120000.0, 240000.0, 480000.0}) {
    const double now = trials(0.5, 0.2, {damages, 5000, 20000});
    EXPECT_GT(now, before) << damages;
    before = now;
  }
}

// A thousand hospitals that know their share, which is anything between 0 and 1, meet a patient who does not. At the
// first session those above q = 0.75 settle, a quarter. Without commitment there is a last demand, from what is left:
// those between 0.5 and 0.75 (the same condition, cut off at 0.75). Half go on. Exact but for the grid, 1/1000, and
// the flatness of the belief.
TEST(TheoryBebchuk, APopulationSettlesAsTheConditionSays) {
  Rules rules;
  rules.court.lawyer_fixed = 5000;
  rules.court.defence_cost = 20000;
  Screening::Params p;
  p.round_cost = 0;
  constexpr int hospitals = 1000;
  int first = 0, last = 0, failed = 0;
  for (int i = 0; i < hospitals; ++i) {
    const double share = (i + 0.5) / hospitals;
    testing::Subject s = testing::a_dispute();
    s.at(Stage::mediation, Channel::people_mediation);
    s.now.deadline = s.today + 42;
    s.now.patient_precision = 1e-4;
    const Talks talks = Screening::plan(s.view(), {0, share * s.injury.damages + rules.court.defence_cost}, rules, p);
    if (talks.settlement_day == never)
      ++failed;
    else
      ++(talks.settlement_day < s.now.deadline ? first : last);
  }
  EXPECT_NEAR(first, 250, 1);
  EXPECT_NEAR(last, 250, 1);
  EXPECT_NEAR(failed, 500, 1);
}

}  // namespace
}  // namespace parley
