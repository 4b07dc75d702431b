#include "sim/instruments/procurement.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(const Procurement::Levers& now) {
  const Procurement::Levers before;
  return Procurement::amend({}, {}, {now, before}, {});
}

TEST(Procurement, EachLeverIsATerm) {
  const Rules rules = under({2, 0.8, 0.4});
  EXPECT_EQ(rules.contract_years, 2);
  EXPECT_EQ(rules.renewal_threshold, 0.8);
  EXPECT_EQ(rules.price_weight, 0.4);
  EXPECT_EQ(changed(under({.contract_years = 3}), under({})), (Names{"contract_years"}));
}

TEST(Procurement, BeforeAnyPolicyThereIsNoTender) { EXPECT_EQ(under({}).contract_years, 0); }

TEST(Procurement, EachLeverMovesItsOwn) {
  EXPECT_EQ(changed(under({.renewal_threshold = 0.9}), under({})), (Names{"renewal_threshold"}));
  EXPECT_EQ(changed(under({.price_weight = 0.6}), under({})), (Names{"price_weight"}));
}

TEST(Procurement, WhatWasCustomaryMakesNoDifference) {
  const Procurement::Levers now{2, 0.8, 0.4}, same = now, none;
  EXPECT_EQ(changed(Procurement::amend({}, {}, {now, same}, {}), Procurement::amend({}, {}, {now, none}, {})), Names{});
}

}  // namespace
}  // namespace parley
