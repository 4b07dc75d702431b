#include "sim/mechanisms/intake.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

constexpr double ln_3 = 1.0986122886681096914;

struct Desk {
  Subject dispute = a_dispute().at(Stage::intake, Channel::people_mediation);
  Rules rules;
  Intake::Params p;
  bool paired = false;
  std::optional<double> customary_days;  // where none are given, v_d is in yuan
  Outcome decide() const {
    return Intake::decide(dispute.view(), rules, customary_days.value_or(1 / rules.customs.effort_cost), paired, p,
                          Draw::scripted({}));
  }
  bool takes() const { return decide().state.stage == Stage::mediation; }
};

// Demand 50,000 equals the believed entitlement 0.5 · 100,000, so the chance of success is σ(ln 3) = 3/4.
// Gain: 0.5·1000 for duty, 0.5·(200 + 1000·(0.75 + 0.25·0.4)) = 525 of pay, 0.75·400 of mission: 1325.
// Cost: 300 · 3.5 days · (1 + 0.5·load): 1312.50 at a load of 0.50, 1338.75 at 0.55.
Desk desk(double load) {
  Desk d;
  d.dispute.now.demand = 50000;
  d.dispute.mediator.resolve_days = 2;
  d.dispute.mediator.investigate_days = 1;
  d.dispute.mediator.document_days = 0.5;
  d.dispute.mediator.mission = 400;
  d.dispute.mediator.load = load;
  d.rules.contract = {0.5, 200, 1000, 0.4};
  d.rules.index.success = 0;  // nothing is judged
  d.rules.customs.pass_through = 0.5;
  d.rules.customs.effort_cost = 300;
  d.p.duty = 1000;
  d.p.perceived_intercept = ln_3;
  d.p.perceived_amount = 1;
  d.p.severity_work = 0.5;
  d.p.load_cost = 0.5;
  return d;
}

TEST(Intake, TakesWhatGivesMoreThanItCosts) {
  const Outcome out = desk(0.50).decide();  // 1325 against 1312.50
  EXPECT_EQ(out.state.stage, Stage::mediation);
  EXPECT_EQ(out.state.stage_since, 100);
  EXPECT_EQ(out.wait, 0);
  EXPECT_NEAR(out.state.work_days, 3.5, 1e-12);
  EXPECT_FALSE(out.state.paired);
}

TEST(Intake, APairIsOneOnlyInSession) {
  Desk taken = desk(0.50), refused = desk(0.55);
  taken.paired = refused.paired = true;
  EXPECT_TRUE(taken.decide().state.paired);
  EXPECT_EQ(taken.decide().state.work_days, desk(0.50).decide().state.work_days);  // the partner's is apart
  EXPECT_EQ(refused.decide().state.stage, Stage::channel);
  EXPECT_FALSE(refused.decide().state.paired);
}

// In the queue since day 80, today is day 100.
Dispute waiting(Severity severity, bool disturbed) {
  Dispute d;
  d.injury.severity = severity;
  d.state.stage = Stage::intake;
  d.state.stage_since = 80;
  d.state.disturbed = disturbed;
  return d;
}

TEST(Intake, TheMostUrgentCaseComesFirst) {
  Intake::Params p;
  p.urgency_severe = 60;
  p.urgency_disturbed = 90;
  EXPECT_EQ(Intake::priority(waiting(Severity::minor, false), 100, p), 20);
  EXPECT_EQ(Intake::priority(waiting(Severity::moderate, false), 100, p), 20);
  EXPECT_EQ(Intake::priority(waiting(Severity::permanent, false), 100, p), 80);
  EXPECT_EQ(Intake::priority(waiting(Severity::minor, true), 100, p), 110);
  EXPECT_EQ(Intake::priority(waiting(Severity::death, true), 100, p), 170);
  // a slight case that has waited 61 days longer goes before a death: nobody waits for ever
  EXPECT_GT(Intake::priority(waiting(Severity::minor, false), 161, p),
            Intake::priority(waiting(Severity::death, false), 100, p));
  p.urgency_severe = p.urgency_disturbed = 0;  // first come, first served
  EXPECT_EQ(Intake::priority(waiting(Severity::death, true), 100, p), 20);
}

TEST(Intake, APairTakesWhatIsSevere) {
  const Intake::Params p;
  EXPECT_FALSE(Intake::pairs(waiting(Severity::moderate, true), p));
  EXPECT_TRUE(Intake::pairs(waiting(Severity::permanent, false), p));
  EXPECT_TRUE(Intake::pairs(waiting(Severity::death, false), p));
}

TEST(Intake, WhoServesTheHostTooIsBusyForLonger) {
  EXPECT_EQ(Intake::days_taken(6, 0), 6);
  EXPECT_NEAR(Intake::days_taken(6, 0.25), 8, 1e-12);
}

