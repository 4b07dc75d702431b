#include "sim/engine/commit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/scenario/populate.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

constexpr int east = 0, west = 1;

class CommitTest : public ::testing::Test {
 protected:
  CommitTest() {
    tally.begin(&metrics, &cases);
    for (std::size_t d = 0; d < 2; ++d) commit.amend(d, base_rules(place));
  }

  // A dispute with the first hospital of the east, whose claim arrives on `due`.
  std::uint32_t open(std::int32_t due, std::uint32_t ordinal = 0) {
    Dispute dispute;
    dispute.id = {PatientId{10 + ordinal}, HospitalId{world.districts[east].hospitals[0]}, world.today, ordinal};
    dispute.district = DistrictId{east};
    dispute.claimant.home = DistrictId{east};
    dispute.injury.damages = 100'000;
    dispute.injury.responsibility = 0.5;
    dispute.state.opened = due;
    return commit.open(dispute, due);
  }
  const Dispute& at(std::uint32_t slot) const { return world.disputes[slot]; }
  Outcome of(std::uint32_t slot) const { return Outcome(at(slot).state); }
  void move(std::uint32_t slot, Stage stage, std::int32_t days = 1) {
    commit.apply(slot, of(slot).move(stage, days, world.today));
  }
  std::int64_t count(Metric metric, int place_number = east) const { return metrics.at(metric, 0, place_number); }
  void to_day(std::int32_t day) {
    while (world.today < day) {
      commit.gather_due();
      commit.next_day();
    }
    commit.gather_due();
  }
  bool due(std::uint32_t slot) const {
    return std::count(commit.due_today().begin(), commit.due_today().end(), slot) > 0;
  }

  Place place = testing::toy_place();
  World world = populate(place, {7, 0}, 0, 400);
  MetricTable metrics{1, 2};
  std::vector<CaseRow> cases;
  Tally tally;
  Commit commit{world, place, tally};
};

// --- the calendar ---------------------------------------------------------------------------------------------------

TEST_F(CommitTest, ADisputeIsDueOnItsDayAndOnNoOther) {
  const std::uint32_t slot = open(3);
  commit.gather_due();
  EXPECT_FALSE(due(slot));
  to_day(3);
  EXPECT_TRUE(due(slot));
  commit.next_day();
  commit.gather_due();
  EXPECT_FALSE(due(slot));
}

TEST_F(CommitTest, WhatOpensTodayIsDueToday) {
  commit.gather_due();
  EXPECT_TRUE(due(open(0)));
}

TEST_F(CommitTest, ALaterAppointmentReplacesAnEarlierOne) {
  const std::uint32_t slot = open(2);
  move(slot, Stage::channel, 5);
  to_day(2);
  EXPECT_FALSE(due(slot));
  to_day(5);
  EXPECT_TRUE(due(slot));
}

TEST_F(CommitTest, AFreedSlotDoesNotInheritAppointments) {
  const std::uint32_t slot = open(5, 1);
  commit.apply(slot, of(slot).close(CaseOutcome::withdrawn, 0));
  const std::uint32_t again = open(7, 2);
  ASSERT_EQ(again, slot);  // the slot is used again
  to_day(5);
  EXPECT_FALSE(due(again));
  to_day(7);
  EXPECT_TRUE(due(again));
}

