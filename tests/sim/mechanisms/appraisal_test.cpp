#include "sim/mechanisms/appraisal.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

constexpr double middle = 0.5;                 // a uniform that makes a normal draw 0
constexpr double one_sd = 0.8413447460685429;  // and one that makes it 1
constexpr double low = 0.001, high = 0.999;
constexpr double ln_4 = 1.38629436111989061883;

// σ = 0.4 · 0.5 = 0.2, so one estimate is worth a precision of 25; κ = 0.6; paired skill of the builder's mediator
// 0.75.
Appraisal::Params plain() {
  Appraisal::Params p;
  p.estimate_sd = 0.4;
  p.share_scale = 0.5;
  p.expert_use = 0.5;
  p.expert_sd_factor = 0.5;
  p.expert_fee = 500;
  p.peer_bias = -0.10;
  p.standardisation_effect = 0.3;
  p.skill_effect = 0.5;
  p.skill_reference = 0.75;
  p.effort_elasticity = 0.5;
  p.investigate_reference = 1;
  p.loss_effect = 1;
  p.neutrality_base = 0.6;
  p.neutrality_hospital = 0.4;
  p.neutrality_insurer = 0.3;
  p.neutrality_government = 0.1;
  p.neutrality_success_pay = 0.2;
  p.neutrality_expert = 0.1;
  p.neutrality_office = 0.15;
  p.neutrality_room = 0.03;
  p.neutrality_reputation = 0.5;
  p.hospital_credence = 1;
  p.voice_reference = 2;
  p.calming = 0.5;
  return p;
}

Rules rules_without_funders() {
  Rules rules;
  rules.customs.case_sum = 3000;
  rules.contract = {1, 0, 0, 0};  // a grant and nothing else
  return rules;
}

Subject in_mediation() {
  Subject s = a_dispute();
  s.at(Stage::mediation, Channel::people_mediation);
  s.injury.responsibility = 0.5;
  s.now.patient_belief = 0.8;
  s.now.hospital_belief = 0.3;
  s.now.patient_precision = s.now.hospital_precision = 25;
  s.hospital.is_public = false;
  s.expert_match = 1;
  s.advice = {1, 3, 0};
  s.district.expert_wait = 10;
  return s;
}

Outcome appraised(const Subject& s, const Rules& rules, const Appraisal::Params& p, double expert, double noise,
                  double advice = low) {
  return Appraisal::decide(s.view(), rules, p, Draw::scripted({expert, noise, advice}));
}

TEST(Appraisal, MovesBothBeliefsByHand) {
  const Outcome out = appraised(in_mediation(), rules_without_funders(), plain(), high, middle);
  EXPECT_NEAR(out.estimate_error, 0, 1e-15);
  // weight κ/σ² = 0.6 · 25 = 15; patient (25 · 0.8 + 15 · 0.5)/40, hospital (25 · 0.3 + 15 · 0.5)/40
  EXPECT_NEAR(out.state.patient_belief, 0.6875, 1e-12);
  EXPECT_NEAR(out.state.hospital_belief, 0.375, 1e-12);
  EXPECT_NEAR(out.state.patient_precision, 40, 1e-9);
  EXPECT_NEAR(out.state.hospital_precision, 40, 1e-9);
  EXPECT_EQ(out.state.stage, Stage::mediation);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.state.stage_since, 100);
  EXPECT_FALSE(out.expert_asked);
  EXPECT_EQ(out.transfers.size(), 0u);
}

// The error of an estimate one deviation up is the deviation: 0.2, unless something changes it.
double deviation(const std::function<void(Subject&, Appraisal::Params&)>& change, double expert = high,
                 double strictness = 0.5) {
  Subject s = in_mediation();
  Rules rules = rules_without_funders();
  rules.standardisation = strictness;
  Appraisal::Params p = plain();
  p.peer_bias = 0;
  change(s, p);
  return appraised(s, rules, p, expert, one_sd).estimate_error;
}

