// Security: police at hospitals and sanctions for those who disturb them. Fear works; being watched costs legitimacy.
// Page: docs/model/security.md
#pragma once
#include <string_view>

#include "sim/base/mathematics.hpp"
#include "sim/instruments/instrument.hpp"

namespace parley {

struct Security {
  static constexpr std::string_view name = "security";

  struct Levers {
    double police_factor = 1;
    double sanction_factor = 1;
    static void describe(auto& field, auto& p) {
      field("police_factor", p.police_factor,
            Field{"f_P", "1", 0.1, 5, "police on hospital duty over those of the place",
                  "2012 and 2013 notices: posts in hospitals; assumed", "C", nullptr, Reach::hospital});
      field("sanction_factor", p.sanction_factor,
            Field{"f_S", "1", 0.1, 5, "sanctions over those of the place", "amendment of 2015; assumed", "C", nullptr,
                  Reach::hospital});
    }
  };
  struct Slopes {
    double legitimacy_slope = 0.03;
    double officer_wage = 90000;
    static void describe(auto& field, auto& p) {
      field("legitimacy_slope", p.legitimacy_slope,
            Field{"s_P", "1", 0, 0.2, "fall of felt legitimacy per log unit of police",
                  "Epstein 2002: repression lowers legitimacy; size assumed", "C"});
      field("officer_wage", p.officer_wage,
            Field{"w_P", "CNY/year", 30000, 200000, "an officer on hospital duty", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double police = levers.now.police_factor / levers.customary.police_factor;
    rules.police_factor *= police;                                                           // (SE1)
    rules.sanction_factor *= levers.now.sanction_factor / levers.customary.sanction_factor;  // (SE2)
    rules.legitimacy_shift -= slopes.legitimacy_slope * logarithm(police);                   // (SE3)
    rules.officer_cost = slopes.officer_wage * (police > 1 ? police - 1 : 0);                // (SE4)
    return rules;
  }
};

}  // namespace parley
