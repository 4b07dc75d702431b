// Oversight: the bureaus visit committees and hospitals, read files and ask what became of what was promised.
// Page: docs/model/oversight.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Oversight {
  static constexpr std::string_view name = "oversight";

  struct Levers {
    double inspections_per_year = 0;
    double inspection_weight = 1;
    static void describe(auto& field, auto& p) {
      field("inspections_per_year", p.inspections_per_year,
            Field{"n_v", "1/year", 0, 12, "inspections of a district's committees and hospitals beyond the customary",
                  "row 170: one a year and hospital, which is the custom; more is a lever", "C", nullptr,
                  Reach::district});
      field("inspection_weight", p.inspection_weight,
            Field{"w_n", "1", 1, 5, "weight of a visit over that of a usual one: how many come, and of what rank",
                  "S2: four from the capital; assumed", "C", nullptr, Reach::district});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.inspections_per_year = levers.now.inspections_per_year;  // (OV1)
    rules.inspection_weight = levers.now.inspection_weight;        // (OV2)
    return rules;
  }
};

}  // namespace parley
