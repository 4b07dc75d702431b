// Two sides propose in turn and both lose by waiting. Rubinstein (1982, Econometrica 50:97) proves one perfect
// equilibrium: agreement at once, at (1 − δ_other)/(1 − δ_own δ_other) for the first who proposes. Binmore, Shaked and
// Sutton (1989, QJE 104:753): what the responder could have elsewhere moves it only where it is better than the share.
// Parley's protocol of alternating offers, alone, must give both.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/mechanisms/alternating_offers.hpp"
#include "tests/support/builders.hpp"

namespace parley {
namespace {

// Solved from the last round backwards, without the closed form: in the last round the patient takes all that is
// there; before that each offers the other exactly what waiting, or leaving with `elsewhere`, is worth to the other.
double backwards(double patient, double hospital, double elsewhere, int rounds) {
  double first = 1;  // what the patient gets when proposing, with so many rounds of two to come
  for (int i = 0; i < rounds; ++i) {
    const double as_responder = std::max(patient * first, elsewhere);
    first = 1 - hospital * (1 - as_responder);
  }
  return first;
}

struct Case {
  double patient_rate, hospital_rate, round_days;
};
constexpr Case cases[] = {{0.25, 0.06, 14}, {0.06, 0.06, 14}, {0.8, 0.03, 60}, {0.05, 0.15, 1}, {0.25, 0.06, 1}};

AlternatingOffers::Params params(const Case& one) {
  AlternatingOffers::Params p;
  p.round_days = one.round_days;
  p.impatience_hospital = one.hospital_rate;
  return p;
}

// Share of the hospital's walk-away value that the patient gets, with `elsewhere` of it to be had without agreement.
double share(const Case& one, double elsewhere) {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::negotiation, Channel::negotiation);
  s.now.deadline = s.today + 400;
  Rules rules;
  rules.customs.discount_patient = one.patient_rate;
  constexpr double pie = 100000;
  const Talks talks = AlternatingOffers::plan(s.view(), {elsewhere * pie, pie}, rules, params(one));
  EXPECT_EQ(talks.settlement_day, s.today + static_cast<std::int32_t>(one.round_days)) << "no delay in equilibrium";
  return talks.settlement / pie;
}

double patience(double rate, double days) { return std::exp(-rate * days / 365); }

// 200,000 pairs of rounds are enough for what is left of the last one, (δ_p δ_h)^n, to be below 1e-12 in all cases.
TEST(TheoryRubinstein, TheShareIsThatOfTheGameSolvedBackwards) {
  for (const Case& one : cases) {
    const double p = patience(one.patient_rate, one.round_days), h = patience(one.hospital_rate, one.round_days);
    EXPECT_NEAR(share(one, 0), backwards(p, h, 0, 200000), 1e-9) << one.patient_rate << " " << one.round_days;
  }
}

// Short rounds: the first mover's advantage is gone, and the share goes to r_h/(r_p + r_h) (Rubinstein 1982). By
// expansion, (1 − e^(−r_h t))/(1 − e^(−(r_p + r_h)t)) = r_h/(r_p + r_h)·(1 + ½ r_p t) + …: a round of t years leaves
// ½ r_p r_h t/(r_p + r_h), which is 6.628e-5 for one day at 0.25 and 0.06, and next terms of r²t², below 1e-7.
TEST(TheoryRubinstein, InShortRoundsOnlyPatienceCounts) {
  const double limit = 0.06 / 0.31;  // 0.193548
  const double day = share({0.25, 0.06, 1}, 0) - limit, fortnight = share({0.25, 0.06, 14}, 0) - limit;
  EXPECT_NEAR(day, 6.628e-5, 1e-7);
  EXPECT_NEAR(fortnight / day, 14, 0.05);
}

// Equal patience: 1/(1 + δ), half in the limit and more than half for who speaks first.
TEST(TheoryRubinstein, EqualPatienceSharesNearlyEqually) {
  const double delta = patience(0.06, 14);
  EXPECT_NEAR(share({0.06, 0.06, 14}, 0), 1 / (1 + delta), 1e-12);
  EXPECT_GT(share({0.06, 0.06, 14}, 0), 0.5);
  EXPECT_NEAR(share({0.06, 0.06, 1}, 0), 0.5, 1e-4);
}

// Medical debt makes the patient impatient, and costs the patient.
TEST(TheoryRubinstein, DebtLowersTheShare) {
  double before = 1;
  for (const double debt : {0.05, 0.1, 0.25, 0.5, 0.8}) {
    const double now = share({debt, 0.06, 14}, 0);
    EXPECT_LT(now, before) << debt;
    before = now;
  }
}

// An outside option below the share changes nothing; one above it is paid. In rounds of t the proposer gains at most
// 1 − δ_h over it: 0.0023 for a fortnight at 0.06.
TEST(TheoryRubinstein, OutsideOptionsBindOnlyWhereTheyAreBetter) {
  const Case one = {0.25, 0.06, 14};
  const double p = patience(0.25, 14), h = patience(0.06, 14);
  const double alone = share(one, 0);
  for (const double elsewhere : {0.0, 0.05, 0.1, 0.15, 0.19}) {
    EXPECT_EQ(share(one, elsewhere), alone) << elsewhere;
    EXPECT_NEAR(backwards(p, h, elsewhere, 200000), alone, 0.0024) << elsewhere;
  }
  for (const double elsewhere : {0.25, 0.4, 0.6, 0.9, 1.0}) {
    EXPECT_EQ(share(one, elsewhere), elsewhere);
    const double exact = backwards(p, h, elsewhere, 200000);
    EXPECT_GE(exact, elsewhere);
    EXPECT_LE(exact - elsewhere, 1 - h);
  }
}

}  // namespace
}  // namespace parley
