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
  };

  static void describe(auto& field, auto& p) {
    field("probability", p.probability,
          Field{"p_e", "1", 0.5, 1, "a hand-off arrives, at customary linkage", "row 176: assumed", "C"});
    field("delay", p.delay, Field{"d_e", "day", 0, 20, "mean delay of a hand-off", "row 176: assumed", "C"});
    field("information_loss", p.information_loss,
          Field{"i_e", "1", 0, 0.5, "share of what was known that is lost", "row 176: assumed", "C"});
    field("bounce_delay", p.bounce_delay,
          Field{"t_b", "day", 1, 60, "days until the patient finds that the case was lost", "assumed", "C"});
  }

  static Outcome decide(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const Handoff& edge = view.referral;
    // (HO1) lost with 1 − p: the patient has to look for a forum again, and may knock at the same door
    if (!draw.chance(0, edge.probability)) {
      out.state.tried = static_cast<std::uint8_t>(out.state.tried & ~(1 << static_cast<int>(view.now.channel)));
      return out.move(Stage::channel, static_cast<std::int32_t>(p.bounce_delay), view.today);
    }
    // (HO2) delay exponential with mean d; (HO3) the loss of information stays with the case
    out.state.information_loss = edge.information_loss;
    const auto days = static_cast<std::int32_t>(draw.exponential(1, edge.delay));
    return out.move(Stage::intake, days, view.today + days);
  }
};

}  // namespace parley
