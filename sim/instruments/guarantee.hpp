// Guarantee: the government stands behind what was agreed. What nobody can pay it pays, and whoever knows that does not
// walk away from an agreement.
// Page: docs/model/guarantee.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Guarantee {
  static constexpr std::string_view name = "guarantee";

  struct Levers {
    double guarantee_share = 0;
    static void describe(auto& field, auto& p) {
      field(
          "guarantee_share", p.guarantee_share,
          Field{"G_s", "1", 0, 1, "part of what payers cannot pay that the government takes over", "S0: backing", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.guarantee_share = levers.now.guarantee_share;  // (GU1)
    return rules;
  }
};

}  // namespace parley
