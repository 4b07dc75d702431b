#include "sim/mechanisms/learning.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

Learning::Params plain() {
  Learning::Params p;
  p.safety_decay = 0.24;
  p.lesson_gain = 0.01;
  p.lesson_gain_others = 0.001;
  p.rectification_uptake = 0.5;
  return p;
}

Subject closed_mediation() {
  Subject s = a_dispute();
  s.at(Stage::closed, Channel::people_mediation);
  s.report = {0.9, 3, 0.2};
  return s;
}

Rules reporting(double rate) {
  Rules rules;
  rules.feedback_rate = rate;
  return rules;
}

TEST(Learning, ALessonNeedsReportArrivalAndUptake) {
  const Subject s = closed_mediation();
  const auto lessons = [&](double reported, double arrived, double adopted) {
    return Learning::report(s.view(), reporting(0.3), plain(), Draw::scripted({reported, arrived, adopted})).lessons;
  };
  // thresholds: 0.3; 0.9; 0.5 · (1 - 0.2) = 0.4
  EXPECT_EQ(lessons(0.29, 0.89, 0.39), 1);
  EXPECT_EQ(lessons(0.31, 0.89, 0.39), 0);
  EXPECT_EQ(lessons(0.29, 0.91, 0.39), 0);
  EXPECT_EQ(lessons(0.29, 0.89, 0.41), 0);
  EXPECT_EQ(Learning::report(s.view(), reporting(0), plain(), Draw::scripted({1e-9, 1e-9, 1e-9})).lessons, 0);
}

TEST(Learning, MoreFeedbackBetterLinksAndReadierHospitalsTeachMore) {
  const auto taught = [](double rate, const std::function<void(Subject&, Learning::Params&)>& change) {
    Subject s = closed_mediation();
    Learning::Params p = plain();
    change(s, p);
    int sum = 0;
    for (std::uint64_t i = 0; i < 5000; ++i)
      sum += Learning::report(s.view(), reporting(rate), p, Draw({6, 0}, Decision::feedback, i, 0, 0)).lessons;
    return sum;
  };
  const auto nothing = [](Subject&, Learning::Params&) {};
  const int ordinary = taught(0.3, nothing);
  // 5000 · 0.3 · 0.9 · 0.4 = 540, standard deviation 22
  EXPECT_NEAR(ordinary, 540, 90);
  EXPECT_GT(taught(0.6, nothing), ordinary);
  EXPECT_GT(taught(0.3, [](Subject& s, Learning::Params&) { s.report.probability = 1; }), ordinary);
  EXPECT_GT(taught(0.3, [](Subject& s, Learning::Params&) { s.report.information_loss = 0; }), ordinary);
  EXPECT_GT(taught(0.3, [](Subject&, Learning::Params& p) { p.rectification_uptake = 0.8; }), ordinary);
}

TEST(Learning, TheStockByHand) {
  // 0.5 + 0.24 (0.3 - 0.5)/12 + 0.01 · 2 + 0.001 · 5 = 0.5 - 0.004 + 0.02 + 0.005
  EXPECT_NEAR(Learning::safety(0.5, 0.3, 2, 5, 0, plain()), 0.521, 1e-12);
}

TEST(Learning, WithoutLessonsTheStockReturnsToItsReference) {
  EXPECT_EQ(Learning::safety(0.3, 0.3, 0, 0, 0, plain()), 0.3);
  double stock = 0.8;
  for (int month = 0; month < 12; ++month) {
    const double next = Learning::safety(stock, 0.3, 0, 0, 0, plain());
    EXPECT_LT(next, stock);
    EXPECT_GT(next, 0.3);
    stock = next;
  }
  EXPECT_NEAR(stock, 0.3 + 0.5 * 0.784717, 1e-6);  // (1 - 0.02)^12
  EXPECT_GT(Learning::safety(0.1, 0.3, 0, 0, 0, plain()), 0.1);
}

TEST(Learning, PracticeFollowsALessonByMonths) {
  Learning::Params p = plain();
  p.rectification_days = days_per_month / 0.69314718055994530942;  // a month halves what is under way
  EXPECT_NEAR(Learning::practised(8, p), 4, 1e-12);
  EXPECT_EQ(Learning::practised(0, p), 0);
  p.rectification_days = 365;
  EXPECT_LT(Learning::practised(8, p), 1);
}

TEST(Learning, OnesOwnLessonsCountMoreThanOthers) {
  EXPECT_GT(Learning::safety(0.3, 0.3, 1, 0, 0, plain()), Learning::safety(0.3, 0.3, 0, 1, 0, plain()));
  EXPECT_GT(Learning::safety(0.3, 0.3, 0, 1, 0, plain()), 0.3);
}

