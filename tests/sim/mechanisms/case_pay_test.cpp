#include "sim/mechanisms/case_pay.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

CasePay::Params plain() {
  CasePay::Params p;
  p.file_refusal_rate = 0.12;
  p.document_reference = 1;
  p.document_effect = 1;
  p.honesty = 1500;
  p.mission_reference = 800;
  return p;
}

Rules purchased() {
  Rules rules;
  rules.public_funding_share = 0.7;
  rules.insurer_funding_share = 0.1;
  rules.hospital_funding_share = 0.1;             // a tenth is unfunded
  rules.contract = {1, 1200, 1500, 0.2, 0.1, 3};  // nothing hangs on the rate
  rules.customs.pass_through = 0.5;
  return rules;
}

Subject ended(double document_days = 1) {
  Subject s = a_dispute();
  s.at(Stage::mediation, Channel::people_mediation);
  s.now.document_days = document_days;
  s.mediator.mission = 800;
  return s;
}

// What the committee gets from a payer; what it pays back is not among it.
Money from(const Outcome& out, Role payer) {
  Money sum;
  for (const Transfer& t : out.transfers) {
    EXPECT_TRUE(t.to == Role::committee || t.reason == Reason::audit_penalty);
    if (t.from == payer && t.to == Role::committee) sum += t.amount;
  }
  return sum;
}
Money paid_back(const Outcome& out) {
  Money sum;
  for (const Transfer& t : out.transfers)
    if (t.from == Role::committee && t.to == Role::government) sum += t.amount;
  return sum;
}

TEST(CasePay, TheFeeForTakingACaseIsSplitByFunding) {
  const Subject s = ended();
  const Outcome out = CasePay::accepted(s.view(), purchased());
  EXPECT_EQ(from(out, Role::government), Money::yuan(840));  // 0.7 · 1200
  EXPECT_EQ(from(out, Role::insurer), Money::yuan(120));
  EXPECT_EQ(from(out, Role::society), Money::yuan(120));  // hospitals and donors; the last tenth nobody pays
  Rules no_fee = purchased();
  no_fee.contract.base_fee_case = 0;
  EXPECT_EQ(CasePay::accepted(s.view(), no_fee).transfers.size(), 0u);
}

TEST(CasePay, SuccessIsPaidInFullAndAGoodFailureInPart) {
  const Subject s = ended();
  const Outcome success = CasePay::closed(s.view(), true, purchased(), plain(), Draw::scripted({0.5}));
  EXPECT_EQ(from(success, Role::government), Money::yuan(1050));  // 0.7 · 1500
  const Outcome failure = CasePay::closed(s.view(), false, purchased(), plain(), Draw::scripted({0.5}));
  EXPECT_EQ(from(failure, Role::government), Money::yuan(210));  // a fifth of it
  Rules strict = purchased();
  strict.contract.pay_failed_share = 0;
  EXPECT_EQ(CasePay::closed(s.view(), false, strict, plain(), Draw::scripted({0.5})).transfers.size(), 0u);
}

TEST(CasePay, APoorFileIsNotPaid) {
  const Subject s = ended();
  EXPECT_EQ(CasePay::closed(s.view(), true, purchased(), plain(), Draw::scripted({0.1199})).transfers.size(), 0u);
  EXPECT_GT(CasePay::closed(s.view(), true, purchased(), plain(), Draw::scripted({0.1201})).transfers.size(), 0u);
}

TEST(CasePay, DaysOnTheFileSaveIt) {
  // one more day: odds 0.12/0.88 divided by e, 0.050165; probability 0.047769
  const Subject careful = ended(2), hasty = ended(0.5);
  EXPECT_FALSE(CasePay::file_passes(careful.view(), plain(), Draw::scripted({0.0477})));
  EXPECT_TRUE(CasePay::file_passes(careful.view(), plain(), Draw::scripted({0.0478})));
  EXPECT_FALSE(CasePay::file_passes(hasty.view(), plain(), Draw::scripted({0.1201})));
  CasePay::Params indifferent = plain();
  indifferent.document_effect = 0;
  EXPECT_TRUE(CasePay::file_passes(hasty.view(), indifferent, Draw::scripted({0.1201})));
}

