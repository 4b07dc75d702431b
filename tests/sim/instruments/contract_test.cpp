#include "sim/instruments/contract.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

constexpr Contract::Levers custom{0.6, 0, 500, 0};

Rules amended(const Contract::Levers& now) { return Contract::amend({}, {}, {now, custom}, {}); }

TEST(Contract, AtTheStatusQuoTermsAndHabitsAgree) {
  const Rules rules = amended(custom);
  EXPECT_EQ(rules.contract.fixed_grant_share, 0.6);
  EXPECT_EQ(rules.contract.base_fee_case, 0);
  EXPECT_EQ(rules.contract.pay_per_success, 500);
  EXPECT_EQ(rules.contract.pay_failed_share, 0);
  EXPECT_EQ(rules.customary_contract.fixed_grant_share, rules.contract.fixed_grant_share);
  EXPECT_EQ(rules.customary_contract.base_fee_case, rules.contract.base_fee_case);
  EXPECT_EQ(rules.customary_contract.pay_per_success, rules.contract.pay_per_success);
  EXPECT_EQ(rules.customary_contract.pay_failed_share, rules.contract.pay_failed_share);
}

TEST(Contract, ANewTermMovesTheTermAndNotTheHabit) {
  const Rules before = amended(custom);
  EXPECT_EQ(changed(amended({0.5, 0, 500, 0}), before), Names{"contract.fixed_grant_share"});
  EXPECT_EQ(changed(amended({0.6, 1200, 500, 0}), before), Names{"contract.base_fee_case"});
  EXPECT_EQ(changed(amended({0.6, 0, 1500, 0}), before), Names{"contract.pay_per_success"});
  EXPECT_EQ(changed(amended({0.6, 0, 500, 0.4}), before), Names{"contract.pay_failed_share"});
  EXPECT_EQ(amended({0.6, 0, 1500, 0}).contract.pay_per_success, 1500);
}

TEST(Contract, EveryLeverIsTheTermOfItsName) {
  const Contract::Levers levers{0.5, 100, 200, 0.3, 0.2, 4, 3}, before;
  const ContractTerms terms = Contract::amend({}, {}, {levers, before}, {}).contract;
  EXPECT_EQ(terms.fixed_grant_share, 0.5);
  EXPECT_EQ(terms.base_fee_case, 100);
  EXPECT_EQ(terms.pay_per_success, 200);
  EXPECT_EQ(terms.pay_failed_share, 0.3);
  EXPECT_EQ(terms.audit_rate, 0.2);
  EXPECT_EQ(terms.audit_penalty, 4);
  EXPECT_EQ(terms.pay_severe_factor, 3);
}

}  // namespace
}  // namespace parley
