// Agreement: the two offers have met. The law may forbid a deal of this size between the two alone; else it is signed.
// Page: docs/model/agreement.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Agreement {
  static constexpr std::string_view name = "agreement";

  struct Params {
    double private_deal_ceiling = 10000;
    double ceiling_compliance = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("private_deal_ceiling", p.private_deal_ceiling,
          Field{"c_p", "CNY", 0, 1e9, "above it public hospitals may not settle alone",
                "row 63: Ningbo, Xining, Tianjin", "A"});
    field("ceiling_compliance", p.ceiling_compliance,
          Field{"c_c", "1", 0, 1, "chance that a hospital keeps to the ceiling",
                "director's report of hospitals bypassing committees; assumed", "C"});
  }

  static Outcome decide(const DisputeView& view, double settlement, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (AG1) alone with the patient, a public hospital keeps to the ceiling with c_c: above c_p the case goes to
    // mediation
    const bool alone = state.stage == Stage::negotiation || state.stage == Stage::claim;
    if (alone && view.hospital.is_public && settlement > p.private_deal_ceiling &&
        draw.chance(0, p.ceiling_compliance)) {
      state.referred = true;
      state.deadline = never;
      return out.move(Stage::channel, 1, view.today);
    }
    // (AG2) otherwise both sign, and the amount is owed
    state.agreed = settlement;
    state.outcome = CaseOutcome::agreement;
    state.closed = view.today;
    return out.move(Stage::payment, 0, view.today);
  }
};

}  // namespace parley
