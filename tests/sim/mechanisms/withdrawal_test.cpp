#include "sim/mechanisms/withdrawal.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

Withdrawal::Params plain() {
  Withdrawal::Params p;
  p.withdrawal_hazard = 0.10;
  p.court_hazard_factor = 0.5;
  return p;
}

Subject waiting_at(Stage stage, Channel channel) {
  Subject s = a_dispute();
  s.at(stage, channel);
  s.today = 130;
  return s;
}

TEST(Withdrawal, APatientTiresWithTheHazardOfTheTimeThatPassed) {
  const Subject s = waiting_at(Stage::mediation, Channel::people_mediation);
  const auto stage_after = [&](double days, double u) {
    return Withdrawal::decide(s.view(), WalkAwayValues{40000, 60000}, days, plain(), Draw::scripted({u})).state.stage;
  };
  // one month: 0.10; two: 1 - 0.9² = 0.19; no time: none
  EXPECT_EQ(stage_after(days_per_month, 0.1001), Stage::mediation);
  EXPECT_EQ(stage_after(days_per_month, 0.0999), Stage::payment);
  EXPECT_EQ(stage_after(2 * days_per_month, 0.1901), Stage::mediation);
  EXPECT_EQ(stage_after(2 * days_per_month, 0.1899), Stage::payment);
  EXPECT_EQ(stage_after(0, 1e-9), Stage::mediation);
}

TEST(Withdrawal, InCourtLessSo) {
  for (const Stage stage : {Stage::filing, Stage::trial}) {
    const Subject s = waiting_at(stage, Channel::court);
    // 0.10 · 0.5 = 0.05
    EXPECT_EQ(
        Withdrawal::decide(s.view(), WalkAwayValues{40000, 60000}, days_per_month, plain(), Draw::scripted({0.0501}))
            .state.stage,
        stage);
    EXPECT_EQ(
        Withdrawal::decide(s.view(), WalkAwayValues{40000, 60000}, days_per_month, plain(), Draw::scripted({0.0499}))
            .state.stage,
        Stage::payment);
  }
}

TEST(Withdrawal, WithRoomTheyReconcileInTheMiddle) {
  const Subject s = waiting_at(Stage::mediation, Channel::people_mediation);
  const Outcome out =
      Withdrawal::decide(s.view(), WalkAwayValues{40000, 60000}, days_per_month, plain(), Draw::scripted({0.01}));
  EXPECT_EQ(out.state.outcome, CaseOutcome::reconciled);
  EXPECT_EQ(out.state.agreed, 50000);
  EXPECT_EQ(out.state.closed, 130);
  EXPECT_EQ(out.state.stage_since, 130);
}

TEST(Withdrawal, WithoutRoomThePatientGivesUp) {
  const Subject s = waiting_at(Stage::mediation, Channel::people_mediation);
  const Outcome out =
      Withdrawal::decide(s.view(), WalkAwayValues{60001, 60000}, days_per_month, plain(), Draw::scripted({0.01}));
  EXPECT_EQ(out.state.outcome, CaseOutcome::withdrawn);
  EXPECT_EQ(out.state.stage, Stage::closed);
  EXPECT_EQ(out.state.agreed, 0);
  EXPECT_EQ(out.state.closed, 130);
}

TEST(Withdrawal, WhoStaysKeepsEverything) {
  const Subject s = waiting_at(Stage::intake, Channel::people_mediation);
  const Outcome out =
      Withdrawal::decide(s.view(), WalkAwayValues{40000, 60000}, days_per_month, plain(), Draw::scripted({0.5}));
  EXPECT_EQ(out.state.stage, Stage::intake);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);
  EXPECT_EQ(out.state.stage_since, s.now.stage_since);
  EXPECT_EQ(out.state.closed, never);
}

TEST(Withdrawal, ElsewhereAsInMediation) {
  const auto tires = [](Stage stage, Channel channel, double u) {
    const Subject s = waiting_at(stage, channel);
    return Withdrawal::decide(s.view(), WalkAwayValues{40000, 60000}, days_per_month, plain(), Draw::scripted({u}))
               .state.stage == Stage::payment;
  };
  const std::pair<Stage, Channel> places[] = {{Stage::negotiation, Channel::negotiation},
                                              {Stage::intake, Channel::people_mediation},
                                              {Stage::administration, Channel::administrative_mediation},
                                              {Stage::arbitration, Channel::arbitration}};
  for (const auto& [stage, channel] : places) {
    EXPECT_TRUE(tires(stage, channel, 0.0999)) << stage_names[static_cast<std::size_t>(stage)];
    EXPECT_FALSE(tires(stage, channel, 0.1001)) << stage_names[static_cast<std::size_t>(stage)];
  }
}

TEST(Withdrawal, TheLongerTheMoreTire) {
  const Subject s = waiting_at(Stage::mediation, Channel::people_mediation);
  double last = 0;
  for (const double days : {7.0, 30.0, 90.0, 365.0}) {
    const double now = testing::share([&](double u) {
      return Withdrawal::decide(s.view(), WalkAwayValues{60001, 60000}, days, plain(), Draw::scripted({u}))
                 .state.outcome == CaseOutcome::withdrawn;
    });
    EXPECT_GT(now, last);
    last = now;
  }
}

TEST(Withdrawal, OneFigureIsRoomEnough) {
  const Subject s = waiting_at(Stage::mediation, Channel::people_mediation);
  const Outcome out =
      Withdrawal::decide(s.view(), WalkAwayValues{60000, 60000}, days_per_month, plain(), Draw::scripted({0.01}));
  EXPECT_EQ(out.state.outcome, CaseOutcome::reconciled);
  EXPECT_EQ(out.state.agreed, 60000);
}

}  // namespace
}  // namespace parley
