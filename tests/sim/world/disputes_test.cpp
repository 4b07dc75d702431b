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

// --- the way through the forums -------------------------------------------------------------------------------------

TEST(ForumPath, PutsThreeBitsPerForumTheFirstInTheLowest) {
  EXPECT_EQ(ForumPath::after(0, Channel::negotiation), 1);        // code 0 + 1
  EXPECT_EQ(ForumPath::after(1, Channel::people_mediation), 17);  // 1 + 8 · (1 + 1)
  EXPECT_EQ(ForumPath::after(17, Channel::court), 337);           // 17 + 64 · (4 + 1)
}

TEST(ForumPath, KnockingAgainAtTheSameDoorIsNoFurtherForum) {
  EXPECT_EQ(ForumPath::after(17, Channel::people_mediation), 17);
  EXPECT_EQ(ForumPath::after(17, Channel::negotiation), 17 + 64);  // another door, though one that was tried before
}

TEST(ForumPath, TheLatestForumTakesTheFifthPlaceOfALongWay) {
  std::uint16_t path = 0;
  for (const Channel next : {Channel::negotiation, Channel::people_mediation, Channel::administrative_mediation,
                             Channel::people_mediation, Channel::negotiation})
    path = ForumPath::after(path, next);
  EXPECT_EQ(path, 1 + 8 * 2 + 64 * 3 + 512 * 2 + 4096 * 1);
  path = ForumPath::after(path, Channel::court);
  EXPECT_EQ(path, 1 + 8 * 2 + 64 * 3 + 512 * 2 + 4096 * 5);
}

TEST(Disputes, EnteringAForumIsNotedEverywhere) {
  CaseState state;
  enter(state, Channel::people_mediation);
  EXPECT_EQ(state.first_channel, Channel::people_mediation);
  EXPECT_EQ(state.channel, Channel::people_mediation);
  EXPECT_EQ(state.attempts, 1);
  EXPECT_EQ(state.path, 2);
  enter(state, Channel::court);
  EXPECT_EQ(state.first_channel, Channel::people_mediation);  // the first one stays
  EXPECT_EQ(state.channel, Channel::court);
  EXPECT_EQ(state.attempts, 2);
  EXPECT_EQ(state.tried, (1 << 1) + (1 << 4));
  EXPECT_EQ(state.path, 2 + 8 * 5);
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
