#include "sim/mechanisms/effort.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::size_t resolve = static_cast<std::size_t>(Task::resolve),
                      investigate = static_cast<std::size_t>(Task::investigate),
                      document = static_cast<std::size_t>(Task::document);
constexpr double usual_target = 0.75;

Effort::Params plain() {
  Effort::Params p;
  p.customary_days = {3, 2, 1};
  p.substitution = 0.5;
  p.success_slope = {0.05, 0, 0.05};
  p.mission_slope = {0.04, 0.06, 0};
  p.mission_mean = 800;
  p.least_share = 0.3;
  return p;
}

// Wages alone before and now; everything that is paid by the piece would reach the mediator.
Rules wages_alone() {
  Rules rules;
  rules.customs.effort_cost = 300;
  rules.customs.pass_through = 1;
  rules.customs.case_sum = 3000;
  rules.customs.target_success = usual_target;
  rules.contract = rules.customary_contract = {1, 0, 0, 0};
  return rules;
}

Rules paid_per_success(double amount) {
  Rules rules = wages_alone();
  rules.contract.pay_per_success = amount;
  return rules;
}

TEST(Effort, PieceRateByHand) {
  Customs customs = wages_alone().customs;
  customs.pass_through = 0.5;
  // 0.5 [1500 (1 - 0.2) + (1 - 0.5) 3000/0.75] = 0.5 (1200 + 2000)
  const IndexTerms success_alone;
  EXPECT_NEAR(Effort::incentives({0.5, 1200, 1500, 0.2}, success_alone, 0, usual_target, customs).success, 1600, 1e-9);
  // a fee for taking a case asks for no effort in it
  EXPECT_EQ(Effort::incentives({1, 1200, 0, 0}, success_alone, 0, usual_target, customs).success, 0);
}

TEST(Effort, WhatIsWeighedIsWorkedFor) {
  Customs customs = wages_alone().customs;
  customs.pass_through = 0.5;
  const ContractTerms half{0.5, 0, 0, 0};  // 1,500 yuan a case hang on the index
  const Effort::Incentives found = Effort::incentives(half, {0.4, 0.2, 0.2, 0.1, 0.1, 0}, 0, usual_target, customs);
  EXPECT_NEAR(found.success, 0.5 * 0.4 * 1500 / 0.75, 1e-9);
  EXPECT_NEAR(found.quality, 0.5 * 0.4 * 1500, 1e-9);
  EXPECT_NEAR(found.haste, 0.5 * 0.2 * 1500, 1e-9);
  const Effort::Incentives double_weights =
      Effort::incentives(half, {0.8, 0.4, 0.4, 0.2, 0.2, 0}, 0, usual_target, customs);
  EXPECT_NEAR(double_weights.success, found.success, 1e-9) << "weights are relative";
  const Effort::Incentives nothing = Effort::incentives(half, {0, 0, 0, 0, 0, 0}, 0, usual_target, customs);
  EXPECT_EQ(nothing.success + nothing.quality + nothing.haste, 0);
}

// What is achieved is demanded next year, so that less of it is worth the trouble (Weitzman 1980).
TEST(Effort, ARatchetDullsThePay) {
  const Customs customs = wages_alone().customs;
  const ContractTerms half{0.5, 0, 0, 0};
  const double free = Effort::incentives(half, {}, 0, usual_target, customs).success;
  EXPECT_NEAR(Effort::incentives(half, {}, 0.25, usual_target, customs).success, 0.75 * free, 1e-9);
  EXPECT_EQ(Effort::incentives(half, {}, 1, usual_target, customs).success, 0);
}

TEST(Effort, WeightOnQualityBringsInvestigationAndWeightOnTimeTakesIt) {
  Rules rules = wages_alone();
  rules.contract = rules.customary_contract = {0.5, 0, 0, 0};
  const auto days = [&](const IndexTerms& index) {
    Rules judged = rules;
    judged.index = index;
    return Effort::decide(judged, 800, usual_target, plain())[1];
  };
  const double customary = days({});
  EXPECT_GT(days({0, 0, 1, 0, 0, 0}), customary);
  EXPECT_LT(days({0, 1, 0, 0, 0, 0}), days({0, 0, 0, 0, 0, 1}));
}

TEST(Effort, NobodyWorksForeverOnACase) {
  Effort::Params p = plain();
  p.most_share = 2;
  const auto days = Effort::decide(paid_per_success(1e6), 800, usual_target, p);
  for (std::size_t j = 0; j < task_count; ++j) EXPECT_LE(days[j], 2 * p.customary_days[j]);
}

TEST(Effort, UnderTheCustomaryContractHabitsStay) {
  EXPECT_EQ(Effort::decide(wages_alone(), 800, usual_target, plain()), plain().customary_days);
  Rules rules = wages_alone();
  rules.contract = rules.customary_contract = {0.3, 500, 2000, 0.4};
  EXPECT_EQ(Effort::decide(rules, 800, usual_target, plain()), plain().customary_days);
}

TEST(Effort, PayForSuccessPullsTimeToWhatIsCounted) {
  // Δ = (50, 0, 50); shared 0.5 · 100/(1 + 2 · 0.5) = 25; scale 6/(300 · 0.5) = 0.04
  const auto days = Effort::decide(paid_per_success(1000), 800, usual_target, plain());
  EXPECT_NEAR(days[resolve], 4, 1e-12);      // 3 + 25 · 0.04
  EXPECT_NEAR(days[investigate], 1, 1e-12);  // 2 - 25 · 0.04
  EXPECT_NEAR(days[document], 2, 1e-12);     // 1 + 25 · 0.04
}

