// Accounts and double-entry transfers in whole cents, each with a reason; nothing else moves money.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/money.hpp"

namespace parley {

enum class Reason : std::uint8_t {
  opening_reserve,
  hospital_income,
  compensation,
  staff_share,
  premium,
  fund_contribution,
  committee_grant,
  results_grant,
  case_pay,
  case_fee,
  committee_cost,
  mediator_wage,
  linkage,
  office_cost,
  expert_fee,
  appraisal_fee,
  court_fee,
  court_cost,
  lawyer_fee,
  defence_cost,
  disturbance_loss,
  insurer_expense,
  visit_cost,
  legal_aid_cost,
  arbitration_fee,
  appeal_fee,
  petition_cost,
  fine,
  defensive_care,
  training_cost,
  audit_penalty,
  capital,
  appropriation,
  response_cost,
  one_stop_cost,
  standardisation_cost,
  scoring_cost,
  investment,
  inspection_cost,
  security_cost,
  publicity_cost,
  award_cost,
  authority_cost,
  presence_cost,
  custody_cost,
  insured_bills,
};
inline constexpr std::size_t reason_count = 46;
inline constexpr std::array<const char*, reason_count> reason_names = {
    "opening_reserve",      "hospital_income", "compensation",   "staff_share",     "premium",
    "fund_contribution",    "committee_grant", "results_grant",  "case_pay",        "case_fee",
    "committee_cost",       "mediator_wage",   "linkage",        "office_cost",     "expert_fee",
    "appraisal_fee",        "court_fee",       "court_cost",     "lawyer_fee",      "defence_cost",
    "disturbance_loss",     "insurer_expense", "visit_cost",     "legal_aid_cost",  "arbitration_fee",
    "appeal_fee",           "petition_cost",   "fine",           "defensive_care",  "training_cost",
    "audit_penalty",        "capital",         "appropriation",  "response_cost",   "one_stop_cost",
    "standardisation_cost", "scoring_cost",    "investment",     "inspection_cost", "security_cost",
    "publicity_cost",       "award_cost",      "authority_cost", "presence_cost",   "custody_cost",
    "insured_bills"};

using Account = std::uint32_t;

// Whose account that is, for whoever reads the ledger.
struct AccountOwner {
  enum class Kind : std::uint8_t {
    society,
    patients,
    staff,
    court,
    lawyers,
    experts,
    arbitration,
    fund,
    leadership,
    health_authority,
    justice_bureau,
    finance,
    police,
    human_resources,
    comprehensive_management,
    hospital,
    insurer,
    service_provider,
  };
  Kind kind = Kind::society;
  std::uint32_t index = 0;     // among the parties of its kind
  std::uint32_t district = 0;  // the first for all of the place
};
inline constexpr std::array<const char*, 18> account_owner_names = {"society",
                                                                    "patients",
                                                                    "staff",
                                                                    "court",
                                                                    "lawyers",
                                                                    "experts",
                                                                    "arbitration",
                                                                    "fund",
                                                                    "leadership",
                                                                    "health_authority",
                                                                    "justice_bureau",
                                                                    "finance",
                                                                    "police",
                                                                    "human_resources",
                                                                    "comprehensive_management",
                                                                    "hospital",
                                                                    "insurer",
                                                                    "service_provider"};

class Ledger {
 public:
  explicit Ledger(std::size_t accounts = 0) : balances_(accounts) {}

  Account open(bool may_owe) {
    balances_.push_back(Money{});
    may_owe_.push_back(may_owe);
    return static_cast<Account>(balances_.size() - 1);
  }
  std::size_t accounts() const { return balances_.size(); }
  Money balance(Account account) const { return balances_[account]; }

  void transfer(Account from, Account to, Money amount, Reason reason) {
    if (amount.cents < 0)
      throw BrokenLaw(std::string("a transfer of less than nothing: ") +
                      reason_names[static_cast<std::size_t>(reason)]);
    balances_[from] -= amount;
    balances_[to] += amount;
    if (balances_[from].cents < 0 && !may_owe_[from])
      throw BrokenLaw(std::string("an account that may not owe is overdrawn by ") +
                      reason_names[static_cast<std::size_t>(reason)]);
    by_reason_[static_cast<std::size_t>(reason)] += amount;
  }

  // The law of money: what one has, another lacks.
  Money total() const {
    Money sum;
    for (const Money& balance : balances_) sum += balance;
    return sum;
  }
  // What changes, for whoever hashes or stores the state.
  template <class Visit>
  void each_part(Visit& visit) {
    visit(balances_), visit(by_reason_);
  }
  template <class Visit>
  void each_part(Visit& visit) const {
    visit(balances_), visit(by_reason_);
  }
  Money moved(Reason reason) const { return by_reason_[static_cast<std::size_t>(reason)]; }

 private:
  std::vector<Money> balances_;
  std::vector<bool> may_owe_;
  std::array<Money, reason_count> by_reason_{};
};

}  // namespace parley
