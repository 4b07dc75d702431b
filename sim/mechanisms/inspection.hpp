// Inspection: a visit makes people careful for a while. Lies in reports are found more often, and lessons become
// practice.
// Page: docs/model/inspection.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Inspection {
  static constexpr std::string_view name = "inspection";

  struct Params {
    double visit_cost = 20000;
    double halflife = 90;
    double audit_effect = 0.5;
    double uptake_effect = 0.3;
  };

  static void describe(auto& field, auto& p) {
    field("visit_cost", p.visit_cost,
          Field{"c_v", "CNY/visit", 0, 200000, "cost of an inspection of a district", "assumed", "C"});
    field("halflife", p.halflife,
          Field{"t_v", "day", 20, 365, "half-life of the care that a visit leaves behind", "row 171: S2", "C"});
    field("audit_effect", p.audit_effect,
          Field{"v_d", "1", 0, 3, "rise of the chance that a false report is found, per fresh visit", "assumed", "C"});
    field("uptake_effect", p.uptake_effect,
          Field{"v_u", "1", 0, 3, "rise of the chance that a lesson becomes practice, per fresh visit",
                "row 164: follow-up of rectification; assumed", "C"});
  }

  // (VI1) visits of a month: Poisson with mean n_v/12
  static double visits_a_month(double per_year) {
    constexpr double months = 12;
    return per_year / months;
  }
  // (VI2) care a left after t days: a·2^(−t/t_v); a visit adds its weight w_n
  static double left(double care, double days, const Params& p) {
    return care == 0 ? 0 : care * power(2, -days / p.halflife);
  }
  // (VI3) a chance p becomes 1 − (1 − p)e^(−v·a)
  static double raised(double chance, double effect, double care) { return parley::raised(chance, effect * care); }
};

}  // namespace parley