TEST(Effort, WithoutCompetitionForAttentionInvestigationIsSafe) {
  Effort::Params separate = plain();
  separate.substitution = 0;
  const auto days = Effort::decide(paid_per_success(1000), 800, usual_target, separate);
  EXPECT_EQ(days[investigate], 2);
  EXPECT_GT(days[resolve], 3);
}

TEST(Effort, MorePieceRateMoreDistortion) {
  double talks = 0, looking = 10, file = 0;
  for (const double pay : {0.0, 200.0, 500.0, 900.0}) {
    const auto days = Effort::decide(paid_per_success(pay), 800, usual_target, plain());
    EXPECT_GT(days[resolve], talks);
    EXPECT_LT(days[investigate], looking);
    EXPECT_GT(days[document], file);
    talks = days[resolve], looking = days[investigate], file = days[document];
  }
}

TEST(Effort, WhatBluntsThePieceRateBluntsItsPull) {
  const double sharp = Effort::decide(paid_per_success(1000), 800, usual_target, plain())[investigate];
  Rules failures_paid = paid_per_success(1000);
  failures_paid.contract.pay_failed_share = 0.5;
  EXPECT_GT(Effort::decide(failures_paid, 800, usual_target, plain())[investigate], sharp);
  Rules little_arrives = paid_per_success(1000);
  little_arrives.customs.pass_through = 0.3;
  EXPECT_GT(Effort::decide(little_arrives, 800, usual_target, plain())[investigate], sharp);
  Rules dear = paid_per_success(1000);
  dear.customs.effort_cost = 600;
  EXPECT_GT(Effort::decide(dear, 800, usual_target, plain())[investigate], sharp);
  // a grant that hangs on results pulls as pay for success does
  Rules results_grant = wages_alone();
  results_grant.contract.fixed_grant_share = 0.5;
  EXPECT_LT(Effort::decide(results_grant, 800, usual_target, plain())[investigate], 2);
}

TEST(Effort, MissionLooksIntoTheCase) {
  // Δ = (4, 6, 0); shared 0.5 · 10/2 = 2.5; 3 + 1.5 · 0.04, 2 + 3.5 · 0.04, 1 - 2.5 · 0.04
  const auto days = Effort::decide(wages_alone(), 900, usual_target, plain());
  EXPECT_NEAR(days[resolve], 3.06, 1e-12);
  EXPECT_NEAR(days[investigate], 2.14, 1e-12);
  EXPECT_NEAR(days[document], 0.9, 1e-12);
}

TEST(Effort, ProcedureDemandsALeast) {
  const auto days = Effort::decide(paid_per_success(100000), 800, usual_target, plain());
  EXPECT_NEAR(days[investigate], 0.6, 1e-12);  // 0.3 · 2
}

// Half of 3,000 yuan a case hangs on the index; under the customary one, feedback alone, it moves nobody.
Rules judged_by(const IndexTerms& index) {
  Rules rules = wages_alone();
  rules.contract = rules.customary_contract = {0.5, 0, 0, 0};
  rules.customary_index = {0, 0, 0, 0, 0, 1};
  rules.index = index;
  return rules;
}

TEST(Effort, HasteAndQualityByHand) {
  Effort::Params p = plain();
  p.haste_slope = 0.02;
  // h = 1500, Δ = −30 each; shared −22.5; −7.5 · 0.04 for each task
  const auto hasty = Effort::decide(judged_by({0, 1, 0, 0, 0, 0}), 800, usual_target, p);
  EXPECT_NEAR(hasty[resolve], 2.7, 1e-12);
  EXPECT_NEAR(hasty[investigate], 1.7, 1e-12);
  EXPECT_NEAR(hasty[document], 0.7, 1e-12);
  // q = 300, Δ = (12, 18, 0); shared 7.5
  for (const IndexTerms& index : {IndexTerms{0, 0, 0.2, 0, 0, 0.8}, {0, 0, 0, 0.2, 0, 0.8}, {0, 0, 0, 0, 0.2, 0.8}}) {
    const auto careful = Effort::decide(judged_by(index), 800, usual_target, p);
    EXPECT_NEAR(careful[resolve], 3.18, 1e-12);
    EXPECT_NEAR(careful[investigate], 2.42, 1e-12);
    EXPECT_NEAR(careful[document], 0.7, 1e-12);
  }
  EXPECT_EQ(Effort::decide(judged_by({0, 0, 0, 0, 0, 1}), 800, usual_target, p), p.customary_days);
  for (const IndexTerms& index : {IndexTerms{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0}}) {
    Rules habit = judged_by(index);
    habit.customary_index = index;
    EXPECT_EQ(Effort::decide(habit, 800, usual_target, p), p.customary_days) << "what was always weighed moves nobody";
  }
}

TEST(Effort, ARatchetMovesEffortUnlessItIsCustomary) {
  Rules rules = judged_by({});
  rules.customary_index = {};
  rules.target_ratchet = 0.5;
  // b − b̄ = −½ · 2000, Δ = (−50, 0, −50); shared −25
  const auto days = Effort::decide(rules, 800, usual_target, plain());
  EXPECT_NEAR(days[resolve], 2, 1e-12);
  EXPECT_NEAR(days[investigate], 3, 1e-12);
  EXPECT_NEAR(days[document], 0.3, 1e-12);
  rules.customary_ratchet = 0.5;
  EXPECT_EQ(Effort::decide(rules, 800, usual_target, plain()), plain().customary_days);
}

}  // namespace
}  // namespace parley
