// Solvency: an insurer begins with capital, lives on premiums, and is ruined when its reserve is gone. Then the
// regulator makes the members refill it. Page: docs/model/solvency.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Solvency {
  static constexpr std::string_view name = "solvency";

  struct Params {
    double pool_capital = 0.5;
    double ruin_reserve = 0;
  };

  static void describe(auto& field, auto& p) {
    field("pool_capital", p.pool_capital,
          Field{"U_0", "year", 0.1, 2, "starting surplus in yearly premiums", "row 126: assumed", "C"});
    field("ruin_reserve", p.ruin_reserve,
          Field{"u_0", "year", 0, 0.5, "reserve, in yearly premiums, below which the regulator calls an insurer ruined",
                "assumed", "C"});
  }

  // (SO1) capital at the start: U_0 yearly premiums
  static double capital(double yearly_premium, const Params& p) { return p.pool_capital * yearly_premium; }

  // (SO2) ruined when U_t < u_0 yearly premiums, with U_t = U_0 + ΣP − Σclaims − expenses
  static bool ruined(double reserve, double yearly_premium, const Params& p) {
    return reserve < p.ruin_reserve * yearly_premium;
  }

  // (SO3) each of n members then pays (U_0·P − U)/n, so that the insurer stands where it began
  static double levy(double reserve, double yearly_premium, double members, const Params& p) {
    return std::max(capital(yearly_premium, p) - reserve, 0.0) / std::max(members, 1.0);
  }
};

}  // namespace parley
