// Contract: what the committees' principal pays for: existing, accepting, succeeding on paper, handing over well.
// Page: docs/model/contract.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Contract {
  static constexpr std::string_view name = "contract";

  struct Levers {
    double fixed_grant_share = 0.6;
    double base_fee_case = 0;
    double pay_per_success = 502.5;
    double pay_failed_share = 0;
    double audit_rate = 0.10;
    double audit_penalty = 3;
    double pay_severe_factor = 1;
    static void describe(auto& field, auto& p) {
      field("fixed_grant_share", p.fixed_grant_share,
            Field{"g", "1", 0, 1, "share of the contract sum that is paid whatever the results", "row 187: assumed",
                  "C"});
      field("base_fee_case", p.base_fee_case,
            Field{"f_a", "CNY/case", 0, 6000, "fee per accepted case", "row 186: assumed", "C"});
      field("pay_per_success", p.pay_per_success,
            Field{"f_s", "CNY/case", 0, 3000, "pay per success with an accepted file",
                  "row 182: Chenggong 10,050 for 20 cases", "A"});
      field("pay_failed_share", p.pay_failed_share,
            Field{"f_f", "1", 0, 1, "part of that pay for a failed case handed over well",
                  "row 184: Qingdao principle, share assumed", "C"});
      field("audit_rate", p.audit_rate,
            Field{"d_a", "1", 0, 1, "reported files that are audited", "row 191: assumed", "C"});
      field("audit_penalty", p.audit_penalty,
            Field{"f_d", "1", 0, 10, "what a false report costs, over the pay for a success", "row 191: assumed", "C"});
      field("pay_severe_factor", p.pay_severe_factor,
            Field{"f_v", "1", 0.2, 10, "pay for a success in a severe case over that in another",
                  "row 183: classes of difficulty", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    // (CO1) the terms in force; (CO2) the terms under which habits were formed
    const auto terms = [](const Levers& l) {
      return ContractTerms{l.fixed_grant_share, l.base_fee_case, l.pay_per_success,  l.pay_failed_share,
                           l.audit_rate,        l.audit_penalty, l.pay_severe_factor};
    };
    rules.contract = terms(levers.now);
    rules.customary_contract = terms(levers.customary);
    return rules;
  }
};

}  // namespace parley
