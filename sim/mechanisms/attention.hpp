// Attention: leaders look where there was trouble, and look away again. Enough of it in a district reaches the city,
// and enough there the province; what is above looks down again. Page: docs/model/attention.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Attention {
  static constexpr std::string_view name = "attention";

  struct Params {
    double attention_halflife = 180;
    double shock_disturbance = 0.05;
    double shock_assault = 0.3;
    double shock_petition = 0.02;
    double report_threshold = 0.4;
    double report_share = 0.5;
    double from_above = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("attention_halflife", p.attention_halflife,
          Field{"t_L", "day", 30, 720, "half-life of political attention after a shock", "row 179: S2, S3, assumed",
                "C"});
    field("shock_disturbance", p.shock_disturbance,
          Field{"L_d", "1", 0, 1, "attention that a disturbance draws", "assumed", "C"});
    field("shock_assault", p.shock_assault,
          Field{"L_a", "1", 0, 1, "attention that one with injured people draws", "assumed", "C"});
    field("shock_petition", p.shock_petition,
          Field{"L_p", "1", 0, 1, "attention that a petition draws", "assumed", "C"});
    field("report_threshold", p.report_threshold,
          Field{"L_0", "1", 0, 1, "attention from which a level reports to the one above", "assumed", "C"});
    field("report_share", p.report_share,
          Field{"L_r", "1", 0, 1, "part of what is above the threshold that arrives there", "assumed", "C"});
    field("from_above", p.from_above,
          Field{"L_u", "1", 0, 1, "weight of the attention of city and province for a district", "assumed", "C"});
  }

  // (AT1) A ← A·2^(−days/t_L); a shock joins as 1 − (1 − A)(1 − L)
  static double left(double stock, double days, const Params& p) {
    return stock == 0 || days == 0 ? stock : stock * power(2, -days / p.attention_halflife);
  }
  static double joined(double left, double shock) { return 1 - (1 - left) * (1 - std::clamp(shock, 0.0, 1.0)); }
  // (AT2) shocks: L_d or L_a by a disturbance, L_p by a petition, A_s by
  // leaders who speak or come, which stays in the district
  static double after_disturbance(bool assault, const Params& p) {
    return assault ? p.shock_assault : p.shock_disturbance;
  }
  static double after_petition(const Params& p) { return p.shock_petition; }
  // (AT3) what a level has to report is L_r·max(0, A − L_0); a shock reports as much as it adds to that
  static double passed_on(double stock, const Params& p) {
    return p.report_share * std::max(stock - p.report_threshold, 0.0);
  }
  // (AT4) attention at work in a district: 1 − (1 − A_d)(1 − L_u A_c)(1 − L_u A_p)
  static double total(double own, double city, double province, const Params& p) {
    return 1 - (1 - own) * (1 - p.from_above * city) * (1 - p.from_above * province);
  }
};

}  // namespace parley
