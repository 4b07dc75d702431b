// Authority: the power to compel hospitals to come to the table and to stand behind what was agreed.
// Page: docs/model/authority.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Authority {
  static constexpr std::string_view name = "authority";

  struct Levers {
    double authority = 0.5;
    static void describe(auto& field, auto& p) {
      field("authority", p.authority,
            Field{"A", "1", 0, 1, "power to compel hospitals to take part and to back enforcement", "row 172: S0 lever",
                  "C"});
    }
  };
  struct Slopes {
    double participation_slope = 2.0;
    double enforcement_slope = 2.0;
    double supervision_cost = 300000;
    static void describe(auto& field, auto& p) {
      field("participation_slope", p.participation_slope,
            Field{"s_A", "logit", 0, 5, "rise of a hospital's consent to mediation per unit of authority", "assumed",
                  "C"});
      field("enforcement_slope", p.enforcement_slope,
            Field{"e_A", "logit", 0, 5, "rise of the chance that an agreement is kept per unit of authority", "assumed",
                  "C"});
      field("supervision_cost", p.supervision_cost,
            Field{"c_A", "CNY/year", 0, 2e6,
                  "officers who hold hospitals to it, per million residents and unit of authority",
                  "three officers of a bureau; assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.authority - levers.customary.authority;
    rules.participation_logit += slopes.participation_slope * change;       // (AU1)
    rules.enforcement_logit += slopes.enforcement_slope * change;           // (AU2)
    rules.authority_cost = slopes.supervision_cost * levers.now.authority;  // (AU3)
    return rules;
  }
};

}  // namespace parley
