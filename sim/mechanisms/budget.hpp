// Budget: a district's money for disputes. What has to be paid is paid; programmes get what is left, by the priorities
// of its leaders.
// Page: docs/model/budget.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"
#include "sim/world/agency.hpp"

namespace parley {

struct Budget {
  static constexpr std::string_view name = "budget";

  struct Params {
    std::array<double, agency_count> priority = {1, 1, 1, 1, 1, 1, 1};
    double attention_police = 1;
  };

  static void describe(auto& field, auto& p) {
    field("priority", p.priority,
          Field{"π_k", "1", 0.1, 10, "weight of a bureau's programmes when there is too little for all",
                "design: bureaus of different weight; assumed", "C", agency_names.data()});
    field("attention_police", p.attention_police,
          Field{"π_A", "1", 0, 5, "relative rise of the weight of the police from no to full attention of leaders",
                "S2: political attention; assumed", "C"});
  }

  // (BU1) a year's budget: Y = β·(spent in the last year of the status quo); (BU2) room of a month for programmes:
  // R = (Y − spent)/(months left) − what had to be paid last month
  static double room(double budget, double spent, double months_left, double mandatory) {
    return std::max((budget - spent) / std::max(months_left, 1.0) - mandatory, 0.0);
  }

  // (BU3) each bureau is granted the share g_k = min(1, λπ_k) of what its programmes cost in full, a_k, with λ such
  // that Σ a_k g_k = R; the police weigh π(1 + π_A·attention)
  static std::array<double, agency_count> granted(const std::array<double, agency_count>& asked, double room,
                                                  double attention, const Params& p) {
    std::array<double, agency_count> weight = p.priority, share{};
    weight[static_cast<std::size_t>(AgencyKind::police)] *= 1 + p.attention_police * attention;
    const auto cost = [&](double scale) {
      double sum = 0;
      for (std::size_t k = 0; k < agency_count; ++k) sum += asked[k] * std::min(1.0, scale * weight[k]);
      return sum;
    };
    double low = 0, high = 1 / *std::min_element(weight.begin(), weight.end());
    if (cost(high) <= room) {
      share.fill(1);
      return share;
    }
    constexpr int halvings = 50;
    for (int i = 0; i < halvings; ++i) {
      const double middle = (low + high) / 2;
      (cost(middle) > room ? high : low) = middle;
    }
    for (std::size_t k = 0; k < agency_count; ++k) share[k] = std::min(1.0, low * weight[k]);
    return share;
  }
};

}  // namespace parley
