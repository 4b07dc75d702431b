#include "sim/mechanisms/upkeep.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

Upkeep::Params plain() {
  Upkeep::Params p;
  p.mediator_wage = 60000;
  p.prior_cases = 10;
  return p;
}

Upkeep::CommitteeMonth month(std::int64_t mediators, std::int64_t closed, std::int64_t successes) {
  return {mediators, closed, successes};
}

TEST(Upkeep, TheContractSumCoversPremisesAndWages) {
  Rules rules;
  rules.committee_budget = 240000;
  // (240,000 + 2 · 60,000)/12
  EXPECT_NEAR(Upkeep::contract_sum(month(2, 0, 0), rules, plain()), 30000, 1e-9);
  EXPECT_NEAR(Upkeep::contract_sum(month(3, 0, 0), rules, plain()), 35000, 1e-9);
  EXPECT_NEAR(Upkeep::contract_sum(month(0, 0, 0), rules, plain()), 20000, 1e-9);
}

TEST(Upkeep, TheResultsPartFollowsTheRate) {
  Customs customs;
  customs.target_success = 0.8;
  // nothing closed: 10 · 0.8/10 = 0.8, the target itself
  EXPECT_NEAR(Upkeep::earned(month(2, 0, 0), customs, plain()), 1, 1e-12);
  // (0 + 8)/(10 + 10) = 0.4, half of the target
  EXPECT_NEAR(Upkeep::earned(month(2, 10, 0), customs, plain()), 0.5, 1e-12);
  // (4 + 8)/20 = 0.6
  EXPECT_NEAR(Upkeep::earned(month(2, 10, 4), customs, plain()), 0.75, 1e-12);
  // above the target there is no more to earn
  EXPECT_NEAR(Upkeep::earned(month(2, 10, 10), customs, plain()), 1, 1e-12);
}

TEST(Upkeep, MoreSuccessesNeverEarnLessAndAHigherTargetEarnsLess) {
  Customs modest, strict;
  modest.target_success = 0.6;
  strict.target_success = 0.9;
  double last = 0;
  for (int successes = 0; successes <= 20; ++successes) {
    const double earned = Upkeep::earned(month(2, 20, successes), strict, plain());
    EXPECT_GE(earned, last);
    EXPECT_LE(earned, Upkeep::earned(month(2, 20, successes), modest, plain()));
    last = earned;
  }
  // without the weight of the target one failure would cost all
  Upkeep::Params harsh = plain();
  harsh.prior_cases = 0;
  EXPECT_EQ(Upkeep::earned(month(2, 1, 0), strict, harsh), 0);
  EXPECT_GT(Upkeep::earned(month(2, 1, 0), strict, plain()), 0.8);
}

TEST(Upkeep, LinkageCostsByPopulation) {
  Rules rules;
  rules.linkage_cost = 120000;
  EXPECT_NEAR(Upkeep::linkage_month(rules, 500000), 5000, 1e-9);  // 120,000 · 0.5/12
  rules.linkage_cost = 0;
  EXPECT_EQ(Upkeep::linkage_month(rules, 500000), 0);
}

TEST(Upkeep, TrainingCostsByHeadAndSession) {
  Upkeep::Params p = plain();
  p.training_cost = 400;
  EXPECT_NEAR(Upkeep::training_month(3, 0.25, p), 300, 1e-9);  // three sessions a year
  EXPECT_NEAR(Upkeep::training_month(40, 1, p), 16000, 1e-9);
  EXPECT_EQ(Upkeep::training_month(3, 0, p), 0);
  EXPECT_EQ(Upkeep::training_month(0, 1, p), 0);
}

}  // namespace
}  // namespace parley
