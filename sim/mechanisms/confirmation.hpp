// Confirmation: within thirty days of a mediated agreement the two may ask the court to confirm it together; what is
// confirmed can be enforced (People's Mediation Law, art. 33). Page: docs/model/confirmation.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Confirmation {
  static constexpr std::string_view name = "confirmation";

  struct Params {
    double judicial_confirmation = 0.15;
    double amount_effect = 0.5;
    double amount_reference = 50000;
    double distrust_effect = 1.0;
    double trust_reference = 0.65;
    double authority_effect = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("judicial_confirmation", p.judicial_confirmation,
          Field{"c_j", "1", 0.001, 0.9, "agreements that are confirmed, at the reference amount and trust",
                "row 97: assumed", "C"});
    field("amount_effect", p.amount_effect,
          Field{"c_X", "logit", 0, 2, "rise per log unit of the amount", "assumed", "C"});
    field("amount_reference", p.amount_reference,
          Field{"X_0", "CNY", 1000, 1000000, "amount at which that chance holds",
                "domain 1.4: mediated mean of 45,000 to 60,000", "B"});
    field("distrust_effect", p.distrust_effect,
          Field{"c_T", "logit", 0, 4, "rise with distrust in the hospital", "assumed", "C"});
    field("trust_reference", p.trust_reference,
          Field{"T_c", "1", 0.3, 0.9, "trust at which that chance holds", "assumed", "C"});
    field("authority_effect", p.authority_effect,
          Field{"c_A", "1", 0, 2, "how far what backs enforcement also brings the two to the court", "assumed", "C"});
  }

  // (CF1) P = σ(logit c_j + c_X ln(X/X_0) + c_T(T_c − T_h) + c_A·enforcement)
  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    if (view.now.stage != Stage::payment) return out;
    const double amount = std::max(view.now.agreed, 1.0);
    const double chance =
        logistic(logit(p.judicial_confirmation) + p.amount_effect * logarithm(amount / p.amount_reference) +
                 p.distrust_effect * (p.trust_reference - view.patient.hospital_trust) +
                 p.authority_effect * rules.enforcement_logit);
    out.state.confirmed = draw.chance(0, chance);
    return out;
  }
};

}  // namespace parley
