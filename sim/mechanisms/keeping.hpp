// Keeping: an agreement is kept or broken on the day on which the money is due. What a court or a panel has decided or
// confirmed is enforced. Page: docs/model/keeping.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Keeping {
  static constexpr std::string_view name = "keeping";

  struct Params {
    double renege_probability = 0.02;
  };

  static void describe(auto& field, auto& p) {
    field("renege_probability", p.renege_probability,
          Field{"p_b", "1", 0.0001, 0.1, "an agreement is not kept, at customary authority", "row 96: Nantong none",
                "B"});
  }

  // (KE1) an agreement that nobody confirmed is broken with (1 − G_s)σ(logit p_b − enforcement); then only a court is
  // left
  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    const bool signed_freely = state.outcome == CaseOutcome::agreement || state.outcome == CaseOutcome::reconciled;
    const bool court_left = !tried(state, Channel::court);
    if (!signed_freely || state.confirmed || !court_left ||
        !draw.chance(1, (1 - rules.guarantee_share) * logistic(logit(p.renege_probability) - rules.enforcement_logit)))
      return out;
    enter(state, Channel::court);
    state.outcome = CaseOutcome::open;
    state.agreed = 0;
    state.closed = never;
    state.deadline = never;
    return out.move(Stage::filing, 1, view.today + 1);
  }
};

}  // namespace parley
