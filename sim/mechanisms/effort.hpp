// Effort: each mediator splits the working day over talks, investigation and the file, as best response to contract and
// mission. What is paid by the piece pulls effort toward what is counted and away from what is not (Holmström and
// Milgrom 1991).
// Page: docs/model/effort.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

enum class Task : std::uint8_t { resolve, investigate, document };
inline constexpr std::size_t task_count = 3;
inline constexpr std::array<const char*, task_count> task_names = {"resolve", "investigate", "document"};

struct Effort {
  static constexpr std::string_view name = "effort";

  struct Params {
    std::array<double, task_count> customary_days = {3, 2, 1};
    double substitution = 0.5;
    std::array<double, task_count> success_slope = {0.05, 0, 0.05};
    std::array<double, task_count> mission_slope = {0.04, 0.06, 0};
    double mission_mean = 800;
    double mission_sigma = 0.5;
    double haste_slope = 0.02;
    double least_share = 0.3;
    double most_share = 3;
  };

  static void describe(auto& field, auto& p) {
    field("customary_days", p.customary_days,
          Field{"ē_j", "day/case", 0.2, 12, "days per case on each task under the customary contract",
                "row 73: six days; split assumed", "C", task_names.data()});
    field("substitution", p.substitution,
          Field{"k", "1", 0, 0.95, "how far tasks compete for the same attention",
                "Holmstrom and Milgrom 1991; size assumed", "C"});
    field("success_slope", p.success_slope,
          Field{"θ_j", "1/day", 0, 0.3, "rise of a paid success per day on each task, as mediators see it", "assumed",
                "C", task_names.data()});
    field("mission_slope", p.mission_slope,
          Field{"μ_j", "1/day", 0, 0.3, "rise of a good solution per day on each task, as mediators see it", "assumed",
                "C", task_names.data()});
    field("mission_mean", p.mission_mean,
          Field{"γ", "CNY/case", 0, 4000, "median value of a case well solved", "row 188: assumed", "C"});
    field("mission_sigma", p.mission_sigma,
          Field{"σ_γ", "1", 0, 1.5, "its log standard deviation between mediators", "assumed", "C"});
    field("haste_slope", p.haste_slope,
          Field{"λ_t", "1/day", 0, 0.3, "fall of the score for short handling per day of work, as mediators see it",
                "assumed", "C"});
    field("least_share", p.least_share,
          Field{"e_0", "1", 0, 1, "least effort that procedure demands, share of the customary", "assumed", "C"});
    field("most_share", p.most_share,
          Field{"e_1", "1", 1, 6, "most effort that a case can take, over the customary",
                "30 working days for a mediation, several cases at a time; assumed", "C"});
  }

  // Days per case under the customary contract, all tasks.
  static double customary(const Params& p) {
    double days = 0;
    for (const double of_task : p.customary_days) days += of_task;
    return days;
  }

  // What moves a mediator's effort besides the mission.
  struct Incentives {
    double success = 0, quality = 0, haste = 0;  // yuan per paid success, per good solution, per case
  };
  // (EF1) b = φ[f_s(1 − f_f) + ω̂_s(1 − ρ_s)(1 − g)w_k/s*] for one more paid success, s* the committee's target, which a
  // ratchet moves and so takes back its part next year (Weitzman 1980); q = φ(ω̂_z + ω̂_r + ω̂_e)(1 − g)w_k for a good
  // solution and h = φω̂_t(1 − g)w_k for a short case, ω̂ = ω/Σω the weights of the evaluation
  static Incentives incentives(const ContractTerms& pay, const IndexTerms& index, double ratchet, double target,
                               const Customs& customs) {
    const double results = results_part(pay, index, customs);
    return {customs.pass_through * (pay.pay_per_success * (1 - pay.pay_failed_share) +
                                    results_worth(pay, index, ratchet, target, customs)),
            customs.pass_through * (index.satisfaction + index.recurrence + index.non_escalation) * results,
            customs.pass_through * index.time * results};
  }

  // (EF2) best response with cost ½e′Ke about the custom, K = (c/ē)[(1 − k)I + k11′]:
  // e_j = ē_j + [Δ_j − k ΣΔ/(1 + (n − 1)k)]·ē/(c(1 − k)), Δ_j = θ_j(b − b̄) + μ_j[(γ_i − γ) + (q − q̄)] − λ_t(h − h̄)
  static std::array<double, task_count> decide(const Rules& rules, double mission, double target, const Params& p) {
    const Customs& customs = rules.customs;
    const Incentives now = incentives(rules.contract, rules.index, rules.target_ratchet, target, customs),
                     before = incentives(rules.customary_contract, rules.customary_index, rules.customary_ratchet,
                                         customs.target_success, customs);
    double total = 0, sum = 0;
    std::array<double, task_count> gain{};
    for (std::size_t j = 0; j < task_count; ++j) {
      gain[j] = p.success_slope[j] * (now.success - before.success) +
                p.mission_slope[j] * (mission - p.mission_mean + now.quality - before.quality) -
                p.haste_slope * (now.haste - before.haste);
      sum += gain[j];
      total += p.customary_days[j];
    }
    const double shared = p.substitution * sum / (1 + (task_count - 1) * p.substitution);
    const double scale = total / (customs.effort_cost * (1 - p.substitution));
    std::array<double, task_count> days{};
    for (std::size_t j = 0; j < task_count; ++j)
      days[j] = std::clamp(p.customary_days[j] + (gain[j] - shared) * scale, p.least_share * p.customary_days[j],
                           p.most_share * p.customary_days[j]);  // (EF3)
    return days;
  }
};

}  // namespace parley
