// Imitation: lawyers follow what works. The share of a strategy grows with what it brings over the other one (Mayor and
// Sartor 2010); in a well-mixed population that is the replicator equation of the evolutionary games.
// Page: docs/model/imitation.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Imitation {
  static constexpr std::string_view name = "imitation";

  struct Params {
    double aggressive_start = 0.3;
    double imitation_rate = 1.0;
    double mutation_rate = 0.01;
    double memory = 0.02;
  };

  static void describe(auto& field, auto& p) {
    field("aggressive_start", p.aggressive_start,
          Field{"x_0", "1", 0.01, 0.99, "share of lawyers who are aggressive at the start", "assumed", "C"});
    field("imitation_rate", p.imitation_rate,
          Field{"ν", "1/year", 0, 20, "how fast lawyers take over what brings more", "Mayor and Sartor 2010; assumed",
                "C"});
    field("mutation_rate", p.mutation_rate,
          Field{"ε_x", "1/year", 0, 0.2, "share who change their way for no reason", "assumed", "C"});
    field("memory", p.memory,
          Field{"η_x", "1", 0.005, 1, "weight of a new result in what a strategy is thought to bring", "assumed", "C"});
  }

  // (IM1) logistic growth over a time t at constant pay-offs: logit x ← logit x + ν(π_a − π_c)t; then some change for
  // no reason: x ← x + ε_x t(1 − 2x)
  static double decide(double aggressive_share, double payoff_aggressive, double payoff_cooperative, double years,
                       const Params& p) {
    const double grown =
        logistic(logit(aggressive_share) + p.imitation_rate * (payoff_aggressive - payoff_cooperative) * years);
    constexpr double least = 1e-6;
    return std::clamp(grown + p.mutation_rate * years * (1 - 2 * grown), least, 1 - least);
  }

  // (IM2) what a strategy is thought to bring: π ← π + η_x(seen − π)
  static double learned(double mean, double payoff, const Params& p) { return mean + p.memory * (payoff - mean); }

  // (IM3) two populations, two strategies each: ẋ = x(1 − x)[y a + (1 − y)b], with a and b the advantage of the first
  // strategy against the first and the second of the others; likewise ẏ. One step of length dt, by the middle point.
  struct TwoPopulations {
    double x = 0, y = 0;
  };
  static TwoPopulations step(TwoPopulations now, const std::array<double, 2 * 2>& payoff_x,
                             const std::array<double, 2 * 2>& payoff_y, double dt) {
    // Pay-offs in rows of own strategies and columns of the others'.
    const auto slope = [](double own, double other, const std::array<double, 2 * 2>& m) {
      constexpr std::size_t second_row_second = 3;
      const double advantage = other * (m[0] - m[2]) + (1 - other) * (m[1] - m[second_row_second]);
      return own * (1 - own) * advantage;
    };
    const TwoPopulations middle{now.x + dt / 2 * slope(now.x, now.y, payoff_x),
                                now.y + dt / 2 * slope(now.y, now.x, payoff_y)};
    return {now.x + dt * slope(middle.x, middle.y, payoff_x), now.y + dt * slope(middle.y, middle.x, payoff_y)};
  }
};

}  // namespace parley
