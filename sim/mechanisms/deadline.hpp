// Deadline: how long talks may last in each forum, by law or custom, and how long a case may wait for one.
// Page: docs/model/deadline.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Deadline {
  static constexpr std::string_view name = "deadline";

  struct Params {
    double negotiation_days = 45;
    double mediation_limit = 30;
    double administration_days = 45;
    double extension_probability = 0.45;
    double check_days = 30;
    double queue_limit = 180;
  };

  static void describe(auto& field, auto& p) {
    field("negotiation_days", p.negotiation_days,
          Field{"T_n", "day", 10, 120, "how long direct talks are kept up", "assumed", "C"});
    field("mediation_limit", p.mediation_limit,
          Field{"T_m", "working day", 30, 90, "legal time for a mediation", "row 75: Order 701 art. 38", "A"});
    field("administration_days", p.administration_days,
          Field{"T_a", "day", 15, 120, "time for an administrative mediation", "assumed", "C"});
    field("extension_probability", p.extension_probability,
          Field{"x", "1", 0.1, 0.7, "the two sides agree on the legal time once more, each time it ends",
                "row 76: Guangdong 64 % over a month", "B"});
    field("check_days", p.check_days,
          Field{"t_w", "day", 7, 60, "days between two looks at a waiting case", "assumed", "C"});
    field("queue_limit", p.queue_limit,
          Field{"T_q", "day", 30, 730, "days in the queue of a committee or office after which the case is sent back",
                "assumed", "C"});
  }

  // (DL1) last day of the talks that begin today: T_n alone with the hospital, T_m working days in mediation and as
  // many again each time that it ends and both agree (with x; the law sets no limit to what they agree on), T_a at the
  // health bureau; a panel and a judge have set their day already
  static std::int32_t decide(const DisputeView& view, const Params& p, const Draw& draw) {
    double days = 0;
    switch (view.now.stage) {
      case Stage::negotiation:
        days = p.negotiation_days;
        break;
      case Stage::mediation:
        days = p.mediation_limit * calendar_days_per_working_day * (1 + extensions(draw.uniform(0), p));
        break;
      case Stage::administration:
        days = p.administration_days;
        break;
      default:
        return view.now.deadline;
    }
    return view.today + static_cast<std::int32_t>(days);
  }

  // Geometric: n or more with x^n, so a larger x never shortens anything.
  static double extensions(double uniform, const Params& p) {
    constexpr double most = 12;
    if (p.extension_probability <= 0) return 0;
    if (p.extension_probability >= 1) return most;
    return std::min(most, std::floor(logarithm(uniform) / logarithm(p.extension_probability)));
  }

  // (DL2) a case that has waited T_q days in a queue is sent back to the choice of a forum
  static bool lapsed(const DisputeView& view, const Params& p) {
    return view.now.stage == Stage::intake && view.today - view.now.stage_since >= p.queue_limit;
  }
};

}  // namespace parley
