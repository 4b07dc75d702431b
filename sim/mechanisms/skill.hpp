// Skill: mediators know law and medicine, learn both from training and cases, and forget.
// Page: docs/model/skill.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Skill {
  static constexpr std::string_view name = "skill";

  struct Params {
    double skill_law = 0.55;
    double skill_medicine = 0.35;
    double skill_sd = 0.10;
    double skill_most = 0.95;
    double training_gain = 0.05;
    double initial_training_gain = 0.25;
    double case_learning = 0.008;
    double skill_decay = 0.20;
  };

  static void describe(auto& field, auto& p) {
    field("skill_law", p.skill_law,
          Field{"k_l", "1", 0.1, 0.9, "mean legal skill of practising mediators", "row 77: S4", "C"});
    field("skill_medicine", p.skill_medicine,
          Field{"k_m", "1", 0.1, 0.9, "mean medical skill of practising mediators", "row 77: S4", "C"});
    field("skill_sd", p.skill_sd,
          Field{"k_s", "1", 0, 0.3, "standard deviation of each between newcomers, before they are trained", "assumed",
                "C"});
    field("skill_most", p.skill_most,
          Field{"k_+", "1", 0.5, 1, "skill that nobody passes", "domain 2.14: assumed", "C"});
    field("training_gain", p.training_gain,
          Field{"λ_t", "1", 0, 0.15, "share of the gap closed per session", "row 196: assumed", "C"});
    field("initial_training_gain", p.initial_training_gain,
          Field{"λ_0", "1", 0, 0.5, "share of the gap closed at entry", "row 197: S4, assumed", "C"});
    field("case_learning", p.case_learning,
          Field{"λ_c", "1", 0, 0.03, "share of the gap closed per case", "row 198: assumed", "C"});
    field("skill_decay", p.skill_decay,
          Field{"δ_k", "1/year", 0, 0.4, "forgetting toward what a newcomer brings",
                "row 200: up to 0.2; assumed larger, toward entry skill", "C"});
  }

  struct Skills {
    double law = 0, medicine = 0;
  };

  // (SK1) a gap closes by a share: s ← s + λ(k_+ − s)
  static double closer(double skill, double share, const Params& p) {
    return skill + share * std::max(p.skill_most - skill, 0.0);
  }
  static Skills after_case(Skills s, const Params& p) {
    return {closer(s.law, p.case_learning, p), closer(s.medicine, p.case_learning, p)};
  }
  // (SK2) newcomers: such that the first training (λ_0) leads to the mean of those who practise:
  // (k − λ_0 k_+)/(1 − λ_0) + k_s z, then (SK1) with λ_0
  static double untrained(double mean, const Params& p) {
    return std::max((mean - p.initial_training_gain * p.skill_most) / (1 - p.initial_training_gain), 0.0);
  }
  static Skills newcomer(double z_law, double z_medicine, double quality, const Params& p) {
    const auto trained = [&](double mean, double z) {
      return closer(std::clamp(untrained(mean, p) + p.skill_sd * z, 0.0, p.skill_most), p.initial_training_gain, p);
    };
    return {trained(p.skill_law + quality, z_law), trained(p.skill_medicine + quality, z_medicine)};
  }
  // (SK3) a month: sessions/12 trainings of λ_t, and δ_k/12 of what is above the untrained level is forgotten
  static Skills month(Skills s, double sessions_a_year, double quality, const Params& p) {
    constexpr double months = 12;
    const auto one = [&](double skill, double mean) {
      const double trained = closer(skill, std::min(p.training_gain * sessions_a_year / months, 1.0), p);
      return trained - p.skill_decay / months * std::max(trained - untrained(mean, p), 0.0);
    };
    return {one(s.law, p.skill_law + quality), one(s.medicine, p.skill_medicine + quality)};
  }
  // (SK4) of n_k candidates the one with the most law and medicine together is taken
  static Skills chosen(const Draw& draw, std::uint32_t first_other, double candidates, double quality,
                       const Params& p) {
    Skills best = newcomer(draw.normal(0), draw.normal(1), quality, p);
    constexpr double half = 0.5;  // of a person is one, and less is nobody
    for (std::uint32_t other = 1; other + half <= candidates; ++other) {
      const std::uint32_t position = first_other + 2 * (other - 1);
      const Skills next = newcomer(draw.normal(position), draw.normal(position + 1), quality, p);
      if (next.law + next.medicine > best.law + best.medicine) best = next;
    }
    return best;
  }
};

}  // namespace parley
