// What months bring to the parties that govern: terms of one party, tenders, budgets, leaders, campaigns, inspections.
#include <gtest/gtest.h>

#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

constexpr int east = 0, west = 1;

std::int64_t sum(const ReplicateResult& result, Metric metric, int place, int from = 0) {
  std::int64_t all = 0;
  for (int month = from; month < result.metrics.months; ++month) all += result.metrics.at(metric, month, place);
  return all;
}

std::int64_t sum(const ReplicateResult& result, Metric metric) {
  return sum(result, metric, east) + sum(result, metric, west);
}

// One run of each mode on the same luck, after a year of the status quo.
class Governed {
 public:
  explicit Governed(int years) : study_(testing::toy_study(years, 1, 1)) { study_.modes.resize(1); }
  Place& place() { return study_.place; }
  void add(const std::string& slug, std::vector<LeverSetting> settings) {
    study_.modes.push_back({slug, slug, {}, std::move(settings)});
  }
  void run() { result_ = testing::run_serially(study_); }
  // The first is the status quo.
  const ReplicateResult& arm(std::size_t i) const { return result_.results[i][0]; }

 private:
  Study study_;
  StudyResult result_;
};

LeverSetting of_hospital(const std::string& lever, double value, int hospital) {
  LeverSetting setting(lever, value);
  setting.hospital = hospital;
  return setting;
}
LeverSetting of_committee(const std::string& lever, double value, int committee) {
  LeverSetting setting(lever, value);
  setting.committee = committee;
  return setting;
}

// Hospitals 4 to 6 are in the west, where nobody is insured.
TEST(Governance, OneHospitalMayBeMadeToInsure) {
  Governed g(1);
  g.add("one", {of_hospital("insurance_participation", 1, 5)});
  g.add("all", {{"insurance_participation", 1, west}});
  g.add("none", {of_hospital("insurance_participation", 0, 5)});
  g.run();
  EXPECT_EQ(sum(g.arm(0), Metric::premiums, west), 0);
  EXPECT_GT(sum(g.arm(1), Metric::premiums, west), 0);
  EXPECT_GT(sum(g.arm(2), Metric::premiums, west), sum(g.arm(1), Metric::premiums, west));
  EXPECT_EQ(sum(g.arm(1), Metric::premiums, east), sum(g.arm(0), Metric::premiums, east));
  EXPECT_EQ(testing::metrics(g.arm(3)), testing::metrics(g.arm(0))) << "its own terms are those of its district";
}

TEST(Governance, OneCommitteeMayHaveMorePosts) {
  Governed g(1);
  g.add("more", {of_committee("mediators_fulltime", 9, 1)});
  g.run();
  EXPECT_EQ(g.arm(1).metrics.at(Metric::public_outlay, 0, east), g.arm(0).metrics.at(Metric::public_outlay, 0, east));
  EXPECT_GT(sum(g.arm(1), Metric::public_outlay, west), sum(g.arm(0), Metric::public_outlay, west));
}

// A standard that nobody reaches: every contract goes to somebody else; one that all reach: nobody is replaced after
// the first tender, in which whoever serves may bid.
TEST(Governance, ContractsAreRenewedOrGivenToSomebodyElse) {
  Governed g(4);
  g.add("never", {{"contract_years", 1}, {"renewal_threshold", 1}, {"index_success", 0}, {"index_satisfaction", 1}});
  g.add("always", {{"contract_years", 1}, {"renewal_threshold", 0}});
  g.run();
  EXPECT_EQ(sum(g.arm(0), Metric::providers_replaced), 0);
  for (const int place : {east, west}) {
    const std::int64_t later = sum(g.arm(1), Metric::providers_replaced, place, 12);
    EXPECT_EQ(later, 3) << "at the end of each of three contracts";
    EXPECT_EQ(sum(g.arm(2), Metric::providers_replaced, place, 12), 0);
  }
  EXPECT_GT(sum(g.arm(1), Metric::mediators_left), sum(g.arm(2), Metric::mediators_left));
}

// A provider that is paid half of what its people cost gives up before its contract ends.
TEST(Governance, WhoOwesTooMuchGivesUp) {
  Governed g(3);
  g.place().parameters.tender.exit_months = 1;
  g.add("starved", {{"contract_years", 10}, {"public_funding_share", 0}});
  g.run();
  EXPECT_GT(sum(g.arm(1), Metric::providers_replaced), 2);
}

