#include "sim/mechanisms/skill.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

// The most is 0.9. Untrained: law (0.5 − 0.2 · 0.9)/0.8 = 0.4, medicine (0.34 − 0.18)/0.8 = 0.2.
Skill::Params plain() {
  Skill::Params p;
  p.skill_law = 0.5;
  p.skill_medicine = 0.34;
  p.skill_sd = 0.1;
  p.skill_most = 0.9;
  p.training_gain = 0.1;
  p.initial_training_gain = 0.2;
  p.case_learning = 0.01;
  p.skill_decay = 0.24;
  return p;
}

TEST(Skill, ACaseClosesAShareOfTheGap) {
  const auto [law, medicine] = Skill::after_case({0.5, 0.3}, plain());
  EXPECT_NEAR(law, 0.504, 1e-12);       // 0.5 + 0.01 · 0.4
  EXPECT_NEAR(medicine, 0.306, 1e-12);  // 0.3 + 0.01 · 0.6
  const auto best = Skill::after_case({0.9, 0.95}, plain());
  EXPECT_EQ(best.law, 0.9);
  EXPECT_EQ(best.medicine, 0.95);  // who is beyond the most loses nothing by a case
}

TEST(Skill, TheFirstTrainingLeadsNewcomersToTheMean) {
  const auto [law, medicine] = Skill::newcomer(0, 0, 0, plain());
  EXPECT_NEAR(law, 0.5, 1e-12);        // 0.4 + 0.2 · 0.5
  EXPECT_NEAR(medicine, 0.34, 1e-12);  // 0.2 + 0.2 · 0.7
  EXPECT_NEAR(Skill::untrained(0.5, plain()), 0.4, 1e-12);
  EXPECT_NEAR(Skill::untrained(0.34, plain()), 0.2, 1e-12);
  EXPECT_EQ(Skill::untrained(0.1, plain()), 0);  // (0.1 − 0.18)/0.8 would be below nothing
}

TEST(Skill, NewcomersDifferAndTrainingBringsThemNearer) {
  const auto [law, medicine] = Skill::newcomer(1, -1, 0, plain());
  EXPECT_NEAR(law, 0.58, 1e-12);       // 0.5 + 0.2 · 0.4
  EXPECT_NEAR(medicine, 0.26, 1e-12);  // 0.1 + 0.2 · 0.8
  const auto ends = Skill::newcomer(9, -9, 0, plain());
  EXPECT_NEAR(ends.law, 0.9, 1e-12);        // held at the most
  EXPECT_NEAR(ends.medicine, 0.18, 1e-12);  // at nothing, then 0.2 · 0.9
}

TEST(Skill, AProviderOfQualityFindsBetterPeopleAndKeepsThemSo) {
  const auto usual = Skill::newcomer(0.3, 0.3, 0, plain()), better = Skill::newcomer(0.3, 0.3, 0.05, plain());
  EXPECT_NEAR(better.law - usual.law, 0.05, 1e-12);
  EXPECT_NEAR(better.medicine - usual.medicine, 0.05, 1e-12);
  // What is forgotten is what lies above the level to which the provider's own people return.
  const auto here = Skill::month({0.5, 0.3}, 0, 0, plain()), there = Skill::month({0.5, 0.3}, 0, 0.05, plain());
  EXPECT_GT(there.law, here.law);
  EXPECT_GT(there.medicine, here.medicine);
}

TEST(Skill, AMonthByHand) {
  // six sessions a year, half of one a month: 5 % of the gap; then 2 % of what is above the untrained level goes
  const auto [law, medicine] = Skill::month({0.5, 0.3}, 6, 0, plain());
  EXPECT_NEAR(law, 0.5176, 1e-12);       // 0.5 + 0.05 · 0.4 = 0.52; − 0.02 · 0.12
  EXPECT_NEAR(medicine, 0.3274, 1e-12);  // 0.3 + 0.05 · 0.6 = 0.33; − 0.02 · 0.13
  const auto idle = Skill::month({0.5, 0.3}, 0, 0, plain());
  EXPECT_NEAR(idle.law, 0.498, 1e-12);       // 0.5 − 0.02 · 0.1
  EXPECT_NEAR(idle.medicine, 0.298, 1e-12);  // 0.3 − 0.02 · 0.1
}

TEST(Skill, NobodyForgetsWhatANewcomerBrings) {
  const auto low = Skill::month({0.35, 0.15}, 0, 0, plain());
  EXPECT_EQ(low.law, 0.35);
  EXPECT_EQ(low.medicine, 0.15);
}

TEST(Skill, TrainingAndForgettingBalance) {
  // a month leaves 0.98 (0.95 s + 0.045) + 0.02 · 0.4 = 0.931 s + 0.0521, which is s itself at 0.0521/0.069
  Skill::Skills s{0.4, 0.2};
  for (int month = 0; month < 600; ++month) s = Skill::month(s, 6, 0, plain());
  EXPECT_NEAR(s.law, 0.0521 / 0.069, 1e-9);
  const double before = s.law;
  for (int month = 0; month < 600; ++month) s = Skill::month(s, 12, 0, plain());
  EXPECT_GT(s.law, before);
  EXPECT_LT(s.law, 0.9);
}

TEST(Skill, EverySessionThereIsCannotTeachMoreThanThereIs) {
  const auto all = Skill::month({0.5, 0.3}, 1000, 0, plain());
  EXPECT_NEAR(all.law, 0.89, 1e-12);  // 0.9, less 0.02 · 0.5 forgotten
}

TEST(Skill, LawAndMedicineAreApart) {
  const auto one = Skill::month({0.5, 0.3}, 4, 0, plain()), other = Skill::month({0.5, 0.7}, 4, 0, plain());
  EXPECT_EQ(one.law, other.law);
  EXPECT_LT(one.medicine, other.medicine);
}

TEST(Skill, OfSeveralCandidatesTheMostAbleIsTaken) {
  constexpr std::uint32_t others = 3;
  // Quantiles: the first is a middling one, then (positions 3 and 4) somebody better and (5 and 6) somebody worse.
  const Draw draw = Draw::scripted({0.5, 0.5, 0.5, 0.9, 0.8, 0.1, 0.2});
  const Skill::Skills first = Skill::chosen(draw, others, 1, 0, plain()),
                      two = Skill::chosen(draw, others, 2, 0, plain()),
                      three = Skill::chosen(draw, others, 3, 0, plain());
  EXPECT_NEAR(first.law, 0.5, 1e-6);
  EXPECT_GT(two.law, first.law);
  EXPECT_GT(two.medicine, first.medicine);
  EXPECT_EQ(three.law, two.law);
  EXPECT_EQ(Skill::chosen(draw, others, 1.4, 0, plain()).law, first.law);  // four tenths of a person is nobody
}

}  // namespace
}  // namespace parley