TEST(Intake, SendsAwayWhatCostsMore) {
  const Outcome out = desk(0.55).decide();  // 1325 against 1338.75
  EXPECT_EQ(out.state.stage, Stage::channel);
  EXPECT_EQ(out.wait, 1);
  EXPECT_TRUE(out.state.tried >> static_cast<int>(Channel::people_mediation) & 1)
      << "and the patient does not come back";
}

TEST(Intake, SevereCasesAreHalfAsMuchWorkAgain) {
  Desk d = desk(0.50);
  d.dispute.injury.severity = Severity::permanent;
  EXPECT_NEAR(d.decide().state.work_days, 5.25, 1e-12);  // 3.5 · 1.5
  EXPECT_FALSE(d.takes());                               // 1968.75 against 1325
}

TEST(Intake, DemandOverEntitlementLowersThePerceivedChance) {
  Desk d = desk(0.50);
  d.dispute.now.demand = 100000;  // odds 3/2: 0.6. 500 + 0.5·(200 + 1000·0.76) + 0.6·400 = 1220 < 1312.50
  EXPECT_FALSE(d.takes());
  d.rules.customs.effort_cost = 278;  // 278 · 3.5 · 1.25 = 1216.25
  EXPECT_TRUE(d.takes());
  d.rules.customs.effort_cost = 280;  // 1225
  EXPECT_FALSE(d.takes());
  d.p.perceived_amount = 0;  // 3/4 whatever the demand: 1325
  EXPECT_TRUE(d.takes());
}

TEST(Intake, NothingBelievedAndNothingDemandedIsACaseToo) {
  Desk d = desk(0.50);
  d.dispute.now.patient_belief = 0;
  d.dispute.now.demand = 0;  // both count as one yuan: 3/4 again
  EXPECT_TRUE(d.takes());
  d.dispute.now.demand = 50000;  // hopeless: about 500 + 0.5·(200 + 400) = 800
  EXPECT_FALSE(d.takes());
}

using Change = std::function<void(Desk&)>;

