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

}  // namespace
}  // namespace parley
