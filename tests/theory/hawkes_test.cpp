// Hawkes branching: every event begets, on average, n others, so a cluster has 1/(1 − n) events while n < 1 (Hawkes and
// Oakes 1974, a cluster is a subcritical branching process; variance n/(1 − n)³ for Poisson offspring). The test runs
// the daily recursion of Copycat with every attempt a success.
#include <gtest/gtest.h>

#include "sim/mechanisms/copycat.hpp"

namespace parley {
namespace {

// Size of the cluster that one event on day 0 begets: on each later day a Poisson number of events at today's
// intensity.
std::int64_t cluster(std::uint64_t number, const Copycat::Params& p) {
  double excitation = Copycat::left(Copycat::joined(0, 1, p), 1, p);
  std::int64_t size = 1;
  constexpr std::int32_t long_enough = 2000;
  for (std::int32_t day = 1; day < long_enough && excitation > 1e-9; ++day) {
    const Draw draw({5, number}, Decision::copycat, 0, 0, day);
    const std::uint32_t events = draw.poisson(0, excitation);
    size += events;
    for (std::uint32_t e = 0; e < events; ++e) excitation = Copycat::joined(excitation, 1, p);
    excitation = Copycat::left(excitation, 1, p);
  }
  return size;
}

double mean_cluster(double branching, int clusters) {
  Copycat::Params p;
  p.hawkes_branching = branching;
  p.copycat_halflife = 3;
  double sum = 0;
  for (int i = 0; i < clusters; ++i) sum += static_cast<double>(cluster(static_cast<std::uint64_t>(i), p));
  return sum / clusters;
}

TEST(TheoryHawkes, ClustersHaveOneOverOneMinusNEvents) {
  constexpr int clusters = 4000;
  for (const double n : {0.0, 0.25, 0.5}) {
    // three standard errors: √(n/(1 − n)³/4000) is 0.012 at 0.25 and 0.032 at 0.5
    const double error = 3 * std::sqrt(n / ((1 - n) * (1 - n) * (1 - n)) / clusters) + 1e-12;
    EXPECT_NEAR(mean_cluster(n, clusters), 1 / (1 - n), error) << n;
  }
}

TEST(TheoryHawkes, MoreBranchingMoreTrouble) {
  EXPECT_LT(mean_cluster(0.2, 1000), mean_cluster(0.4, 1000));
  EXPECT_LT(mean_cluster(0.4, 1000), mean_cluster(0.7, 1000));
}

}  // namespace
}  // namespace parley
