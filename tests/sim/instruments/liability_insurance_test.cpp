#include "sim/instruments/liability_insurance.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(const LiabilityInsurance::Levers& now, const LiabilityInsurance::Levers& customary = {}) {
  LiabilityInsurance::Slopes slopes;
  slopes.adjuster_cost = 2000;
  return LiabilityInsurance::amend({}, {}, {now, customary}, slopes);
}

TEST(LiabilityInsurance, EachLeverMovesItsOwn) {
  const Rules nothing = under({});
  EXPECT_EQ(changed(under({.insurance_participation = 0.5}), nothing), (Names{"insurance_participation"}));
  EXPECT_EQ(changed(under({.deductible_factor = 2}), nothing), (Names{"deductible_factor"}));
  EXPECT_EQ(changed(under({.insurer_at_table = 0.5}), nothing), (Names{"insurer_at_table", "adjuster_cost"}));
  EXPECT_EQ(changed(under({.mutual_fund_factor = 3}), nothing), (Names{"fund_factor"}));
}

TEST(LiabilityInsurance, FactorsAreOverWhatIsCustomary) {
  EXPECT_NEAR(under({.deductible_factor = 3}, {.deductible_factor = 2}).deductible_factor, 1.5, 1e-12);
  EXPECT_NEAR(under({.mutual_fund_factor = 1}, {.mutual_fund_factor = 4}).fund_factor, 0.25, 1e-12);
  EXPECT_EQ(under({.deductible_factor = 2}, {.deductible_factor = 2}).deductible_factor, 1);
}

TEST(LiabilityInsurance, AnAdjusterCostsByHowOftenOneSits) {
  EXPECT_NEAR(under({.insurer_at_table = 0.25}).adjuster_cost, 500, 1e-9);
}

TEST(LiabilityInsurance, WithoutAnyOfItNothingIsDifferent) { EXPECT_EQ(changed(under({}), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
