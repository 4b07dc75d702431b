#include "sim/mechanisms/upkeep.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

Upkeep::Params plain() {
  Upkeep::Params p;
  p.mediator_wage = 60000;
  return p;
}

TEST(Upkeep, TheContractSumCoversPremisesAndWages) {
  Rules rules;
  rules.committee_budget = 240000;
  // (240,000 + 2 · 60,000)/12
  EXPECT_NEAR(Upkeep::contract_sum(2, rules, plain()), 30000, 1e-9);
  EXPECT_NEAR(Upkeep::contract_sum(3, rules, plain()), 35000, 1e-9);
  EXPECT_NEAR(Upkeep::contract_sum(0, rules, plain()), 20000, 1e-9);
}

TEST(Upkeep, ProgrammesCostByPopulation) {
  EXPECT_NEAR(Upkeep::by_population(120000, 500000), 5000, 1e-9);  // 120,000 · 0.5/12
  EXPECT_EQ(Upkeep::by_population(0, 500000), 0);
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
