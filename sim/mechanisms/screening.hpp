// Screening: the hospital knows what it did, the patient does not, and makes one demand at the first session and a last
// one on the last day (Bebchuk 1984; Spier 1992). Page: docs/model/screening.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Screening {
  static constexpr std::string_view name = "screening";

  struct Params {
    double session_days = 7;
    double round_cost = 300;
  };

  static void describe(auto& field, auto& p) {
    field("session_days", p.session_days, Field{"t_1", "day", 0, 30, "days until the first session", "assumed", "C"});
    field("round_cost", p.round_cost,
          Field{"c_r", "CNY", 0, 20000, "what a refused demand costs the patient", "Spier 1992; size assumed", "C"});
  }

  // (SC1) the patient takes the hospital's share for normal, mean π_p, variance 1/τ_p, cut off at `top`. The demand
  // S = qJ + C_h is taken by every hospital whose share is q or more; the best q solves
  // f(q)/(F(top) − F(q)) = J/(C_p + C_h) (Bebchuk 1984), or is `low` where even there the left side is larger
  static double cutoff(double mean, double deviation, double low, double top, double ratio) {
    const auto density = [&](double q) {
      const double z = (q - mean) / deviation;
      return exponential(-z * z / 2) / deviation;
    };
    const auto below = [&](double q) { return normal_cdf((q - mean) / deviation); };
    constexpr double root_of_two_pi = 2.5066282746310002;
    const auto hazard_is_larger = [&](double q) {
      const double left = below(top) - below(q);
      return left <= 0 || density(q) / root_of_two_pi >= ratio * left;
    };
    if (hazard_is_larger(low)) return low;
    double high = top;
    constexpr int halvings = 40;
    for (int i = 0; i < halvings; ++i) {
      const double middle = (low + high) / 2;
      if (hazard_is_larger(middle))
        high = middle;
      else
        low = middle;
    }
    return high;
  }

  static Talks plan(const DisputeView& view, const WalkAwayValues& values, const Rules& rules, const Params& p) {
    const CaseState& now = view.now;
    const double damages = std::max(view.injury.damages, 1.0);
    const double deviation = 1 / std::sqrt(now.patient_precision);
    // before a court or a panel the costs of going there are sunk, and only those of another round are to come
    const bool sunk = now.stage == Stage::trial || now.stage == Stage::arbitration;
    const double cost_patient = (sunk ? 0 : (1 - now.cost_cover) * rules.court.lawyer_fixed) + p.round_cost,
                 cost_hospital = sunk ? 0 : rules.court.defence_cost;
    const double ratio = damages / (cost_patient + cost_hospital);
    const auto demand = [&](double q) { return std::max(q * damages + cost_hospital, values.patient); };
    // (SC2) first session: agreement if the hospital's walk-away value reaches the demand
    const double first = cutoff(now.patient_belief, deviation, 0, 1, ratio);
    const std::int32_t session = std::min(now.stage_since + static_cast<std::int32_t>(p.session_days), now.deadline);
    if (view.today <= session && demand(first) <= values.hospital)
      return {session, demand(first), demand(first), values.hospital};
    // (SC3) a refusal tells that the share is below q; the last demand is made on the last day from what is left
    const double last = cutoff(now.patient_belief, deviation, 0, first, ratio);
    if (demand(last) <= values.hospital) return {now.deadline, demand(last), demand(last), values.hospital};
    return {never, 0, demand(view.today <= session ? first : last), values.hospital};
  }
};

}  // namespace parley
