// Pay by result draws easy cases and repels hard ones: performance pay in Dutch employment services brought
// cream-skimming and more placements, and no longer jobs (Koning and Heinrich 2013); distortion in general: Baker 1992.
//
// Cases differ in the demand over what is believed to be owed, ln(N/J) ~ Normal(μ, s). The mediator sees a chance of
// success p = σ(m_0 − m_5 ln(N/J)), one work w for each, no mission and no duty. The principal spends the sum S per
// case offered: the part 1 − q as a fee for acceptance, the part q for success at S/p̄ each, p̄ the mean of p over all
// cases, so that whoever takes all of them earns S whatever q. A case is taken if φS[(1 − q) + q p/p̄] ≥ cw, that is,
// with a = cw/(φS) < 1, if
//
//   p ≥ p* = p̄[1 − (1 − a)/q]
//
// nothing is refused up to q = 1 − a, and then the bar rises to a·p̄. The share taken is Φ([(m_0 − logit p*)/m_5 −
// μ]/s). Cases are quantiles and not draws, 2,000 of them: stated error of a share 0.0005, of a share of the hardest
// quarter 0.002.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/mechanisms/intake.hpp"
#include "tests/support/builders.hpp"

namespace parley {
namespace {

constexpr int cases = 2000;
constexpr double a = 0.9;
constexpr double mean_log = 0.4, sd_log = 1;  // demands are half as high again as what is owed, and differ widely

struct Office {
  testing::Subject dispute = testing::a_dispute().at(Stage::intake, Channel::people_mediation);
  Rules rules;
  Intake::Params p;
  double sum = 7000.0 / 3;  // S, so that a = 300 · 3.5/(0.5 · 7000/3)
  double mean_chance = 0;

  Office() {
    dispute.mediator.mission = 0;
    dispute.mediator.load = 0;
    dispute.mediator.resolve_days = 2;
    dispute.mediator.investigate_days = 1;
    dispute.mediator.document_days = 0.5;
    p.duty = 0;
    p.perceived_intercept = 1.5;
    p.perceived_amount = 0.8;
    rules.customs.pass_through = 0.5;
    rules.customs.effort_cost = 300;
    rules.contract = {0, 0, 0, 0, 0, 0};
    rules.index.success = 0;  // pay by the piece alone
    for (int i = 0; i < cases; ++i) mean_chance += chance(i) / cases;
  }

  static double log_ratio(int i) { return mean_log + sd_log * normal_quantile((i + 0.5) / cases); }
  double chance(int i) const { return logistic(p.perceived_intercept - p.perceived_amount * log_ratio(i)); }

  void pay_by_result(double q) {
    rules.contract.base_fee_case = (1 - q) * sum;
    rules.contract.pay_per_success = q * sum / mean_chance;
  }
  bool takes(int i) const {
    testing::Subject s = dispute;
    s.now.demand = 50000 * exponential(log_ratio(i));  // 50,000 are believed to be owed
    const Draw no_luck = Draw::scripted({});
    return Intake::decide(s.view(), rules, 1, false, p, no_luck).state.stage == Stage::mediation;
  }
  // Share taken among cases from `first` on; the easiest has number 0.
  double taken(int first = 0, int last = cases) const {
    int count = 0;
    for (int i = first; i < last; ++i) count += takes(i) ? 1 : 0;
    return static_cast<double>(count) / (last - first);
  }
  double hardest_quarter() const { return taken(cases - cases / 4); }

