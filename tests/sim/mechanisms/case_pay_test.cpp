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
  return p;
}

Rules purchased() {
  Rules rules;
  rules.public_funding_share = 0.7;
  rules.insurer_funding_share = 0.1;
  rules.hospital_funding_share = 0.1;  // a tenth is unfunded
  rules.contract = {0.5, 1200, 1500, 0.2};
  return rules;
}

Subject ended(double document_days = 1) {
  Subject s = a_dispute();
  s.at(Stage::mediation, Channel::people_mediation);
  s.now.document_days = document_days;
  return s;
}

Money from(const Outcome& out, Role payer) {
  Money sum;
  for (const Transfer& t : out.transfers) {
    EXPECT_EQ(t.to, Role::committee);
    if (t.from == payer) sum += t.amount;
  }
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

}  // namespace
}  // namespace parley
