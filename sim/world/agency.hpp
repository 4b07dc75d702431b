// The bureaus of a district that spend public money, and who pays for what.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/base/money.hpp"
#include "sim/world/ledger.hpp"

namespace parley {

enum class AgencyKind : std::uint8_t {
  leadership,
  health,
  justice,
  finance,
  police,
  human_resources,
  comprehensive_management,
};
inline constexpr std::size_t agency_count = 7;
inline constexpr std::array<const char*, agency_count> agency_names = {
    "leadership", "health_authority", "justice_bureau",          "finance",
    "police",     "human_resources",  "comprehensive_management"};

// Each has an account of its own; what it lacks or has left at the end of a month is settled with the finance bureau.
struct AgencyRow {
  Account account = 0;
  Money spent_this_year, spent_last_year;
  // This month: for programmes, which a budget may cut, and for what has to be paid.
  Money programmes_month, duties_month;
  double granted = 1;  // share of its programmes that is granted, this month
  double asked = 0;    // yuan that they would have cost in full, last month
  double usual = 0;    // of the public figure that it answers for
};

// What a payment for a reason is, whoever makes it.
struct ReasonTerms {
  enum Kind : bool { duty, programme };  // a programme can be cut; everything else has to be paid
  // A cost of handling disputes; what committees are given to meet it; or neither: a transfer, or prevention.
  enum Counts : std::uint8_t { otherwise, handling, funding };
  Reason reason;
  AgencyKind payer;  // the bureau from whose budget it comes, where the public pays
  Kind kind;
  Counts counts;
};

// Justice guides people's mediation and legal aid, health has the offices and experts of administrative mediation,
// leaders answer petitions and stand behind or in front, human resources trains and holds health insurance,
// comprehensive management keeps the parties linked; everything else is the treasury's own.
inline constexpr std::array<ReasonTerms, reason_count> reason_table = [] {
  using enum ReasonTerms::Kind;
  using enum ReasonTerms::Counts;
  return std::array<ReasonTerms, reason_count>{{
      {Reason::opening_reserve, AgencyKind::finance, duty, otherwise},
      {Reason::hospital_income, AgencyKind::finance, duty, otherwise},
      {Reason::compensation, AgencyKind::finance, duty, otherwise},
      {Reason::staff_share, AgencyKind::finance, duty, otherwise},
      {Reason::premium, AgencyKind::finance, duty, otherwise},
      {Reason::fund_contribution, AgencyKind::finance, duty, otherwise},
      {Reason::committee_grant, AgencyKind::justice, programme, funding},
      {Reason::results_grant, AgencyKind::justice, programme, funding},
      {Reason::case_pay, AgencyKind::justice, programme, funding},
      {Reason::case_fee, AgencyKind::justice, programme, funding},
      {Reason::committee_cost, AgencyKind::finance, duty, handling},
      {Reason::mediator_wage, AgencyKind::finance, duty, handling},
      {Reason::linkage, AgencyKind::comprehensive_management, programme, handling},
      {Reason::office_cost, AgencyKind::health, duty, handling},
      {Reason::expert_fee, AgencyKind::health, duty, handling},
      {Reason::appraisal_fee, AgencyKind::finance, duty, handling},
      {Reason::court_fee, AgencyKind::finance, duty, otherwise},
      {Reason::court_cost, AgencyKind::finance, duty, handling},
      {Reason::lawyer_fee, AgencyKind::finance, duty, handling},
      {Reason::defence_cost, AgencyKind::finance, duty, handling},
      {Reason::disturbance_loss, AgencyKind::finance, duty, handling},
      {Reason::insurer_expense, AgencyKind::finance, duty, handling},
      {Reason::visit_cost, AgencyKind::health, programme, handling},
      {Reason::legal_aid_cost, AgencyKind::justice, programme, handling},
      {Reason::arbitration_fee, AgencyKind::finance, duty, handling},
      {Reason::appeal_fee, AgencyKind::finance, duty, handling},
      {Reason::petition_cost, AgencyKind::leadership, duty, handling},
      {Reason::fine, AgencyKind::police, duty, otherwise},
      {Reason::defensive_care, AgencyKind::finance, duty, handling},
      {Reason::training_cost, AgencyKind::human_resources, programme, handling},
      {Reason::audit_penalty, AgencyKind::justice, duty, otherwise},
      {Reason::capital, AgencyKind::finance, duty, otherwise},
      {Reason::appropriation, AgencyKind::finance, duty, otherwise},
      {Reason::response_cost, AgencyKind::police, programme, handling},
      {Reason::one_stop_cost, AgencyKind::justice, programme, handling},
      {Reason::standardisation_cost, AgencyKind::justice, duty, handling},
      {Reason::scoring_cost, AgencyKind::health, programme, handling},
      {Reason::investment, AgencyKind::health, programme, otherwise},
      {Reason::inspection_cost, AgencyKind::justice, programme, handling},
      {Reason::security_cost, AgencyKind::police, programme, handling},
      {Reason::publicity_cost, AgencyKind::justice, programme, handling},
      {Reason::award_cost, AgencyKind::human_resources, programme, handling},
      {Reason::authority_cost, AgencyKind::leadership, programme, handling},
      {Reason::presence_cost, AgencyKind::leadership, programme, handling},
      {Reason::custody_cost, AgencyKind::police, duty, handling},
      {Reason::insured_bills, AgencyKind::human_resources, programme, otherwise},
  }};
}();
static_assert(
    [] {
      for (std::size_t r = 0; r < reason_count; ++r)
        if (static_cast<std::size_t>(reason_table[r].reason) != r) return false;
      return true;
    }(),
    "rows stand in the order of Reason");

constexpr const ReasonTerms& terms_of(Reason reason) { return reason_table[static_cast<std::size_t>(reason)]; }

}  // namespace parley
