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
    static void describe(auto& field, auto& p) {
      field("inspections_per_year", p.inspections_per_year,
            Field{"n_v", "1/year", 0, 12, "inspections of a district's committees and hospitals beyond the customary",
                  "row 170: one a year and hospital, which is the custom; more is a lever", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.inspections_per_year = levers.now.inspections_per_year;  // (OV1)
    return rules;
  }
};

}  // namespace parley
