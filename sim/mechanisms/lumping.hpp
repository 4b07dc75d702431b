// Lumping it: most people who blame never claim, and many who claim end with nothing. The anger stays as a stock that
// lowers trust, feeds the next grievance, and fades (Felstiner, Abel and Sarat 1980).
// Page: docs/model/lumping.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Lumping {
  static constexpr std::string_view name = "lumping";

  struct Params {
    double residual_share = 0.5;
    double trust_effect = 0.2;
    double satisfaction = 0.8;
  };

  static void describe(auto& field, auto& p) {
    field("residual_share", p.residual_share,
          Field{"l_r", "1", 0, 1, "part of the anger that stays with somebody who does not claim",
                "domain 2.1: assumed", "C"});
    field("trust_effect", p.trust_effect,
          Field{"l_T", "1", 0, 1, "fall of trust in doctors and hospitals at full residual anger",
                "domain 2.1: assumed", "C"});
    field("satisfaction", p.satisfaction,
          Field{"l_s", "1", 0, 1, "part of the anger that a fair end takes away", "assumed", "C"});
  }

  // (LU1) who lumps it keeps l_r of the anger
  static double residual(double anger, const Params& p) { return p.residual_share * anger; }
  // (LU2) a stock fades like all anger: s·2^(−days/t_h); stocks join as 1 − (1 − a)(1 − b)
  static double left(double stock, double days, const Customs& customs) {
    return stock == 0 || days == 0 ? stock : stock * power(2, -days / customs.anger_halflife);
  }
  static double joined(double a, double b) { return 1 - (1 - a) * (1 - b); }
  // (LU3) it lowers trust in those who treat by l_T·s
  static double trust_loss(double anger_stock, const Params& p) { return p.trust_effect * anger_stock; }

  // (LU4) at the end of a dispute the patient keeps the anger of that day, all of which but 1 − l_s
  // a paid end takes away; l_r of it stays
  static Outcome after(const DisputeView& view, const Rules& rules, const Params& p) {
    Outcome out(view.now);
    const bool paid = view.now.outcome == CaseOutcome::agreement || view.now.outcome == CaseOutcome::reconciled ||
                      view.now.outcome == CaseOutcome::judgment || view.now.outcome == CaseOutcome::award;
    const double anger = anger_now(view.now, view.today, rules.customs);
    out.residual_anger = residual(anger, p) * (paid ? 1 - p.satisfaction : 1);
    return out;
  }
};

}  // namespace parley
