#include "sim/mechanisms/confirmation.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Confirmation::Params plain() {
  Confirmation::Params p;
  p.judicial_confirmation = 0.2, p.amount_effect = 1, p.amount_reference = 50000, p.distrust_effect = 2;
  p.trust_reference = 0.65, p.authority_effect = 0.5;
  return p;
}
// The chance, read off evenly spread luck.
double chance(double amount, double trust, double enforcement) {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::payment, Channel::people_mediation);
  s.now.agreed = amount;
  s.patient.hospital_trust = trust;
  Rules rules;
  rules.enforcement_logit = enforcement;
  return testing::share(
      [&](double u) { return Confirmation::decide(s.view(), rules, plain(), Draw::scripted({u})).state.confirmed; },
      10000);
}

TEST(Confirmation, ByHand) {
  EXPECT_NEAR(chance(50000, 0.65, 0), 0.2, 1e-4);
  EXPECT_NEAR(chance(100000, 0.65, 0), 1.0 / 3, 1e-4);  // odds 1/4 · 2
  EXPECT_NEAR(chance(50000, 0.15, 0), 0.404610, 1e-4);  // odds 1/4 · e^(2 · 0.5)
  EXPECT_NEAR(chance(50000, 0.65, 2), 0.404610, 1e-4);  // odds 1/4 · e^(0.5 · 2)
}

TEST(Confirmation, MoreAtStakeMoreOfIt) {
  EXPECT_LT(chance(1000, 0.65, 0), chance(10000, 0.65, 0));
  EXPECT_LT(chance(50000, 0.9, 0), chance(50000, 0.4, 0));
  EXPECT_GE(chance(0, 0.65, 0), 0);  // an agreement over nothing is no reason to fail
}

TEST(Confirmation, OnlyWhatHasBeenAgreed) {
  const testing::Subject s = testing::a_dispute();
  EXPECT_FALSE(Confirmation::decide(s.view(), Rules{}, plain(), Draw::scripted({1e-9})).state.confirmed);
}

TEST(Confirmation, NothingElseChanges) {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::payment, Channel::people_mediation);
  s.now.agreed = 60000;
  s.now.closed = 100;
  const Outcome out = Confirmation::decide(s.view(), Rules{}, plain(), Draw::scripted({1e-9}));
  EXPECT_TRUE(out.state.confirmed);
  EXPECT_EQ(out.state.stage, Stage::payment);
  EXPECT_EQ(out.state.agreed, 60000);
  EXPECT_EQ(out.transfers.size(), 0u);
}

}  // namespace
}  // namespace parley
