// Threshold models of collective behaviour. Granovetter 1978 (AJS 83:1420): a hundred people with thresholds 0 … 99 all
// riot; change one threshold of 1 into 2 and one rioter remains. Epstein 2002 (PNAS 99 suppl. 3:7243): the risk of
// arrest falls with the number who are out already, P = 1 − e^(−kC/A), so the same grievance is quiet or an outburst.
// Both are run on Disturbance::arrest and the rule G − R·P > θ.
#include <gtest/gtest.h>

#include <vector>

#include "sim/mechanisms/disturbance.hpp"

namespace parley {
namespace {

// Everybody whose rule is met goes out, given how many are out; until nobody follows.
std::size_t out_in_the_end(const std::vector<double>& thresholds, double grievance, double police,
                           const Disturbance::Params& params, std::size_t out = 0) {
  Disturbance::Params p = params;
  p.police_presence = police;
  for (;;) {
    const double risk = Disturbance::arrest(static_cast<double>(out), 0, 1, p);
    std::size_t now = 0;
    for (const double threshold : thresholds) now += grievance - risk > threshold ? 1 : 0;
    if (now <= out) return out;
    out = now;
  }
}

// The net risk at which exactly `others` are out, so that a threshold can be stated in Granovetter's way, as a number
// of people who have to be out first.
double threshold_for(std::size_t others, double grievance, double police, const Disturbance::Params& params) {
  Disturbance::Params p = params;
  p.police_presence = police;
  constexpr double before = 0.5;  // between one person fewer and this many
  return grievance - Disturbance::arrest(static_cast<double>(others) - before, 0, 1, p);
}

TEST(TheoryGranovetter, OneThresholdDecidesBetweenARiotAndARioter) {
  const Disturbance::Params p;
  constexpr double grievance = 1, police = 5;
  std::vector<double> thresholds;
  for (std::size_t others = 0; others < 100; ++others)
    thresholds.push_back(others == 0 ? -1 : threshold_for(others, grievance, police, p));
  EXPECT_EQ(out_in_the_end(thresholds, grievance, police, p), 100u);
  thresholds[1] = thresholds[2];  // who would have followed one now waits for two
  EXPECT_EQ(out_in_the_end(thresholds, grievance, police, p), 1u);
}

TEST(TheoryEpstein, TheSameGrievanceIsQuietOrAnOutburst) {
  const Disturbance::Params p;
  std::vector<double> thresholds;
  for (int i = 0; i < 200; ++i) thresholds.push_back(0.1 + 0.002 * i);  // 0.1 to 0.5
  constexpr double grievance = 0.6, police = 3;
  // Alone, P = 1 − e^(−2.3 · 3) = 0.999: 0.6 − 0.999 is below every threshold. With 60 out, P = 1 − e^(−6.9/61) =
  // 0.107, and 0.6 − 0.107 = 0.493 passes 197 of the 200.
  EXPECT_EQ(out_in_the_end(thresholds, grievance, police, p), 0u);
  EXPECT_GE(out_in_the_end(thresholds, grievance, police, p, 60), 197u);
  // A spark of ten spreads (P = 0.466, and 0.6 − 0.466 = 0.134 passes seventeen thresholds), but not against ten times
  // the police; without police there is no fear.
  EXPECT_GE(out_in_the_end(thresholds, grievance, police, p, 10), 197u);
  EXPECT_EQ(out_in_the_end(thresholds, grievance, 10 * police, p, 10), 10u);
  EXPECT_EQ(out_in_the_end(thresholds, grievance, 0, p), 200u);
}

TEST(TheoryEpstein, ArrestAsInThePaper) {
  Disturbance::Params p;
  p.arrest_constant = 2.302585092994046;  // ln 10
  p.police_presence = 1;
  p.attention_police = 0.5;
  EXPECT_NEAR(Disturbance::arrest(0, 0, 1, p), 0.9, 1e-12);                      // one officer, one active: 0.9
  EXPECT_NEAR(Disturbance::arrest(1, 0, 1, p), 1 - 0.31622776601683794, 1e-12);  // two active: 1 − 10^(−½)
  EXPECT_NEAR(Disturbance::arrest(1, 0, 2, p), 0.9, 1e-12);                      // two officers, two active
  EXPECT_NEAR(Disturbance::arrest(0, 1, 1, p), 1 - 0.03162277660168379,
              1e-12);  // half as many officers more: 1 − 10^(−1.5)
}

}  // namespace
}  // namespace parley
