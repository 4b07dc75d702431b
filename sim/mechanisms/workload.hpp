// Workload: how full a hospital is. A full house makes mistakes; people stay away from a town where everybody has just
// heard of trouble. Page: docs/model/workload.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Workload {
  static constexpr std::string_view name = "workload";

  struct Params {
    double bed_occupancy = 0.85;
    double occupancy_sd = 0.06;
    double workload_slope = 1.5;
    double workload_threshold = 0.85;
    double season_amplitude = 0.05;
    double avoidance = 0.2;
    double stay_days = 9;
  };

  static void describe(auto& field, auto& p) {
    field("bed_occupancy", p.bed_occupancy,
          Field{"ō", "1", 0.7, 1.05, "mean occupancy of beds",
                "row 14: 86 % of public hospital beds in 2023, mid-2010s higher", "B"});
    field("occupancy_sd", p.occupancy_sd,
          Field{"s_o", "1", 0, 0.15, "standard deviation of the usual occupancy between hospitals", "assumed", "C"});
    field("workload_slope", p.workload_slope,
          Field{"c_o", "1", 0, 4, "rise of the event rate per unit of occupancy above the threshold", "row 15: assumed",
                "C"});
    field("workload_threshold", p.workload_threshold,
          Field{"o_0", "1", 0.7, 1, "occupancy above which the rate rises", "domain 2.8: 85 to 90 %", "C"});
    field("season_amplitude", p.season_amplitude,
          Field{"a_o", "1", 0, 0.2, "relative height of the winter above the year's mean", "assumed", "C"});
    field("avoidance", p.avoidance,
          Field{"v_o", "1", 0, 1, "relative fall of occupancy where everybody has just heard of a disturbance",
                "assumed", "C"});
    field("stay_days", p.stay_days,
          Field{"t_b", "day", 3, 20, "mean length of stay", "communiques, about nine days (from memory)", "A*"});
  }

  static constexpr double fullest = 1.2;  // beds in the corridors, no more

  // (WL1) usual occupancy of a hospital: ō + s_o z, between 0 and what fits
  static double usual(double z, const Params& p) {
    return std::clamp(p.bed_occupancy + p.occupancy_sd * z, 0.0, fullest / (1 + p.season_amplitude));
  }
  // (WL2) season: a straight line up to January and down to July, mean 1, highest 1 + a_o
  static double season(std::size_t month_of_year, const Params& p) {
    constexpr double half_year = 6;
    const double from_january =
        std::min(static_cast<double>(month_of_year), 2 * half_year - static_cast<double>(month_of_year));
    return 1 + p.season_amplitude * (1 - 2 * from_january / half_year);
  }
  // (WL3) occupancy o = usual·season·(1 − v_o M), M the media field; never above `most`
  static double occupancy(double usual, double media, std::size_t month_of_year, const Params& p) {
    return usual * season(month_of_year, p) * (1 - p.avoidance * std::clamp(media, 0.0, 1.0));
  }
  static double most(double usual, const Params& p) { return usual * (1 + p.season_amplitude); }

  // (WL4) the event rate is multiplied by 1 + c_o·max(0, o − o_0)
  static double factor(double occupancy, const Params& p) {
    return 1 + p.workload_slope * std::max(0.0, occupancy - p.workload_threshold);
  }
  // (WL5) beds = admissions a day · t_b / usual occupancy
  static double beds(double admissions_per_day, double usual, const Params& p) {
    constexpr double least = 0.1;
    return admissions_per_day * p.stay_days / std::max(usual, least);
  }

  // (WL6) hospital care of a month over that of the month before: (1 + g_a 2^(−t/t_a))^(1/12) after t years, beds and
  // revenue with it
  static double growth_of_a_month(double first_year, double halving, double years) {
    constexpr double months = 12;
    return first_year == 0 || years < 0 ? 1 : power(1 + first_year * power(2, -years / halving), 1 / months);
  }
  // (WL7) it never exceeds (1 + g_a)^(1/12) e^(g_a t_a/ln 2) times that of the start: growth goes by steps, which are a
  // month ahead of the curve
  static double most_growth(double first_year, double halving) {
    constexpr double months = 12;
    const double grows = std::max(first_year, 0.0);
    return power(1 + grows, 1 / months) * exponential(grows * halving / logarithm(2));
  }
};

}  // namespace parley