TEST(Intake, EachOfTheseTurnsACaseAway) {
  const std::vector<Change> changes = {
      [](Desk& d) { d.p.duty = 900; },                              // −50
      [](Desk& d) { d.rules.contract.fixed_grant_share = 0.4; },    // −100
      [](Desk& d) { d.rules.contract.base_fee_case = 100; },        // −50
      [](Desk& d) { d.rules.contract.pay_per_success = 900; },      // −42.50
      [](Desk& d) { d.rules.contract.pay_failed_share = 0.1; },     // −37.50
      [](Desk& d) { d.rules.customs.pass_through = 0.4; },          // −105
      [](Desk& d) { d.dispute.mediator.mission = 350; },            // −37.50
      [](Desk& d) { d.rules.customs.effort_cost = 310; },           // 1356.25
      [](Desk& d) { d.dispute.mediator.resolve_days += 0.1; },      // 1350
      [](Desk& d) { d.dispute.mediator.investigate_days += 0.1; },  // 1350
      [](Desk& d) { d.dispute.mediator.document_days += 0.1; },     // 1350
      [](Desk& d) { d.dispute.mediator.load = 0.6; },               // 1365
      [](Desk& d) { d.p.load_cost = 0.6; },                         // 1365
      [](Desk& d) { d.p.perceived_intercept = 0.8; },               // 0.69: 1283
      [](Desk& d) { d.dispute.now.demand = 80000; },                // odds 3/1.6, 0.652: 1257
      [](Desk& d) { d.dispute.now.patient_belief = 0.3; },          // odds 3·0.6, 0.643: 1250
      [](Desk& d) { d.dispute.injury.damages = 60000; },            // the same
      [](Desk& d) { d.dispute.injury.severity = Severity::death; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Desk d = desk(0.50);
    ASSERT_TRUE(d.takes());
    changes[i](d);
    EXPECT_FALSE(d.takes()) << "change " << i;
  }
}

TEST(Intake, EachOfTheseGetsACaseTaken) {
  const std::vector<Change> changes = {
      [](Desk& d) { d.p.duty = 1100; },                           // +50, where 13.75 are missing
      [](Desk& d) { d.rules.contract.fixed_grant_share = 0.6; },  // +100
      [](Desk& d) { d.rules.contract.base_fee_case = 300; },      // +50
      [](Desk& d) { d.rules.contract.pay_per_success = 1100; },   // +42.50
      [](Desk& d) { d.rules.contract.pay_failed_share = 0.6; },   // +25
      [](Desk& d) { d.rules.customs.pass_through = 0.6; },        // +105
      [](Desk& d) { d.dispute.mediator.mission = 450; },          // +37.50
      [](Desk& d) { d.rules.customs.effort_cost = 290; },         // 1294.13
      [](Desk& d) { d.dispute.mediator.resolve_days -= 0.1; },    // 1300.50
      [](Desk& d) { d.dispute.mediator.load = 0.5; },             // 1312.50
      [](Desk& d) { d.p.load_cost = 0.4; },                       // 1281
      [](Desk& d) { d.p.perceived_intercept = 1.5; },             // 0.818: 1372
      [](Desk& d) { d.dispute.now.demand = 40000; },              // odds 3.75, 0.789: 1353
      [](Desk& d) { d.dispute.now.patient_belief = 0.6; },        // odds 3.6, 0.783: 1348
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Desk d = desk(0.55);
    ASSERT_FALSE(d.takes());
    changes[i](d);
    EXPECT_TRUE(d.takes()) << "change " << i;
  }
}

TEST(Intake, PayByThePieceSkimsTheCreamAndFlatPayTakesAll) {
  Desk easy = desk(0.50), hard = desk(0.50);
  hard.dispute.injury.severity = Severity::permanent;  // 1968.75 of cost
  hard.dispute.now.demand = 200000;                    // odds 3/4: 0.4286
  for (Desk* d : {&easy, &hard}) {
    d->dispute.mediator.mission = 0;
    d->p.duty = 4000;
    d->rules.contract = {0, 0, 4000, 0};  // 0.5·4000·0.75 = 1500 for the easy case, 857 for the hard one
  }
  EXPECT_TRUE(easy.takes());
  EXPECT_FALSE(hard.takes());
  for (Desk* d : {&easy, &hard}) d->rules.contract = {0.5, 0, 0, 0};  // 2000 for either
  EXPECT_TRUE(easy.takes());
  EXPECT_TRUE(hard.takes());
}

// What is customary is worth its duty whatever it costs: v_d is measured by the customary work.
TEST(Intake, TheWorthOfDutyFollowsWhatIsCustomary) {
  for (const double days : {2.0, 6.0, 12.0})
    for (const double cost : {150.0, 300.0, 700.0}) {
      Desk d = desk(0);
      d.dispute.mediator.resolve_days = days;
      d.dispute.mediator.investigate_days = d.dispute.mediator.document_days = 0;
      d.dispute.mediator.mission = 0;
      d.rules.contract = {1, 0, 0, 0};
      d.rules.customs.effort_cost = cost;
      d.customary_days = days;
      d.p.duty = 1.01;
      EXPECT_TRUE(d.takes()) << days << " " << cost;
      d.p.duty = 0.99;
      EXPECT_FALSE(d.takes()) << days << " " << cost;
    }
}

TEST(Intake, PayByClassOfDifficultyGetsSevereCasesTaken) {
  Desk d = desk(0.50);
  d.dispute.injury.severity = Severity::permanent;  // 500 + 100 + 425 f_v + 300 against 1968.75
  d.rules.contract.pay_severe_factor = 2.5;
  EXPECT_FALSE(d.takes());  // 1962.50
  d.rules.contract.pay_severe_factor = 2.6;
  EXPECT_TRUE(d.takes());  // 2005
  Desk slight = desk(0.55);
  slight.rules.contract.pay_severe_factor = 5;
  EXPECT_FALSE(slight.takes()) << "nothing more for the others";
}

TEST(Intake, WhatTwoBodiesWorkOnIsMoreWork) {
  Desk d = desk(0.50);  // 1325 against 1312.50
  d.rules.duplicate_work = 0.005;
  EXPECT_TRUE(d.takes());  // 1319.06
  EXPECT_NEAR(d.decide().state.work_days, 3.5 * 1.005, 1e-12);
  d.rules.duplicate_work = 0.02;
  EXPECT_FALSE(d.takes());  // 1338.75
}

TEST(Intake, ACaseOfLittleHopeLowersWhatTheCommitteeIsJudgedBy) {
  // All pay by results: R = 1200/0.8 = 1500 for one more success, of which the mediator sees half.
  Desk d = desk(0);
  d.rules.contract = {0, 0, 0, 0};
  d.rules.index = {};
  d.rules.customs.case_sum = 1200;
  d.dispute.mediator.target = 0.8;
  d.p.duty = 0;
  d.dispute.mediator.mission = 1400;
  const auto days = [&](double work) {
    d.dispute.mediator.resolve_days = work, d.dispute.mediator.investigate_days = d.dispute.mediator.document_days = 0;
    return d.takes();
  };
  // 0.75·1400 + 0.5·(0.75 − 0.8)·1500 = 1012.5 against 300 a day
  EXPECT_TRUE(days(3.37));
  EXPECT_FALSE(days(3.38));
  d.rules.index = {0, 1, 0, 0, 0, 0};  // success is not what is weighed: 1050
  EXPECT_TRUE(days(3.49));
  EXPECT_FALSE(days(3.51));
}

}  // namespace
}  // namespace parley
