// Funding: whose money runs the mediation committees. What the shares leave over is left unfunded.
// Page: docs/model/funding.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Funding {
  static constexpr std::string_view name = "funding";

  struct Levers {
    double public_funding_share = 0.8;
    double insurer_funding_share = 0.1;
    double hospital_funding_share = 0.1;
    static void describe(auto& field, auto& p) {
      field("public_funding_share", p.public_funding_share,
            Field{"G", "1", 0, 1, "share of the committees' cost paid from public budgets", "row 173: regional table",
                  "C"});
      field("insurer_funding_share", p.insurer_funding_share,
            Field{"G_i", "1", 0, 1, "share paid by insurers", "scenario vectors: assumed", "C"});
      field("hospital_funding_share", p.hospital_funding_share,
            Field{"G_h", "1", 0, 1, "share paid by hospitals or donors", "scenario vectors: assumed", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    // (FU1) shares are taken as they are: the mechanisms read levels, not changes
    rules.public_funding_share = levers.now.public_funding_share;
    rules.insurer_funding_share = levers.now.insurer_funding_share;
    rules.hospital_funding_share = levers.now.hospital_funding_share;
    return rules;
  }
};

}  // namespace parley
