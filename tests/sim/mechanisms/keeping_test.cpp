#include "sim/mechanisms/keeping.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Outcome due(
    double u, const std::function<void(testing::Subject&, Rules&)>& change = [](auto&, auto&) {}) {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::payment, Channel::people_mediation);
  s.now.outcome = CaseOutcome::agreement;
  s.now.agreed = 60000;
  s.now.closed = 90;
  s.now.deadline = 95;
  Rules rules;
  change(s, rules);
  Keeping::Params p;
  p.renege_probability = 0.02;
  return Keeping::decide(s.view(), rules, p, Draw::scripted({0.5, u}));
}

TEST(Keeping, AFewAgreementsAreBroken) {
  EXPECT_EQ(due(0.0199).state.stage, Stage::filing);
  EXPECT_EQ(due(0.0201).state.stage, Stage::payment);
  // odds 0.02/0.98 divided by e: 0.007508, probability 0.007452
  const auto strong = [](auto&, Rules& rules) { rules.enforcement_logit = 1; };
  EXPECT_EQ(due(0.00745, strong).state.stage, Stage::filing);
  EXPECT_EQ(due(0.00746, strong).state.stage, Stage::payment);
}

TEST(Keeping, ThenACourtIsLeft) {
  const Outcome out = due(0.01);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);
  EXPECT_EQ(out.state.closed, never);
  EXPECT_EQ(out.state.agreed, 0);
  EXPECT_EQ(out.state.deadline, never);
  EXPECT_EQ(out.state.channel, Channel::court);
  EXPECT_EQ(out.state.first_channel, Channel::people_mediation);
  EXPECT_EQ(out.state.attempts, 1);
  EXPECT_EQ(out.wait, 1);
  EXPECT_EQ(out.state.stage_since, 101);
  EXPECT_EQ(out.transfers.size(), 0u);
}

TEST(Keeping, WhatIsConfirmedDecidedOrAlreadyInCourtIsKept) {
  EXPECT_EQ(due(1e-9, [](auto& s, auto&) { s.now.confirmed = true; }).state.stage, Stage::payment);
  EXPECT_EQ(due(1e-9, [](auto& s, auto&) { s.now.outcome = CaseOutcome::judgment; }).state.stage, Stage::payment);
  EXPECT_EQ(due(1e-9, [](auto& s, auto&) { s.now.outcome = CaseOutcome::award; }).state.stage, Stage::payment);
  EXPECT_EQ(due(1e-9, [](auto& s, auto&) { s.at(Stage::payment, Channel::court); }).state.stage, Stage::payment);
  EXPECT_EQ(due(1e-9, [](auto& s, auto&) { s.now.outcome = CaseOutcome::reconciled; }).state.stage, Stage::filing);
}

TEST(Keeping, LessAuthorityMoreBreach) {
  // odds 0.02/0.98 times e: 0.055475, probability 0.052559
  const auto weak = [](auto&, Rules& rules) { rules.enforcement_logit = -1; };
  EXPECT_EQ(due(0.05255, weak).state.stage, Stage::filing);
  EXPECT_EQ(due(0.05257, weak).state.stage, Stage::payment);
  EXPECT_EQ(due(0.05257, weak).state.agreed, 60000);
}

TEST(Keeping, WhatIsGuaranteedIsKept) {
  const auto half = [](auto&, Rules& rules) { rules.guarantee_share = 0.5; };
  EXPECT_EQ(due(0.0099, half).state.stage, Stage::filing);
  EXPECT_EQ(due(0.0101, half).state.stage, Stage::payment);
  EXPECT_EQ(due(1e-9, [](auto&, Rules& rules) { rules.guarantee_share = 1; }).state.stage, Stage::payment);
  // 0.7 of 0.052559, where authority is weak too
  const auto weak = [](auto&, Rules& rules) { rules.guarantee_share = 0.3, rules.enforcement_logit = -1; };
  EXPECT_EQ(due(0.03678, weak).state.stage, Stage::filing);
  EXPECT_EQ(due(0.03680, weak).state.stage, Stage::payment);
}

}  // namespace
}  // namespace parley