TEST(Learning, LiabilityHardlyMovesCare) {
  Learning::Params p = plain();
  p.liability_elasticity = -0.02, p.liability_reference = 0.002;
  EXPECT_EQ(Learning::liability_effect(0, p), 0);
  EXPECT_NEAR(Learning::liability_effect(0.002, p), 0.0138629436, 1e-9);  // 0.02 · ln 2
  // a month at the reference: 0.24 · 0.01386/12
  EXPECT_NEAR(Learning::safety(0.3, 0.3, 0, 0, 0.002, p), 0.3 + 0.24 * 0.0138629436 / 12, 1e-9);
  Learning::Params perverse = p;
  perverse.liability_elasticity = 0.02;  // where liability makes care worse the stock still never goes below nothing
  EXPECT_EQ(Learning::safety(0, 0, 0, 0, 1e6, perverse), 0);
}

TEST(Learning, DefensiveCareAndIndirectCost) {
  Learning::Params p = plain();
  p.liability_reference = 0.002, p.defensive_slope = 0.05, p.defensive_morale = 0.5, p.indirect_cost_multiple = 3;
  // a million of revenue, 0.4 % liability, a tenth of morale lost: 50,000 (0.004 + 0.5 · 0.1 · 0.002)
  EXPECT_NEAR(Learning::defensive_cost(1e6, 0.004, 0.1, p), 205, 1e-9);
  EXPECT_EQ(Learning::defensive_cost(1e6, 0, 0, p), 0);
  EXPECT_GT(Learning::defensive_cost(1e6, 0.004, 0.2, p), Learning::defensive_cost(1e6, 0.004, 0.1, p));
  EXPECT_GT(Learning::defensive_cost(1e6, 0.005, 0.1, p), Learning::defensive_cost(1e6, 0.004, 0.1, p));
  EXPECT_EQ(Learning::indirect(50000, p), 150000);
}

TEST(Learning, AFreshVisitMakesLessonsPractice) {
  Subject s = closed_mediation();
  s.district.uptake_care = 0.69314718055994530942;  // [1 − ½ · ½](1 − 0.2) = 0.6
  const auto lessons = [&](double adopted) {
    return Learning::report(s.view(), reporting(0.3), plain(), Draw::scripted({0.29, 0.89, adopted})).lessons;
  };
  EXPECT_EQ(lessons(0.59), 1);
  EXPECT_EQ(lessons(0.61), 0);
  s.district.uptake_care = 100;  // all that arrives whole: 0.8
  EXPECT_EQ(lessons(0.79), 1);
  EXPECT_EQ(lessons(0.81), 0);
  EXPECT_EQ(Learning::report(s.view(), reporting(0), plain(), Draw::scripted({1e-9, 1e-9, 1e-9})).lessons, 0)
      << "a visit does not make up for a report that nobody sends";
}

// What is invested in a hospital raises what its stock returns to.
TEST(Learning, AHigherReferenceIsApproached) {
  EXPECT_NEAR(Learning::safety(0.3, 0.3 + 0.1, 0, 0, 0, plain()), 0.302, 1e-12);  // 0.24 · 0.1/12
  EXPECT_EQ(Learning::safety(0.01, -5, 0, 0, 0, plain()), 0);
}

TEST(Learning, WhereLessonsAreWeighedTheyAreWrittenDown) {
  Learning::Params p = plain();
  p.lesson_cost = 300;
  Rules rules = reporting(0.2);
  rules.customs.pass_through = 0.5;
  rules.customs.case_sum = 3000;
  rules.contract = rules.customary_contract = {0.5, 0, 0, 0};
  EXPECT_NEAR(Learning::reported_share(rules, p), 0.2, 1e-12) << "custom";
  rules.index.feedback = 1;  // half of what is weighed: 0.5 · ½ · 0.5 · 3000 = 375 yuan
  EXPECT_NEAR(Learning::reported_share(rules, p), 1 - 0.8 * 0.28650479686019, 1e-9);  // e^(−1.25)
  rules.customary_index = rules.index;
  EXPECT_NEAR(Learning::reported_share(rules, p), 0.2, 1e-12) << "what was always weighed moves nobody";
  rules.index.feedback = 0;
  EXPECT_NEAR(Learning::reported_share(rules, p), 0.2, 1e-12) << "nor does it take away what is a duty";
}

TEST(Learning, PublishedFiguresMoveThoseWhoAreWorseThanOthers) {
  Learning::Params p;
  p.publication_effect = 0.1;
  EXPECT_NEAR(Learning::published(0.004, 0.002, 1, p), 0.05, 1e-12);  // 0.1 · (1 − 0.002/0.004)
  EXPECT_NEAR(Learning::published(0.004, 0.002, 0.5, p), 0.025, 1e-12);
  EXPECT_EQ(Learning::published(0.002, 0.002, 1, p), 0);
  EXPECT_EQ(Learning::published(0.001, 0.002, 1, p), 0);
  EXPECT_EQ(Learning::published(0, 0, 1, p), 0);
  EXPECT_EQ(Learning::published(0.004, 0.002, 0, p), 0);
}

}  // namespace
}  // namespace parley
