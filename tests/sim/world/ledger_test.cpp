#include "sim/world/ledger.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace parley {
namespace {

TEST(Ledger, WhatOneHasAnotherLacks) {
  Ledger ledger;
  const Account city = ledger.open(true), hospital = ledger.open(true), fund = ledger.open(false);
  ledger.transfer(city, hospital, Money{10'000}, Reason::hospital_income);
  ledger.transfer(hospital, fund, Money{1'500}, Reason::fund_contribution);
  ledger.transfer(hospital, city, Money{12'345}, Reason::compensation);
  EXPECT_EQ(ledger.balance(city).cents, 2'345);       // −10,000 + 12,345
  EXPECT_EQ(ledger.balance(hospital).cents, -3'845);  // 10,000 − 1,500 − 12,345: it may owe
  EXPECT_EQ(ledger.balance(fund).cents, 1'500);
  EXPECT_EQ(ledger.total(), Money{});
}

TEST(Ledger, TheTotalStaysNothingThroughManyTransfers) {
  Ledger ledger;
  for (int i = 0; i < 7; ++i) ledger.open(true);
  for (std::int64_t i = 0; i < 10'000; ++i) {
    ledger.transfer(static_cast<Account>(i % 7), static_cast<Account>(i * i % 7), Money{i * 37 % 1001},
                    static_cast<Reason>(i % static_cast<std::int64_t>(reason_count)));
    ASSERT_EQ(ledger.total(), Money{});
  }
}

TEST(Ledger, WhoMayNotOweIsNotOverdrawn) {
  Ledger ledger;
  const Account city = ledger.open(true), fund = ledger.open(false);
  ledger.transfer(city, fund, Money{100}, Reason::fund_contribution);
  ledger.transfer(fund, city, Money{100}, Reason::compensation);  // to the last cent
  EXPECT_EQ(ledger.balance(fund), Money{});
  try {
    ledger.transfer(fund, city, Money{1}, Reason::compensation);
    FAIL() << "one cent too many";
  } catch (const BrokenLaw& error) {
    EXPECT_NE(std::string(error.what()).find("overdrawn by compensation"), std::string::npos) << error.what();
  }
}

TEST(Ledger, NobodyPaysLessThanNothing) {
  Ledger ledger;
  const Account a = ledger.open(true), b = ledger.open(true);
  EXPECT_THROW(ledger.transfer(a, b, Money{-1}, Reason::premium), BrokenLaw);
  EXPECT_EQ(ledger.balance(a), Money{});
  EXPECT_EQ(ledger.balance(b), Money{});
  ledger.transfer(a, b, Money{}, Reason::premium);  // nothing may be paid
}

TEST(Ledger, ReasonsAreCountedApart) {
  Ledger ledger;
  const Account a = ledger.open(true), b = ledger.open(true);
  ledger.transfer(a, b, Money{70}, Reason::premium);
  ledger.transfer(b, a, Money{20}, Reason::premium);  // counted as moved, not as undone
  ledger.transfer(a, b, Money{5}, Reason::court_fee);
  EXPECT_EQ(ledger.moved(Reason::premium).cents, 90);
  EXPECT_EQ(ledger.moved(Reason::court_fee).cents, 5);
  EXPECT_EQ(ledger.moved(Reason::compensation), Money{});
}

TEST(Ledger, PayingOneselfChangesNothing) {
  Ledger ledger;
  const Account a = ledger.open(true);
  ledger.transfer(a, a, Money{50}, Reason::premium);
  EXPECT_EQ(ledger.balance(a), Money{});
}

TEST(Ledger, EveryReasonHasANameOfItsOwn) {
  std::set<std::string> names(reason_names.begin(), reason_names.end());
  EXPECT_EQ(names.size(), reason_count);
  EXPECT_EQ(std::string(reason_names[static_cast<std::size_t>(Reason::insurer_expense)]),
            "insurer_expense");  // the last
}

}  // namespace
}  // namespace parley
