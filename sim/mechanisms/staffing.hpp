// Staffing: the organisation behind a committee has people of a quality of its own, and fills a post that fell vacant
// only when it can pay for it. Page: docs/model/staffing.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Staffing {
  static constexpr std::string_view name = "staffing";

  struct Params {
    double quality_sd = 0.05;
    double opening_months = 3;
    double reserve_months = 1;
  };

  static void describe(auto& field, auto& p) {
    field("quality_sd", p.quality_sd,
          Field{"q_s", "1", 0, 0.2, "standard deviation between providers of the skill of the people they find",
                "row 194: providers differ; assumed", "C"});
    field("opening_months", p.opening_months,
          Field{"m_o", "month", 0, 12, "months of their cost that providers have in reserve at the start", "assumed",
                "C"});
    field("reserve_months", p.reserve_months,
          Field{"m_r", "month", 0, 6, "months of its cost that a provider keeps in reserve before it fills a vacancy",
                "assumed", "C"});
  }

  // (SF1) quality q = q_s·z, held within two deviations: added to the skill of whoever is hired
  static double quality(double z, const Params& p) { return p.quality_sd * std::clamp(z, -2.0, 2.0); }

  // (SF2) cost of a month: k = (B·committees + w_m·mediators)/12
  static double month(double committees, double mediators, double committee_budget, double wage) {
    constexpr double months = 12;
    return (committee_budget * committees + wage * mediators) / months;
  }

  // (SF3) a vacancy is filled where the reserve, covers m_r months with the newcomer
  static bool fills(double reserve, double month_with_newcomer, const Params& p) {
    return reserve >= p.reserve_months * month_with_newcomer;
  }
};

}  // namespace parley
