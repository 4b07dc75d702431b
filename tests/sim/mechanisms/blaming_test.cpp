#include "sim/mechanisms/blaming.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

// Everything at its reference: the chance is β, stretched by √(1 + 0.3927 · 1.5²) = 1.372512 on the logit, at signal 0.
Blaming::Params plain() {
  Blaming::Params p;
  p.blaming_negligent = {0.3, 0.4, 0.55, 0.6};
  p.blaming_other = {0.12, 0.16, 0.25, 0.3};
  p.fault_signal_noise = 1.5;
  p.trust_effect = 2, p.doctor_weight = 0.5, p.communication_effect = 1.5, p.bill_effect = 0.4;
  p.bill_reference = 1, p.anger_effect = 1, p.apology_effect = 0.8;
  p.trust_reference = 0.7, p.communication_reference = 0.6;
  p.complaint_probability = {0.3, 0.36, 0.46, 0.53};
  return p;
}
Blaming::Grievance ordinary() {
  Blaming::Grievance g;
  g.severity = Severity::moderate;
  g.negligent = true;
  g.trust = 0.7, g.communication = 0.6, g.out_of_pocket = 1;
  return g;
}
double chance(const Blaming::Grievance& g) { return Blaming::probability(g, plain()); }
double odds(double p) { return p / (1 - p); }

// The root is an approximation (MacKay 1992). Summed over the signal the mean is off by at most 0.004 at the chances
// below, by 0.008 at any chance from 0.01 to 0.95, and by 0.014 where the noise is 3, its highest.
TEST(Blaming, TheMeanOverTheSignalIsTheBaseChance) {
  // logit 0.4 = −0.405465, times 1.372512 = −0.556506: 0.364356 at signal 0
  EXPECT_NEAR(chance(ordinary()), 0.364356, 1e-5);
  for (const Severity severity : {Severity::minor, Severity::moderate, Severity::permanent, Severity::death})
    for (const bool negligent : {true, false}) {
      double sum = 0;
      constexpr int steps = 2000;
      for (int i = 0; i < steps; ++i) {
        Blaming::Grievance g = ordinary();
        g.severity = severity, g.negligent = negligent;
        g.signal = normal_quantile((i + 0.5) / steps);
        sum += chance(g);
      }
      const auto s = static_cast<std::size_t>(severity);
      const double base = negligent ? plain().blaming_negligent[s] : plain().blaming_other[s];
      EXPECT_NEAR(sum / steps, base, 0.005) << severity_names[s];
    }
}

TEST(Blaming, WhatMovesTheOddsAndByHowMuch) {
  const double at_rest = odds(chance(ordinary()));
  const auto factor = [&](auto change) {
    Blaming::Grievance g = ordinary();
    change(g);
    return odds(chance(g)) / at_rest;
  };
  EXPECT_NEAR(factor([](auto& g) { g.trust = 0.6; }), 1.22140275816017, 1e-9);          // e^(2 · 0.1)
  EXPECT_NEAR(factor([](auto& g) { g.communication = 0.4; }), 1.34985880757600, 1e-9);  // e^(1.5 · 0.2)
  EXPECT_NEAR(factor([](auto& g) { g.out_of_pocket = 3; }), 1.22140275816017, 1e-9);    // e^(0.4 · 2/4)
  EXPECT_NEAR(factor([](auto& g) { g.out_of_pocket = 0; }), 0.67032004603564, 1e-9);    // e^(−0.4), nothing to pay
  EXPECT_NEAR(factor([](auto& g) { g.out_of_pocket = 1e9; }), 1.49182469764127, 1e-6);  // e^0.4, and no further
  EXPECT_NEAR(factor([](auto& g) { g.anger_stock = 0.5; }), 1.64872127070013, 1e-9);    // e^0.5
  EXPECT_NEAR(factor([](auto& g) { g.disclosed = true; }), 0.44932896411722, 1e-9);     // e^(−0.8)
  EXPECT_NEAR(factor([](auto& g) { g.signal = 1; }), 4.48168907033806, 1e-9);           // e^1.5
}

TEST(Blaming, FallsWithTrust) {  // the engine relies on it
  double last = 1;
  for (int twentieths = 0; twentieths <= 20; ++twentieths) {
    Blaming::Grievance g = ordinary();
    g.trust = twentieths / 20.0;
    EXPECT_LT(chance(g), last);
    last = chance(g);
  }
}

TEST(Blaming, TrustIsWeighed) {
  EXPECT_NEAR(Blaming::trust(0.8, 0.4, plain()), 0.6, 1e-12);
  Blaming::Params p = plain();
  p.doctor_weight = 1;
  EXPECT_NEAR(Blaming::trust(0.8, 0.4, p), 0.8, 1e-12);
}

TEST(Blaming, SomeOfItBecomesAComplaint) {
  EXPECT_TRUE(Blaming::complains(0.359, Severity::moderate, plain()));
  EXPECT_FALSE(Blaming::complains(0.361, Severity::moderate, plain()));
  EXPECT_TRUE(Blaming::complains(0.529, Severity::death, plain()));
}

}  // namespace
}  // namespace parley
