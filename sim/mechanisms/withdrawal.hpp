// Withdrawal: while a case waits or is talked about, the patient may tire of it. Where both would gain they settle
// between themselves; otherwise the case is given up.
// Page: docs/model/withdrawal.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Withdrawal {
  static constexpr std::string_view name = "withdrawal";

  struct Params {
    double withdrawal_hazard = 0.07;
    double court_hazard_factor = 0.3;
  };

  static void describe(auto& field, auto& p) {
    field("withdrawal_hazard", p.withdrawal_hazard,
          Field{"w", "1/month", 0.02, 0.2, "chance per month that a patient tires of a mediation",
                "row 95: Guangdong 21 % at mean 87 days", "B"});
    field("court_hazard_factor", p.court_hazard_factor,
          Field{"w_c", "1", 0, 1, "the same in court, relative to mediation: costs are sunk", "assumed", "C"});
  }

  // `days` since the last look.
  static Outcome decide(const DisputeView& view, const WalkAwayValues& values, double days, const Params& p,
                        const Draw& draw) {
    Outcome out(view.now);
    const bool court = view.now.stage == Stage::filing || view.now.stage == Stage::trial;
    // (WD1) tired with 1 − (1 − w)^(days/month)
    const double hazard = p.withdrawal_hazard * (court ? p.court_hazard_factor : 1);
    if (!draw.chance(0, 1 - power(1 - hazard, days / days_per_month))) return out;
    // (WD2) reconcile at the middle if there is room between the walk-away values, else give up
    if (values.patient > values.hospital) return out.close(CaseOutcome::withdrawn, view.today);
    out.state.agreed = (values.patient + values.hospital) / 2;
    out.state.outcome = CaseOutcome::reconciled;
    out.state.closed = view.today;
    return out.move(Stage::payment, 0, view.today);
  }
};

}  // namespace parley
