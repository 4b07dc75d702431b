// Tender: providers bid for a contract with a price and a quality; who is chosen runs the committees until the contract
// ends. Whoever pays less finds worse people and loses them sooner.
// Page: docs/model/tender.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Tender {
  static constexpr std::string_view name = "tender";

  struct Params {
    double bidders = 2;
    double cost_low = 0.8;
    double cost_high = 1.1;
    double staff_kept = 0.6;
    double wage_skill = 0.3;
    double wage_turnover = 3;
    double exit_months = 6;
  };

  static void describe(auto& field, auto& p) {
    field("bidders", p.bidders,
          Field{"n_b", "provider", 1, 6, "newcomers who bid for a contract", "row 194: assumed", "C"});
    field("cost_low", p.cost_low,
          Field{"c_-", "1", 0.5, 1, "lowest cost of a provider over the standard cost of the service", "assumed", "C"});
    field("cost_high", p.cost_high, Field{"c_+", "1", 1, 1.5, "highest cost", "assumed", "C"});
    field("staff_kept", p.staff_kept,
          Field{"k_s", "1", 0, 1, "mediators whom a new provider takes over", "assumed", "C"});
    field(
        "wage_skill", p.wage_skill,
        Field{"s_w", "1", 0, 1, "fall of the skill of newcomers per unit of wage below the standard", "assumed", "C"});
    field(
        "wage_turnover", p.wage_turnover,
        Field{"τ_w", "1", 0, 8, "rise of the log rate of leaving per unit of wage below the standard", "assumed", "C"});
    field(
        "exit_months", p.exit_months,
        Field{"m_x", "month", 1, 36, "months of its cost that a provider can owe before it gives up", "assumed", "C"});
  }

  struct Bid {
    double quality = 0;  // q, added to the skill of its people
    double cost = 1;     // c, over the standard cost; what it pays its people
    double price = 1;    // b, over the standard cost
  };

  // (TD1) a newcomer: quality q, cost c even in [c_−, c_+]; (TD2) in a sealed bid of n at the first price, with costs
  // even on an interval, everybody asks b = c + (c_+ − c)/n (Krishna 2010, ch. 2, for buying): the equilibrium where
  // the price alone counts, taken as a rule of thumb where quality counts too
  static Bid bid(double quality, double uniform, double bidders, const Params& p) {
    const double cost = p.cost_low + uniform * (p.cost_high - p.cost_low);
    return {quality, cost, cost + std::max(p.cost_high - cost, 0.0) / std::max(bidders, 1.0)};
  }
  // (TD3) points: ω_p(c_+ − b)/(c_+ − c_−) + (1 − ω_p)Φ(q/q_s)
  static double points(const Bid& bid, double price_weight, double quality_sd, const Params& p) {
    const double range = p.cost_high - p.cost_low, price = range > 0 ? (p.cost_high - bid.price) / range : 0;
    const double quality = normal_cdf(quality_sd > 0 ? bid.quality / quality_sd : 0);
    return price_weight * price + (1 - price_weight) * quality;
  }

  // (TD4) skill of those it finds: q − s_w(1 − c)⁺; (TD5) they leave exp(τ_w(1 − c)⁺) times as often
  static double hired(const Bid& bid, const Params& p) { return bid.quality - p.wage_skill * short_of(bid); }
  static double leaving(const Bid& bid, const Params& p) { return exponential(p.wage_turnover * short_of(bid)); }
  static double short_of(const Bid& bid) { return std::max(1 - bid.cost, 0.0); }

  // (TD6) a contract that ends is renewed from an index of ϑ_r on; (TD7) a provider that owes more than m_x months of
  // its cost gives up before
  static bool renewed(double index, double threshold) { return index >= threshold; }
  static bool gives_up(double reserve, double month_cost, const Params& p) {
    return reserve < -p.exit_months * month_cost;
  }
};

}  // namespace parley