TEST_F(CommitTest, BeyondTheEndOfTheRunNothingIsDue) {
  const std::uint32_t slot = open(100'000);
  to_day(400);
  EXPECT_FALSE(due(slot));
  EXPECT_TRUE(at(slot).open());
}

// --- counting -------------------------------------------------------------------------------------------------------

TEST_F(CommitTest, AClaimCountsAsADisputeWhenItArrives) {
  const std::uint32_t slot = open(0);
  EXPECT_EQ(count(Metric::disputes), 0);
  EXPECT_EQ(world.districts[east].open_disputes, 0);
  move(slot, Stage::channel);
  EXPECT_EQ(count(Metric::disputes), 1);
  EXPECT_EQ(world.districts[east].open_disputes, 1);
  EXPECT_EQ(world.districts[west].open_disputes, 0);
}

TEST_F(CommitTest, AnEndIsCountedAndKeptAsARow) {
  const std::uint32_t slot = open(0);
  move(slot, Stage::channel);
  to_day(42);
  Outcome out = of(slot);
  out.pay(Role::hospital, Role::patient, Money::yuan(30'000), Reason::compensation);
  out.pay(Role::insurer, Role::patient, Money::yuan(5'000), Reason::compensation);
  commit.apply(slot, out.close(CaseOutcome::agreement, 42));
  EXPECT_EQ(count(Metric::closed), 1);
  EXPECT_EQ(count(Metric::settled), 1);
  EXPECT_EQ(count(Metric::judgments), 0);
  EXPECT_EQ(count(Metric::days_to_resolution), 42);
  EXPECT_EQ(count(Metric::within_30_working_days), 1);  // 30 · 1.4 = 42 days are within
  EXPECT_EQ(count(Metric::closed_with_payment), 1);
  EXPECT_EQ(count(Metric::paid), 3'500'000);
  EXPECT_EQ(count(Metric::paid_by_hospital), 3'000'000);
  EXPECT_EQ(count(Metric::paid_by_insurer), 500'000);
  EXPECT_EQ(count(Metric::owed), 5'000'000);                // half of 100,000 yuan
  EXPECT_EQ(count(Metric::compensation_error), 1'500'000);  // 50,000 − 35,000
  EXPECT_EQ(world.districts[east].open_disputes, 0);
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].paid.cents, 3'500'000);
  EXPECT_EQ(cases[0].outcome, CaseOutcome::agreement);
  EXPECT_EQ(cases[0].closed, 42);
}

TEST_F(CommitTest, TheDayAfterIsNotWithinThirtyWorkingDays) {
  const std::uint32_t slot = open(0);
  move(slot, Stage::channel);
  to_day(43);
  commit.apply(slot, of(slot).close(CaseOutcome::dismissed, 43));
  EXPECT_EQ(count(Metric::closed), 1);
  EXPECT_EQ(count(Metric::within_30_working_days), 0);
  EXPECT_EQ(count(Metric::judgments), 1);
  EXPECT_EQ(count(Metric::closed_with_payment), 0);
}

TEST_F(CommitTest, AnAgreementThatIsBrokenIsOpenAgain) {
  const std::uint32_t slot = open(0);
  move(slot, Stage::channel);
  Outcome signed_today = of(slot);
  signed_today.state.outcome = CaseOutcome::agreement;
  signed_today.state.closed = 0;
  commit.apply(slot, signed_today.move(Stage::payment, 3, 0));
  EXPECT_EQ(world.districts[east].open_disputes, 0);
  Outcome broken = of(slot);
  broken.state.outcome = CaseOutcome::open;
  broken.state.closed = never;
  commit.apply(slot, broken.move(Stage::filing, 1, 0));
  EXPECT_EQ(world.districts[east].open_disputes, 1);
  EXPECT_EQ(count(Metric::court_filings), 1);
  EXPECT_EQ(count(Metric::closed), 0);
}

TEST_F(CommitTest, ADisturbanceReachesTheMediaAndIsSeen) {
  place.parameters.trust.media_reach = 0.05;
  place.parameters.trust.media_halflife = 7;
  place.parameters.copycat.copycat_halflife = 10;
  const std::uint32_t slot = open(0);
  Outcome out = of(slot);
  out.disturbances = 1;
  out.calmed = true;
  commit.apply(slot, out);
  EXPECT_EQ(count(Metric::disturbances), 1);
  EXPECT_EQ(count(Metric::disturbances_calmed), 1);
  EXPECT_DOUBLE_EQ(world.districts[east].visible, 1);
  EXPECT_DOUBLE_EQ(world.districts[east].media, 0.05 * 1e6 / 150'000);
  EXPECT_EQ(world.districts[west].media, 0);
  to_day(10);
  commit.apply(slot, out);
  EXPECT_NEAR(world.districts[east].visible, 1.5, 1e-9);  // half of the first is still talked about
  EXPECT_EQ(world.districts[east].counting.disturbances_last_month, 2);
}

TEST_F(CommitTest, DuringTheBurnInOnlyEventsAreCounted) {
  Tally quiet;
  quiet.begin(nullptr, nullptr);
  Commit silent(world, place, quiet);
  quiet.add(Metric::adverse_events, east, 5);
  quiet.add(Metric::disputes, east, 5);
  EXPECT_EQ(quiet.adverse_events, 5);
  EXPECT_EQ(count(Metric::adverse_events), 0);
  EXPECT_EQ(count(Metric::disputes), 0);
}

// --- queues ---------------------------------------------------------------------------------------------------------

TEST_F(CommitTest, OneStandsInAQueueOnceAndLeavesItWithTheStage) {
  const std::uint32_t first = open(0, 1), second = open(0, 2);
  for (const std::uint32_t slot : {first, second}) {
    move(slot, Stage::channel);
    move(slot, Stage::intake);
  }
  Docket& waiting = world.committees[0].waiting;
  commit.enqueue(first, waiting, 30);
  commit.enqueue(second, waiting, 30);
  commit.enqueue(first, waiting, 30);  // looked at again
  EXPECT_EQ(waiting, (Docket{first, second}));
  to_day(30);
  EXPECT_TRUE(due(first));
  move(first, Stage::administration);
  EXPECT_EQ(waiting, Docket{second});
  commit.apply(second, of(second).close(CaseOutcome::withdrawn, world.today));
  EXPECT_TRUE(waiting.empty());
}

TEST_F(CommitTest, WhoIsBusyStaysBusyForWorkingDays) {
  to_day(10);
  double free_on = 3;
  commit.occupy(free_on, 2.2, 220);  // 2.2 working days of 220 a year are 3.65 days of 365, from today on
  EXPECT_NEAR(free_on, 13.65, 1e-12);
  commit.occupy(free_on, 2.2, 220);  // and a second case comes after the first
  EXPECT_NEAR(free_on, 17.3, 1e-12);
}

TEST_F(CommitTest, AnExpertIsFreeAgainAfterTheOpinion) {
  place.parameters.expert.expert_delay = 10;
  const std::uint32_t slot = open(0);
  Outcome out = of(slot);
  out.expert_asked = true;
  commit.apply(slot, out);
  const auto field = static_cast<std::size_t>(world.disputes[slot].injury.specialty);
  const auto& release = world.pools[world.districts[east].pool].release;
  EXPECT_EQ(release[field], std::vector<std::int32_t>{10});
  for (std::size_t other = 0; other < specialty_count; ++other) EXPECT_EQ(release[other].size(), other == field);
  to_day(10);
  EXPECT_EQ(release[field].size(), 1u);
  commit.next_day();
  EXPECT_TRUE(release[field].empty());
}

// --- months ---------------------------------------------------------------------------------------------------------

TEST_F(CommitTest, PostsPerCommitteeAreAMeanOverThePlace) {
  place.numbers.committees = 9;
  World many = populate(place, {7, 0}, 0, 10);
  Commit staffing(many, place, tally);
  for (const double mean : {0.0, 0.5, 1.0, 2.4, 5.0, 0.9}) {  // also fewer again
    Rules rules = base_rules(place);
    rules.mediators_per_committee = mean;
    for (std::size_t d = 0; d < 2; ++d) staffing.amend(d, rules);
    std::int64_t posts = 0;
    for (std::size_t c = 0; c < many.committees.size(); ++c) {
      staffing.staff(c);
      std::int64_t mine = 0;
      for (const std::uint32_t m : many.committees[c].mediators) mine += many.mediators[m].active;
      EXPECT_LE(std::fabs(static_cast<double>(mine) - mean), 1) << "committee " << c;
      posts += mine;
    }
    EXPECT_EQ(posts, static_cast<std::int64_t>(std::floor(9 * mean))) << mean;
  }
}

TEST_F(CommitTest, APersonKeepsTheirSkillWhateverElseIsHired) {
  const auto first_of_west = [this](double in_east) {
    World fresh = populate(place, {7, 0}, 0, 10);
    Commit staffing(fresh, place, tally);
    Rules rules = base_rules(place);
    rules.mediators_per_committee = in_east;
    staffing.amend(east, rules);
    rules.mediators_per_committee = 2;
    staffing.amend(west, rules);
    for (std::size_t c = 0; c < 2; ++c) staffing.staff(c);
    const MediatorRow& row = fresh.mediators[fresh.committees[1].mediators[0]];
    return std::pair{row.law, row.mission};
  };
  EXPECT_EQ(first_of_west(1), first_of_west(7));
}

TEST_F(CommitTest, APostStandsVacantUntilSomebodyNewTakesIt) {
  Rules rules = base_rules(place);
  rules.mediators_per_committee = 2;
  commit.amend(east, rules);
  commit.staff(0);
  const std::uint32_t m = world.committees[0].mediators[1];
  world.mediators[m].reputation_patient = 0.5;
  const double mission = world.mediators[m].mission;
  commit.vacate(m);
  EXPECT_FALSE(world.mediators[m].active);
  commit.staff(0);  // a new month does not bring anybody back
  EXPECT_FALSE(world.mediators[m].active);
  EXPECT_EQ(count(Metric::mediators_left), 1);
  commit.fill(m);
  EXPECT_TRUE(world.mediators[m].active);
  EXPECT_EQ(world.mediators[m].reputation_patient, 0);
  EXPECT_NE(world.mediators[m].mission, mission);
  commit.staff(0);
  EXPECT_TRUE(world.mediators[m].active);
}

TEST_F(CommitTest, BureausSettleWithTheTreasuryAndRememberTheirYear) {
  const auto of = [&](AgencyKind kind) -> AgencyRow& {
    return world.districts[east].agencies[static_cast<std::size_t>(kind)];
  };
  commit.transfer(east, of(AgencyKind::health).account, world.society, Money::yuan(300), Reason::office_cost);
  commit.transfer(east, world.society, of(AgencyKind::police).account, Money::yuan(40), Reason::fine);
  commit.settle_agencies(east);
  EXPECT_EQ(world.ledger.balance(of(AgencyKind::health).account), Money{});
  EXPECT_EQ(world.ledger.balance(of(AgencyKind::police).account), Money{});
  EXPECT_EQ(world.ledger.balance(of(AgencyKind::finance).account), Money::yuan(-260));
  EXPECT_EQ(of(AgencyKind::health).spent_this_year, Money::yuan(300));
  EXPECT_EQ(of(AgencyKind::finance).spent_this_year, Money{});  // passing money on is no spending
  EXPECT_EQ(count(Metric::public_outlay), 30'000);
  commit.agencies_year_turns(east);
  EXPECT_EQ(of(AgencyKind::health).spent_last_year, Money::yuan(300));
  EXPECT_EQ(of(AgencyKind::health).spent_this_year, Money{});
}

TEST_F(CommitTest, AnEventRateAboveItsCeilingBreaksALaw) {
  const double ceiling = world.hospitals[0].event_ceiling;
  commit.set_event_rate(0, ceiling);
  EXPECT_EQ(world.hospitals[0].event_rate, ceiling);
  EXPECT_THROW(commit.set_event_rate(0, std::nextafter(ceiling, 2 * ceiling)), BrokenLaw);
}

TEST_F(CommitTest, APartOfACaseWaitsForTheNextMonth) {
  const DistrictRow& row = world.districts[0];
  const auto month = [&] {
    commit.set_monthly_services(0, 0.4, 2.3);
    return row.legal_aid_left;
  };
  EXPECT_NEAR(month(), 0.4, 1e-12);
  EXPECT_NEAR(month(), 0.8, 1e-12);
  EXPECT_NEAR(month(), 1.2, 1e-12);  // one case may be taken now
  EXPECT_NEAR(month(), 0.6, 1e-12);  // nobody asked for it: that hour is gone, the fifth of a case is not
  EXPECT_NEAR(row.visits_left, 3.2, 1e-12);
  world.districts[0].legal_aid_left = -1;  // two took the last one on one day
  EXPECT_NEAR(month(), -0.6, 1e-12);
}

TEST_F(CommitTest, AdmissionsAreWholeAndNoneIsLost) {
  std::int64_t before = 0;
  for (int month = 1; month <= 30; ++month) {
    commit.admit(east, 10.3);
    before = count(Metric::admissions);
    EXPECT_LE(std::fabs(static_cast<double>(before) - 10.3 * month), 1);
  }
  EXPECT_NEAR(static_cast<double>(before), 309, 1);  // 30 · 10.3
}

TEST_F(CommitTest, LinksFollowTheRulesOfWhereTheyLead) {
  Rules strong = base_rules(place);
  strong.handoff_gain = 1;
  strong.delay_factor = 0.5;
  commit.amend(east, strong);
  commit.relink();
  for (const HospitalRow& hospital : world.hospitals) {
    const Handoff& now = world.graph[hospital.refers[0]].now;
    EXPECT_EQ(now.probability, hospital.district == east ? 1 : place.parameters.handoff.probability);
    EXPECT_EQ(now.delay, place.parameters.handoff.delay * (hospital.district == east ? 0.5 : 1));
  }
  commit.amend(east, base_rules(place));  // and back: nothing adds up over the months
  commit.relink();
  EXPECT_EQ(world.graph[world.hospitals[0].refers[0]].now.probability, place.parameters.handoff.probability);
}

TEST_F(CommitTest, WhatIsPublishedIsLastMonthsCount) {
  const std::uint32_t slot = open(0);
  move(slot, Stage::channel);
  EXPECT_EQ(world.districts[east].seen.disputes_last_month, 0);
  commit.publish(east);
  EXPECT_EQ(world.districts[east].seen.disputes_last_month, 1);
  EXPECT_EQ(world.districts[east].seen.open_disputes, 1);
  commit.publish(east);
  EXPECT_EQ(world.districts[east].seen.disputes_last_month, 0);
  EXPECT_EQ(world.districts[east].seen.open_disputes, 1);
}

TEST_F(CommitTest, OldShiftsAreForgottenAndYoungOnesKept) {
  place.parameters.trust.memory_days = 100;
  commit.shift(east, 1, TrustObject::hospital, -0.1);
  commit.shift(east, 1, TrustObject::committee, -0.1);
  to_day(60);
  commit.shift(east, 2, TrustObject::hospital, -0.1);
  commit.shift(east, 2, TrustObject::committee, -0.1);
  to_day(101);
  commit.forget(east);
  EXPECT_EQ(world.districts[east].memory.size(), 1u);
  EXPECT_EQ(world.districts[east].memory.count(2), 1u);
}

TEST_F(CommitTest, TheSumOfShiftsIsTheSumOfThePatients) {
  place.parameters.trust.halflife = 200;
  const Trust::Params& t = place.parameters.trust;
  for (std::int32_t step = 0; step < 20; ++step) {
    to_day(step * 10);
    commit.shift(east, static_cast<std::uint32_t>(step % 7), TrustObject::hospital, step % 3 == 0 ? 0.02 : -0.05);
  }
  double sum = 0;
  for (const auto& [patient, memory] : world.districts[east].memory)
    sum += Trust::remaining(memory.trust[parley::at(TrustObject::hospital)], world.today - memory.day, t);
  const DistrictRow& row = world.districts[east];
  EXPECT_NEAR(Trust::remaining(row.shift_sum, world.today - row.shift_day, t), sum,
              1e-7);  // memories are short numbers
}

TEST_F(CommitTest, WhoGivesACommitteeWhatIsCountedByGiver) {
  Rules rules = base_rules(place);
  rules.public_funding_share = 0.5;
  rules.insurer_funding_share = 0.3;
  rules.hospital_funding_share = 0.1;  // a tenth is not funded
  commit.amend(east, rules);
  commit.fund_committee(world.districts[east].committees[0], 1000, Reason::committee_grant);
  EXPECT_EQ(count(Metric::public_outlay), 50'000);
  EXPECT_EQ(count(Metric::committees_by_insurers), 30'000);
  EXPECT_EQ(count(Metric::committees_by_hospitals), 10'000);
  commit.transfer(east, world.hospitals[0].account, world.insurers[0].account, Money::yuan(7), Reason::premium);
  commit.transfer(east, world.hospitals[0].account, world.districts[east].fund, Money::yuan(8),
                  Reason::fund_contribution);
  EXPECT_EQ(count(Metric::committees_by_insurers), 30'000);
  EXPECT_EQ(count(Metric::committees_by_hospitals), 10'000);
  EXPECT_EQ(count(Metric::fund_contributions), 800);
  commit.transfer(east, world.hospitals[0].account, world.insurers[0].account, Money::yuan(9), Reason::capital);
  commit.transfer(east, world.society, world.providers[0].account, Money::yuan(5), Reason::capital);
  commit.transfer(east, world.providers[0].account, world.society, Money::yuan(3), Reason::capital);
  EXPECT_EQ(count(Metric::insurer_capital), 900);  // society's own is not among it
  EXPECT_EQ(count(Metric::system_cost), 0);        // moved on, not spent
}

TEST_F(CommitTest, MoneyAlwaysBalances) {
  commit.transfer(east, world.districts[east].agencies[static_cast<std::size_t>(AgencyKind::finance)].account,
                  world.society, Money::yuan(1000), Reason::linkage);
  EXPECT_EQ(count(Metric::public_outlay), 100'000);
  EXPECT_EQ(count(Metric::system_cost), 100'000);
  commit.transfer(east, world.society, world.hospitals[0].account, Money::yuan(70), Reason::hospital_income);
  EXPECT_EQ(count(Metric::public_outlay), 100'000);  // not public
  EXPECT_EQ(count(Metric::system_cost), 100'000);    // not a cost of disputes
  EXPECT_NO_THROW(commit.check_laws());
}

}  // namespace
}  // namespace parley
