#include "sim/mechanisms/payment.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

constexpr double one_mean = 0.36787944117144233;  // e^-1: an exponential draw equal to its mean
constexpr Money plenty{1'000'000'000};
constexpr Payment::Means rich{plenty, plenty, plenty};

Payment::Params plain() {
  Payment::Params p;
  p.delay_insured = 14;
  p.delay_uninsured = 30;
  p.staff_share = 0.1;
  p.relief_share = 0.05;
  return p;
}

Rules plain_rules() {
  Rules rules;
  rules.insurance.deductible = 10000;
  rules.insurance.coinsurance = 0.1;
  rules.insurance.response_days = 5;
  rules.court.lawyer_share = 0.1;
  return rules;
}

// An agreement over 60,000 yuan of day 100, on the day on which the money is due.
Subject owed(CaseOutcome how = CaseOutcome::agreement) {
  Subject s = a_dispute();
  s.at(Stage::payment, how == CaseOutcome::judgment ? Channel::court : Channel::people_mediation);
  s.now.outcome = how;
  s.now.agreed = 60000;
  s.now.closed = 100;
  s.today = 120;
  s.hospital.insured = true;
  return s;
}

Outcome settled(const Subject& s, const Payment::Means& means, const Rules& rules = plain_rules()) {
  return Payment::decide(s.view(), means, rules, plain(), Draw::scripted({one_mean}));
}

Money from(const Outcome& out, Role payer, Role to = Role::patient) {
  Money sum;
  for (const Transfer& t : out.transfers)
    if (t.from == payer && t.to == to) sum += t.amount;
  return sum;
}

TEST(Payment, MoneyComesAfterTheSignature) {
  Subject s = owed();
  s.today = 100;
  const auto wait = [&] {
    return Payment::decide(s.view(), rich, plain_rules(), plain(), Draw::scripted({one_mean})).wait;
  };
  // insured: a mean of 14 days and five working days, that is seven, for the insurer: 21; at least the next day
  EXPECT_NEAR(wait(), 22, 1);
  s.hospital.insured = false;
  EXPECT_NEAR(wait(), 31, 1);
  // next to no time: the next day all the same
  EXPECT_EQ(Payment::decide(s.view(), rich, plain_rules(), plain(), Draw::scripted({1 - 1e-9})).wait, 1);
  const Outcome out = Payment::decide(s.view(), rich, plain_rules(), plain(), Draw::scripted({one_mean}));
  EXPECT_EQ(out.state.stage, Stage::payment);
  EXPECT_EQ(out.state.stage_since, 100);
  EXPECT_EQ(out.transfers.size(), 0u);
}

TEST(Payment, TheInsurerPaysAboveTheDeductibleAndStaffShareTheRest) {
  const Outcome out = settled(owed(), rich);
  // (1 - 0.1)(60,000 - 10,000) = 45,000; the hospital 15,000, of which its staff bear 1,500
  EXPECT_EQ(from(out, Role::insurer), Money::yuan(45000));
  EXPECT_EQ(from(out, Role::hospital), Money::yuan(15000));
  EXPECT_EQ(from(out, Role::staff, Role::hospital), Money::yuan(1500));
  EXPECT_EQ(from(out, Role::fund), Money{});
  EXPECT_EQ(from(out, Role::government), Money{});
  EXPECT_EQ(out.state.stage, Stage::closed);
}

TEST(Payment, WithoutInsuranceOrBelowTheDeductibleTheHospitalPaysAlone) {
  Subject s = owed();
  s.hospital.insured = false;
  EXPECT_EQ(from(settled(s, rich), Role::hospital), Money::yuan(60000));
  s.hospital.insured = true;
  s.now.agreed = 9000;
  EXPECT_EQ(from(settled(s, rich), Role::insurer), Money{});
  EXPECT_EQ(from(settled(s, rich), Role::hospital), Money::yuan(9000));
}

TEST(Payment, WhatTheHospitalCannotPayFallsDownTheLadder) {
  // own part 15,000: hospital has 10,000, the fund 2,000; relief 5 % of 3,000; 2,850 stay unpaid
  const Outcome out = settled(owed(), {Money::yuan(10000), Money::yuan(2000), plenty});
  EXPECT_EQ(from(out, Role::hospital), Money::yuan(10000));
  EXPECT_EQ(from(out, Role::staff, Role::hospital), Money::yuan(1000));
  EXPECT_EQ(from(out, Role::fund), Money::yuan(2000));
  EXPECT_EQ(from(out, Role::government), Money::yuan(150));
}

TEST(Payment, DebtsOfPayersAreNotThePatients) {
  // a hospital in debt pays nothing of its own, and the fund no more than the 15,000 that are left
  const Outcome broke = settled(owed(), {Money::yuan(-500), plenty, plenty});
  EXPECT_EQ(from(broke, Role::hospital), Money{});
  EXPECT_EQ(from(broke, Role::fund), Money::yuan(15000));
  // a fund in debt: relief 5 % of 15,000
  EXPECT_EQ(from(settled(owed(), {Money{}, Money::yuan(-500), plenty}), Role::government), Money::yuan(750));
}

TEST(Payment, NobodyEverPaysMoreThanIsOwed) {
  for (int i = 0; i < 500; ++i) {
    const Draw draw({2, 0}, Decision::payment, static_cast<std::uint64_t>(i), 0, 0);
    Subject s = owed();
    s.now.agreed = 100000 * draw.uniform(4);
    s.hospital.insured = draw.chance(5, 0.5);
    const Payment::Means means{Money::yuan(60000 * draw.uniform(6)), Money::yuan(10000 * draw.uniform(7)), plenty};
    const Outcome out = settled(s, means);
    const Money sum =
        from(out, Role::insurer) + from(out, Role::hospital) + from(out, Role::fund) + from(out, Role::government);
    EXPECT_LE(sum, Money::yuan(s.now.agreed));
    EXPECT_LE(from(out, Role::hospital), means.hospital);
    EXPECT_LE(from(out, Role::fund), means.fund);
    const Money rich_sum = from(settled(s, rich), Role::insurer) + from(settled(s, rich), Role::hospital);
    EXPECT_EQ(rich_sum, Money::yuan(s.now.agreed));  // to the cent
  }
}

TEST(Payment, AfterAJudgmentTheLawyerTakesAShareOfWhatCame) {
  // 57,150 came: 45,000 + 10,000 + 2,000 + 150; a tenth of it
  const Outcome out = settled(owed(CaseOutcome::judgment), {Money::yuan(10000), Money::yuan(2000), plenty});
  EXPECT_EQ(from(out, Role::patient, Role::lawyers), Money::yuan(5715));
  EXPECT_EQ(from(settled(owed(), rich), Role::patient, Role::lawyers), Money{});
  EXPECT_EQ(from(settled(owed(CaseOutcome::award), rich), Role::patient, Role::lawyers), Money{});
}

TEST(Payment, AnInsurerPaysNoMoreThanItHas) {
  const Outcome out = settled(owed(), {plenty, plenty, Money::yuan(20000)});
  EXPECT_EQ(from(out, Role::insurer), Money::yuan(20000));
  EXPECT_EQ(from(out, Role::hospital), Money::yuan(40000));
  const Outcome ruined = settled(owed(), {plenty, plenty, Money::yuan(-1)});
  EXPECT_EQ(from(ruined, Role::insurer), Money{});
  EXPECT_EQ(from(ruined, Role::hospital), Money::yuan(60000));
}

TEST(Payment, LegalAidBearsItsPartOfTheLawyer) {
  Subject s = owed(CaseOutcome::judgment);
  s.now.cost_cover = 0.8;
  const Outcome out = settled(s, rich);  // a tenth of 60,000, of which legal aid bears four fifths
  EXPECT_EQ(from(out, Role::patient, Role::lawyers), Money::yuan(1200));
  EXPECT_EQ(from(out, Role::government, Role::lawyers), Money::yuan(4800));
}

TEST(Payment, AHigherDeductibleLeavesMoreToTheHospital) {
  Rules rules = plain_rules();
  Money insurer = plenty, hospital;
  for (const double deductible : {0.0, 10000.0, 30000.0, 50000.0}) {
    rules.insurance.deductible = deductible;
    const Outcome out = settled(owed(), rich, rules);
    EXPECT_LT(from(out, Role::insurer), insurer);
    EXPECT_GT(from(out, Role::hospital), hospital);
    insurer = from(out, Role::insurer), hospital = from(out, Role::hospital);
  }
}

TEST(Payment, NothingOwedNothingPaid) {
  Subject s = owed();
  s.now.agreed = 0;
  const Outcome out = settled(s, rich);
  EXPECT_EQ(out.transfers.size(), 0u);
  EXPECT_EQ(out.state.stage, Stage::closed);
  EXPECT_EQ(out.state.closed, 100);  // the day of the signature stays
}

TEST(Payment, AGuaranteeTakesOverWhatIsLeft) {
  Subject s = owed();
  s.hospital.insured = false;
  const Payment::Means half{Money::yuan(20000), Money{}, Money{}};
  Rules rules = plain_rules();
  EXPECT_EQ(from(settled(s, half, rules), Role::government), Money::yuan(2000));  // relief: 0.05 of 40,000
  rules.guarantee_share = 0.5;
  EXPECT_EQ(from(settled(s, half, rules), Role::government), Money::yuan(21000));  // 0.05 + 0.95 · 0.5
  rules.guarantee_share = 1;
  EXPECT_EQ(from(settled(s, half, rules), Role::government), Money::yuan(40000));
  EXPECT_EQ(from(settled(s, rich, rules), Role::government), Money{}) << "nothing is left to guarantee";
}

TEST(Payment, ALargerDeductibleStaysWithTheHospital) {
  Rules rules = plain_rules();
  rules.deductible_factor = 2;
  const Outcome out = settled(owed(), rich, rules);
  EXPECT_EQ(from(out, Role::insurer), Money::yuan(36000));  // 0.9 · (60,000 − 20,000)
  EXPECT_EQ(from(out, Role::hospital), Money::yuan(24000));
}

TEST(Payment, AnInsurerAtTheTableAnswersAtOnceAndPaysItsAdjuster) {
  Rules rules = plain_rules();
  rules.insurer_at_table = 1;
  rules.adjuster_cost = 1500;
  EXPECT_EQ(Payment::answer_days(rules), 0);
  EXPECT_EQ(from(settled(owed(), rich, rules), Role::insurer, Role::society), Money::yuan(1500));
  Subject uninsured = owed();
  uninsured.hospital.insured = false;
  EXPECT_EQ(from(settled(uninsured, rich, rules), Role::insurer, Role::society), Money{});
  Rules one_house = plain_rules();
  one_house.referral_delay_factor = 0.4;
  EXPECT_NEAR(Payment::answer_days(one_house), 2, 1e-12);
}

TEST(Payment, NoAdjusterSitsInCourt) {
  Rules rules = plain_rules();
  rules.adjuster_cost = 1500;
  EXPECT_EQ(from(settled(owed(CaseOutcome::judgment), rich, rules), Role::insurer, Role::society), Money{});
  EXPECT_EQ(from(settled(owed(CaseOutcome::award), rich, rules), Role::insurer, Role::society), Money{});
  rules.insurance.deductible = 1e6;  // nor does the insurer come where it has nothing to pay
  EXPECT_EQ(from(settled(owed(), rich, rules), Role::insurer, Role::society), Money{});
}

TEST(Payment, AnInsurerAtTheTableSavesTheWaitForItsAnswer) {
  Subject s = owed();
  s.today = 100;
  Rules rules = plain_rules();
  const auto wait = [&] { return Payment::decide(s.view(), rich, rules, plain(), Draw::scripted({one_mean})).wait; };
  const std::int32_t usual = wait();
  rules.insurer_at_table = 1;
  EXPECT_NEAR(wait(), 15, 1);  // 14 days and nothing for the answer
  EXPECT_LT(wait(), usual);
  s.hospital.insured = false;
  EXPECT_NEAR(wait(), 31, 1) << "whoever has no insurer waits for none";
  Rules half = plain_rules();
  half.insurer_at_table = 0.5, half.referral_delay_factor = 0.4;
  EXPECT_NEAR(Payment::answer_days(half), 1, 1e-12);  // 5 · 0.4 · 0.5
}

TEST(Payment, ALowerDeductibleFactorMovesMoreToTheInsurer) {
  Rules rules = plain_rules();
  Money insurer;
  for (const double factor : {5.0, 2.0, 1.0, 0.5}) {
    rules.deductible_factor = factor;
    const Outcome out = settled(owed(), rich, rules);
    EXPECT_GT(from(out, Role::insurer), insurer);
    EXPECT_EQ(from(out, Role::insurer) + from(out, Role::hospital), Money::yuan(60000));
    insurer = from(out, Role::insurer);
  }
}

TEST(Payment, AGuaranteeIsTheLastToPayAndTheLawyerSharesInIt) {
  Rules rules = plain_rules();
  rules.guarantee_share = 1;
  Subject s = owed(CaseOutcome::judgment);
  s.hospital.insured = false;
  const Outcome out = settled(s, {Money::yuan(10000), Money::yuan(2000), Money{}}, rules);
  EXPECT_EQ(from(out, Role::hospital), Money::yuan(10000));
  EXPECT_EQ(from(out, Role::fund), Money::yuan(2000));
  EXPECT_EQ(from(out, Role::government), Money::yuan(48000));
  EXPECT_EQ(from(out, Role::patient, Role::lawyers), Money::yuan(6000));  // a tenth of 60,000
}

}  // namespace
}  // namespace parley
