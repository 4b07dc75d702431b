// Turnover: mediators leave, sooner when they are overloaded and when they are new; a newcomer begins without a name.
// Page: docs/model/turnover.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Turnover {
  static constexpr std::string_view name = "turnover";

  struct Params {
    double mediator_turnover = 0.15;
    double load_effect = 0.7;
    double load_reference = 0.4;
    double tenure_effect = 0.5;
    double tenure_reference = 3;
  };

  static void describe(auto& field, auto& p) {
    field("mediator_turnover", p.mediator_turnover,
          Field{"τ_m", "1/year", 0.02, 0.5, "mediators who leave, at the reference load and tenure", "row 199: assumed",
                "C"});
    field("load_effect", p.load_effect,
          Field{"τ_l", "1", 0, 3, "rise of the log rate from no load to full load", "assumed", "C"});
    field("load_reference", p.load_reference, Field{"l_0", "1", 0, 1, "load at which the rate holds", "assumed", "C"});
    field("tenure_effect", p.tenure_effect,
          Field{"τ_t", "1", 0, 2, "fall of the rate with the log of tenure", "assumed", "C"});
    field("tenure_reference", p.tenure_reference,
          Field{"t_0", "year", 0.5, 20, "tenure at which the rate holds", "assumed", "C"});
  }

  // (TO1) rate a year: τ_m·exp(τ_l(load − l_0))·((1 + t)/(1 + t_0))^(−τ_t)
  static double hazard(double load, double tenure_years, const Params& p) {
    return p.mediator_turnover * exponential(p.load_effect * (load - p.load_reference)) *
           power((1 + std::max(tenure_years, 0.0)) / (1 + p.tenure_reference), -p.tenure_effect);
  }
  // (TO2) leaves in a month with 1 − e^(−rate/12)
  static bool leaves(double uniform, double yearly_hazard) {
    constexpr double months = 12;
    return uniform < 1 - exponential(-yearly_hazard / months);
  }
};

}  // namespace parley