TEST(Appraisal, TheDeviationByHand) {
  using P = Appraisal::Params;
  EXPECT_NEAR(deviation([](Subject&, P&) {}), 0.2, 1e-12);
  // an expert who fits halves it, one who half fits takes a quarter, one who does not fit nothing
  EXPECT_NEAR(deviation([](Subject&, P&) {}, low), 0.1, 1e-12);
  EXPECT_NEAR(deviation([](Subject& s, P&) { s.expert_match = 0.5; }, low), 0.15, 1e-12);
  // precedents that remove 36 % of the variance leave 0.8
  EXPECT_NEAR(deviation([](Subject& s, P&) { s.mediator.precedents = 0.36; }), 0.16, 1e-12);
  // skill of 1 where the reference is 0.75: e^(−ln 4 · 0.25) = 1/√2
  EXPECT_NEAR(deviation([](Subject& s, P& p) {
                s.mediator.medicine = 1;
                p.skill_effect = ln_4;
              }),
              0.2 * 0.70710678118654752, 1e-12);
  // half of law and half of medicine are 0.75 together, and so is three quarters of one of them
  EXPECT_NEAR(deviation([](Subject& s, P& p) {
                s.mediator.law = 0;
                s.mediator.medicine = 0.75;
                p.skill_effect = ln_4;
              }),
              0.2, 1e-12);
  // strict procedure, ½ above the middle: e^(−ln 4 · ½) = ½; none at all doubles it
  const auto bound = [](Subject&, P& p) { p.standardisation_effect = ln_4; };
  EXPECT_NEAR(deviation(bound, high, 1), 0.1, 1e-12);
  EXPECT_NEAR(deviation(bound, high, 0), 0.4, 1e-12);
  // four times the customary days, to the power −½; three tenths of the file lost
  EXPECT_NEAR(deviation([](Subject& s, P&) { s.mediator.investigate_days = 4; }), 0.1, 1e-12);
  EXPECT_NEAR(deviation([](Subject& s, P&) { s.now.information_loss = 0.3; }), 0.26, 1e-12);
}

TEST(Appraisal, AskingAnExpertDoesNotMoveTheNoise) {
  Appraisal::Params p = plain();
  p.peer_bias = 0;
  p.expert_sd_factor = 1;
  const Rules rules = rules_without_funders();
  for (const double noise : {0.2, 0.7, 0.9})
    EXPECT_EQ(appraised(in_mediation(), rules, p, low, noise).estimate_error,
              appraised(in_mediation(), rules, p, high, noise).estimate_error);
}

TEST(Appraisal, AnEstimateIsAShare) {
  Subject s = in_mediation();
  s.injury.responsibility = 0.9;  // 0.9 + 0.2 is held at 1
  EXPECT_NEAR(appraised(s, rules_without_funders(), plain(), high, one_sd).estimate_error, 0.1, 1e-12);
}

TEST(Appraisal, JusticeIsTheMeanOfThreePartsAndCalms) {
  const Outcome out = appraised(in_mediation(), rules_without_funders(), plain(), high, middle);
  // voice min(2/2, 1) = 1, neutrality 0.6, respect 0.6: 2.2/3; anger 0.4 (1 - 0.5 · 2.2/3)
  EXPECT_NEAR(out.state.justice, 2.2 / 3, 1e-12);
  EXPECT_NEAR(out.state.anger, 0.4 * (1 - 1.1 / 3), 1e-12);
  Subject hasty = in_mediation();
  hasty.mediator.resolve_days = 1;  // half a voice: 1.7/3
  EXPECT_NEAR(appraised(hasty, rules_without_funders(), plain(), high, middle).state.justice, 1.7 / 3, 1e-12);
}

