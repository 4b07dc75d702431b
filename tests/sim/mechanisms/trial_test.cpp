#include "sim/mechanisms/trial.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

constexpr double middle = 0.5;  // a uniform that makes a normal draw 0
constexpr double low = 0.001, high = 0.999;

Trial::Params plain() {
  Trial::Params p;
  p.duration_sigma = 0.4;
  p.appraisal_sd = 0.2;
  p.judge_sd = 0.3;
  p.liability_threshold = 0.1;
  p.association_bias = -0.1;
  p.court_cost = 6000;
  return p;
}

Rules plain_rules() {
  Rules rules;
  rules.court.appraisal_use = 0.8;
  rules.court.appraisal_judicial_share = 0.6;
  rules.court.appraisal_fee_association = 2200;
  rules.court.appraisal_fee_judicial = 8000;
  rules.court.appraisal_time = 90;
  rules.court.duration_mean = 400;
  rules.court.lawyer_fixed = 5000;
  rules.court.defence_cost = 20000;
  rules.court.fee_threshold = 50000;
  rules.court.fee_fixed = 300;
  rules.court.fee_rate_middle = 0.01;
  rules.court.fee_ceiling_middle = 100000;
  rules.court.fee_rate_above = 0.005;
  return rules;
}

Subject in_court(Stage stage) {
  Subject s = a_dispute();
  s.at(stage, Channel::court);
  s.injury.damages = 100000;
  s.injury.responsibility = 0.5;
  s.now.patient_belief = 0.8;
  s.now.hospital_belief = 0.3;
  s.now.patient_precision = s.now.hospital_precision = 25;
  return s;
}

Outcome begun(const Subject& s, double appraised, double judicial, double duration, double estimate) {
  return Trial::begin(s.view(), plain_rules(), plain(), Draw::scripted({appraised, judicial, duration, estimate}));
}
Outcome judged(const Subject& s, double appraised, double judicial, double estimate) {
  return Trial::judge(s.view(), plain_rules(), plain(), Draw::scripted({appraised, judicial, middle, estimate}));
}

Money paid(const Outcome& out, Role from, Role to) {
  Money sum;
  for (const Transfer& t : out.transfers)
    if (t.from == from && t.to == to) sum += t.amount;
  return sum;
}

TEST(Trial, BeginsWithADayOfJudgmentAndAnAppraisal) {
  const Outcome out = begun(in_court(Stage::filing), low, low, middle, middle);
  EXPECT_EQ(out.state.stage, Stage::trial);
  // (400 - 0.8 · 90) e^(-0.08) + 90 = 328 · 0.923116 + 90 = 392.78
  EXPECT_EQ(out.state.deadline, 100 + 392);
  // weight 1/0.2² = 25 beside 25: halfway to 0.5
  EXPECT_NEAR(out.state.patient_belief, 0.65, 1e-12);
  EXPECT_NEAR(out.state.hospital_belief, 0.40, 1e-12);
  EXPECT_NEAR(out.state.patient_precision, 50, 1e-9);
  EXPECT_EQ(paid(out, Role::patient, Role::experts), Money::yuan(8000));
  EXPECT_EQ(paid(out, Role::government, Role::court), Money::yuan(6000));
}

TEST(Trial, AnAssociationIsCheaperAndLeansToTheHospital) {
  const Outcome out = begun(in_court(Stage::filing), low, high, middle, middle);
  // x = 0.5 · 0.9 = 0.45; patient (0.8 + 0.45)/2
  EXPECT_NEAR(out.state.patient_belief, 0.625, 1e-12);
  EXPECT_EQ(paid(out, Role::patient, Role::experts), Money::yuan(2200));
  EXPECT_EQ(judged(in_court(Stage::trial), low, high, middle).state.agreed, 45000);
}

TEST(Trial, WithoutAppraisalNobodyLearnsAndItIsQuicker) {
  const Outcome out = begun(in_court(Stage::filing), high, low, middle, middle);
  EXPECT_EQ(out.state.deadline, 100 + 302);
  EXPECT_EQ(out.state.patient_belief, 0.8);
  EXPECT_EQ(out.state.patient_precision, 25);
  EXPECT_EQ(paid(out, Role::patient, Role::experts), Money{});
}

