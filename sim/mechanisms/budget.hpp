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
    double attention_budget = 0.2;
    double own_aims = 1;
  };

  static void describe(auto& field, auto& p) {
    field("priority", p.priority,
          Field{"π_k", "1", 0.1, 10, "weight of a bureau's programmes when there is too little for all",
                "design: bureaus of different weight; assumed", "C", agency_names.data()});
    field("attention_police", p.attention_police,
          Field{"π_A", "1", 0, 5, "relative rise of the weight of the police from no to full attention of leaders",
                "S2: political attention; assumed", "C"});
    field("attention_budget", p.attention_budget,
          Field{"π_Y", "1", 0, 1, "relative rise of the year's budget from no to full attention of leaders",
                "S2: political attention; assumed", "C"});
    field("own_aims", p.own_aims,
          Field{"π_o", "1", 0, 5, "relative rise of a bureau's weight when the figure that it answers for doubles",
                "S2: each speaks by its own situation; assumed", "C"});
  }

  using PerBureau = std::array<double, agency_count>;

  // (BU1) a year's budget: Y = β·(spent in the last year of the status quo)·(1 + π_Y·attention)
  static double year(double limit, double customary, double attention, const Params& p) {
    return limit * customary * (1 + p.attention_budget * attention);
  }
  // (BU2) room of a month for programmes: R = (Y − spent)/(months left) − what had to be paid last month
  static double room(double budget, double spent, double months_left, double mandatory) {
    return std::max((budget - spent) / std::max(months_left, 1.0) - mandatory, 0.0);
  }

  // What each bureau answers for, x_k, as published last month: leaders for petitions, health for new disputes, justice
  // for open ones, the police and comprehensive management for disturbances; the others for none of these.
  static PerBureau own_figures(const PublicView& seen) {
    PerBureau figure{};
    const auto of = [&](AgencyKind kind) -> double& { return figure[static_cast<std::size_t>(kind)]; };
    of(AgencyKind::leadership) = static_cast<double>(seen.petitions_last_month);
    of(AgencyKind::health) = static_cast<double>(seen.disputes_last_month);
    of(AgencyKind::justice) = static_cast<double>(seen.open_disputes);
    of(AgencyKind::police) = static_cast<double>(seen.disturbances_last_month);
    of(AgencyKind::comprehensive_management) = static_cast<double>(seen.disturbances_last_month);
    return figure;
  }
  // (BU3) what a bureau is used to follows by a twelfth a month: x̄_k ← x̄_k + (x_k − x̄_k)/12
  static double usual(double before, double figure) {
    constexpr double months = 12;
    return before + (figure - before) / months;
  }
  // (BU4) weights: w_k = π_k·[1 + π_o(x_k − x̄_k)⁺/(x̄_k + 1)], a bureau presses for its programmes where its own figure
  // is worse than usual; the police's times (1 + π_A·attention)
  static PerBureau weights(const PerBureau& figure, const PerBureau& usual, double attention, const Params& p) {
    PerBureau weight = p.priority;
    for (std::size_t k = 0; k < agency_count; ++k)
      weight[k] *= 1 + p.own_aims * std::max(figure[k] - usual[k], 0.0) / (usual[k] + 1);
    weight[static_cast<std::size_t>(AgencyKind::police)] *= 1 + p.attention_police * attention;
    return weight;
  }

  // (BU5) each bureau is granted the share g_k = min(1, λw_k) of what its programmes cost in full, a_k, with λ such
  // that Σ a_k g_k = R
  static PerBureau granted(const PerBureau& asked, double room, const PerBureau& weight) {
    PerBureau share{};
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
