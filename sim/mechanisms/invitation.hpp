// Invitation: before a suit is filed, the court asks both sides whether a committee may try first. The way to the court
// stays open. Page: docs/model/invitation.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Invitation {
  static constexpr std::string_view name = "invitation";

  struct Params {
    double consent = 0.5;
    double clerk_cost = 200;
  };

  static void describe(auto& field, auto& p) {
    field("consent", p.consent,
          Field{"c_i", "1", 0.1, 0.9, "both sides let themselves be sent to a committee, at customary authority",
                "row 61: 59.9 % of hospitals come voluntarily; assumed lower where both have to agree", "C"});
    field("clerk_cost", p.clerk_cost,
          Field{"C_i", "CNY/case", 0, 5000, "public cost of an invitation", "assumed", "C"});
  }

  // (IV1) with R_c the court invites those whom no mediator has had, who have not tried or refused one, where a
  // committee serves the district; (IV2) both sides agree with σ(logit c_i + authority), else mediation counts as
  // refused; (IV3) the case goes to the committee over the link of committee and court, and the court is as open as
  // before
  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    const bool possible = rules.mediation_open && view.district.committee && !state.mediated && !state.refused &&
                          !tried(state, Channel::people_mediation);
    if (!possible || !draw.chance(0, rules.court_invitation)) return out;
    out.pay(Role::government, Role::court, Money::yuan(p.clerk_cost), Reason::court_cost);
    if (!draw.chance(1, logistic(logit(p.consent) + rules.participation_logit))) {
      state.refused = true;
      return out;
    }
    enter(state, Channel::people_mediation);
    state.route = Route::court;
    return out.move(Stage::handoff, 0, view.today);
  }
};

}  // namespace parley
