#include "sim/mechanisms/warning.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Warning::Params plain() {
  Warning::Params p;
  p.warning_tpr = 0.5, p.warning_fpr = 0.1, p.warning_margin = 0.15, p.outreach_effect = 0.35;
  p.visit_cost = 400, p.visits_per_million = 4;
  return p;
}
Rules covered(double coverage) {
  Rules rules;
  rules.warning_coverage = coverage;
  return rules;
}
// Anger 0.8 and trust 0.4: 0.8 · 0.6 = 0.48, within 0.15 of the threshold 0.6.
testing::Subject angry() {
  testing::Subject s = testing::a_dispute();
  s.now.stage = Stage::claim;
  s.now.anger = 0.8;
  s.patient.hospital_trust = 0.4;
  s.claimant.threshold = 0.6;
  return s;
}
Outcome warned(const testing::Subject& s, double u, bool free = true, double coverage = 1) {
  return Warning::decide(s.view(), covered(coverage), free, plain(), Draw::scripted({u}));
}

TEST(Warning, SeesSomeOfThoseAtRiskAndSomeOfTheOthers) {
  testing::Subject s = angry();
  EXPECT_TRUE(Warning::at_risk(s.view(), covered(1), plain()));
  EXPECT_TRUE(warned(s, 0.49).state.warned);
  EXPECT_FALSE(warned(s, 0.51).state.warned);
  EXPECT_FALSE(warned(s, 0.26, true, 0.5).state.warned);  // half of them are looked at
  s.claimant.threshold = 0.64;                            // 0.48 < 0.49
  EXPECT_FALSE(Warning::at_risk(s.view(), covered(1), plain()));
  EXPECT_TRUE(warned(s, 0.09).state.warned);  // a false alarm
  EXPECT_FALSE(warned(s, 0.11).state.warned);
}

TEST(Warning, AVisitCalmsShowsTheWayAndCosts) {
  const Outcome out = warned(angry(), 0.1);
  EXPECT_NEAR(out.state.anger, 0.52, 1e-12);  // 0.8 · 0.65
  EXPECT_TRUE(out.state.referred);
  EXPECT_EQ(out.state.route, Route::centre);
  ASSERT_EQ(out.transfers.size(), 1u);
  EXPECT_EQ(out.transfers.begin()->from, Role::government);
  EXPECT_EQ(out.transfers.begin()->to, Role::society);
  EXPECT_EQ(out.transfers.begin()->reason, Reason::visit_cost);
  EXPECT_EQ(out.transfers.begin()->amount, Money::yuan(400));
  EXPECT_EQ(out.state.stage, Stage::claim);
}

TEST(Warning, AngerThatHasFadedIsNoRisk) {
  testing::Subject s = angry();
  Rules rules = covered(1);
  rules.customs.anger_halflife = 100;
  s.now.anger_day = 0;  // today is day 100: 0.4 · 0.6 = 0.24
  EXPECT_FALSE(Warning::at_risk(s.view(), rules, plain()));
  s.claimant.threshold = 0.38;  // 0.23 is enough
  EXPECT_TRUE(Warning::at_risk(s.view(), rules, plain()));
  // A visit cuts what there is on whichever day: 0.8 · 0.65 then is 0.26 now.
  const Outcome out = Warning::decide(s.view(), rules, true, plain(), Draw::scripted({0.1}));
  EXPECT_NEAR(out.state.anger, 0.52, 1e-12);
  EXPECT_EQ(out.state.anger_day, 0);
}

TEST(Warning, MoreCoverageMoreVisits) {
  const testing::Subject s = angry();
  double last = -1;
  for (const double coverage : {0.0, 0.2, 0.6, 1.0}) {
    const double visited = testing::share([&](double u) { return warned(s, u, true, coverage).state.warned; });
    EXPECT_NEAR(visited, 0.5 * coverage, 0.002);
    EXPECT_GT(visited, last);
    last = visited;
  }
}

TEST(Warning, WithoutAVisitLeftNothingHappens) {
  const Outcome out = warned(angry(), 0.1, false);
  EXPECT_FALSE(out.state.warned);
  EXPECT_EQ(out.state.anger, 0.8);
  EXPECT_EQ(out.transfers.size(), 0u);
}

TEST(Warning, FalseAlarmsAndBudgets) {
  EXPECT_NEAR(Warning::false_alarms(50, covered(0.5), plain()), 2.5, 1e-12);  // 50 · 0.5 · 0.1
  EXPECT_EQ(Warning::false_alarms(50, covered(0), plain()), 0);
  EXPECT_NEAR(Warning::visits_a_month(250'000, plain()), 1, 1e-12);
}

}  // namespace
}  // namespace parley
