#include "sim/mechanisms/petition.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Petition::Params plain() {
  Petition::Params p;
  p.petition_probability = 0.2, p.anger_effect = 2, p.anger_reference = 0.3, p.trust_effect = 1;
  p.trust_reference = 0.65, p.response_days = 90, p.reopen_probability = 0.2, p.attention_effect = 3, p.press = 0.5;
  p.petition_cost = 3000, p.disappointment = 0.1;
  return p;
}
testing::Subject lost(CaseOutcome how = CaseOutcome::withdrawn) {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::closed, Channel::court);
  s.now.outcome = how;
  s.now.closed = 100;
  s.now.deadline = 100;
  s.now.anger = 0.3;
  s.patient.government_trust = 0.65;
  return s;
}
Outcome asked(const testing::Subject& s, double u) {
  return Petition::decide(s.view(), Rules{}, plain(), Draw::scripted({u, 0.5}));
}

TEST(Petition, AngerAndTrustBringPeopleToTheGovernment) {
  testing::Subject s = lost();
  EXPECT_EQ(asked(s, 0.199).state.stage, Stage::petition);
  EXPECT_EQ(asked(s, 0.201).state.stage, Stage::closed);
  s.now.anger = 0.8;  // odds 1/4 · e = 0.6796, so 0.4046
  EXPECT_EQ(asked(s, 0.404).state.stage, Stage::petition);
  EXPECT_EQ(asked(s, 0.406).state.stage, Stage::closed);
  s.now.anger = 0.3;
  s.patient.government_trust = 0.15;  // odds 1/4 · e^(−0.5) = 0.1516, so 0.1317
  EXPECT_EQ(asked(s, 0.131).state.stage, Stage::petition);
  EXPECT_EQ(asked(s, 0.133).state.stage, Stage::closed);
}

TEST(Petition, TheAnswerTakesItsTimeAndCosts) {
  const Outcome out = asked(lost(CaseOutcome::dismissed), 0.1);
  EXPECT_TRUE(out.state.petitioned);
  EXPECT_EQ(out.wait, 90);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);
  EXPECT_EQ(out.state.lost, CaseOutcome::dismissed);
  EXPECT_EQ(out.state.closed, never);
  EXPECT_EQ(out.state.deadline, never);
  EXPECT_EQ(out.transfers.begin()->amount, Money::yuan(3000));
  testing::Subject again = lost();
  again.now.petitioned = true;
  EXPECT_EQ(asked(again, 1e-9).state.stage, Stage::closed);
}

Outcome answered(double attention, double u) {
  testing::Subject s = lost();
  s.at(Stage::petition, Channel::court);
  s.now.outcome = CaseOutcome::open;
  s.now.lost = CaseOutcome::dismissed;
  s.now.hospital_precision = 40;
  s.patient.government_trust = 0.6;
  s.district.attention = attention;
  return Petition::answer(s.view(), Rules{}, plain(), Draw::scripted({0.5, u}));
}

TEST(Petition, WhoIsWatchedAnswersSooner) {
  Rules watched;
  watched.petition_delay_factor = 0.5;
  const testing::Subject s = lost();
  const auto days = [&](const Rules& rules) {
    return Petition::decide(s.view(), rules, plain(), Draw::scripted({0.1, 0.5})).wait;
  };
  EXPECT_EQ(days({}), 90);
  EXPECT_EQ(days(watched), 45);
}

TEST(Petition, LeadersWhoLookTakeItUp) {
  const Outcome taken_up = answered(0, 0.199);
  EXPECT_EQ(taken_up.state.stage, Stage::handoff);
  EXPECT_EQ(taken_up.wait, 1);
  EXPECT_EQ(taken_up.state.channel, Channel::administrative_mediation);
  EXPECT_NEAR(taken_up.state.hospital_precision, 20, 1e-12);
  EXPECT_EQ(answered(0, 0.201).state.stage, Stage::closed);
  EXPECT_EQ(answered(1, 0.83).state.stage, Stage::handoff);  // odds 1/4 · e³ = 5.02, so 0.834
  EXPECT_EQ(answered(1, 0.84).state.stage, Stage::closed);
}

TEST(Petition, AnAnswerThatChangesNothingDisappoints) {
  const Outcome out = answered(0, 0.9);
  EXPECT_EQ(out.state.outcome, CaseOutcome::dismissed);  // as it had ended before
  ASSERT_EQ(out.beliefs.size(), 1u);
  EXPECT_EQ(out.beliefs.begin()->object, TrustObject::government);
  EXPECT_NEAR(out.beliefs.begin()->amount, -0.06, 1e-12);
}

// The chance to petition, read off evenly spread luck.
double chance(double anger, double trust) {
  testing::Subject s = lost();
  s.now.anger = anger;
  s.patient.government_trust = trust;
  return testing::share([&](double u) { return asked(s, u).state.petitioned; });
}

TEST(Petition, MoreAngerMoreTrustMorePetitions) {
  EXPECT_LT(chance(0.1, 0.65), chance(0.3, 0.65));
  EXPECT_LT(chance(0.3, 0.65), chance(0.9, 0.65));
  EXPECT_LT(chance(0.3, 0.2), chance(0.3, 0.9));
}

TEST(Petition, AngerThatHasCooledCountsAsItIsNow) {
  testing::Subject s = lost();
  s.now.anger = 0.6;
  Rules rules;
  rules.customs.anger_halflife = 120;
  s.now.anger_day = s.today - 120;  // 0.3 is left: the chance is 0.2
  const auto stage = [&](double u) {
    return Petition::decide(s.view(), rules, plain(), Draw::scripted({u, 0.5})).state.stage;
  };
  EXPECT_EQ(stage(0.199), Stage::petition);
  EXPECT_EQ(stage(0.201), Stage::closed);
}

TEST(Petition, TheMoreLeadersLookTheMoreIsTakenUp) {
  const auto taken_up = [](double attention) {
    return testing::share([&](double u) { return answered(attention, u).state.stage == Stage::handoff; });
  };
  EXPECT_LT(taken_up(0), taken_up(0.5));
  EXPECT_LT(taken_up(0.5), taken_up(1));
}

TEST(Petition, TakenUpItIsAFurtherForum) {
  const Outcome out = answered(0, 0.1);
  EXPECT_EQ(out.state.attempts, 1);
  EXPECT_NE(out.state.tried & 1 << static_cast<int>(Channel::administrative_mediation), 0);
  EXPECT_EQ(out.state.stage_since, 101);  // it leaves tomorrow
  EXPECT_EQ(out.beliefs.size(), 0u);
  EXPECT_EQ(out.transfers.size(), 0u);
}

}  // namespace
}  // namespace parley
