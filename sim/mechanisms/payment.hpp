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
    Money hospital, fund, insurer;
  };

  // The insurer answers at once where it sits at the table, and sooner where counters are in one house.
  static double answer_days(const Rules& rules) {
    return rules.insurance.response_days * rules.referral_delay_factor * rules.presence_delay_factor *
           (1 - rules.insurer_at_table);
  }

  // (PA1) what is signed or awarded is paid after an exponential time: t_pi and the insurer's t_i working days, or
  // t_pu; (PA2) insurer I = (1 − k)(X − f_k·d)⁺, as far as it has the means; hospital's part X − I, of which staff bear
  // s_s; (PA3) what its reserve cannot bear falls on the mutual fund, then s_g + (1 − s_g)G_s of the rest on the
  // government, as relief or because it stands behind; nobody pays the remainder
  static Outcome decide(const DisputeView& view, const Means& means, const Rules& rules, const Params& p,
                        const Draw& draw) {
    Outcome out(view.now);
    if (view.today == view.now.stage_since) {  // signed today: money comes later
      const double days = draw.exponential(0, view.hospital.insured
                                                  ? p.delay_insured + answer_days(rules) * calendar_days_per_working_day
                                                  : p.delay_uninsured);
      return out.move(Stage::payment, static_cast<std::int32_t>(days) + 1, view.now.stage_since);
    }
    const Money amount = Money::yuan(view.now.agreed);
    Money insurer;
    const double deductible = rules.insurance.deductible * rules.deductible_factor;
    if (view.hospital.insured && view.now.agreed > deductible)
      insurer = std::min(Money::yuan((1 - rules.insurance.coinsurance) * (view.now.agreed - deductible)),
                         std::max(means.insurer, Money{}));
    const Money own = amount - insurer;
    const Money hospital = std::min(own, std::max(means.hospital, Money{}));
    const Money fund = std::min(own - hospital, std::max(means.fund, Money{}));
    const Money relief = (own - hospital - fund).share(p.relief_share + (1 - p.relief_share) * rules.guarantee_share);
    out.pay(Role::insurer, Role::patient, insurer, Reason::compensation);
    out.pay(Role::hospital, Role::patient, hospital, Reason::compensation);
    out.pay(Role::staff, Role::hospital, hospital.share(p.staff_share), Reason::staff_share);
    out.pay(Role::fund, Role::patient, fund, Reason::compensation);
    out.pay(Role::government, Role::patient, relief, Reason::compensation);
    // (PA4) of a judgment the lawyer has l_v, of which legal aid bears its part
    if (view.now.outcome == CaseOutcome::judgment) {
      const Money fee = (insurer + hospital + fund + relief).share(rules.court.lawyer_share);
      const Money covered = fee.share(view.now.cost_cover);
      out.pay(Role::patient, Role::lawyers, fee - covered, Reason::lawyer_fee);
      out.pay(Role::government, Role::lawyers, covered, Reason::legal_aid_cost);
    }
    // (PA5) an adjuster who sat at the table of what was agreed, where the insurer had to pay, costs it c_i·i_t
    if (view.hospital.insured && view.now.outcome == CaseOutcome::agreement && view.now.agreed > deductible)
      out.pay(Role::insurer, Role::society, Money::yuan(rules.adjuster_cost), Reason::insurer_expense);
    return out.move(Stage::closed, 0, view.today);
  }
};

}  // namespace parley
