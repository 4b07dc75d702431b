// A dispute moves only along legal steps, only in the pass that owns its stage, and is never forgotten.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "sim/engine/passes.hpp"
#include "tests/support/days.hpp"
#include "tests/support/litigious.hpp"
#include "tests/support/results.hpp"

namespace parley {
namespace {

using testing::DayByDay;

std::vector<Levers> eager_levers() { return levers_by_district(testing::toy_place(), testing::toy_study().modes[1]); }

// Every step that a dispute may take.
const std::map<Stage, std::set<Stage>> legal = {
    {Stage::claim, {Stage::channel, Stage::payment}},  // an early offer may be taken
    {Stage::channel, {Stage::negotiation, Stage::handoff, Stage::filing, Stage::petition, Stage::closed}},
    {Stage::negotiation, {Stage::channel, Stage::payment, Stage::petition, Stage::closed}},
    {Stage::handoff, {Stage::channel, Stage::intake}},
    {Stage::intake,
     {Stage::mediation, Stage::administration, Stage::arbitration, Stage::handoff, Stage::channel, Stage::payment,
      Stage::petition, Stage::closed}},
    {Stage::mediation, {Stage::channel, Stage::payment, Stage::petition, Stage::closed}},
    {Stage::administration, {Stage::channel, Stage::payment, Stage::petition, Stage::closed}},
    {Stage::arbitration, {Stage::payment, Stage::petition, Stage::closed}},
    {Stage::filing, {Stage::trial, Stage::payment, Stage::petition, Stage::closed}},
    {Stage::trial, {Stage::payment, Stage::appeal, Stage::petition, Stage::closed}},
    {Stage::appeal, {Stage::payment, Stage::petition, Stage::closed}},
    {Stage::payment, {Stage::filing, Stage::closed}},  // an agreement may be broken
    {Stage::petition, {Stage::handoff, Stage::closed}},
    {Stage::closed, {}},
};

struct Pass {
  const char* name;
  Stage owns;  // the stage whose disputes it decides; a session begins and may end within the pass of the queue
  std::function<void(World&, Commit&, const Conduct&)> run;
};

// The table of contents of a day, as engine/day.cpp has it; the test below sees that the two are the same.
Pass talks_at(const char* name, Stage stage) {
  return {name, stage, [stage](World& world, Commit& commit, const Conduct& conduct) {
            passes::talks(world, commit, conduct, stage);
          }};
}
const std::vector<Pass> passes_of_a_day = {
    {"claims", Stage::claim, passes::claims},
    {"copycats", Stage::closed, passes::copycats},  // moves nobody
    {"channels", Stage::channel, passes::channels},
    talks_at("negotiations", Stage::negotiation),
    {"handoffs", Stage::handoff, passes::handoffs},
    {"intake", Stage::intake, passes::intake},
    talks_at("mediations", Stage::mediation),
    talks_at("administration", Stage::administration),
    talks_at("arbitration", Stage::arbitration),
    {"filing", Stage::filing, passes::filing},
    talks_at("trials", Stage::trial),
    {"appeals", Stage::appeal, passes::appeals},
    {"petitions", Stage::petition, passes::petitions},
    {"payments", Stage::payment, passes::payments},
};

std::vector<Stage> stages(const World& world) {
  std::vector<Stage> out;
  for (const Dispute& dispute : world.disputes) out.push_back(dispute.state.stage);
  return out;
}

// Steps that one pass may make of a stage: one legal step, or two where a session begins and ends on the spot.
bool may_become(Stage before, Stage now) {
  if (legal.at(before).count(now) > 0) return true;
  if (before != Stage::intake && before != Stage::filing) return false;
  for (const Stage session : legal.at(before))
    if (legal.at(session).count(now) > 0) return true;
  return false;
}

TEST(StageOrder, OnlyLegalStepsAndOnlyInTheirOwnPass) {
  DayByDay days(testing::litigious_place(), 24, eager_levers());
  DayByDay engine(testing::litigious_place(), 24, eager_levers());
  std::map<std::pair<Stage, Stage>, int> seen;
  while (!days.over()) {
    days.pass([&](World& world, Commit& commit, const Conduct& conduct, const Today& today) {
      commit.gather_due();
      if (today.month_begins) passes::month_begins(world, commit, conduct, today);
      passes::encounters(world, commit, conduct);
      for (const Pass& pass : passes_of_a_day) {
        const std::vector<Stage> before = stages(world);
        pass.run(world, commit, conduct);
        const std::vector<Stage> after = stages(world);
        ASSERT_EQ(after.size(), before.size());  // only encounters open disputes
        for (std::size_t slot = 0; slot < after.size(); ++slot) {
          if (after[slot] == before[slot]) continue;
          ASSERT_EQ(before[slot], pass.owns)
              << pass.name << " moved a dispute at " << stage_names[static_cast<std::size_t>(before[slot])];
          ASSERT_TRUE(may_become(before[slot], after[slot]))
              << pass.name << ": " << stage_names[static_cast<std::size_t>(before[slot])] << " to "
              << stage_names[static_cast<std::size_t>(after[slot])];
          ++seen[{before[slot], after[slot]}];
        }
      }
      if (today.month_ends) passes::month_ends(world, commit, conduct, today);
      commit.check_laws();
      commit.next_day();
    });
    engine.pass();
    ASSERT_EQ(stages(days.world), stages(engine.world)) << "day " << days.world.today;
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(days.cases.size(), engine.cases.size());
  // Two years of a quarrelsome place lead disputes into every stage and, except from the last, out of it again.
  std::set<Stage> entered, left;
  for (const auto& [step, times] : seen) {
    left.insert(step.first);
    entered.insert(step.second);
  }
  for (std::size_t s = 0; s < stage_count; ++s) {
    const auto stage = static_cast<Stage>(s);
    EXPECT_TRUE(stage == Stage::claim || entered.count(stage) > 0) << stage_names[s];
    EXPECT_TRUE(stage == Stage::closed || left.count(stage) > 0) << stage_names[s];
  }
}

TEST(StageOrder, NobodyIsForgottenAndNobodyIsCountedTwice) {
  DayByDay days(testing::litigious_place(), 24, eager_levers());
  const std::int32_t end = days.starts.back();
  while (!days.over()) {
    days.pass();
    const World& world = days.world;
    std::set<std::uint64_t> ids;
    std::vector<std::int64_t> open(world.districts.size(), 0);
    for (std::uint32_t slot = 0; slot < world.disputes.size(); ++slot) {
      const Dispute& dispute = world.disputes[slot];
      if (!dispute.open()) continue;
      ASSERT_TRUE(ids.insert(dispute.id.packed()).second) << "two open disputes of one id";
      if (dispute.state.stage != Stage::claim && dispute.state.closed == never) ++open[dispute.district.value];
      // Each has a day on which it is looked at again, and the calendar knows; beyond the run there is no calendar.
      ASSERT_GE(dispute.due, world.today) << stage_names[static_cast<std::size_t>(dispute.state.stage)];
      if (dispute.due > end) continue;
      const auto& entries = world.calendar[static_cast<std::size_t>(dispute.due - world.first_day)];
      ASSERT_TRUE(std::any_of(entries.begin(), entries.end(), [&](const World::Due& entry) {
        return entry.slot == slot && entry.id == dispute.id.packed();
      }));
    }
    for (std::size_t d = 0; d < world.districts.size(); ++d) ASSERT_EQ(world.districts[d].open_disputes, open[d]);
    // Whoever waits in a queue is at that queue's stage, and stands there once.
    std::set<std::uint32_t> waiting;
    const auto check = [&](const Docket& docket, Stage stage) {
      for (const std::uint32_t slot : docket) {
        ASSERT_EQ(world.disputes[slot].state.stage, stage);
        ASSERT_TRUE(waiting.insert(slot).second);
      }
    };
    for (const CommitteeRow& committee : world.committees) check(committee.waiting, Stage::intake);
    for (const DistrictRow& district : world.districts) {
      check(district.office.waiting, Stage::intake);
      check(district.panel.waiting, Stage::intake);
      check(district.court.waiting, Stage::filing);
    }
    if (HasFatalFailure()) return;
  }
}

// How a mediation ended is counted once: by agreement, between the two alone, given up, or passed on.
TEST(StageOrder, EndsOfMediationAddUp) {
  DayByDay days(testing::litigious_place(), 36, eager_levers());
  while (!days.over()) days.pass();
  const auto total = [&](Metric metric) { return testing::sum(days.metrics, metric); };
  EXPECT_GT(total(Metric::mediation_agreements), 0);
  EXPECT_GT(total(Metric::settled), 0);
  EXPECT_GT(total(Metric::judgments), 0);
  EXPECT_LE(total(Metric::mediation_closed), total(Metric::mediation_accepted));
  EXPECT_LE(total(Metric::mediation_agreements) + total(Metric::mediation_reconciled) +
                total(Metric::mediation_to_court) + total(Metric::mediation_withdrawn),
            total(Metric::mediation_closed));
  EXPECT_LE(total(Metric::settled) + total(Metric::judgments), total(Metric::closed));
}

}  // namespace
}  // namespace parley