  double bar(double q) const { return mean_chance * (1 - (1 - a) / q); }
  double expected(double q) const {
    if (bar(q) <= 0) return 1;
    return normal_cdf(((p.perceived_intercept - logit(bar(q))) / p.perceived_amount - mean_log) / sd_log);
  }
};

TEST(TheoryCreamSkimming, TheShareTakenIsThatAboveTheBar) {
  Office office;
  for (const double q : {0.0, 0.09, 0.3, 0.5, 0.7, 1.0}) {
    office.pay_by_result(q);
    EXPECT_NEAR(office.taken(), q == 0 ? 1 : office.expected(q), 0.0005 + 1e-9) << q;
  }
  // the bar for pay by result alone is a·p̄
  EXPECT_NEAR(office.bar(1), a * office.mean_chance, 1e-12);
}

TEST(TheoryCreamSkimming, HardCasesAreRefusedAsPayForSuccessRises) {
  Office office;
  double last = 1;
  for (const double q : {0.45, 0.55, 0.65, 0.8, 1.0}) {
    office.pay_by_result(q);
    EXPECT_LT(office.hardest_quarter(), last) << q;
    // of the hardest quarter are left those above the bar
    EXPECT_NEAR(office.hardest_quarter(), std::max(office.expected(q) - 0.75, 0.0) / 0.25, 0.002 + 1e-9) << q;
    EXPECT_EQ(office.taken(0, cases / 2), 1) << "the easy half is always welcome";
    last = office.hardest_quarter();
  }
  EXPECT_LT(last, 0.1);
}

// What an outsider sees: the rate of success among cases taken rises with pay for success, while no case has become
// easier and fewer are helped.
TEST(TheoryCreamSkimming, SuccessLooksBetterWhileFewerAreHelped) {
  Office office;
  const auto seen = [&](double q) {
    office.pay_by_result(q);
    double sum = 0;
    for (int i = 0; i < cases; ++i) sum += office.takes(i) ? office.chance(i) : 0;
    return std::pair(sum / cases / office.taken(), sum / cases);
  };
  const auto [flat_rate, flat_helped] = seen(0);
  const auto [piece_rate, piece_helped] = seen(1);
  EXPECT_NEAR(flat_rate, office.mean_chance, 1e-9);
  EXPECT_GT(piece_rate, flat_rate + 0.02);
  EXPECT_LT(piece_helped, flat_helped);
}

TEST(TheoryCreamSkimming, WithoutAnyPayNoCaseIsTaken) {
  Office office;
  EXPECT_EQ(office.taken(), 0);
  // low pay for success alone takes the cream and nothing else
  office.rules.contract.pay_per_success = 2400;  // p ≥ 1050/1200 = 0.875
  EXPECT_GT(office.taken(0, cases / 20), 0.9);
  EXPECT_EQ(office.taken(cases / 2), 0);
}

// A severe case is a fifth more work, a = 1.08: more than the sum pays. Flat pay refuses all of them; pay by result
// alone still takes those few whose chance is above 1.08 p̄.
TEST(TheoryCreamSkimming, HeavyCasesFareAsHardOnes) {
  Office office;
  office.dispute.injury.severity = Severity::death;
  office.p.severity_work = 0.2;
  office.pay_by_result(0);
  EXPECT_EQ(office.taken(), 0);
  office.pay_by_result(1);
  const double bar = 1.08 * office.mean_chance;
  EXPECT_NEAR(office.taken(),
              normal_cdf(((office.p.perceived_intercept - logit(bar)) / office.p.perceived_amount - mean_log) / sd_log),
              0.0005 + 1e-9);
}

// Pay by class of difficulty undoes it: a success in a severe case pays as much more as it is more work, and the bar is
// that of the others, a·p̄.
TEST(TheoryCreamSkimming, PayByClassOfDifficultyMakesHeavyCasesWelcome) {
  Office office, light;
  office.dispute.injury.severity = Severity::death;
  office.p.severity_work = 0.2;
  office.rules.contract.pay_severe_factor = 1.2;
  office.pay_by_result(1);
  light.pay_by_result(1);
  EXPECT_NEAR(office.taken(), light.expected(1), 0.0005 + 1e-9);
  EXPECT_NEAR(office.taken(), light.taken(), 1.5 / cases);
  double last = 0;
  for (const double factor : {1.0, 1.1, 1.2, 1.4}) {
    office.rules.contract.pay_severe_factor = factor;
    EXPECT_GT(office.taken(), last) << factor;
    last = office.taken();
  }
}

// A flat fee and an index of success with target s*: of what one more success is worth, R, a case brings p̂ − s*. The
// bar is s* − (1 − a)S/R: what nobody pays by the piece for is refused all the same.
TEST(TheoryCreamSkimming, AnIndexOfSuccessSkimsToo) {
  Office office;
  office.pay_by_result(0);
  office.rules.index.success = 1;
  office.dispute.mediator.target = 0.8;
  double last = 1;
  for (const double worth : {700.0, 2000.0, 5000.0}) {
    office.rules.customs.case_sum = worth * office.dispute.mediator.target;
    const double bar = office.dispute.mediator.target - (1 - a) * office.sum / worth;
    const double expected =
        normal_cdf(((office.p.perceived_intercept - logit(bar)) / office.p.perceived_amount - mean_log) / sd_log);
    EXPECT_NEAR(office.taken(), expected, 0.0005 + 1e-9) << worth;
    EXPECT_LT(office.taken(), last) << worth;
    last = office.taken();
  }
}

}  // namespace
}  // namespace parley
