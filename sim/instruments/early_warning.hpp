// Early warning: somebody looks at grievances before they become claims, and sends a visit to those that look
// dangerous. Page: docs/model/early_warning.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct EarlyWarning {
  static constexpr std::string_view name = "early_warning";

  struct Levers {
    double warning_coverage = 0;
    static void describe(auto& field, auto& p) {
      field("warning_coverage", p.warning_coverage,
            Field{"w_c", "1", 0, 1, "share of grievances that an early-warning system looks at", "S1: assumed", "C",
                  nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.warning_coverage = levers.now.warning_coverage;  // (EC1)
    return rules;
  }
};

}  // namespace parley
