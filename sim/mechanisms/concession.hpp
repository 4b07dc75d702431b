// Concession: the demand falls and the offer rises with the clock until they cross or time runs out (Faratin, Sierra
// and Jennings 1998). Page: docs/model/concession.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Concession {
  static constexpr std::string_view name = "concession";

  struct Params {
    double opening_share = 0.30;
    double concession_patient = 0.8;
    double concession_hospital = 0.5;
    double concession_start = 0.05;
    double aggressive_hold = 0.6;
  };

  static void describe(auto& field, auto& p) {
    field("opening_share", p.opening_share,
          Field{"o_h", "1", 0, 1, "hospital's first offer over its walk-away value", "assumed", "C"});
    field("concession_patient", p.concession_patient,
          Field{"β_p", "1", 0.1, 3, "patient's concession shape; below 1 holds out", "row 56: Faratin 1998", "C"});
    field("concession_hospital", p.concession_hospital,
          Field{"β_h", "1", 0.1, 3, "hospital's concession shape", "row 56: same", "C"});
    field("concession_start", p.concession_start,
          Field{"k", "1", 0, 0.5, "part conceded at the first meeting", "Faratin 1998; assumed", "C"});
    field("aggressive_hold", p.aggressive_hold,
          Field{"β_v", "1", 0.1, 1, "factor on β_p where an aggressive lawyer speaks for the patient", "assumed", "C"});
  }

  // (CN1) offer(s) = start + (reserve − start)[k + (1 − k)s^(1/β)], s the part of the time that is gone
  static double offer(double start, double reserve, double beta, double gone, const Params& p) {
    return start + (reserve - start) * (p.concession_start + (1 - p.concession_start) * power(gone, 1 / beta));
  }

  static Talks plan(const DisputeView& view, const WalkAwayValues& values, const Rules&, const Params& p) {
    const CaseState& now = view.now;
    // (CN2) the patient starts from the demand, the hospital from o_h of its walk-away value
    const double first_demand = std::max(now.demand, values.patient), first_offer = p.opening_share * values.hospital;
    const double beta = p.concession_patient * (now.counsel == Counsel::aggressive ? p.aggressive_hold : 1);
    const double span = std::max(now.deadline - now.stage_since, 1);
    const auto asked = [&](std::int32_t day) {
      return offer(first_demand, values.patient, beta, (day - now.stage_since) / span, p);
    };
    const auto offered = [&](std::int32_t day) {
      return offer(first_offer, values.hospital, p.concession_hospital, (day - now.stage_since) / span, p);
    };
    // (CN3) agreement on the first day on which the demand is not above the offer, at the middle of the two
    const std::int32_t today = std::min(view.today, now.deadline);
    if (asked(now.deadline) > offered(now.deadline)) return {never, 0, asked(today), offered(today)};
    std::int32_t low = today, high = now.deadline;
    while (low < high) {
      const std::int32_t middle = low + (high - low) / 2;
      if (asked(middle) <= offered(middle))
        high = middle;
      else
        low = middle + 1;
    }
    return {high, (asked(high) + offered(high)) / 2, asked(today), offered(today)};
  }
};

}  // namespace parley
