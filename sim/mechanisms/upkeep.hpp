// Upkeep: the monthly money of a district: committees' wages and premises and who pays for them, insurance premiums,
// the mutual fund, linkage and offices. Page: docs/model/upkeep.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Upkeep {
  static constexpr std::string_view name = "upkeep";

  struct Params {
    double mediator_wage = 60000;
    double office_wage = 90000;
    double officers_per_million = 1.0;
    double officers_per_centre = 1;
    double training_cost = 400;
  };

  static void describe(auto& field, auto& p) {
    field("mediator_wage", p.mediator_wage,
          Field{"w_m", "CNY/year", 30000, 120000, "full-time mediator", "row 181: assumed", "C"});
    field("office_wage", p.office_wage,
          Field{"w_o", "CNY/year", 30000, 200000, "officer of the health bureau who mediates", "assumed", "C"});
    field("officers_per_million", p.officers_per_million,
          Field{"n_o", "officer/million", 0, 20, "officers for administrative mediation per million residents",
                "assumed", "C"});
    field("officers_per_centre", p.officers_per_centre,
          Field{"n_c", "officer/centre", 0, 10, "further officers per dispute centre", "assumed", "C"});
    field("training_cost", p.training_cost,
          Field{"c_t", "CNY", 0, 5000, "cost of one training session for one mediator", "assumed", "C"});
  }

  static constexpr double months = 12;

  // (UP1) contract sum of a month: X = (B + w_m·m)/12
  static double contract_sum(double mediators, const Rules& rules, const Params& p) {
    return (rules.committee_budget + p.mediator_wage * mediators) / months;
  }
  // (UP2) what a programme costs a district in a month: c per million residents and year
  static double by_population(double yearly_cost, double population) {
    constexpr double million = 1e6;
    return yearly_cost * population / million / months;
  }
  // (UP3) training costs c_t per mediator and session
  static double training_month(double mediators, double sessions, const Params& p) {
    return p.training_cost * mediators * sessions;
  }
};

}  // namespace parley