// A lie brings φ f_s (1 − f_f) = 0.5 · 1500 · 0.8 = 600. An audit would cost 0.1 · 3 · 750 = 225, honesty 1500 for a
// mission of 800: from a mission of 200 down the lie pays.
Subject mediator_with(double mission) {
  Subject s = ended();
  s.mediator.mission = mission;
  return s;
}
Outcome failed(const Subject& s, const Rules& rules = purchased(), double audit = 0.5, double file = 0.5) {
  return CasePay::closed(s.view(), false, rules, plain(), Draw::scripted({file, audit}));
}

TEST(CasePay, AFailureIsReportedAsASuccessWhereItPays) {
  const Outcome lie = failed(mediator_with(190));  // 225 + 356.25
  EXPECT_TRUE(lie.state.inflated);
  EXPECT_EQ(from(lie, Role::government), Money::yuan(1050));  // as for a success
  const Outcome truth = failed(mediator_with(210));           // 225 + 393.75
  EXPECT_FALSE(truth.state.inflated);
  EXPECT_EQ(from(truth, Role::government), Money::yuan(210));
}

TEST(CasePay, ASuccessNeedsNoLie) {
  const Subject s = mediator_with(0);
  const Outcome out = CasePay::closed(s.view(), true, purchased(), plain(), Draw::scripted({0.5, 0.01}));
  EXPECT_FALSE(out.state.inflated);
  EXPECT_EQ(paid_back(out), Money{});
}

TEST(CasePay, AnAuditFindsTheLie) {
  const Subject s = mediator_with(100);
  EXPECT_EQ(paid_back(failed(s, purchased(), 0.0999)), Money::yuan(4500));  // three times the piece
  EXPECT_EQ(paid_back(failed(s, purchased(), 0.1001)), Money{});
  // an honest failure has nothing to fear
  EXPECT_EQ(paid_back(failed(mediator_with(800), purchased(), 0.0999)), Money{});
}

TEST(CasePay, ALieOnAPoorFileIsNeitherPaidNorAudited) {
  const Outcome out = failed(mediator_with(100), purchased(), 0.01, 0.1199);
  EXPECT_TRUE(out.state.inflated);  // it stands in the report all the same
  EXPECT_EQ(out.transfers.size(), 0u);
}

TEST(CasePay, WhatMakesALiePayAndWhatDoesNot) {
  const auto lies = [](double mission, const auto& change) {
    Rules rules = purchased();
    CasePay::Params p = plain();
    change(rules, p);
    const Subject s = mediator_with(mission);
    return CasePay::inflates(s.view(), rules, p);
  };
  const auto nothing = [](Rules&, CasePay::Params&) {};
  ASSERT_TRUE(lies(190, nothing));
  ASSERT_FALSE(lies(210, nothing));
  EXPECT_FALSE(lies(190, [](Rules& r, CasePay::Params&) { r.contract.audit_rate = 0.12; }));       // 270 + 356.25
  EXPECT_FALSE(lies(190, [](Rules& r, CasePay::Params&) { r.contract.audit_penalty = 4; }));       // 300 + 356.25
  EXPECT_FALSE(lies(190, [](Rules& r, CasePay::Params&) { r.contract.pay_failed_share = 0.3; }));  // 525
  EXPECT_FALSE(lies(190, [](Rules& r, CasePay::Params&) { r.contract.pay_per_success = 1300; }));  // 520 − 195
  EXPECT_FALSE(lies(190, [](Rules& r, CasePay::Params&) { r.customs.pass_through = 0.4; }));       // 480 − 180
  EXPECT_FALSE(lies(190, [](Rules&, CasePay::Params& p) { p.honesty = 1700; }));                   // 225 + 403.75
  EXPECT_TRUE(lies(210, [](Rules& r, CasePay::Params&) { r.contract.audit_rate = 0.08; }));        // 180 + 393.75
  EXPECT_TRUE(lies(210, [](Rules& r, CasePay::Params&) { r.contract.pay_per_success = 1700; }));   // 680 − 255
  EXPECT_TRUE(lies(210, [](Rules&, CasePay::Params& p) { p.mission_reference = 1000; }));          // 225 + 315
  // without pay by the piece there is nothing to lie for, whatever the mission
  EXPECT_FALSE(lies(0, [](Rules& r, CasePay::Params&) { r.contract.pay_per_success = 0; }));
}

