#include "sim/mechanisms/screening.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

// A belief so loose that every share is as likely as any other: f(q)/(F(top) − F(q)) = 1/(top − q), so that the best
// cutoff is top − (C_p + C_h)/J.
constexpr double flat = 100;

Screening::Params plain() {
  Screening::Params p;
  p.session_days = 7;
  p.round_cost = 0;
  return p;
}

Rules plain_rules() {
  Rules rules;
  rules.court.lawyer_fixed = 5000;
  rules.court.defence_cost = 20000;
  return rules;
}

// Mediation from day 100 to day 142 over 100,000: costs of 25,000 are a quarter of it.
Subject talks() {
  Subject s = a_dispute();
  s.at(Stage::mediation, Channel::people_mediation);
  s.now.deadline = 142;
  s.now.patient_precision = 1 / (flat * flat);
  return s;
}

Talks plan(const Subject& s, const WalkAwayValues& values, const Screening::Params& p = plain()) {
  return Screening::plan(s.view(), values, plain_rules(), p);
}

TEST(Screening, TheBestCutoffOfAFlatBelief) {
  EXPECT_NEAR(Screening::cutoff(0.5, flat, 0, 1, 4), 0.75, 1e-4);
  EXPECT_NEAR(Screening::cutoff(0.5, flat, 0, 0.75, 4), 0.5, 1e-4);
  EXPECT_NEAR(Screening::cutoff(0.5, flat, 0, 1, 2), 0.5, 1e-4);
}

TEST(Screening, TheBestCutoffOfANormalBelief) {
  // at q = ½: f = 0.398942/0.2 = 1.994711, F(1) − F(½) = Φ(2.5) − ½ = 0.493790, and 1.994711/0.493790 = 4.03959
  EXPECT_NEAR(Screening::cutoff(0.5, 0.2, 0, 1, 4.03959), 0.5, 1e-5);
  // at q = 0.3, one deviation below: f = 0.241971/0.2 = 1.209854, Φ(2.5) − Φ(−1) = 0.835135, ratio 1.448693
  EXPECT_NEAR(Screening::cutoff(0.5, 0.2, 0, 1, 1.448693), 0.3, 1e-5);
}

TEST(Screening, WhereCostsExceedTheStakeTheDemandIsSuchThatAllTakeIt) {
  EXPECT_EQ(Screening::cutoff(0.5, flat, 0, 1, 0.5), 0);
  EXPECT_EQ(Screening::cutoff(0.5, 0.2, 0, 1, 0.05), 0);  // φ(2.5)/0.2/(Φ(2.5) − Φ(−2.5)) = 0.0888 there
  EXPECT_EQ(Screening::cutoff(0.5, 0.2, 0, 0, 4), 0);     // nothing is left to choose from
}

TEST(Screening, WhoOwesMuchSettlesAtTheFirstSession) {
  // q = 0.75: 75,000 + 20,000
  const Talks first = plan(talks(), {0, 95010});
  EXPECT_EQ(first.settlement_day, 107);
  EXPECT_NEAR(first.settlement, 95000, 5);
}

TEST(Screening, TheRestHearALowerDemandOnTheLastDay) {
  // refused, the share is below 0.75: q = 0.5 and 50,000 + 20,000
  const Talks last = plan(talks(), {0, 94980});
  EXPECT_EQ(last.settlement_day, 142);
  EXPECT_NEAR(last.settlement, 70000, 10);
  EXPECT_EQ(plan(talks(), {0, 70020}).settlement_day, 142);
  EXPECT_EQ(plan(talks(), {0, 69980}).settlement_day, never);  // and the rest go on to another forum
}

TEST(Screening, NobodyDemandsLessThanTheOwnWalkAwayValue) {
  const Talks dear = plan(talks(), {97000, 98000});
  EXPECT_EQ(dear.settlement_day, 107);
  EXPECT_EQ(dear.settlement, 97000);
  EXPECT_EQ(plan(talks(), {97000, 96000}).settlement_day, never);
  EXPECT_EQ(plan(talks(), {80000, 90000}).settlement, 80000);  // the second demand would have been 70,000
}

TEST(Screening, TheFirstSessionComesOnceAndNotAfterTheDeadline) {
  Subject s = talks();
  s.today = 107;
  EXPECT_EQ(plan(s, {0, 96000}).settlement_day, 107);
  s.today = 108;  // it is over; the last demand is lower still
  EXPECT_EQ(plan(s, {0, 96000}).settlement_day, 142);
  EXPECT_NEAR(plan(s, {0, 96000}).settlement, 70000, 10);
  s.today = 100;
  s.now.deadline = 103;
  EXPECT_EQ(plan(s, {0, 96000}).settlement_day, 103);
  EXPECT_NEAR(plan(s, {0, 96000}).settlement, 95000, 5);
}

TEST(Screening, BeforeAJudgeCostsAreSunk) {
  for (const Stage stage : {Stage::trial, Stage::arbitration}) {
    Subject s = talks();
    s.at(stage);
    Screening::Params p = plain();
    p.round_cost = 10000;  // all that is still to come: q = 1 − 0.1, and nothing to add
    const Talks bold = plan(s, {0, 95000}, p);
    EXPECT_EQ(bold.settlement_day, 107);
    EXPECT_NEAR(bold.settlement, 90000, 5);
  }
}

// ---- directions

TEST(Screening, WhoPaysLessForASuitAsksForMore) {
  Subject s = talks();
  s.now.cost_cover = 1;  // 20,000 are left: q = 0.8
  EXPECT_NEAR(plan(s, {0, 110000}).settlement, 100000, 5);
  Screening::Params dear = plain();
  dear.round_cost = 5000;  // 30,000: q = 0.7
  EXPECT_NEAR(plan(talks(), {0, 110000}, dear).settlement, 90000, 5);
}

TEST(Screening, WhoBelievesInMoreAsksForMore) {
  Subject s = talks();
  s.now.patient_precision = 25;
  double before = 0;
  for (const double belief : {0.2, 0.4, 0.6, 0.8}) {
    s.now.patient_belief = belief;
    const double asked = plan(s, {0, 1e6}).settlement;
    EXPECT_GT(asked, before) << belief;
    before = asked;
  }
}

TEST(Screening, AnyPriceLiesBetweenTheWalkAwayValues) {
  int agreed = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const Draw luck({2015, 0}, Decision::harm, i, 0, 0);
    Subject s = talks();
    s.injury.damages = 80000 * luck.lognormal(0, 0.8);
    s.now.patient_belief = luck.uniform(1);
    s.now.patient_precision = 25;
    const WalkAwayValues values = {30000 * luck.lognormal(2, 0.6), 60000 * luck.lognormal(3, 0.6)};
    const Talks talks_of = plan(s, values);
    if (talks_of.settlement_day == never) continue;
    ++agreed;
    EXPECT_GE(talks_of.settlement, values.patient) << i;
    EXPECT_LE(talks_of.settlement, values.hospital) << i;
    EXPECT_TRUE(talks_of.settlement_day == 107 || talks_of.settlement_day == 142) << i;
  }
  EXPECT_GT(agreed, 100);
}

}  // namespace
}  // namespace parley
