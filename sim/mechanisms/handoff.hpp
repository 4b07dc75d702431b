// Hand-off: a case travels over an edge of the institutional graph. It may get lost, it takes time, and part of what
// was known does not arrive. Page: docs/model/handoff.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct CaseHandoff {
  static constexpr std::string_view name = "handoff";

  struct Params {
    double probability = 0.90;
    double delay = 3;
    double information_loss = 0.15;
    double bounce_delay = 14;
    double direct_loss = 0.25;
    double evidence_share = 0.6;
  };

  static void describe(auto& field, auto& p) {
    field("probability", p.probability,
          Field{"p_e", "1", 0.5, 1, "a hand-off arrives, at customary linkage", "row 176: assumed", "C"});
    field("delay", p.delay, Field{"d_e", "day", 0, 20, "mean delay of a hand-off", "row 176: assumed", "C"});
    field("information_loss", p.information_loss,
          Field{"i_e", "1", 0, 0.5, "share of what was known that is lost", "row 176: assumed", "C"});
    field("bounce_delay", p.bounce_delay,
          Field{"t_b", "day", 1, 60, "days until the patient finds that the case was lost", "assumed", "C"});
    field("direct_loss", p.direct_loss,
          Field{"i_0", "1", 0, 0.8, "share of what was known that a patient who walks in alone cannot bring", "assumed",
                "C"});
    field("evidence_share", p.evidence_share,
          Field{"v_e", "1", 0, 1, "part of a court's appraisal that a complete mediation file makes needless",
                "S1: convergence of mediation and litigation; assumed", "C"});
  }

  // (HO1) two hops in a row: probabilities multiply, delays add, of the information 1 − (1 − i_1)(1 − i_2) is lost
  static Handoff joined(const Handoff& first, const Handoff& second) {
    return {first.probability * second.probability, first.delay + second.delay,
            1 - (1 - first.information_loss) * (1 - second.information_loss)};
  }

  // (HO2) the way to a committee: alone, without a file; over the desk of the hospital; or over that of the bureau or
  // the centre, and from there to the committee; or from the court. To an office or a panel it is one hop.
  static Handoff way(const DisputeView& view, const Params& p) {
    if (view.now.channel != Channel::people_mediation) return view.referral;
    switch (view.now.route) {
      case Route::direct:
        return {1, 0, p.direct_loss};
      case Route::hospital:
        return view.referral;
      case Route::court:
        return view.transfer;
      default:
        return joined(view.referral, view.relay);
    }
  }

  // (HO3) it arrives if the task belongs to somebody, p(1 − g_d); where two bodies have it, o_d, either may take it up:
  // p′ = 1 − (1 − p(1 − g_d))(1 − o_d·p(1 − g_d)) (Landau 1969)
  static double arrives(double probability, const Rules& rules) {
    const double one = probability * (1 - rules.task_gap);
    return one + (1 - one) * rules.task_overlap * one;
  }

  static Outcome decide(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const Handoff edge = way(view, p);
    // (HO4) lost with 1 − p′: the patient has to look for a forum again, and may knock at the same door
    const bool alone = view.now.channel == Channel::people_mediation && view.now.route == Route::direct;
    if (!draw.chance(0, alone ? edge.probability : arrives(edge.probability, rules))) {
      out.state.tried = static_cast<std::uint8_t>(out.state.tried & ~(1 << static_cast<int>(view.now.channel)));
      return out.move(Stage::channel, static_cast<std::int32_t>(p.bounce_delay), view.today);
    }
    // (HO5) delay exponential with mean d(1 + t_d·o_d); (HO6) the loss of information stays with the case
    out.state.information_loss = edge.information_loss;
    const auto days = static_cast<std::int32_t>(draw.exponential(1, edge.delay * (1 + rules.duplicate_delay)));
    return out.move(Stage::intake, days, view.today + days);
  }

  // (HO7) after a failed mediation the file may follow the case to court: with p it arrives, and v_e(1 − i) of the
  // court's appraisal is there already, if the committee had worked out an estimate
  static Outcome transfer(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const bool estimated = view.now.work_days > 0;
    if (estimated && draw.chance(2, view.transfer.probability))
      out.state.evidence = p.evidence_share * (1 - view.transfer.information_loss);
    return out;
  }
};

}  // namespace parley
