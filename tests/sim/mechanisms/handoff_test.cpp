#include "sim/mechanisms/handoff.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::share;
using testing::Subject;

CaseHandoff::Params params() {
  CaseHandoff::Params p;
  p.bounce_delay = 14;
  p.direct_loss = 0.25;
  p.evidence_share = 0.6;
  return p;
}

// On the way to the committee since today (day 100), over an edge of probability 0.9, mean delay 3 days and loss 0.15;
// the second hop, where there is one: 0.8, 2 days and 0.2.
Subject on_the_way(Route route = Route::hospital) {
  Subject dispute = a_dispute().at(Stage::handoff, Channel::people_mediation);
  dispute.now.route = route;
  dispute.referral = {0.9, 3, 0.15};
  dispute.relay = {0.8, 2, 0.2};
  return dispute;
}

Outcome decide(const Subject& dispute, std::initializer_list<double> luck) {
  return CaseHandoff::decide(dispute.view(), Rules{}, params(), Draw::scripted(luck));
}

double arriving(const Subject& dispute) {
  return share([&](double u) { return decide(dispute, {u, 0.5}).state.stage == Stage::intake; });
}

bool tried(const Outcome& out, Channel channel) { return (out.state.tried >> static_cast<int>(channel)) & 1; }

TEST(CaseHandoff, ArrivesAfterItsDelay) {
  const Outcome out = decide(on_the_way(), {0.89, 0.5});
  EXPECT_EQ(out.state.stage, Stage::intake);
  EXPECT_EQ(out.wait, 2);  // 3 · ln 2 = 2.08 days
  EXPECT_EQ(out.state.stage_since, 102);
  EXPECT_EQ(out.state.information_loss, 0.15);
  EXPECT_TRUE(tried(out, Channel::people_mediation));
}

TEST(CaseHandoff, FromACourtItTravelsOverTheLinkOfCourtAndCommittee) {
  Subject dispute = on_the_way(Route::court);
  dispute.transfer = {0.7, 3, 0.3};
  EXPECT_NEAR(arriving(dispute), 0.7, 1e-3);
  EXPECT_EQ(decide(dispute, {0.1, 0.5}).state.information_loss, 0.3);
}

TEST(CaseHandoff, ALostCaseLooksForAForumAgainAndMayKnockAtTheSameDoor) {
  Subject dispute = on_the_way();
  dispute.now.tried |= 1 << static_cast<int>(Channel::negotiation);
  const Outcome out = decide(dispute, {0.91});
  EXPECT_EQ(out.state.stage, Stage::channel);
  EXPECT_EQ(out.wait, 14);
  EXPECT_FALSE(tried(out, Channel::people_mediation));
  EXPECT_TRUE(tried(out, Channel::negotiation));
  EXPECT_EQ(out.state.information_loss, 0);
}

TEST(CaseHandoff, ALongWayTakesLong) {
  EXPECT_EQ(decide(on_the_way(), {0.5, 0.01}).wait, 13);  // 3 · ln 100 = 13.8
}

TEST(CaseHandoff, APerfectEdgeDeliversAtOnceAndWhole) {
  Subject dispute = on_the_way();
  dispute.referral = {1, 0, 0};
  const Outcome out = decide(dispute, {0.999999, 0.000001});
  EXPECT_EQ(out.state.stage, Stage::intake);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.state.information_loss, 0);
}

TEST(CaseHandoff, TwoHopsInARow) {
  // 0.9 · 0.8; 3 + 2; 1 − 0.85·0.8
  const Handoff both = CaseHandoff::joined({0.9, 3, 0.15}, {0.8, 2, 0.2});
  EXPECT_NEAR(both.probability, 0.72, 1e-12);
  EXPECT_EQ(both.delay, 5);
  EXPECT_NEAR(both.information_loss, 0.32, 1e-12);

  for (const Route route : {Route::bureau, Route::centre}) {
    EXPECT_EQ(arriving(on_the_way(route)), 0.72);
    const Outcome out = decide(on_the_way(route), {0.5, 0.5});
    EXPECT_EQ(out.wait, 3);  // 5 · ln 2 = 3.47 days
    EXPECT_NEAR(out.state.information_loss, 0.32, 1e-12);
  }
  EXPECT_EQ(arriving(on_the_way(Route::hospital)), 0.9);
}

TEST(CaseHandoff, WhoWalksInAloneArrivesAtOnceWithoutAFile) {
  const Outcome out = decide(on_the_way(Route::direct), {0.999999, 0.000001});
  EXPECT_EQ(out.state.stage, Stage::intake);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.state.information_loss, 0.25);
}

