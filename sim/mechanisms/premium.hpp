// Premium: what a hospital pays for cover. Its own history counts as far as it is credible (Bühlmann) and as far as the
// insurer rates at all; the level of all premiums follows the insurer's results and reserves, late, so it can cycle.
// Page: docs/model/premium.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Premium {
  static constexpr std::string_view name = "premium";

  struct Params {
    double experience_k = 8;
    double factor_low = 0.5;
    double factor_high = 3;
    double loss_ratio_target = 0.57;
    double reserve_target = 0.5;
    double adjustment_speed = 0.4;
    double capacity_weight = 0.3;
    double largest_step = 0.25;
  };

  static void describe(auto& field, auto& p) {
    field("experience_k", p.experience_k,
          Field{"k_B", "institution-year", 2, 40, "years of history that weigh as much as the class",
                "row 124: weak prediction by history", "B"});
    field("factor_low", p.factor_low,
          Field{"f_-", "1", 0.1, 1, "lowest factor of experience rating (bonus)", "assumed", "C"});
    field("factor_high", p.factor_high,
          Field{"f_+", "1", 1, 10, "highest factor of experience rating (malus)", "assumed", "C"});
    field("loss_ratio_target", p.loss_ratio_target,
          Field{"λ*", "1", 0.35, 0.8, "loss ratio at which an insurer leaves its premiums as they are",
                "row 120: Guizhou 0.43, Chongqing over 0.70", "A"});
    field("reserve_target", p.reserve_target,
          Field{"u*", "year", 0.05, 3, "reserve, in yearly premiums, at which it feels free to write",
                "row 126: starting surplus; assumed", "C"});
    field("adjustment_speed", p.adjustment_speed,
          Field{"a_P", "1/year", 0, 2, "part of the gap to the needed level that one yearly review closes",
                "Richardson and Senge 1989 name the loop; assumed", "C"});
    field("capacity_weight", p.capacity_weight,
          Field{"c_P", "1", 0, 2, "how far scarce reserves raise the needed level",
                "Richardson and Senge 1989 name the loop; assumed", "C"});
    field("largest_step", p.largest_step,
          Field{"s_P", "1", 0.02, 1, "largest change of the level in one review, as a logarithm", "assumed", "C"});
  }

  // (PM1) experience: Z = n/(n + k_B); factor 1 + s_r·Z·(x̄/μ − 1), between f_- and f_+, with x̄ the hospital's own paid
  // claims a year, μ those of the class, s_r the strength of rating in force
  static double factor(double claims_paid, double years, double class_mean, double strength, const Params& p) {
    if (years <= 0 || class_mean <= 0) return 1;
    const double credibility = years / (years + p.experience_k);
    const double relative = claims_paid / years / class_mean;
    return std::clamp(1 + strength * credibility * (relative - 1), p.factor_low, p.factor_high);
  }

  // (PM2) level: ln L ← ln L + a_P·[ln(λ/λ*) + c_P·(1 − u/u*)], bounded by ±s_P; λ the loss ratio of the last year,
  // u the reserve in yearly premiums
  static double level(double level, double loss_ratio, double reserve_over_premium, const Params& p) {
    constexpr double least_loss_ratio = 0.01;  // a year without claims still says something
    const double losses = logarithm(std::max(loss_ratio, least_loss_ratio) / p.loss_ratio_target);
    const double scarcity = p.capacity_weight * (1 - reserve_over_premium / p.reserve_target);
    const double step = std::clamp(p.adjustment_speed * (losses + scarcity), -p.largest_step, p.largest_step);
    return level * exponential(step);
  }
  // (PM3) what the regulator lets pass of a factor that was f before: at most f(1 + x_r)
  static double filed(double before, double factor, double rise_limit) {
    return std::min(factor, before * (1 + rise_limit));
  }
};

}  // namespace parley
