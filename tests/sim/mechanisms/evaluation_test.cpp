#include "sim/mechanisms/evaluation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace parley {
namespace {

Evaluation::Params plain() {
  Evaluation::Params p;
  p.prior_cases = 10;
  p.target_days = 30;
  p.prior_satisfaction = 0.5;
  p.target_lessons = 0.2;
  return p;
}

constexpr double target = 0.8;

Evaluation::Year year() {
  Evaluation::Year y;
  y.closed = 10, y.successes = 4;
  y.days = 900, y.satisfaction = 7;
  y.broken = 2, y.escalated = 5, y.lessons = 1;
  return y;
}

TEST(Evaluation, ScoresByHand) {
  const auto [success, time, satisfaction, recurrence, non_escalation, feedback] =
      Evaluation::scores(year(), target, plain());
  EXPECT_NEAR(success, 0.75, 1e-12);         // (4 + 8)/20 over 0.8
  EXPECT_NEAR(time, 0.5, 1e-12);             // (900 + 300)/20 = 60 days
  EXPECT_NEAR(satisfaction, 0.6, 1e-12);     // (7 + 5)/20
  EXPECT_NEAR(recurrence, 6.0 / 7, 1e-12);   // 2 of 4 + 10
  EXPECT_NEAR(non_escalation, 0.75, 1e-12);  // 5 of 20
  EXPECT_NEAR(feedback, 0.75, 1e-12);        // (1 + 2)/20 over 0.2
}

TEST(Evaluation, NobodyIsJudgedWithoutACase) {
  const Evaluation::Year nothing;
  const auto scores = Evaluation::scores(nothing, target, plain());
  EXPECT_NEAR(scores[0], 1, 1e-12);
  EXPECT_NEAR(scores[2], 0.5, 1e-12);
  EXPECT_NEAR(scores[5], 1, 1e-12);
}

TEST(Evaluation, TheIndexIsAWeightedMean) {
  EXPECT_NEAR(Evaluation::index(year(), target, {1, 0, 0, 0, 0, 0}, plain()), 0.75, 1e-12);
  EXPECT_NEAR(Evaluation::index(year(), target, {0.5, 0.5, 0, 0, 0, 0}, plain()), 0.625, 1e-12);
  EXPECT_NEAR(Evaluation::index(year(), target, {1, 1, 0, 0, 0, 0}, plain()), 0.625, 1e-12) << "weights are relative";
  EXPECT_EQ(Evaluation::index(year(), target, {0, 0, 0, 0, 0, 0}, plain()), 1) << "nothing is asked";
}

TEST(Evaluation, EveryScoreIsAShareAndMoreSuccessesNeverScoreLess) {
  double last = 0;
  for (int successes = 0; successes <= 50; ++successes) {
    Evaluation::Year y = year();
    y.closed = 50, y.successes = successes, y.broken = 80, y.escalated = 80, y.days = 1e6;
    for (const double score : Evaluation::scores(y, target, plain())) {
      EXPECT_GE(score, 0);
      EXPECT_LE(score, 1);
    }
    EXPECT_GE(Evaluation::success(y, target, plain()), last);
    last = Evaluation::success(y, target, plain());
  }
  // without the weight of the target one failure would cost all
  Evaluation::Params harsh = plain();
  harsh.prior_cases = 0;
  EXPECT_EQ(Evaluation::success({1, 0, 0, 0, 0, 0, 0}, target, harsh), 0);
  EXPECT_GT(Evaluation::success({1, 0, 0, 0, 0, 0, 0}, target, plain()), 0.8);
}

TEST(Evaluation, ARatchetOnlyGoesUp) {
  Evaluation::Params p = plain();
  p.prior_cases = 0;
  Evaluation::Year good = year();
  good.successes = 9;
  EXPECT_NEAR(Evaluation::next_target(good, target, 0.5, p), 0.85, 1e-12);
  EXPECT_EQ(Evaluation::next_target(good, target, 0, p), target);
  EXPECT_EQ(Evaluation::next_target(year(), target, 1, p), target) << "who misses the target keeps it";
  EXPECT_EQ(Evaluation::next_target({}, target, 1, p), target);
  Evaluation::Year inflated = good;
  inflated.successes = 10;
  EXPECT_EQ(Evaluation::next_target(inflated, target, 1, p), 1);
}

TEST(Evaluation, WeightOnSuccessAloneIsTheRateOverTheTarget) {
  Evaluation::Params p = plain();
  p.prior_cases = 0;
  Evaluation::Year y = year();
  y.closed = 20;
  for (int successes = 0; successes <= 20; ++successes) {
    y.successes = successes;
    EXPECT_NEAR(Evaluation::index(y, target, {}, p), std::min(1.0, successes / 20.0 / target), 1e-12);
  }
}

TEST(Evaluation, WhatIsJudgedMovesItsOwnScoreAlone) {
  const Evaluation::Scores before = Evaluation::scores(year(), target, plain());
  const auto moves = [&](std::size_t aspect, bool up, double Evaluation::Year::*count) {
    Evaluation::Year y = year();
    y.*count += 1;
    const Evaluation::Scores after = Evaluation::scores(y, target, plain());
    for (std::size_t k = 0; k < after.size(); ++k) {
      if (aspect == 0 && k == 3)
        EXPECT_GT(after[k], before[k]) << "the same broken agreements among more";
      else if (k != aspect)
        EXPECT_EQ(after[k], before[k]) << aspect << " " << k;
      else if (up)
        EXPECT_GT(after[k], before[k]) << k;
      else
        EXPECT_LT(after[k], before[k]) << k;
    }
  };
  moves(0, true, &Evaluation::Year::successes);
  moves(1, false, &Evaluation::Year::days);
  moves(2, true, &Evaluation::Year::satisfaction);
  moves(3, false, &Evaluation::Year::broken);
  moves(4, false, &Evaluation::Year::escalated);
  moves(5, true, &Evaluation::Year::lessons);
}

TEST(Evaluation, AHigherTargetIsHarderToMeet) {
  double last = 2;
  for (const double asked : {0.3, 0.5, 0.8, 1.0}) {
    const double score = Evaluation::success(year(), asked, plain());
    EXPECT_LE(score, last);
    last = score;
  }
  EXPECT_NEAR(last, 0.7, 1e-12);  // (4 + 10)/20
}

TEST(Evaluation, LuckOfAFewCasesMovesATargetLittle) {
  Evaluation::Year lucky, steady;
  lucky.closed = lucky.successes = 2;
  steady.closed = steady.successes = 200;
  const Evaluation::Params p = plain();
  EXPECT_LT(Evaluation::next_target(lucky, target, 1, p), target + 0.3 * (1 - target));
  EXPECT_GT(Evaluation::next_target(steady, target, 1, p), target + 0.9 * (1 - target));
}

TEST(Evaluation, ATargetStaysBetweenItselfAndOne) {
  const Evaluation::Params p = plain();
  for (const double asked : {0.3, 0.8, 1.0})
    for (const double ratchet : {0.0, 0.3, 1.0})
      for (int successes = 0; successes <= 10; ++successes) {
        Evaluation::Year y = year();
        y.successes = successes;
        const double next = Evaluation::next_target(y, asked, ratchet, p);
        EXPECT_GE(next, asked);
        EXPECT_LE(next, 1);
      }
}

TEST(Evaluation, EachDisturbanceTakesItsPartOfWhatIsLeft) {
  EXPECT_EQ(Evaluation::unvetoed(0, 0.5), 1);
  EXPECT_NEAR(Evaluation::unvetoed(1, 0.5), 0.5, 1e-12);
  EXPECT_NEAR(Evaluation::unvetoed(3, 0.5), 0.125, 1e-12);
  EXPECT_EQ(Evaluation::unvetoed(1, 1), 0);  // one vote against all
  EXPECT_EQ(Evaluation::unvetoed(7, 0), 1);
}

}  // namespace
}  // namespace parley
