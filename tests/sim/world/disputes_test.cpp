#include "sim/world/disputes.hpp"

#include <gtest/gtest.h>

#include "sim/world/outcome.hpp"

namespace parley {
namespace {

TEST(Disputes, WhatIsOwedIsTheHospitalsShareOfTheDamages) {
  Injury injury;
  injury.damages = 80'000;
  injury.responsibility = 0.25;
  EXPECT_EQ(injury.owed(), 20'000);  // 0.25 · 80,000
  injury.responsibility = 0;
  EXPECT_EQ(injury.owed(), 0);
}

TEST(Disputes, OneIsOpenUntilItsStageIsClosed) {
  Dispute dispute;
  EXPECT_EQ(dispute.state.stage, Stage::claim);
  EXPECT_EQ(dispute.state.closed, never);
  EXPECT_EQ(dispute.mediator, Dispute::no_one);
  for (std::size_t s = 0; s < stage_count; ++s) {
    dispute.state.stage = static_cast<Stage>(s);
    EXPECT_EQ(dispute.open(), static_cast<Stage>(s) != Stage::closed) << stage_names[s];
  }
}

TEST(Outcomes, AMoveSaysWhereSinceWhenAndForHowLong) {
  CaseState now;
  now.demand = 1234;
  Outcome out(now);
  EXPECT_EQ(out.state.demand, 1234);  // what is not set stays
  out.move(Stage::handoff, 5, 40);
  EXPECT_EQ(out.state.stage, Stage::handoff);
  EXPECT_EQ(out.state.stage_since, 40);
  EXPECT_EQ(out.wait, 5);
  EXPECT_EQ(out.state.closed, never);
}

TEST(Outcomes, AnEndHasAKindAndADay) {
  Outcome out{CaseState{}};
  out.close(CaseOutcome::withdrawn, 41);
  EXPECT_EQ(out.state.stage, Stage::closed);
  EXPECT_EQ(out.state.outcome, CaseOutcome::withdrawn);
  EXPECT_EQ(out.state.closed, 41);
  EXPECT_EQ(out.wait, 0);
}

TEST(Outcomes, PaymentsOfNothingAreLeftOut) {
  Outcome out{CaseState{}};
  out.pay(Role::hospital, Role::patient, Money{}, Reason::compensation);
  EXPECT_EQ(out.transfers.size(), 0u);
  out.pay(Role::hospital, Role::patient, Money{7}, Reason::compensation);
  ASSERT_EQ(out.transfers.size(), 1u);
  EXPECT_EQ(out.transfers.begin()->from, Role::hospital);
  EXPECT_EQ(out.transfers.begin()->amount, Money{7});
}

}  // namespace
}  // namespace parley
