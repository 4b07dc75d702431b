// Copycat: a disturbance that others hear of stirs those who wait. Events excite each other and the excitement fades (a
// Hawkes process), so trouble comes in clusters. Page: docs/model/copycat.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Copycat {
  static constexpr std::string_view name = "copycat";

  struct Params {
    double hawkes_branching = 0.25;
    double copycat_halflife = 10;
    double stirring = 0.3;
    double least_excitation = 1e-5;
  };

  static void describe(auto& field, auto& p) {
    field("hawkes_branching", p.hawkes_branching,
          Field{"n_H", "1", 0, 0.7, "cases that one disturbance of ordinary echo stirs, over all later days",
                "row 156: assumed", "C"});
    field("copycat_halflife", p.copycat_halflife,
          Field{"t_A", "day", 2, 60, "half-life of a visible disturbance", "row 157: assumed", "C"});
    field("stirring", p.stirring,
          Field{"s_H", "1", 0, 1, "part of what is missing to full anger that an example adds", "assumed", "C"});
    field("least_excitation", p.least_excitation,
          Field{"λ_0", "1/day", 0, 0.1, "excitement below which nothing is looked for",
                "assumed: the tail of one disturbance", "C"});
  }

  // (CC1) excitement of a district: λ ← λ·2^(−days/t_A), and a disturbance adds n_H·mark·(2^(1/t_A) − 1), so that the
  // days from the next one on add up to n_H·mark; that product stays below 1, or trouble would never end
  static double left(double excitation, double days, const Params& p) {
    return excitation == 0 || days == 0 ? excitation : excitation * power(2, -days / p.copycat_halflife);
  }
  static double joined(double left, double mark, const Params& p) {
    constexpr double most_followers = 0.95;
    return left + std::min(p.hawkes_branching * mark, most_followers) * (power(2, 1 / p.copycat_halflife) - 1);
  }
  // (CC2) while λ > λ_0, each of m waiting cases of the district is stirred today with min(1, λ/m)
  static double chance(double excitation, double waiting, const Params&) {
    return waiting > 0 ? std::min(excitation / waiting, 1.0) : 0;
  }
  // (CC3) who is stirred is angrier by s_H of what is missing to full anger, and decides today
  static CaseState moved(const CaseState& now, std::int32_t today, const Customs& customs, const Params& p) {
    CaseState state = now;
    const double anger = anger_now(now, today, customs);
    state.anger = anger + p.stirring * (1 - anger);
    state.anger_day = today;
    return state;
  }
};

}  // namespace parley