TEST(Appraisal, AnExpertIsSharperBiasedPaidAndSlow) {
  const Outcome out = appraised(in_mediation(), rules_without_funders(), plain(), low, middle);
  EXPECT_TRUE(out.expert_asked);
  EXPECT_TRUE(out.state.expert_used);
  // x = 0.5 · 0.9 = 0.45; σ = 0.2 · 0.5 = 0.1; κ = 0.6 + 0.1; weight 70; patient (25 · 0.8 + 70 · 0.45)/95
  EXPECT_NEAR(out.estimate_error, 0.05, 1e-12);
  EXPECT_NEAR(out.state.patient_belief, 51.5 / 95, 1e-12);
  ASSERT_EQ(out.transfers.size(), 1u);
  EXPECT_EQ(out.transfers.begin()->from, Role::committee);
  EXPECT_EQ(out.transfers.begin()->to, Role::experts);
  EXPECT_EQ(out.transfers.begin()->amount, Money::yuan(500));
  // ten days until the opinion and three on the way, and the legal time starts only then
  EXPECT_EQ(out.wait, 13);
  EXPECT_EQ(out.state.stage_since, 113);
}

TEST(Appraisal, TheOfficePaysItsExpertFromThePublicPurse) {
  Subject office = in_mediation();
  office.mediator.is_public_office = true;
  const Outcome out = appraised(office, rules_without_funders(), plain(), low, middle);
  ASSERT_EQ(out.transfers.size(), 1u);
  EXPECT_EQ(out.transfers.begin()->from, Role::government);
}

TEST(Appraisal, NoExpertWithoutAPoolOrWhenTheRequestIsLost) {
  Subject alone = in_mediation();
  alone.expert_match = 0;
  EXPECT_FALSE(appraised(alone, rules_without_funders(), plain(), low, middle).expert_asked);
  Subject lost = in_mediation();
  lost.advice.probability = 0.4;
  EXPECT_FALSE(appraised(lost, rules_without_funders(), plain(), low, middle, 0.41).expert_asked);
  EXPECT_TRUE(appraised(lost, rules_without_funders(), plain(), low, middle, 0.39).expert_asked);
}

TEST(Appraisal, SuccessPayShareByHand) {
  Customs customs;
  customs.case_sum = 3000;
  // [(1 - 0.5) 3000 + 1500]/[3000 + 1200 + 1500] = 3000/5700
  EXPECT_NEAR(Appraisal::success_pay_share({0.5, 1200, 1500, 0.2}, {}, customs), 3000.0 / 5700, 1e-12);
  EXPECT_EQ(Appraisal::success_pay_share({1, 1200, 0, 0}, {}, customs), 0);
  // success is a fifth of what is weighed: [(1/5)(1 - 0.5) 3000 + 1500]/5700
  EXPECT_NEAR(Appraisal::success_pay_share({0.5, 1200, 1500, 0.2}, {1, 4, 0, 0, 0, 0}, customs), 1800.0 / 5700, 1e-12);
}

TEST(Appraisal, CredibilityByHand) {
  Rules rules = rules_without_funders();
  rules.hospital_funding_share = 0.1;
  rules.insurer_funding_share = 0.2;
  rules.public_funding_share = 0.7;
  rules.contract = {0.5, 1200, 1500, 0.2};
  rules.neutrality_shift = 0.05;
  Subject s = in_mediation();
  // 0.6 - 0.4 · 0.1 - 0.3 · 0.2 - 0.2 · 3000/5700, and for a public hospital + 0.05 - 0.1 · 0.7
  const double private_hospital = 0.6 - 0.04 - 0.06 - 0.2 * 3000 / 5700;
  const auto patients = [&](bool expert) { return Appraisal::credibility(s.view(), rules, expert, true, plain()); };
  EXPECT_NEAR(patients(false), private_hospital, 1e-12);
  EXPECT_NEAR(patients(true), private_hospital + 0.1, 1e-12);
  s.hospital.is_public = true;
  EXPECT_NEAR(patients(false), private_hospital + 0.05 - 0.07, 1e-12);
  s.hospital.mediation_room = true;
  EXPECT_NEAR(patients(false), private_hospital + 0.05 - 0.07 - 0.03, 1e-12);
  // an office answers to no funder of committees and has rooms of its own: 0.6 + 0.05 - 0.15
  s.mediator.is_public_office = true;
  EXPECT_NEAR(patients(false), 0.5, 1e-12);
}