TEST(CaseHandoff, ToAnOfficeOrAPanelItIsOneHopWhateverTheRoute) {
  for (const Channel channel : {Channel::administrative_mediation, Channel::arbitration})
    for (const Route route : {Route::direct, Route::hospital, Route::bureau, Route::centre}) {
      Subject dispute = on_the_way(route);
      dispute.at(Stage::handoff, channel);
      EXPECT_EQ(arriving(dispute), 0.9);
      EXPECT_EQ(decide(dispute, {0.5, 0.5}).state.information_loss, 0.15);
    }
}

TEST(CaseHandoff, EachNumberOfTheEdgeMatters) {
  Subject leaky = on_the_way(), slow = on_the_way(), lossy = on_the_way();
  leaky.referral.probability = 0.7;
  slow.referral.delay = 9;
  lossy.referral.information_loss = 0.4;
  EXPECT_EQ(arriving(leaky), 0.7);
  EXPECT_EQ(decide(slow, {0.5, 0.5}).wait, 6);  // 9 · ln 2 = 6.2
  EXPECT_EQ(decide(lossy, {0.5, 0.5}).state.information_loss, 0.4);
}

// After a mediation that failed, on the way to court over an edge of probability 0.8 and loss 0.25.
Subject to_court(double work_days) {
  Subject dispute = a_dispute();
  dispute.at(Stage::channel, Channel::people_mediation).at(Stage::filing, Channel::court);
  dispute.now.work_days = work_days;
  dispute.transfer = {0.8, 5, 0.25};
  return dispute;
}

// Luck of the file has the third address; the first two belong to the way to a forum.
Outcome transfer(const Subject& dispute, double luck) {
  return CaseHandoff::transfer(dispute.view(), Rules{}, params(), Draw::scripted({0.5, 0.5, luck}));
}

TEST(CaseHandoff, TheFileMayFollowTheCaseToCourt) {
  const Subject dispute = to_court(6);
  EXPECT_NEAR(transfer(dispute, 0.79).state.evidence, 0.45, 1e-12);  // 0.6 · (1 − 0.25)
  EXPECT_EQ(transfer(dispute, 0.81).state.evidence, 0);
  EXPECT_EQ(share([&](double u) { return transfer(dispute, u).state.evidence > 0; }), 0.8);
  EXPECT_EQ(transfer(dispute, 0.79).state.stage, Stage::filing);
  EXPECT_EQ(transfer(dispute, 0.79).wait, 0);

  Subject whole = to_court(6);
  whole.transfer.information_loss = 0;
  EXPECT_NEAR(transfer(whole, 0.79).state.evidence, 0.6, 1e-12);
}

TEST(CaseHandoff, WithoutAnEstimateThereIsNoFile) { EXPECT_EQ(transfer(to_court(0), 0.01).state.evidence, 0); }

TEST(CaseHandoff, GapsLoseCasesAndOverlapCatchesSome) {
  Rules rules;
  EXPECT_EQ(CaseHandoff::arrives(0.9, rules), 0.9);
  rules.task_gap = 0.5;
  EXPECT_NEAR(CaseHandoff::arrives(0.8, rules), 0.4, 1e-12);
  rules.task_overlap = 1;
  EXPECT_NEAR(CaseHandoff::arrives(0.8, rules), 0.64, 1e-12);  // 1 − 0.6²
  rules.task_gap = 0;
  rules.task_overlap = 0.5;
  EXPECT_NEAR(CaseHandoff::arrives(0.8, rules), 0.88, 1e-12);  // 1 − 0.2(1 − 0.4)
}

TEST(CaseHandoff, WhoWalksInAloneIsAtTheRightDoor) {
  Rules rules;
  rules.task_gap = 0.8;
  const auto stage = [&](Route route) {
    const Subject dispute = on_the_way(route);
    return CaseHandoff::decide(dispute.view(), rules, params(), Draw::scripted({0.5, 0.5})).state.stage;
  };
  EXPECT_EQ(stage(Route::direct), Stage::intake);
  EXPECT_EQ(stage(Route::hospital), Stage::channel);
}

TEST(CaseHandoff, TwoBodiesTakeLongerToAgree) {
  Rules rules;
  rules.duplicate_delay = 1;
  const Subject dispute = on_the_way();
  EXPECT_EQ(CaseHandoff::decide(dispute.view(), rules, params(), Draw::scripted({0.5, 0.5})).wait, 4);  // 6 · ln 2
}

}  // namespace
}  // namespace parley
