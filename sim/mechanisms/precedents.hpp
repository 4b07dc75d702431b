// Precedents: a case database. Closed and well documented files of the same kind narrow the next estimate, and lose
// their worth with the years. Page: docs/model/precedents.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Precedents {
  static constexpr std::string_view name = "precedents";

  struct Params {
    double database_effect = 0.30;
    double cases_half = 5;
    double relevance_halflife = 4;
    double document_reference = 1;
  };

  static void describe(auto& field, auto& p) {
    field("database_effect", p.database_effect,
          Field{"v_d", "1", 0, 0.4, "share of an estimate's variance that any number of precedents removes",
                "row 94: S0", "C"});
    field("cases_half", p.cases_half,
          Field{"n_½", "case", 0.5, 200, "similar cases that remove half of it", "assumed", "C"});
    field("relevance_halflife", p.relevance_halflife,
          Field{"t_d", "year", 0.5, 30, "half-life of a precedent", "assumed", "C"});
    field("document_reference", p.document_reference,
          Field{"e_d1", "day", 0.1, 10, "days on the file at which two thirds of files can be used again", "assumed",
                "C"});
  }

  // (PD1) variance removed by n similar cases: v_d·n/(n + n_½)
  static double share(double cases, const Params& p) { return p.database_effect * cases / (cases + p.cases_half); }
  // (PD2) a stock of cases keeps n·2^(−years/t_d)
  static double kept(double cases, double years, const Params& p) {
    return cases == 0 || years == 0 ? cases : cases * power(2, -years / p.relevance_halflife);
  }
  // (PD3) a file can be used again with 1 − e^(−e_d/e_d1), e_d the days that went into it
  static Outcome documented(const DisputeView& view, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    out.precedent = draw.chance(3, 1 - exponential(-view.now.document_days / p.document_reference));
    return out;
  }
};

}  // namespace parley