TEST(Trial, TimeToJudgmentHasItsMean) {
  // 328 + 0.8 · 90 = 400, less half a day for whole days; standard error about 140/√20000 = 1
  double sum = 0;
  constexpr int cases = 20000;
  const Subject s = in_court(Stage::filing);
  for (int i = 0; i < cases; ++i) {
    const Draw draw({3, 0}, Decision::trial, static_cast<std::uint64_t>(i), 0, 0);
    sum += Trial::begin(s.view(), plain_rules(), plain(), draw).state.deadline - s.today;
  }
  EXPECT_NEAR(sum / cases, 399.5, 4);
}

TEST(Trial, TheAwardIsTheEstimatedShareOfTheDamage) {
  const Outcome out = judged(in_court(Stage::trial), low, low, middle);
  EXPECT_EQ(out.state.outcome, CaseOutcome::judgment);
  EXPECT_EQ(out.state.agreed, 50000);
  EXPECT_EQ(out.state.stage, Stage::payment);
  EXPECT_EQ(out.state.closed, 100);
}

TEST(Trial, BelowTheThresholdTheCourtFindsNothing) {
  Subject s = in_court(Stage::trial);
  s.injury.responsibility = 0.09;
  const Outcome lost = judged(s, low, low, middle);
  EXPECT_EQ(lost.state.outcome, CaseOutcome::dismissed);
  EXPECT_EQ(lost.state.stage, Stage::closed);
  EXPECT_EQ(lost.state.agreed, 0);
  s.injury.responsibility = 0.1;  // just what it takes
  EXPECT_EQ(judged(s, low, low, middle).state.outcome, CaseOutcome::judgment);
}

TEST(Trial, TheJudgeFollowsTheAppraisalThatBothSidesSaw) {
  for (int i = 0; i < 200; ++i) {
    Subject s = in_court(Stage::filing);
    s.now.patient_precision = 0;  // believes whatever the appraisal says
    const Draw draw({8, 0}, Decision::trial, static_cast<std::uint64_t>(i), 0, 0);
    const Outcome start = Trial::begin(s.view(), plain_rules(), plain(), draw);
    if (paid(start, Role::patient, Role::experts) == Money{}) continue;  // no appraisal
    const Outcome end = Trial::judge(s.view(), plain_rules(), plain(), draw);
    if (start.state.patient_belief < 0.1) {
      EXPECT_EQ(end.state.outcome, CaseOutcome::dismissed);
    } else {
      EXPECT_NEAR(end.state.agreed, start.state.patient_belief * 100000, 1e-6);
    }
  }
}

struct Judgments {
  double won = 0, mean_award = 0, error = 0;
};
Judgments judgments(const std::function<void(Subject&, Rules&, Trial::Params&)>& change) {
  Subject s = in_court(Stage::trial);
  Rules rules = plain_rules();
  Trial::Params p = plain();
  change(s, rules, p);
  Judgments sum;
  constexpr int cases = 5000;
  for (int i = 0; i < cases; ++i) {
    const Draw draw({4, 0}, Decision::trial, static_cast<std::uint64_t>(i), 0, 0);
    const Outcome out = Trial::judge(s.view(), rules, p, draw);
    sum.won += out.state.outcome == CaseOutcome::judgment;
    sum.mean_award += out.state.agreed;
    sum.error += std::fabs(out.state.agreed - s.injury.owed());
  }
  return {sum.won / cases, sum.mean_award / cases, sum.error / cases};
}

TEST(Trial, WinsAndAwardsFollowTheMerits) {
  double won = 0, award = 0;
  for (const double responsibility : {0.0, 0.1, 0.3, 0.5, 0.8}) {
    const Judgments now =
        judgments([=](Subject& s, Rules&, Trial::Params&) { s.injury.responsibility = responsibility; });
    EXPECT_GT(now.won, won) << responsibility;
    EXPECT_GT(now.mean_award, award) << responsibility;
    won = now.won, award = now.mean_award;
  }
}

TEST(Trial, AppraisalsSharpenJudgmentsAndAssociationsLowerThem) {
  const Judgments ordinary = judgments([](Subject&, Rules&, Trial::Params&) {});
  EXPECT_LT(judgments([](Subject&, Rules& r, Trial::Params&) { r.court.appraisal_use = 1; }).error,
            judgments([](Subject&, Rules& r, Trial::Params&) { r.court.appraisal_use = 0; }).error);
  EXPECT_LT(judgments([](Subject&, Rules&, Trial::Params& p) { p.association_bias = -0.3; }).mean_award,
            ordinary.mean_award);
  EXPECT_GT(judgments([](Subject&, Rules& r, Trial::Params&) { r.court.appraisal_judicial_share = 1; }).mean_award,
            ordinary.mean_award);
  EXPECT_LT(judgments([](Subject&, Rules&, Trial::Params& p) { p.liability_threshold = 0.3; }).won, ordinary.won);
}

