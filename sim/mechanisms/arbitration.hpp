// Arbitration: where a panel sits, both sides may bring the case there. The panel says early what it thinks, the two
// may still settle, and on its day it makes an award that is final. Page: docs/model/arbitration.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Arbitration {
  static constexpr std::string_view name = "arbitration";

  struct Params {
    double duration_mean = 120;
    double duration_sigma = 0.3;
    double panel_sd = 0.15;
    double panel_days = 6;
    double liability_threshold = 0.05;
    double fee = 2000;
    double justice = 0.7;
  };

  static void describe(auto& field, auto& p) {
    field("duration_mean", p.duration_mean, Field{"t_p", "day", 30, 400, "acceptance to award", "assumed", "C"});
    field("duration_sigma", p.duration_sigma,
          Field{"σ_p", "1", 0.1, 1, "log standard deviation of that time", "assumed", "C"});
    field("panel_sd", p.panel_sd,
          Field{"s_p", "1", 0.05, 0.35,
                "deviation of the panel's estimate of responsibility: a doctor, a lawyer and a chair",
                "row 104 for one appraiser; assumed", "C"});
    field("panel_days", p.panel_days, Field{"w_p", "working day", 1, 30, "panel's work per case", "assumed", "C"});
    field("liability_threshold", p.liability_threshold,
          Field{"ρ_p", "1", 0, 0.3, "estimated share below which the panel finds nothing", "assumed", "C"});
    field("fee", p.fee, Field{"F_p", "CNY", 0, 50000, "fee of each side", "assumed", "C"});
    field("justice", p.justice,
          Field{"PJ_p", "1", 0, 1, "procedural justice of arbitration as patients feel it", "assumed", "C"});
  }

  static double estimate(const DisputeView& view, const Params& p, const Draw& draw) {
    return std::clamp(view.injury.responsibility + p.panel_sd * draw.normal(1), 0.0, 1.0);
  }

  static Outcome begin(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    // (AR1) day of the award: lognormal with mean t_p
    const double days =
        p.duration_mean * exponential(p.duration_sigma * draw.normal(0) - p.duration_sigma * p.duration_sigma / 2);
    state.deadline = view.today + std::max(static_cast<std::int32_t>(days), 1);
    // (AR2) the panel's first view x = ρ + s_p z moves both sides as firm evidence, weight 1/s_p²
    persuade(state, estimate(view, p, draw), 1 / (p.panel_sd * p.panel_sd));
    state.justice = p.justice;
    out.pay(Role::patient, Role::arbitration, Money::yuan(p.fee), Reason::arbitration_fee);
    out.pay(Role::hospital, Role::arbitration, Money::yuan(p.fee), Reason::arbitration_fee);
    return out.move(Stage::arbitration, 0, view.today);
  }

  // (AR3) award x·D where x reaches ρ_p, else nothing; the award is final and enforceable
  static Outcome award(const DisputeView& view, const Rules&, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const double share = estimate(view, p, draw);
    if (share < p.liability_threshold) return out.close(CaseOutcome::dismissed, view.today);
    out.state.agreed = share * view.injury.damages;
    out.state.outcome = CaseOutcome::award;
    out.state.closed = view.today;
    out.state.confirmed = true;
    return out.move(Stage::payment, 0, view.today);
  }
};

}  // namespace parley
