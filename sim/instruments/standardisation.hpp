// Standardisation: how strictly procedure is laid down. Estimates scatter less, files pass more often, and each case
// takes longer to write up.
// Page: docs/model/standardisation.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Standardisation {
  static constexpr std::string_view name = "standardisation";

  struct Levers {
    double standardisation = 0.5;
    static void describe(auto& field, auto& p) {
      field("standardisation", p.standardisation,
            Field{"z_p", "1", 0, 1, "how strictly procedure is laid down", "row 93: S1, S2, S4", "C"});
    }
  };
  struct Slopes {
    double paperwork = 0.6;
    double yearly_cost = 20000;
    static void describe(auto& field, auto& p) {
      field("paperwork", p.paperwork,
            Field{"s_w", "day/case", 0, 3, "further days on the file from free to strict procedure", "assumed", "C"});
      field("yearly_cost", p.yearly_cost,
            Field{"c_z", "CNY/year", 0, 200000,
                  "forms, review and filing of a committee from free to strict procedure, above what is customary",
                  "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    const double change = levers.now.standardisation - levers.customary.standardisation;
    rules.standardisation = levers.now.standardisation;                           // (ST1)
    rules.paperwork_days += slopes.paperwork * change;                            // (ST2)
    rules.standardisation_cost = slopes.yearly_cost * (change > 0 ? change : 0);  // (ST3)
    return rules;
  }
};

}  // namespace parley
