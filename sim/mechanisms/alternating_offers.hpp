// Alternating offers: the two propose in turn, and who can wait gets more (Rubinstein 1982). What each could have
// elsewhere binds only where it beats the bargaining share (Binmore, Shaked and Sutton 1989).
// Page: docs/model/alternating_offers.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct AlternatingOffers {
  static constexpr std::string_view name = "alternating_offers";

  struct Params {
    double round_days = 14;
    double impatience_hospital = 0.06;
  };

  static void describe(auto& field, auto& p) {
    field("round_days", p.round_days, Field{"t_r", "day", 1, 60, "days between two offers", "assumed", "C"});
    field("impatience_hospital", p.impatience_hospital,
          Field{"r_o", "1/year", 0.03, 0.15, "hospital's discount rate at the table", "row 55: assumed", "C"});
  }

  // (AO1) worth of a unit one round later: δ = e^(−r t_r)
  static double patience(double yearly_rate, const Params& p) {
    return exponential(-yearly_rate * p.round_days / days_per_year);
  }
  // (AO2) share of the one who proposes first: (1 − δ_other)/(1 − δ_own δ_other)
  static double first_share(double own, double other) { return (1 - other) / (1 - own * other); }

  // (AO3) the pie is what the hospital would give at most; the patient proposes first and asks for the share x of
  // (AO2), or for the own walk-away value where that is more; agreement in the first round if the hospital's value
  // bears it
  static Talks plan(const DisputeView& view, const WalkAwayValues& values, const Rules& rules, const Params& p) {
    if (values.patient > values.hospital) return {never, 0, values.patient, values.hospital};
    const double share = first_share(patience(rules.customs.discount_patient, p), patience(p.impatience_hospital, p));
    const std::int32_t round =
        std::min(view.now.stage_since + static_cast<std::int32_t>(p.round_days), view.now.deadline);
    const double asked = std::max(share * values.hospital, values.patient);
    return {std::max(round, view.today), asked, asked, values.hospital};
  }
};

}  // namespace parley
