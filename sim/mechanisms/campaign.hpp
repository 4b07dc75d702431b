// Campaign: what people have heard of mediation. Campaigns add to it, time takes it away.
// Page: docs/model/campaign.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Campaign {
  static constexpr std::string_view name = "campaign";

  struct Params {
    double reach = 0.10;
    double halflife = 180;
    double cost_per_resident = 0.3;
  };

  static void describe(auto& field, auto& p) {
    field("reach", p.reach,
          Field{"r_c", "1/month", 0, 0.5, "share of those who know nothing whom a full campaign reaches in a month",
                "assumed", "C"});
    field("halflife", p.halflife,
          Field{"t_c", "day", 30, 1000, "half-life of what a campaign left behind", "assumed", "C"});
    field("cost_per_resident", p.cost_per_resident,
          Field{"c_c", "CNY/(person*year)", 0, 10, "cost of a full campaign", "assumed", "C"});
  }

  // (CG1) a month: s ← s·2^(−30.4/t_c) + r_c·P_c(1 − s·2^(−30.4/t_c)), the share of those who would not know and have
  // heard
  static double month(double heard, double publicity, const Params& p) {
    const double left = heard * power(2, -days_per_month / p.halflife);
    return left + p.reach * publicity * (1 - left);
  }
  // (CG2) somebody knows of mediation with w_a + (1 − w_a)s
  static double aware(double awareness, double heard) { return awareness + (1 - awareness) * heard; }
  // (CG3) cost of a month: c_c·P_c per resident and year
  static double month_cost(double publicity, double population, const Params& p) {
    constexpr double months = 12;
    return p.cost_per_resident * publicity * population / months;
  }
};

}  // namespace parley
