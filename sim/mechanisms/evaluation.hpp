// Evaluation: a committee's year in six numbers between 0 and 1, their weighted mean, and a target that may move with
// what was achieved. The results part of the contract is paid by it; contracts are renewed by it.
// Page: docs/model/evaluation.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Evaluation {
  static constexpr std::string_view name = "evaluation";

  struct Params {
    double prior_cases = 10;
    double target_days = 30;
    double prior_satisfaction = 0.5;
    double target_lessons = 0.3;
  };

  static void describe(auto& field, auto& p) {
    field("prior_cases", p.prior_cases,
          Field{"n_0", "case", 0, 100,
                "weight of the target itself in each of a committee's scores, so that one case does not decide",
                "assumed", "C"});
    field("target_days", p.target_days,
          Field{"t*", "day", 5, 120, "days from acceptance to the end of a case that score in full",
                "People's mediation rules: one month as a rule", "B"});
    field("prior_satisfaction", p.prior_satisfaction,
          Field{"z_0", "1", 0, 1, "satisfaction that is taken for granted before anybody was asked", "assumed", "C"});
    field("target_lessons", p.target_lessons,
          Field{"f*", "1", 0.01, 1, "lessons per closed case that score in full", "row 164; assumed", "C"});
  }

  // What the principal counts of a committee, over twelve months.
  struct Year {
    double closed = 0, successes = 0;   // successes as reported
    double days = 0, satisfaction = 0;  // added over the cases closed
    double broken = 0, escalated = 0, lessons = 0;
  };

  static constexpr std::size_t aspects = 6;  // success, time, satisfaction, recurrence, non-escalation, feedback
  using Scores = std::array<double, aspects>;

  // (EV1) success: min(1, r/s*), r = (S + n_0 s*)/(N + n_0) the rate and s* the committee's target
  static double success(const Year& y, double target, const Params& p) {
    return std::min(1.0, rate(y, target, p) / target);
  }
  static double rate(const Year& y, double target, const Params& p) {
    const double cases = y.closed + p.prior_cases;
    return cases > 0 ? (y.successes + p.prior_cases * target) / cases : target;
  }
  // (EV2) time: min(1, t*/mean days); (EV3) satisfaction: the mean; (EV4) recurrence: 1 − broken agreements over those
  // reported; (EV5) non-escalation: 1 − share of cases that broke out or went on to a court; (EV6) feedback: min(1,
  // lessons per case/f*); each over N + n_0 cases, of which n_0 are at the target, (EV4) over S + n_0
  static Scores scores(const Year& y, double target, const Params& p) {
    const double cases = std::max(y.closed + p.prior_cases, 1.0);
    const double days = (y.days + p.prior_cases * p.target_days) / cases;
    return {success(y, target, p),
            std::min(1.0, p.target_days / std::max(days, 1.0)),
            (y.satisfaction + p.prior_cases * p.prior_satisfaction) / cases,
            1 - std::min(1.0, y.broken / std::max(y.successes + p.prior_cases, 1.0)),
            1 - std::min(1.0, y.escalated / cases),
            std::min(1.0, (y.lessons + p.prior_cases * p.target_lessons) / cases / p.target_lessons)};
  }
  // (EV7) index: Σωs/Σω; where nothing has a weight nothing is judged, and all is well
  static double index(const Year& y, double target, const IndexTerms& weights, const Params& p) {
    const Scores score = scores(y, target, p),
                 weight = {weights.success,    weights.time,           weights.satisfaction,
                           weights.recurrence, weights.non_escalation, weights.feedback};
    double sum = 0, all = 0;
    for (std::size_t k = 0; k < score.size(); ++k) sum += weight[k] * score[k], all += weight[k];
    return all > 0 ? sum / all : 1;
  }
  // (EV8) ratchet, once a year: s* ← s* + ρ_s·max(0, r − s*), never above 1 (Weitzman 1980)
  static double next_target(const Year& y, double target, double ratchet, const Params& p) {
    return std::min(1.0, target + ratchet * std::max(0.0, rate(y, target, p) - target));
  }
  // (EV9) what is left of the index after n disturbances in the district, as its government sees them: (1 − v_d)^n
  static double unvetoed(std::int64_t disturbances, double veto) {
    return disturbances == 0 || veto == 0 ? 1 : veto >= 1 ? 0 : power(1 - veto, static_cast<double>(disturbances));
  }
};

}  // namespace parley
