// Publicity: campaigns that tell people of mediation. What they leave behind fades.
// Page: docs/model/publicity.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Publicity {
  static constexpr std::string_view name = "publicity";

  struct Levers {
    double publicity = 0;
    static void describe(auto& field, auto& p) {
      field("publicity", p.publicity,
            Field{"P_c", "1", 0, 1, "how intensely mediation is advertised beyond the customary",
                  "S1, S4: publicity; assumed", "C", nullptr, Reach::district});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.publicity = levers.now.publicity;  // (PU1)
    return rules;
  }
};

}  // namespace parley