TEST(Governance, PriceAloneFindsTheCheapest) {
  Governed g(4);
  g.add("quality", {{"contract_years", 4}, {"price_weight", 0}});
  g.add("price", {{"contract_years", 4}, {"price_weight", 1}});
  g.run();
  EXPECT_LE(sum(g.arm(2), Metric::public_outlay), sum(g.arm(1), Metric::public_outlay));
}

TEST(Governance, ABudgetBinds) {
  Governed g(3);
  g.add("half", {{"public_budget", 0.5}});
  g.add("plenty", {{"public_budget", 5}});
  g.run();
  EXPECT_EQ(testing::metrics(g.arm(2)), testing::metrics(g.arm(0)));
  EXPECT_LT(sum(g.arm(1), Metric::public_outlay), 0.8 * static_cast<double>(sum(g.arm(0), Metric::public_outlay)));
  EXPECT_GT(sum(g.arm(1), Metric::public_outlay), 0.3 * static_cast<double>(sum(g.arm(0), Metric::public_outlay)));
}

TEST(Governance, APolicyMayGoWithTheLeaders) {
  Governed g(2);
  g.place().parameters.leadership.tenure = 1;
  const LeverSetting policy("linkage_strength", 1);
  g.add("kept", {policy});
  g.add("dropped", {policy, {"institutional_memory", 0}});
  g.add("quiet", {{"institutional_memory", 0}});
  g.run();
  EXPECT_LT(sum(g.arm(2), Metric::public_outlay), sum(g.arm(1), Metric::public_outlay));
  EXPECT_EQ(testing::metrics(g.arm(3)), testing::metrics(g.arm(0)))
      << "where there is no policy nothing can be dropped";
}

TEST(Governance, WhatIsNotPutIntoPracticeStaysAsItWas) {
  Governed g(1);
  const LeverSetting policy("linkage_strength", 1), half("linkage_strength", 0.75);  // customary: 0.5
  g.add("asked", {policy, {"implementation", 0.5}});
  g.add("done", {half});
  g.add("ignored", {policy, {"implementation", 0}});
  g.run();
  EXPECT_EQ(testing::metrics(g.arm(1)), testing::metrics(g.arm(2)));
  EXPECT_EQ(testing::metrics(g.arm(3)), testing::metrics(g.arm(0)));
}

TEST(Governance, WhoTrustsHelpsThoseWhoTreat) {
  Governed plain(1), together(1);
  together.place().parameters.encounter.cooperation = 0.5;
  plain.run();
  together.run();
  EXPECT_LT(sum(together.arm(0), Metric::adverse_events), sum(plain.arm(0), Metric::adverse_events));
}

TEST(Governance, InspectionsAreCountedAndPaid) {
  Governed g(2);
  g.add("watched", {{"inspections_per_year", 12, east}});
  g.run();
  EXPECT_EQ(sum(g.arm(0), Metric::inspections), 0);
  EXPECT_EQ(sum(g.arm(1), Metric::inspections, west), 0);
  EXPECT_NEAR(static_cast<double>(sum(g.arm(1), Metric::inspections, east)), 24, 15);
  const double visit = g.place().parameters.inspection.visit_cost * 100;
  EXPECT_GE(static_cast<double>(sum(g.arm(1), Metric::public_outlay, east)),
            visit * static_cast<double>(sum(g.arm(1), Metric::inspections, east)));
}

TEST(Governance, GapsLoseCasesAndOverlapDoublesWork) {
  Governed g(2);
  g.add("gaps", {{"task_gap", 0.8}});
  g.add("overlap", {{"task_overlap", 1}});
  g.run();
  EXPECT_GT(sum(g.arm(1), Metric::handoffs_lost), sum(g.arm(0), Metric::handoffs_lost));
  EXPECT_EQ(sum(g.arm(0), Metric::duplicated_days), 0);
  EXPECT_GT(sum(g.arm(2), Metric::duplicated_days), 0);
}

// The index is what the principal pays by, and so is between nothing and all.
TEST(Governance, EveryCommitteeIsEvaluatedEveryMonth) {
  Governed g(1);
  g.run();
  constexpr std::int64_t all = 1000000;
  for (int month = 0; month < 12; ++month)
    for (const int place : {east, west}) {
      EXPECT_GT(g.arm(0).metrics.at(Metric::evaluation_index, month, place), 0);
      EXPECT_LE(g.arm(0).metrics.at(Metric::evaluation_index, month, place), all);
    }
}

