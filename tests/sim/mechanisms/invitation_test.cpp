#include "sim/mechanisms/invitation.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Invitation::Params plain() {
  Invitation::Params p;
  p.consent = 0.4, p.clerk_cost = 300;
  return p;
}
Rules inviting(double share) {
  Rules rules;
  rules.court_invitation = share;
  return rules;
}
// About to choose the court.
testing::Subject suing() {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::channel, Channel::negotiation);
  s.district.committee = true;
  return s;
}
Outcome decided(const testing::Subject& s, const Rules& rules, double invited, double agreed) {
  return Invitation::decide(s.view(), rules, plain(), Draw::scripted({invited, agreed}));
}

TEST(Invitation, WhoAgreesGoesToTheCommittee) {
  const Outcome out = decided(suing(), inviting(0.5), 0.49, 0.39);
  EXPECT_EQ(out.state.stage, Stage::handoff);
  EXPECT_EQ(out.state.channel, Channel::people_mediation);
  EXPECT_EQ(out.state.route, Route::court);
  EXPECT_EQ((out.state.tried >> static_cast<int>(Channel::court)) & 1, 0) << "the court is as open as before";
  ASSERT_EQ(out.transfers.size(), 1u);
  EXPECT_EQ(out.transfers.begin()->amount.cents, 30000);
  EXPECT_EQ(out.transfers.begin()->from, Role::government);
}

TEST(Invitation, WhoDeclinesHasRefusedMediation) {
  const Outcome out = decided(suing(), inviting(0.5), 0.49, 0.41);
  EXPECT_EQ(out.state.stage, Stage::channel);
  EXPECT_TRUE(out.state.refused);
  EXPECT_EQ(out.transfers.size(), 1u);
}

TEST(Invitation, NobodyIsInvitedWhereNoneIsDue) {
  const auto uninvited = [](const testing::Subject& s, const Rules& rules) {
    const Outcome out = decided(s, rules, 0.01, 0.01);
    return out.state.stage == Stage::channel && out.transfers.size() == 0 && out.state.refused == s.now.refused;
  };
  EXPECT_TRUE(uninvited(suing(), inviting(0)));
  EXPECT_FALSE(uninvited(suing(), inviting(1)));
  testing::Subject s = suing();
  s.now.mediated = true;
  EXPECT_TRUE(uninvited(s, inviting(1)));
  s = suing();
  s.now.refused = true;
  EXPECT_TRUE(uninvited(s, inviting(1)));
  s = suing();
  s.district.committee = false;
  EXPECT_TRUE(uninvited(s, inviting(1)));
  s = suing();
  s.now.tried = 1 << static_cast<int>(Channel::people_mediation);
  EXPECT_TRUE(uninvited(s, inviting(1)));
  Rules closed = inviting(1);
  closed.mediation_open = false;
  EXPECT_TRUE(uninvited(suing(), closed));
}

TEST(Invitation, AuthorityBringsMoreOfThem) {
  Rules firm = inviting(1);
  firm.participation_logit = 1;
  const auto agree = [](const Rules& rules) {
    return testing::share([&](double u) { return decided(suing(), rules, 0.5, u).state.stage == Stage::handoff; });
  };
  EXPECT_NEAR(agree(inviting(1)), 0.4, 1e-3);
  EXPECT_GT(agree(firm), 0.6);  // odds 2/3 · e, so 0.644
}

}  // namespace
}  // namespace parley
