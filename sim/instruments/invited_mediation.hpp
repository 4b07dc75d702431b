// Invited mediation: a court asks people who are about to sue whether a committee may try first.
// Page: docs/model/invited_mediation.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct InvitedMediation {
  static constexpr std::string_view name = "invited_mediation";

  struct Levers {
    double court_invitation = 0;
    static void describe(auto& field, auto& p) {
      field("court_invitation", p.court_invitation,
            Field{"R_c", "1", 0, 1, "share of those about to sue whom the court asks to try a committee first",
                  "S1: convergence of people's and judicial mediation; assumed", "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.court_invitation = levers.now.court_invitation;  // (ID1)
    return rules;
  }
};

}  // namespace parley