TEST(Trial, FilingCostsBothSides) {
  Subject s = in_court(Stage::filing);
  s.now.patient_belief = 1.5;  // a claim of 150,000: 300 + 1 % of 50,000 + 0.5 % of 50,000 = 1,050
  const Outcome out = Trial::file(s.view(), plain_rules());
  EXPECT_EQ(paid(out, Role::patient, Role::court), Money::yuan(1050));
  EXPECT_EQ(paid(out, Role::patient, Role::lawyers), Money::yuan(5000));
  EXPECT_EQ(paid(out, Role::hospital, Role::lawyers), Money::yuan(20000));
  EXPECT_EQ(out.state.stage, Stage::filing);
}

TEST(Trial, AFileFromMediationSavesPartOfTheAppraisal) {
  Subject s = in_court(Stage::filing);
  s.now.evidence = 0.5;
  const Outcome out = begun(s, low, low, middle, middle);
  // 328 · 0.923116 + 0.5 · 90 = 302.78 + 45 = 347.78; half of 8,000; what it says is as firm as ever
  EXPECT_EQ(out.state.deadline, 100 + 347);
  EXPECT_EQ(paid(out, Role::patient, Role::experts), Money::yuan(4000));
  EXPECT_NEAR(out.state.patient_belief, 0.65, 1e-12);
  s.now.evidence = 1;
  const Outcome all = begun(s, low, low, middle, middle);
  EXPECT_EQ(all.state.deadline, 100 + 302);
  EXPECT_EQ(paid(all, Role::patient, Role::experts), Money{});
  // without an appraisal there is nothing to save
  EXPECT_EQ(begun(s, high, low, middle, middle).state.deadline, 100 + 302);
}

TEST(Trial, LegalAidBearsItsPart) {
  Subject s = in_court(Stage::filing);
  s.now.patient_belief = 1.5;
  s.now.cost_cover = 0.8;
  const Outcome filed = Trial::file(s.view(), plain_rules());
  // a fifth of 1,050 and of 5,000; the rest is the government's, and the hospital's own cost is its own
  EXPECT_EQ(paid(filed, Role::patient, Role::court), Money::yuan(210));
  EXPECT_EQ(paid(filed, Role::government, Role::court), Money::yuan(840));
  EXPECT_EQ(paid(filed, Role::patient, Role::lawyers), Money::yuan(1000));
  EXPECT_EQ(paid(filed, Role::government, Role::lawyers), Money::yuan(4000));
  EXPECT_EQ(paid(filed, Role::hospital, Role::lawyers), Money::yuan(20000));
  const Outcome out = begun(s, low, low, middle, middle);
  EXPECT_EQ(paid(out, Role::patient, Role::experts), Money::yuan(1600));
  EXPECT_EQ(paid(out, Role::government, Role::experts), Money::yuan(6400));
  for (const Transfer& t : out.transfers) {
    if (t.to == Role::experts) {
      EXPECT_EQ(t.reason, t.from == Role::government ? Reason::legal_aid_cost : Reason::appraisal_fee);
    } else {
      EXPECT_EQ(t.reason, Reason::court_cost);
    }
  }
}

TEST(Trial, AppraisalsThatTakeLongerThanATrialLeaveTheJudgeNoTime) {
  const Subject s = in_court(Stage::filing);
  Rules rules = plain_rules();
  rules.court.duration_mean = 50;  // less than 0.8 · 90
  const auto days = [&](double appraised) {
    return Trial::begin(s.view(), rules, plain(), Draw::scripted({appraised, low, middle, middle})).state.deadline -
           s.today;
  };
  EXPECT_EQ(days(low), 90);
  EXPECT_EQ(days(high), 1);
}

TEST(Trial, AJudgeAloneHasNoBiasAndLessCertainty) {
  const Subject s = in_court(Stage::trial);
  constexpr double one_deviation = 0.84134474606854293;
  EXPECT_EQ(judged(s, high, high, middle).state.agreed, 50000);                 // no association was asked
  EXPECT_NEAR(judged(s, high, high, one_deviation).state.agreed, 80000, 1e-6);  // 0.5 + 0.3
  EXPECT_NEAR(judged(s, low, low, one_deviation).state.agreed, 70000, 1e-6);    // 0.5 + 0.2
}

}  // namespace
}  // namespace parley
