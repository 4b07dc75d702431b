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

// The bureau from whose budget a payment for this reason comes: justice guides people's mediation and legal aid, health
// has the offices and experts of administrative mediation, leaders answer petitions and stand behind or in front, human
// resources trains and holds health insurance, comprehensive management keeps the parties linked; everything else is
// the treasury's own.
constexpr AgencyKind payer(Reason reason) {
  switch (reason) {
    case Reason::committee_grant:
    case Reason::results_grant:
    case Reason::case_pay:
    case Reason::case_fee:
    case Reason::audit_penalty:
    case Reason::legal_aid_cost:
    case Reason::one_stop_cost:
    case Reason::standardisation_cost:
    case Reason::inspection_cost:
    case Reason::publicity_cost:
      return AgencyKind::justice;
    case Reason::office_cost:
    case Reason::visit_cost:
    case Reason::expert_fee:
    case Reason::scoring_cost:
    case Reason::investment:
      return AgencyKind::health;
    case Reason::petition_cost:
    case Reason::authority_cost:
    case Reason::presence_cost:
      return AgencyKind::leadership;
    case Reason::fine:
    case Reason::response_cost:
    case Reason::security_cost:
    case Reason::custody_cost:
      return AgencyKind::police;
    case Reason::training_cost:
    case Reason::award_cost:
    case Reason::insured_bills:
      return AgencyKind::human_resources;
    case Reason::linkage:
      return AgencyKind::comprehensive_management;
    default:
      return AgencyKind::finance;
  }
}

// What a bureau does as a programme: it can be cut. Everything else has to be paid.
constexpr bool is_programme(Reason reason) {
  switch (reason) {
    case Reason::committee_grant:
    case Reason::results_grant:
    case Reason::case_fee:
    case Reason::case_pay:
    case Reason::legal_aid_cost:
    case Reason::one_stop_cost:
    case Reason::inspection_cost:
    case Reason::publicity_cost:
    case Reason::visit_cost:
    case Reason::scoring_cost:
    case Reason::investment:
    case Reason::response_cost:
    case Reason::security_cost:
    case Reason::training_cost:
    case Reason::award_cost:
    case Reason::insured_bills:
    case Reason::linkage:
    case Reason::authority_cost:
    case Reason::presence_cost:
      return true;
    default:
      return false;
  }
}

}  // namespace parley