TEST(Governance, HalfPracticeOfContractsIsHalfAsManyTenders) {
  Governed g(8);
  g.place().status_quo.procurement.renewal_threshold = 1;  // no provider is renewed
  const std::vector<LeverSetting> tenders = {{"contract_years", 2}};
  std::vector<LeverSetting> half = tenders, none = tenders;
  half.push_back({"implementation", 0.5});
  none.push_back({"implementation", 0});
  g.add("every_two_years", tenders);
  g.add("every_four", half);
  g.add("never", none);
  g.run();
  EXPECT_EQ(sum(g.arm(3), Metric::providers_replaced), 0);
  EXPECT_GT(sum(g.arm(2), Metric::providers_replaced), 0);
  EXPECT_GT(sum(g.arm(1), Metric::providers_replaced), sum(g.arm(2), Metric::providers_replaced));
}

TEST(Governance, HospitalCareGrowsAndItsGrowthFades) {
  Governed still(4), growing(4);
  growing.place().numbers.admission_growth = 0.2;
  growing.place().numbers.growth_halving = 1;
  still.run();
  growing.run();
  const auto year = [&](Governed& g, int y) {
    const auto from = [&](int month) { return static_cast<double>(sum(g.arm(0), Metric::admissions, east, month)); };
    return from(12 * y) - from(12 * (y + 1));
  };
  const auto growth = [&](int y) { return year(growing, y) / year(still, y); };
  EXPECT_GT(growth(1), growth(0) + 0.05);
  EXPECT_GT(growth(3), growth(1));
  EXPECT_LT(growth(3), 1.35);  // 1.2^(1/2 + 1/4 + …) at the most
}

TEST(Governance, StandingBehindAndInFrontIsPaidFor) {
  Governed g(1);
  g.add("weak", {{"authority", 0}});
  g.add("far", {{"proximity", 0}});
  g.run();
  const auto outlay = [&](std::size_t arm) { return sum(g.arm(arm), Metric::public_outlay); };
  EXPECT_LT(outlay(1), outlay(0));
  EXPECT_LT(outlay(2), outlay(0));
}

TEST(Governance, WhoWaitsWhereMediationClosesGoesElsewhere) {
  Governed g(1);
  g.place().status_quo.service.mediators_fulltime = 1;
  LeverSetting closed("mediation_open", 0);
  closed.from = CalendarDate{g.place().start_year, 3, 1};
  g.add("closed", {closed});
  g.run();
  constexpr int march = 2;
  EXPECT_GT(sum(g.arm(0), Metric::mediation_accepted, east, march), 0);
  EXPECT_EQ(sum(g.arm(1), Metric::mediation_accepted, east, march), 0);
  EXPECT_EQ(sum(g.arm(1), Metric::mediation_accepted, west, march), 0);
}

// What is set for a committee from next year on says nothing yet of the hospitals whose cases it has.
TEST(Governance, TermsThatAreNotYetInForceAreNobodys) {
  Governed g(1);
  LeverSetting later = of_committee("standardisation", 1, 0);
  later.from = CalendarDate{g.place().start_year + 5, 1, 1};
  std::vector<LeverSetting> firm, both;
  for (int hospital = 0; hospital < 7; ++hospital) firm.push_back(of_hospital("authority", 1, hospital));
  both = firm;
  both.push_back(later);
  g.add("hospitals", firm);
  g.add("and_a_committee_later", both);
  g.run();
  EXPECT_EQ(testing::metrics(g.arm(1)), testing::metrics(g.arm(2)));
  EXPECT_NE(testing::metrics(g.arm(1)), testing::metrics(g.arm(0)));
}

TEST(Governance, ABudgetBindsWhileAPolicyHasLapsed) {
  Governed g(3);
  g.place().parameters.leadership.tenure = 1;
  g.place().parameters.leadership.relearning_months = 36;
  for (const double budget : {0.0, 0.3})
    g.add(budget > 0 ? "short" : "free", {{"institutional_memory", 0}, {"authority", 1}, {"public_budget", budget}});
  g.run();
  constexpr int last_year = 24;
  const auto spent = [&](std::size_t arm) {
    return sum(g.arm(arm), Metric::public_outlay, east, last_year) +
           sum(g.arm(arm), Metric::public_outlay, west, last_year);
  };
  EXPECT_LT(spent(2), spent(1));
}

}  // namespace
}  // namespace parley
