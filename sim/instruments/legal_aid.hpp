// Legal aid: lawyers for patients who cannot pay one, as many cases a month as the budget carries.
// Page: docs/model/legal_aid.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct LegalAid {
  static constexpr std::string_view name = "legal_aid";

  struct Levers {
    double legal_aid_capacity = 4;
    static void describe(auto& field, auto& p) {
      field("legal_aid_capacity", p.legal_aid_capacity,
            Field{"n_l", "case/(month*million)", 0, 1000, "medical cases that legal aid can take", "assumed", "C",
                  nullptr, Reach::district});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.legal_aid_capacity = levers.now.legal_aid_capacity;  // (LG1)
    return rules;
  }
};

}  // namespace parley