// What is reported counts for the results part too: (1 − 0.4) · 3000/0.8 = 2250 more per success.
TEST(CasePay, TheResultsPartIsAReasonToLieToo) {
  Rules rules = purchased();
  rules.contract.pay_per_success = 0;
  rules.contract.fixed_grant_share = 0.4;
  rules.customs.case_sum = 3000;
  Subject s = mediator_with(400), keener = mediator_with(440);
  s.mediator.target = keener.mediator.target = 0.8;
  EXPECT_NEAR(CasePay::worth(s.view(), rules, 0), 2250, 1e-9);
  // 0.5 · 2250 = 1125 against 0.1 · 3 · 1125 + 1500 · 400/800 = 1087.5
  EXPECT_TRUE(CasePay::inflates(s.view(), rules, plain()));
  EXPECT_FALSE(CasePay::inflates(keener.view(), rules, plain()));  // 337.5 + 825
  rules.index = {0, 1, 0, 0, 0, 0};
  EXPECT_FALSE(CasePay::inflates(s.view(), rules, plain())) << "success is not what is weighed";
  rules.index = {};
  rules.target_ratchet = 0.5;
  EXPECT_FALSE(CasePay::inflates(s.view(), rules, plain())) << "half of it is demanded next year";
}

TEST(CasePay, ClassesOfDifficulty) {
  Rules rules = purchased();
  rules.contract.pay_severe_factor = 3;
  Subject slight = ended(), severe = ended();
  slight.injury.severity = Severity::minor;
  severe.injury.severity = Severity::death;
  EXPECT_EQ(from(CasePay::closed(slight.view(), true, rules, plain(), Draw::scripted({0.5})), Role::government),
            Money::yuan(1050));
  EXPECT_EQ(from(CasePay::closed(severe.view(), true, rules, plain(), Draw::scripted({0.5})), Role::government),
            Money::yuan(3150));
}

TEST(CasePay, AFreshVisitFindsMore) {
  Subject s = mediator_with(0);
  s.district.audit_care = 0.69314718055994530942;  // 1 − 0.9/2
  EXPECT_NEAR(CasePay::found(s.view(), purchased().contract), 0.55, 1e-12);
  EXPECT_FALSE(CasePay::inflates(s.view(), purchased(), plain())) << "0.55 · 3 is more than all of it";
}

TEST(CasePay, AFailureInASevereCaseIsPaidByItsClassAndTemptsMore) {
  Rules rules = purchased();
  rules.contract.pay_severe_factor = 3;
  Subject s = mediator_with(5000);  // who would never lie
  s.injury.severity = Severity::permanent;
  EXPECT_EQ(from(failed(s, rules), Role::government), Money::yuan(630));  // 0.7 · 0.2 · 4500
  s.mediator.mission = 210;
  EXPECT_TRUE(failed(s, rules).state.inflated);  // 1800 against 675 + 393.75
  s.injury.severity = Severity::moderate;
  EXPECT_FALSE(failed(s, rules).state.inflated);
}

TEST(CasePay, AnAuditAfterAFreshVisitFindsTheLie) {
  Rules rules = purchased();
  rules.contract.audit_penalty = 1;  // 600 against 0.55 · 750
  Subject s = mediator_with(0);
  s.district.audit_care = 0.69314718055994530942;
  ASSERT_TRUE(failed(s, rules).state.inflated);
  EXPECT_EQ(paid_back(failed(s, rules, 0.549)), Money::yuan(1500));
  EXPECT_EQ(paid_back(failed(s, rules, 0.551)), Money{});
  s.district.audit_care = 0;
  EXPECT_EQ(paid_back(failed(s, rules, 0.549)), Money{}) << "the visit is forgotten";
}

TEST(CasePay, CareNeverLowersTheChanceOfAnAudit) {
  Subject s = ended();
  double last = 0;
  for (const double care : {0.0, 0.1, 1.0, 10.0, 100.0}) {
    s.district.audit_care = care;
    const double found = CasePay::found(s.view(), purchased().contract);
    EXPECT_GE(found, last);
    EXPECT_LE(found, 1);
    last = found;
  }
  s.district.audit_care = 0;
  EXPECT_NEAR(CasePay::found(s.view(), purchased().contract), 0.1, 1e-12);
}

}  // namespace
}  // namespace parley
