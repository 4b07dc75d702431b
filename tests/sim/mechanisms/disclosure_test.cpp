#include "sim/mechanisms/disclosure.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Disclosure::Params plain() {
  Disclosure::Params p;
  p.disclosure_probability = 0.25, p.transparency_effect = 2, p.fear_effect = 0.3;
  p.offer_probability = 0.3, p.generosity = 0.9, p.apology_calming = 0.2;
  return p;
}

TEST(Disclosure, OpenHousesTellAndUninsuredOnesFear) {
  HospitalView h;
  h.transparency = 0.5;
  h.insured = true;
  EXPECT_NEAR(Disclosure::probability(h, 0, plain()), 0.25, 1e-12);
  h.transparency = 1;  // odds 1/3 · e = 0.9061, so 0.4754
  EXPECT_NEAR(Disclosure::probability(h, 0, plain()), 0.4753668864, 1e-9);
  h.transparency = 0.5;
  h.insured = false;  // odds 1/3 · e^(−0.3) = 0.24694, so 0.198036
  EXPECT_NEAR(Disclosure::probability(h, 0, plain()), 0.198036, 1e-6);
}

TEST(Disclosure, ADutyMakesGoodPartOfWhatIsLacking) {
  HospitalView h;
  h.transparency = 0;
  h.insured = true;
  const double bare = Disclosure::probability(h, 0, plain());
  h.transparency = 0.5;
  const double middling = Disclosure::probability(h, 0, plain());
  h.transparency = 0;
  EXPECT_GT(Disclosure::probability(h, 0.3, plain()), bare);
  EXPECT_NEAR(Disclosure::probability(h, 0.5, plain()), middling, 1e-12);
  h.transparency = 1;
  EXPECT_EQ(Disclosure::probability(h, 0.9, plain()), Disclosure::probability(h, 0, plain()));
}

// The hospital believes that it owes 40,000 and offers 36,000.
testing::Subject told() {
  testing::Subject s = testing::a_dispute();
  s.now.stage = Stage::claim;
  s.injury.disclosed = true;
  s.now.hospital_belief = 0.4;
  s.now.anger = 0.5;
  return s;
}
Outcome offered(double least, double u) {
  const testing::Subject s = told();
  return Disclosure::early_offer(s.view(), {least, 50000}, Rules{}, plain(), Draw::scripted({u}));
}

TEST(Disclosure, AnEarlyOfferIsTakenIfItIsEnough) {
  const Outcome taken = offered(36000, 0.29);
  EXPECT_EQ(taken.state.stage, Stage::payment);
  EXPECT_EQ(taken.state.outcome, CaseOutcome::agreement);
  EXPECT_NEAR(taken.state.agreed, 36000, 1e-9);
  EXPECT_EQ(taken.state.channel, Channel::negotiation);
  EXPECT_EQ(taken.state.first_channel, Channel::negotiation);
  EXPECT_EQ(taken.state.tried, 1 << static_cast<int>(Channel::negotiation));
  EXPECT_EQ(taken.state.attempts, 1);
  EXPECT_EQ(taken.state.closed, 100);
  EXPECT_EQ(offered(36000.01, 0.29).state.stage, Stage::claim);
  EXPECT_EQ(offered(0, 0.31).state.stage, Stage::claim);  // no offer is made
}

TEST(Disclosure, WhoBelievesToOweNothingOffersNothing) {
  testing::Subject s = told();
  s.now.hospital_belief = 0;
  const Outcome out = Disclosure::early_offer(s.view(), {0, 50000}, Rules{}, plain(), Draw::scripted({0.1}));
  EXPECT_EQ(out.state.stage, Stage::claim);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);
  EXPECT_EQ(out.state.attempts, 0);
  EXPECT_NEAR(out.state.anger, 0.4, 1e-12);  // and yet has said sorry
}

TEST(Disclosure, AnApologyCalmsInAnyCase) {
  EXPECT_NEAR(offered(1e9, 0.9).state.anger, 0.4, 1e-12);  // 0.5 · 0.8
  EXPECT_NEAR(offered(0, 0.1).state.anger, 0.4, 1e-12);
}

TEST(Disclosure, MoreGenerousHousesSettleMore) {
  const testing::Subject s = told();
  const auto settles = [&](double generosity) {
    Disclosure::Params p = plain();
    p.generosity = generosity;
    return Disclosure::early_offer(s.view(), {38000, 50000}, Rules{}, p, Draw::scripted({0.1})).state.stage ==
           Stage::payment;
  };
  EXPECT_FALSE(settles(0.9));
  EXPECT_TRUE(settles(1.0));
}

TEST(Disclosure, AFullDutyMakesAllHousesAlikeAndAStricterOneOpensMore) {
  HospitalView closed, open;
  closed.transparency = 0.1, open.transparency = 1;
  EXPECT_NEAR(Disclosure::probability(closed, 1, plain()), Disclosure::probability(open, 0, plain()), 1e-12);
  double last = 0;
  for (const double duty : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    const double told = Disclosure::probability(closed, duty, plain());
    EXPECT_GT(told, last);
    EXPECT_LT(told, 1);
    last = told;
  }
}

}  // namespace
}  // namespace parley