TEST(Appraisal, TheHospitalsSideMindsPayForSuccessAlone) {
  Rules rules = rules_without_funders();
  rules.hospital_funding_share = 0.1;
  rules.insurer_funding_share = 0.2;
  rules.public_funding_share = 0.7;
  rules.contract = {0.5, 1200, 1500, 0.2};
  rules.neutrality_shift = 0.05;
  Subject s = in_mediation();
  s.hospital.is_public = true;
  const auto hospitals = [&](bool expert, const Appraisal::Params& p) {
    return Appraisal::credibility(s.view(), rules, expert, false, p);
  };
  const double kappa = 0.6 - 0.2 * 3000 / 5700;
  EXPECT_NEAR(hospitals(false, plain()), kappa, 1e-12);
  EXPECT_NEAR(hospitals(true, plain()), kappa + 0.1, 1e-12);
  Appraisal::Params doubtful = plain();
  doubtful.hospital_credence = 0.5;
  EXPECT_NEAR(hospitals(false, doubtful), kappa / 2, 1e-12);
  s.hospital.mediation_room = true;  // its own house does not trouble it
  EXPECT_NEAR(hospitals(false, plain()), kappa, 1e-12);
  // an office is not paid by the case, and the hospital does not mind whose office it is
  s.mediator.is_public_office = true;
  EXPECT_NEAR(hospitals(false, plain()), 0.6, 1e-12);
}

TEST(Appraisal, EachSideHasItsOwnOpinionOfAMediator) {
  const Rules rules = rules_without_funders();
  Subject s = in_mediation();
  s.mediator.reputation_patient = -0.2;
  s.mediator.reputation_hospital = 0.4;
  EXPECT_NEAR(Appraisal::credibility(s.view(), rules, false, true, plain()), 0.5, 1e-12);   // 0.6 − 0.5 · 0.2
  EXPECT_NEAR(Appraisal::credibility(s.view(), rules, false, false, plain()), 0.8, 1e-12);  // 0.6 + 0.5 · 0.4
  const Outcome out = appraised(s, rules, plain(), high, middle);
  // weights 12.5 and 20: (25 · 0.8 + 12.5 · 0.5)/37.5 and (25 · 0.3 + 20 · 0.5)/45
  EXPECT_NEAR(out.state.patient_belief, 0.7, 1e-12);
  EXPECT_NEAR(out.state.hospital_belief, 17.5 / 45, 1e-12);
  s.mediator.reputation_hospital = 1;  // 1.1 is held at 1
  EXPECT_EQ(Appraisal::credibility(s.view(), rules, false, false, plain()), 1);
}

TEST(Appraisal, EachFunderAndSuccessPayCostCredibility) {
  Subject s = in_mediation();
  s.hospital.is_public = true;
  const auto credibility = [&](const std::function<void(Rules&)>& change) {
    Rules rules = rules_without_funders();
    change(rules);
    return Appraisal::credibility(s.view(), rules, false, true, plain());
  };
  const double nobody = credibility([](Rules&) {});
  EXPECT_LT(credibility([](Rules& r) { r.hospital_funding_share = 0.5; }), nobody);
  EXPECT_LT(credibility([](Rules& r) { r.insurer_funding_share = 0.5; }), nobody);
  EXPECT_LT(credibility([](Rules& r) { r.public_funding_share = 0.5; }), nobody);
  EXPECT_LT(credibility([](Rules& r) { r.contract.pay_per_success = 1500; }), nobody);
  EXPECT_LT(credibility([](Rules& r) { r.contract.fixed_grant_share = 0.2; }), nobody);
  EXPECT_LT(credibility([](Rules& r) { r.neutrality_shift = -0.1; }), nobody);
  EXPECT_GE(credibility([](Rules& r) {
              r.hospital_funding_share = 1;
              r.neutrality_shift = -1;
            }),
            0);
  // a fee for taking the case dilutes pay for success, and so restores some
  const double piece = credibility([](Rules& r) { r.contract.pay_per_success = 1500; });
  EXPECT_GT(credibility([](Rules& r) {
              r.contract.pay_per_success = 1500;
              r.contract.base_fee_case = 1200;
            }),
            piece);
}

