// Trial: a judge takes the case, an appraisal puts a noisy number on fault, both sides see it and may still settle;
// else there is a judgment. Win rates come out of which cases get here. Page: docs/model/trial.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Trial {
  static constexpr std::string_view name = "trial";

  struct Params {
    double duration_sigma = 0.40;
    double appraisal_sd = 0.18;
    double judge_sd = 0.25;
    double liability_threshold = 0.08;
    double association_bias = -0.10;
    double judge_days = 12;
    double judges_per_million = 1.5;
    double court_cost = 6000;
  };

  static void describe(auto& field, auto& p) {
    field("duration_sigma", p.duration_sigma,
          Field{"σ_c", "1", 0.1, 1, "log standard deviation of the time before the judge", "assumed", "C"});
    field("appraisal_sd", p.appraisal_sd,
          Field{"s_a", "1", 0.08, 0.35, "deviation of an appraiser's estimate of responsibility", "row 104: kappa 0.44",
                "B"});
    field("judge_sd", p.judge_sd,
          Field{"s_j", "1", 0.1, 0.5, "the same for a judge without appraisal", "row 104: assumed larger", "C"});
    field("liability_threshold", p.liability_threshold,
          Field{"ρ_0", "1", 0, 0.3, "estimated share below which the court finds nothing",
                "appraisal classes: slight is up to 10 %", "C"});
    field("association_bias", p.association_bias,
          Field{"b_a", "1", -0.3, 0, "medical associations' bias for the hospital, share of the entitlement",
                "row 84: Liang 2021, direction", "B"});
    field("judge_days", p.judge_days, Field{"w_j", "working day", 2, 60, "judge's work per case", "assumed", "C"});
    field("judges_per_million", p.judges_per_million,
          Field{"n_j", "judge/million", 0.2, 20, "judges for medical damage per million residents", "assumed", "C"});
    field("court_cost", p.court_cost,
          Field{"C_c", "CNY/case", 0, 50000, "public running cost of a case in court", "assumed", "C"});
  }

  static double appraiser_bias(bool judicial, const Params& p) { return judicial ? 0 : p.association_bias; }

  // A free judge takes the case: costs are paid, the appraisal is made and known, the day of judgment is set.
  static Outcome begin(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    CaseState& state = out.state;
    const CourtTerms& court = rules.court;
    const bool appraised = draw.chance(0, court.appraisal_use),
               judicial = draw.chance(1, court.appraisal_judicial_share);
    // (TR1) time before the judge: lognormal with the mean that appraisals leave of t_c, (t_c − u_a·t_a)⁺; what a
    // handed-over file holds of the appraisal need not be done again: t_a(1 − v)
    const double mean = std::max(court.duration_mean - court.appraisal_use * court.appraisal_time, 0.0);
    const double days =
        mean * exponential(p.duration_sigma * draw.normal(2) - p.duration_sigma * p.duration_sigma / 2) +
        (appraised ? court.appraisal_time * (1 - state.evidence) : 0);
    state.deadline = view.today + std::max(static_cast<std::int32_t>(days), 1);
    // (TR2) the appraisal x = ρ(1 + b_a) + s_a z moves both beliefs as firm evidence
    if (appraised) {
      const double estimate = std::clamp(
          view.injury.responsibility * (1 + appraiser_bias(judicial, p)) + p.appraisal_sd * draw.normal(3), 0.0, 1.0);
      const double weight = 1 / (p.appraisal_sd * p.appraisal_sd);
      persuade(state, estimate, weight);
      const double fee = judicial ? court.appraisal_fee_judicial : court.appraisal_fee_association;
      share(out, view, Role::experts, fee * (1 - state.evidence), Reason::appraisal_fee);
    }
    out.pay(Role::government, Role::court, Money::yuan(p.court_cost), Reason::court_cost);
    return out.move(Stage::trial, 0, view.today);
  }

  // (TR3) award = x·D where the court's own estimate x reaches ρ_0, else nothing; the estimate is the appraisal's if
  // there was one, so it uses the same draws
  static Outcome judge(const DisputeView& view, const Rules& rules, const Params& p, const Draw& draw) {
    Outcome out(view.now);
    const bool appraised = draw.chance(0, rules.court.appraisal_use),
               judicial = draw.chance(1, rules.court.appraisal_judicial_share);
    const double deviation = appraised ? p.appraisal_sd : p.judge_sd;
    const double bias = appraised ? appraiser_bias(judicial, p) : 0;
    const double estimate = std::clamp(view.injury.responsibility * (1 + bias) + deviation * draw.normal(3), 0.0, 1.0);
    if (estimate < p.liability_threshold) return out.close(CaseOutcome::dismissed, view.today);
    out.state.agreed = estimate * view.injury.damages;
    out.state.outcome = CaseOutcome::judgment;
    out.state.closed = view.today;
    return out.move(Stage::payment, 0, view.today);
  }

  // (TR4) filing: the patient pays the court fee and the lawyer's fixed part, less what legal aid bears; the hospital
  // its defence
  static Outcome file(const DisputeView& view, const Rules& rules) {
    Outcome out(view.now);
    const double claimed = view.now.patient_belief * view.injury.damages;
    share(out, view, Role::court, rules.court.court_fee(claimed), Reason::court_fee);
    share(out, view, Role::lawyers, rules.court.lawyer_fixed, Reason::lawyer_fee);
    out.pay(Role::hospital, Role::lawyers, Money::yuan(rules.court.defence_cost), Reason::defence_cost);
    return out;
  }

 private:
  // The patient's cost, of which legal aid bears its part.
  static void share(Outcome& out, const DisputeView& view, Role to, double amount, Reason reason) {
    const Money all = Money::yuan(amount), covered = all.share(view.now.cost_cover);
    out.pay(Role::patient, to, all - covered, reason);
    // A court fee that is waived is no cost besides the court's own.
    out.pay(Role::government, to, covered, reason == Reason::court_fee ? reason : Reason::legal_aid_cost);
  }
};

}  // namespace parley
