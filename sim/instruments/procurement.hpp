// Procurement: for how long a provider has the contract, how well it has to do to keep it, and what counts when
// providers bid.
// Page: docs/model/procurement.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Procurement {
  static constexpr std::string_view name = "procurement";

  struct Levers {
    double contract_years = 0;
    double renewal_threshold = 0.7;
    double price_weight = 0.3;
    static void describe(auto& field, auto& p) {
      field("contract_years", p.contract_years,
            Field{"t_c", "year", 0, 10, "length of a contract with a provider; 0: no tender, whoever serves stays",
                  "row 194: two years where there are contracts", "C", nullptr, Reach::district});
      field("renewal_threshold", p.renewal_threshold,
            Field{"ϑ_r", "1", 0, 1, "evaluation index from which on a contract is renewed", "assumed", "C", nullptr,
                  Reach::district});
      field("price_weight", p.price_weight,
            Field{"ω_p", "1", 0, 1, "weight of the price in a tender, the rest on quality",
                  "government procurement of services: 10 to 30 %, assumed", "C", nullptr, Reach::district});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.contract_years = levers.now.contract_years;        // (PC1)
    rules.renewal_threshold = levers.now.renewal_threshold;  // (PC2)
    rules.price_weight = levers.now.price_weight;            // (PC3)
    return rules;
  }
};

}  // namespace parley
