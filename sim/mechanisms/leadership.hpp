// Leadership: leaders come and go. A policy that was theirs may go with them, until somebody has learned it again.
// Page: docs/model/leadership.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Leadership {
  static constexpr std::string_view name = "leadership";

  struct Params {
    double tenure = 4;
    double relearning_months = 12;
  };

  static void describe(auto& field, auto& p) {
    field("tenure", p.tenure,
          Field{"t_l", "year", 1, 15, "mean time that the leaders of a district stay",
                "county leaders: three to four years (from memory)", "A*"});
    field("relearning_months", p.relearning_months,
          Field{"m_l", "month", 1, 60, "months until a policy that was dropped is taken up again", "assumed", "C"});
  }

  // (LD1) leaders change in a month with 1 − e^(−1/(12 t_l)); (LD2) with 1 − μ_i the policy lapses then: the district
  // goes back to what was customary, for m_l months; what has lapsed cannot lapse again
  static bool lapses(double memory, const Params& p, const Draw& draw) {
    constexpr double months = 12;
    return draw.chance(0, 1 - exponential(-1 / (months * p.tenure))) && !draw.chance(1, memory);
  }
};

}  // namespace parley
