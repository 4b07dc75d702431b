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
  return p;
}

// On the way to the committee since today (day 100), over an edge of probability 0.9, mean delay 3 days and loss 0.15.
Subject on_the_way() {
  Subject dispute = a_dispute().at(Stage::handoff, Channel::people_mediation);
  dispute.referral = {0.9, 3, 0.15};
  return dispute;
}

Outcome decide(const Subject& dispute, std::initializer_list<double> luck) {
  return CaseHandoff::decide(dispute.view(), Rules{}, params(), Draw::scripted(luck));
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

TEST(CaseHandoff, EachNumberOfTheEdgeMatters) {
  const auto arrive = [](double probability) {
    Subject dispute = on_the_way();
    dispute.referral.probability = probability;
    return share([&](double u) { return decide(dispute, {u, 0.5}).state.stage == Stage::intake; });
  };
  EXPECT_EQ(arrive(0.9), 0.9);
  EXPECT_EQ(arrive(0.7), 0.7);

  Subject slow = on_the_way(), lossy = on_the_way();
  slow.referral.delay = 9;
  lossy.referral.information_loss = 0.4;
  EXPECT_EQ(decide(slow, {0.5, 0.5}).wait, 6);  // 9 · ln 2 = 6.2
  EXPECT_EQ(decide(lossy, {0.5, 0.5}).state.information_loss, 0.4);
}

}  // namespace
}  // namespace parley
