// Liability insurance: who has to be insured, what stays with the hospital, whether the insurer sits at the table, and
// how much goes into the mutual fund.
// Page: docs/model/liability_insurance.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct LiabilityInsurance {
  static constexpr std::string_view name = "liability_insurance";

  struct Levers {
    double insurance_participation = 0;
    double deductible_factor = 1;
    double insurer_at_table = 0;
    double mutual_fund_factor = 1;
    static void describe(auto& field, auto& p) {
      field("insurance_participation", p.insurance_participation,
            Field{"i_p", "1", 0, 1, "share of the hospitals without insurance that are made to take it",
                  "row 115: compulsory programmes; assumed", "C", nullptr, Reach::hospital});
      field("deductible_factor", p.deductible_factor,
            Field{"f_k", "1", 0.1, 5, "deductible over that of the place", "row 122: Ningbo; range assumed", "C",
                  nullptr, Reach::hospital});
      field("insurer_at_table", p.insurer_at_table,
            Field{"i_t", "1", 0, 1, "share of cases with an insured hospital at which the insurer's adjuster sits",
                  "Ningbo: claims centre in the mediation house", "C"});
      field("mutual_fund_factor", p.mutual_fund_factor,
            Field{"f_F", "1", 0.1, 10, "contributions to the mutual fund over those of the place", "row 131; assumed",
                  "C", nullptr, Reach::hospital});
    }
  };
  struct Slopes {
    double adjuster_cost = 1500;
    static void describe(auto& field, auto& p) {
      field("adjuster_cost", p.adjuster_cost,
            Field{"c_i", "CNY/case", 0, 20000, "cost of an adjuster's days at the table", "assumed", "C"});
    }
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes& slopes) {
    rules.insurance_participation = levers.now.insurance_participation;                            // (LB1)
    rules.deductible_factor *= levers.now.deductible_factor / levers.customary.deductible_factor;  // (LB2)
    rules.insurer_at_table = levers.now.insurer_at_table;                                          // (LB3)
    rules.adjuster_cost = slopes.adjuster_cost * levers.now.insurer_at_table;                      // (LB4)
    rules.fund_factor *= levers.now.mutual_fund_factor / levers.customary.mutual_fund_factor;      // (LB5)
    return rules;
  }
};

}  // namespace parley
