#include "sim/engine/contrasts.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sim/base/error.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

std::vector<std::string> names(const Plan& plan) {
  std::vector<std::string> out;
  for (const Arm& arm : plan.arms) out.push_back(arm.name);
  return out;
}

// The two modes of the toy, calm and eager, and the three contrasts of a comparison.
Study three_contrasts() {
  Study study = testing::toy_study();
  study.contrasts = {{"bundle", "As the modes are", {}, "", 0.01},
                     {"contract_only", "Authority and proximity as they were", {"authority", "proximity"}, "", 0.01},
                     {"equal_spending", "At equal public spending", {}, "mediators_fulltime", 0.02}};
  return study;
}

TEST(Contrasts, EachDifferenceNamesItsTwoArms) {
  const Plan plan = plan_of(three_contrasts());
  EXPECT_EQ(names(plan), (std::vector<std::string>{"calm", "eager", "calm:contract_only", "eager:contract_only",
                                                   "eager:equal_spending"}));
  ASSERT_EQ(plan.differences.size(), 3u);
  const auto expect = [&](std::size_t i, const char* contrast, const char* policy, const char* baseline,
                          const char* lever) {
    EXPECT_EQ(plan.differences[i].contrast, contrast);
    EXPECT_EQ(plan.differences[i].policy, policy);
    EXPECT_EQ(plan.differences[i].baseline, baseline);
    EXPECT_EQ(plan.differences[i].solved_lever, lever);
  };
  expect(0, "bundle", "eager", "calm", "");
  expect(1, "contract_only", "eager:contract_only", "calm:contract_only", "");
  expect(2, "equal_spending", "eager:equal_spending", "calm", "mediators_fulltime");
}

TEST(Contrasts, LeversHeldStayAtTheStatusQuo) {
  const Study study = three_contrasts();
  const Plan plan = plan_of(study);
  const Levers status_quo = study.place.status_quo;
  for (const Levers& levers : plan.arms[1].levers) {
    EXPECT_EQ(levers.authority.authority, 0.9);
    EXPECT_EQ(levers.proximity.proximity, 0.2);
    EXPECT_EQ(levers.contract.base_fee_case, 1200);
  }
  ASSERT_EQ(plan.arms[3].levers.size(), study.place.districts.size());
  for (const Levers& levers : plan.arms[3].levers) {
    EXPECT_EQ(levers.authority.authority, status_quo.authority.authority);
    EXPECT_EQ(levers.proximity.proximity, status_quo.proximity.proximity);
    EXPECT_EQ(levers.contract.base_fee_case, 1200);
  }
}

TEST(Contrasts, WhatHasToBeSolvedPointsAtItsArms) {
  const Plan plan = plan_of(three_contrasts());
  ASSERT_EQ(plan.solves.size(), 1u);
  EXPECT_EQ(plan.arms[plan.solves[0].arm].name, "eager:equal_spending");
  EXPECT_EQ(plan.arms[plan.solves[0].baseline].name, "calm");
  EXPECT_EQ(plan.solves[0].contrast, 2u);
  EXPECT_EQ(plan.differences[plan.solves[0].difference].contrast, "equal_spending");
}

TEST(Contrasts, TheBaselineMayStandAnywhere) {
  Study study = three_contrasts();
  study.modes.insert(study.modes.begin(), {"first", "Another mode", {}, {{"authority", 0.1, -1}}});
  study.contrasts.resize(1);
  const Plan plan = plan_of(study);
  EXPECT_EQ(names(plan), (std::vector<std::string>{"first", "calm", "eager"}));
  ASSERT_EQ(plan.differences.size(), 2u);  // every other mode against it
  EXPECT_EQ(plan.differences[0].policy, "first");
  EXPECT_EQ(plan.differences[0].baseline, "calm");
  EXPECT_EQ(plan.differences[1].policy, "eager");
  EXPECT_EQ(plan.differences[1].baseline, "calm");
}

TEST(Contrasts, OneModeHasNothingToBeComparedWith) {
  Study study = three_contrasts();
  study.modes.resize(1);
  const Plan plan = plan_of(study);
  EXPECT_EQ(names(plan), std::vector<std::string>{"calm"});
  EXPECT_TRUE(plan.differences.empty());
  EXPECT_TRUE(plan.solves.empty());
}

TEST(Contrasts, ABaselineThatIsNoModeIsAFault) {
  Study study = three_contrasts();
  study.baseline = "nobody";
  try {
    plan_of(study);
    FAIL();
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.faults().size(), 1u);
    EXPECT_EQ(error.faults()[0].key, "baseline");
    EXPECT_NE(error.faults()[0].message.find("nobody"), std::string::npos);
  }
}

}  // namespace
}  // namespace parley
