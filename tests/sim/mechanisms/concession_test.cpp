#include "sim/mechanisms/concession.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

// Straight lines from the first day on.
Concession::Params plain() {
  Concession::Params p;
  p.opening_share = 0.3;
  p.concession_patient = p.concession_hospital = 1;
  p.concession_start = 0;
  p.aggressive_hold = 0.5;
  return p;
}

// Direct talks from day 100 to day 145 over a demand of 80,000.
Subject talks() {
  Subject s = a_dispute();
  s.at(Stage::negotiation, Channel::negotiation);
  s.now.deadline = 145;
  return s;
}

constexpr WalkAwayValues room = {38100, 70000};

Talks plan(const Subject& s, const WalkAwayValues& values = room, const Concession::Params& p = plain()) {
  return Concession::plan(s.view(), values, Rules{}, p);
}

TEST(Concession, AnOfferMovesFromItsStartToTheWalkAwayValue) {
  Concession::Params p = plain();
  p.concession_start = 0.2;
  EXPECT_NEAR(Concession::offer(100, 0, 1, 0, p), 80, 1e-12);      // a fifth at once
  EXPECT_NEAR(Concession::offer(100, 0, 1, 0.5, p), 40, 1e-12);    // 100 − 100 (0.2 + 0.8 · ½)
  EXPECT_NEAR(Concession::offer(100, 0, 0.5, 0.5, p), 60, 1e-12);  // 100 − 100 (0.2 + 0.8 · ¼): holds out
  EXPECT_NEAR(Concession::offer(100, 0, 0.5, 1, p), 0, 1e-12);
  EXPECT_NEAR(Concession::offer(0, 100, 2, 0.25, p), 60, 1e-12);  // 100 (0.2 + 0.8 · √¼)
}

TEST(Concession, AgreementOnTheFirstDayOnWhichTheyMeetInTheMiddle) {
  // 80,000 − 41,900 s meets 21,000 + 49,000 s at s = 59,000/90,900 = 0.649, day 29.2; on day 30, s = 2/3:
  // 52,066.67 and 53,666.67
  const Talks talks_of = plan(talks());
  EXPECT_EQ(talks_of.settlement_day, 130);
  EXPECT_NEAR(talks_of.settlement, 52866.667, 0.001);
}

TEST(Concession, ThePlanStandsWhileNothingChanges) {
  Subject s = talks();
  for (const std::int32_t day : {101, 115, 129, 130}) {
    s.today = day;
    EXPECT_EQ(plan(s).settlement_day, 130) << day;
  }
  s.today = 136;  // something has brought them together late: today, at s = 0.8: 46,480 and 60,200
  EXPECT_EQ(plan(s).settlement_day, 136);
  EXPECT_NEAR(plan(s).settlement, 53340, 0.001);
}

TEST(Concession, WithoutRoomThereIsNoDay) {
  const Talks none = plan(talks(), {70001, 70000});
  EXPECT_EQ(none.settlement_day, never);
}

TEST(Concession, WhereTheValuesTouchItIsTheLastDay) {
  const Talks last = plan(talks(), {50000, 50000});
  EXPECT_EQ(last.settlement_day, 145);
  EXPECT_NEAR(last.settlement, 50000, 1e-9);
}

TEST(Concession, AModestDemandIsMetAtOnce) {
  Subject s = talks();
  s.now.demand = 10000;  // below what a suit is worth: asks for 38,100 then, and the hospital opens with 69,000
  Concession::Params generous = plain();
  generous.opening_share = 69000.0 / 70000;
  EXPECT_EQ(plan(s, room, generous).settlement_day, 100);
  EXPECT_NEAR(plan(s, room, generous).settlement, 53550, 1e-6);
}

TEST(Concession, AnAggressiveLawyerHoldsOutForMore) {
  Subject s = talks();
  s.now.counsel = Counsel::aggressive;
  // 80,000 − 41,900 s² meets 21,000 + 49,000 s at s = (−49,000 + √(49,000² + 4 · 41,900 · 59,000))/83,800 = 0.738,
  // day 33.2; on day 34, s² = 1156/2025: 56,080.79 and 58,022.22
  EXPECT_EQ(plan(s).settlement_day, 134);
  EXPECT_NEAR(plan(s).settlement, 57051.506, 0.001);
  s.now.counsel = Counsel::cooperative;
  EXPECT_EQ(plan(s).settlement_day, 130);
}

TEST(Concession, ATalkOfNoTimeComparesTheOpenings) {
  Subject s = talks();
  s.now.deadline = 100;
  EXPECT_EQ(plan(s).settlement_day, never);
  Concession::Params generous = plain();
  generous.opening_share = 1;
  s.now.demand = 60000;
  EXPECT_EQ(plan(s, room, generous).settlement_day, 100);
}

// Disputes with any values and demands: agreement if and only if there is room, at a price in between.
TEST(Concession, AgreementIfAndOnlyIfTheWalkAwayValuesLeaveRoom) {
  int with_room = 0, without = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const Draw luck({2015, 0}, Decision::harm, i, 0, 0);
    Subject s = talks();
    s.now.demand = 80000 * luck.lognormal(0, 0.8);
    s.now.deadline = 100 + 1 + static_cast<std::int32_t>(luck.below(1, 90));
    const WalkAwayValues values = {40000 * luck.lognormal(2, 0.6), 50000 * luck.lognormal(3, 0.6)};
    const Talks talks_of = plan(s, values, {});
    if (values.patient > values.hospital) {
      EXPECT_EQ(talks_of.settlement_day, never) << i;
      ++without;
      continue;
    }
    ++with_room;
    EXPECT_GE(talks_of.settlement_day, s.today) << i;
    EXPECT_LE(talks_of.settlement_day, s.now.deadline) << i;
    EXPECT_GE(talks_of.settlement, values.patient - 1e-6) << i;
    EXPECT_LE(talks_of.settlement, values.hospital + 1e-6) << i;
  }
  EXPECT_GT(with_room, 300);
  EXPECT_GT(without, 300);
}

// ---- directions

// Later and dearer, or the other way round, against the plain talks.
void expect_moved(const Talks& changed, int later, int dearer) {
  const Talks before = plan(talks());
  const auto sign = [](double x) { return (x > 0) - (x < 0); };
  EXPECT_EQ(sign(changed.settlement_day - before.settlement_day), later);
  EXPECT_EQ(sign(changed.settlement - before.settlement), dearer);
}

TEST(Concession, WhoHoldsOutGetsMoreAndLater) {
  Concession::Params patient = plain(), hospital = plain();
  patient.concession_patient = 0.4;
  hospital.concession_hospital = 0.4;
  expect_moved(plan(talks(), room, patient), 1, 1);
  expect_moved(plan(talks(), room, hospital), 1, -1);
}

TEST(Concession, AHighDemandGetsMoreAndLater) {
  Subject greedy = talks();
  greedy.now.demand = 120000;
  expect_moved(plan(greedy), 1, 1);
}

TEST(Concession, ABetterAlternativeGetsMore) {
  expect_moved(plan(talks(), {45000, 70000}), 1, 1);
  expect_moved(plan(talks(), {38100, 90000}), -1, 1);
}

TEST(Concession, ADeadlineHurriesButDoesNotConvince) {
  Subject hurried = talks();
  hurried.now.deadline = 120;
  EXPECT_LT(plan(hurried).settlement_day, 130);
  EXPECT_NE(plan(hurried).settlement_day, never);
  hurried.now.deadline = 101;
  EXPECT_EQ(plan(hurried, {70001, 70000}).settlement_day, never);
}

}  // namespace
}  // namespace parley
