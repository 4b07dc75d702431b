// Payment: who bears what was agreed or awarded. Insurer above the deductible, staff and hospital below it, then the
// mutual fund and public relief where a hospital cannot pay; whatever nobody can pay stays unpaid.
// Page: docs/model/payment.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Payment {
  static constexpr std::string_view name = "payment";

  struct Params {
    double delay_insured = 14;
    double delay_uninsured = 30;
    double staff_share = 0.10;
    double relief_share = 0.05;
    double renege_probability = 0.02;
    double reserve_years = 0.02;
    double operating_margin = 0.02;
    double fund_rate = 0.0005;
  };

  static void describe(auto& field, auto& p) {
    field("delay_insured", p.delay_insured,
          Field{"t_pi", "day", 3, 120, "agreement to money, insured hospital",
                "row 129: Ningbo two weeks, Tianjin 3-7 days", "B"});
    field("delay_uninsured", p.delay_uninsured,
          Field{"t_pu", "day", 3, 120, "the same, uninsured", "row 129: same", "B"});
    field("staff_share", p.staff_share,
          Field{"s_s", "1", 0, 0.4, "part of the hospital's own share recovered from staff", "row 130: 2014 notice",
                "C"});
    field("relief_share", p.relief_share,
          Field{"s_g", "1", 0, 0.3, "part of what is left unpaid that public relief takes over", "row 132: assumed",
                "C"});
    field("renege_probability", p.renege_probability,
          Field{"p_b", "1", 0.0001, 0.1, "an agreement is not kept, at customary authority", "row 96: Nantong none",
                "B"});
    field("reserve_years", p.reserve_years,
          Field{"R_0", "year", 0, 0.5, "hospital's free reserve at the start, in years of revenue", "assumed", "C"});
    field("operating_margin", p.operating_margin,
          Field{"m_o", "1", 0, 0.1, "part of revenue that can go to compensation", "assumed", "C"});
    field("fund_rate", p.fund_rate,
          Field{"f_m", "1", 0, 0.003, "contribution to the mutual fund per revenue",
                "row 131: Fujian, Jiangsu; size not found", "C"});
  }

  // What the payers have in hand on the day.
  struct Means {
    Money hospital, fund;
  };

  // (PA1) insurer I = (1 − k)(X − d)⁺; hospital's part X − I, of which staff bear s_s; (PA2) what its reserve cannot
  // bear falls on the mutual fund, then s_g of the rest on public relief; nobody pays the remainder
  static Outcome decide(const DisputeView& view, const Means& means, const Rules& rules, const Params& p,
                        const Draw& draw) {
    Outcome out(view.now);
    if (view.today == view.now.stage_since) {  // signed today: money comes later
      const double days = draw.exponential(
          0, view.hospital.insured ? p.delay_insured + rules.insurance.response_days * calendar_days_per_working_day
                                   : p.delay_uninsured);
      return out.move(Stage::payment, static_cast<std::int32_t>(days) + 1, view.now.stage_since);
    }
    // (PA3) an agreement is broken with σ(logit p_b − enforcement); then only a court is left
    const bool signed_freely =
        view.now.outcome == CaseOutcome::agreement || view.now.outcome == CaseOutcome::reconciled;
    const bool court_left = !((view.now.tried >> static_cast<int>(Channel::court)) & 1);
    if (signed_freely && court_left &&
        draw.chance(1, logistic(logit(p.renege_probability) - rules.enforcement_logit))) {
      out.state.outcome = CaseOutcome::open;
      out.state.closed = never;
      out.state.deadline = never;
      enter(out.state, Channel::court);
      return out.move(Stage::filing, 1, view.today + 1);
    }
    const Money amount = Money::yuan(view.now.agreed);
    Money insurer;
    if (view.hospital.insured && view.now.agreed > rules.insurance.deductible)
      insurer = Money::yuan((1 - rules.insurance.coinsurance) * (view.now.agreed - rules.insurance.deductible));
    const Money own = amount - insurer;
    const Money hospital = std::min(own, std::max(means.hospital, Money{}));
    const Money fund = std::min(own - hospital, std::max(means.fund, Money{}));
    const Money relief = (own - hospital - fund).share(p.relief_share);
    out.pay(Role::insurer, Role::patient, insurer, Reason::compensation);
    out.pay(Role::hospital, Role::patient, hospital, Reason::compensation);
    out.pay(Role::staff, Role::hospital, hospital.share(p.staff_share), Reason::staff_share);
    out.pay(Role::fund, Role::patient, fund, Reason::compensation);
    out.pay(Role::government, Role::patient, relief, Reason::compensation);
    if (view.now.outcome == CaseOutcome::judgment)
      out.pay(Role::patient, Role::lawyers, (insurer + hospital + fund + relief).share(rules.court.lawyer_share),
              Reason::lawyer_fee);
    return out.move(Stage::closed, 0, view.today);
  }
};

}  // namespace parley