TEST(Appraisal, ACredibleMediatorMovesBeliefsFurther) {
  Rules near = rules_without_funders(), far = near;
  far.hospital_funding_share = 1;
  const Outcome believed = appraised(in_mediation(), near, plain(), high, middle);
  const Outcome doubted = appraised(in_mediation(), far, plain(), high, middle);
  EXPECT_LT(believed.state.patient_belief, doubted.state.patient_belief);
  // a hospital does not doubt whom hospitals pay
  EXPECT_EQ(believed.state.hospital_belief, doubted.state.hospital_belief);
  EXPECT_LT(believed.state.anger, doubted.state.anger);
}

// Mean absolute error of the estimate over cases with the same luck.
double mean_error(const Subject& s, const Appraisal::Params& p) {
  constexpr int cases = 20000;
  double sum = 0;
  for (int i = 0; i < cases; ++i) {
    const Draw draw({5, 0}, Decision::appraisal, static_cast<std::uint64_t>(i), 0, 0);
    sum += Appraisal::decide(s.view(), rules_without_funders(), p, draw).estimate_error;
  }
  return sum / cases;
}

TEST(Appraisal, TheErrorIsTheHalfNormalOfItsDeviation) {
  // E|σz| = 0.2 √(2/π) = 0.15958, standard error 0.2 · 0.603/√20000 = 0.00085; held at the ends it is a little less
  Subject s = in_mediation();
  s.expert_match = 0;
  EXPECT_NEAR(mean_error(s, plain()), 0.1596, 0.004);
}

TEST(Appraisal, MoreExpertsAreABetterEstimate) {
  double last = 1;
  for (const double match : {0.0, 0.1, 0.3, 0.6, 1.0}) {
    Subject s = in_mediation();
    s.expert_match = match;
    const double error = mean_error(s, plain());
    EXPECT_LT(error, last) << match;
    last = error;
  }
  Appraisal::Params seldom = plain(), often = plain();
  seldom.expert_use = 0.1;
  often.expert_use = 0.9;
  EXPECT_LT(mean_error(in_mediation(), often), mean_error(in_mediation(), seldom));
}

TEST(Appraisal, SkillEffortPrecedentsAndAWholeFileSharpenTheEstimate) {
  const auto error = [](const std::function<void(Subject&, Appraisal::Params&)>& change) {
    Subject s = in_mediation();
    Appraisal::Params p = plain();
    s.expert_match = 0;
    change(s, p);
    return mean_error(s, p);
  };
  const double ordinary = error([](Subject&, Appraisal::Params&) {});
  EXPECT_LT(error([](Subject& s, Appraisal::Params&) { s.mediator.law = 0.9; }), ordinary);
  EXPECT_LT(error([](Subject& s, Appraisal::Params&) { s.mediator.medicine = 0.9; }), ordinary);
  EXPECT_LT(error([](Subject& s, Appraisal::Params&) { s.mediator.investigate_days = 3; }), ordinary);
  EXPECT_GT(error([](Subject& s, Appraisal::Params&) { s.mediator.investigate_days = 0.5; }), ordinary);
  EXPECT_LT(error([](Subject& s, Appraisal::Params&) { s.mediator.precedents = 0.3; }), ordinary);
  EXPECT_GT(error([](Subject& s, Appraisal::Params&) { s.now.information_loss = 0.3; }), ordinary);
}

}  // namespace
}  // namespace parley
