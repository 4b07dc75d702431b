// The law of money: every cent that somebody has, somebody else lacks, on every evening; and the metrics of money say
// what the ledger says.
#include <gtest/gtest.h>

#include "tests/support/days.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

using testing::DayByDay;
using testing::sum;

// Ten times as many people as the toy has, so that every way of paying occurs.
Place busy_place() {
  Place place = testing::toy_place();
  for (District& district : place.districts) district.population *= 10;
  return place;
}

// Hospitals that own nothing: the fund and public relief have to help out.
Place poor_place() {
  Place place = busy_place();
  place.parameters.payment.reserve_years = 0;
  place.parameters.payment.operating_margin = 0;
  place.parameters.payment.relief_share = 0.3;
  return place;
}

std::vector<Levers> eager_levers() { return levers_by_district(testing::toy_place(), testing::toy_study().modes[1]); }

class MoneyLaw : public ::testing::TestWithParam<Place (*)()> {};

TEST_P(MoneyLaw, BalancesToTheCentAtEveryDayEnd) {
  DayByDay days(GetParam()(), 12, eager_levers());
  while (!days.over()) {
    days.pass();  // throws where check_laws finds a fault
    ASSERT_EQ(days.world.ledger.total(), Money{}) << "after day " << days.world.today - 1;
    for (const DistrictRow& district : days.world.districts)
      ASSERT_GE(days.world.ledger.balance(district.fund), Money{}) << "after day " << days.world.today - 1;
  }
  EXPECT_GT(days.world.ledger.moved(Reason::compensation), Money{});
}

TEST_P(MoneyLaw, WhatIsPaidIsTheSumOfWhatThePayersPaid) {
  DayByDay days(GetParam()(), 24, eager_levers());
  while (!days.over()) days.pass();
  const MetricTable& m = days.metrics;
  for (int month = 0; month < m.months; ++month)
    for (int place = 0; place < m.places; ++place)
      EXPECT_EQ(m.at(Metric::paid, month, place),
                m.at(Metric::paid_by_hospital, month, place) + m.at(Metric::paid_by_insurer, month, place) +
                    m.at(Metric::paid_by_fund, month, place) + m.at(Metric::paid_by_government, month, place))
          << "month " << month << ", place " << place;
  EXPECT_EQ(sum(m, Metric::paid), days.world.ledger.moved(Reason::compensation).cents);
  EXPECT_GT(sum(m, Metric::paid_by_insurer), 0);
  // Money reaches a patient on the day on which the dispute closes, so the rows of closed cases hold all of it.
  Money paid, owed;
  std::int64_t error = 0;
  for (const CaseRow& row : days.cases) {
    paid += row.paid;
    owed += row.owed;
    error += row.paid < row.owed ? (row.owed - row.paid).cents : (row.paid - row.owed).cents;
  }
  EXPECT_EQ(paid.cents, sum(m, Metric::paid));
  EXPECT_EQ(owed.cents, sum(m, Metric::owed));
  EXPECT_EQ(error, sum(m, Metric::compensation_error));
  EXPECT_EQ(static_cast<std::int64_t>(days.cases.size()), sum(m, Metric::closed));
}

TEST_P(MoneyLaw, PublicOutlayIsWhatLeftPublicBudgets) {
  DayByDay days(GetParam()(), 12, eager_levers());
  while (!days.over()) days.pass();
  // Fines and penalties alone flow into public budgets, so what they lack is what left them, less those.
  Money lacking;
  for (const DistrictRow& district : days.world.districts)
    for (const AgencyRow& agency : district.agencies) lacking -= days.world.ledger.balance(agency.account);
  const Money received = days.world.ledger.moved(Reason::fine) + days.world.ledger.moved(Reason::audit_penalty);
  EXPECT_EQ(sum(days.metrics, Metric::public_outlay), (lacking + received).cents);
}

TEST_P(MoneyLaw, SystemCostIsAllThatMovedButCompensationPremiumsAndGrants) {
  DayByDay days(GetParam()(), 12, eager_levers());
  while (!days.over()) days.pass();
  const Ledger& ledger = days.world.ledger;
  Money all, passed_on;
  for (std::size_t r = 0; r < reason_count; ++r) all += ledger.moved(static_cast<Reason>(r));
  for (const Reason reason :
       {Reason::opening_reserve, Reason::hospital_income, Reason::compensation, Reason::staff_share, Reason::premium,
        Reason::fund_contribution, Reason::committee_grant, Reason::results_grant, Reason::case_pay, Reason::case_fee,
        Reason::court_fee, Reason::fine, Reason::audit_penalty, Reason::capital, Reason::appropriation})
    passed_on += ledger.moved(reason);
  EXPECT_EQ(sum(days.metrics, Metric::system_cost), (all - passed_on).cents);
}

TEST_P(MoneyLaw, WhatCommitteesAreGivenIsWhatTheirGiversGave) {
  DayByDay days(GetParam()(), 12, eager_levers());
  while (!days.over()) days.pass();
  const Ledger& ledger = days.world.ledger;
  Money given;
  for (const Reason reason : {Reason::committee_grant, Reason::results_grant, Reason::case_pay, Reason::case_fee})
    given += ledger.moved(reason);
  const double insurers = static_cast<double>(sum(days.metrics, Metric::committees_by_insurers));
  const double hospitals = static_cast<double>(sum(days.metrics, Metric::committees_by_hospitals));
  const Funding::Levers levers = eager_levers()[0].funding;
  ASSERT_GT(levers.insurer_funding_share * levers.hospital_funding_share, 0);
  const double open = 1 - levers.public_funding_share - levers.insurer_funding_share - levers.hospital_funding_share;
  const double asked = static_cast<double>(given.cents) / (1 - open);
  EXPECT_NEAR(insurers / asked, levers.insurer_funding_share, 1e-4);
  EXPECT_NEAR(hospitals / asked, levers.hospital_funding_share, 1e-4);
  EXPECT_EQ(sum(days.metrics, Metric::fund_contributions), ledger.moved(Reason::fund_contribution).cents);
}

INSTANTIATE_TEST_SUITE_P(Places, MoneyLaw, ::testing::Values(&busy_place, &poor_place),
                         [](const auto& info) { return info.index == 0 ? "Busy" : "Poor"; });

TEST(MoneyLawOfPoorHospitals, FundAndReliefStepInAndStopWhereTheyAreEmpty) {
  DayByDay days(poor_place(), 24, eager_levers());
  while (!days.over()) days.pass();
  EXPECT_GT(sum(days.metrics, Metric::paid_by_fund), 0);
  EXPECT_GT(sum(days.metrics, Metric::paid_by_government), 0);
  // With a reserve the same hospitals pay more of it themselves.
  DayByDay rich(busy_place(), 24, eager_levers());
  while (!rich.over()) rich.pass();
  EXPECT_GT(sum(rich.metrics, Metric::paid_by_hospital), sum(days.metrics, Metric::paid_by_hospital));
}

}  // namespace
}  // namespace parley
