#include "sim/engine/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

#include "sim/base/error.hpp"
#include "sim/world/disputes.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

using testing::run_serially;
using testing::sum;
using testing::toy_study;

TEST(Run, TheResultHasTheShapeThatWasAskedFor) {
  const StudyResult result = run_serially(toy_study(2, 1, 3));
  EXPECT_EQ(result.arms.size(), 2u);
  EXPECT_EQ(result.arms[0].name, "calm");
  EXPECT_EQ(result.arms[1].name, "eager");
  EXPECT_EQ(result.replicates, (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(result.complete());
  ASSERT_EQ(result.results.size(), 2u);
  // 2015 and 2016: 24 months, the second of them a leap year.
  ASSERT_EQ(result.month_starts.size(), 25u);
  EXPECT_EQ(result.month_starts.front(), 0);
  EXPECT_EQ(result.month_starts[1], 31);
  EXPECT_EQ(result.month_starts.back(), 365 + 366);
  for (const auto& arm : result.results) {
    ASSERT_EQ(arm.size(), 3u);
    for (const ReplicateResult& replicate : arm) {
      EXPECT_EQ(replicate.metrics.months, 24);
      EXPECT_EQ(replicate.metrics.places, 2);
      EXPECT_TRUE(std::is_sorted(replicate.cases.begin(), replicate.cases.end(),
                                 [](const CaseRow& a, const CaseRow& b) { return a.id < b.id; }));
      for (const CaseRow& row : replicate.cases) {
        EXPECT_LT(row.place, 2);
        EXPECT_LT(row.opened, 731);
        if (row.closed != CaseRow::not_closed) {
          EXPECT_GE(row.closed, row.opened);
          EXPECT_LT(row.closed, 731);
        }
      }
    }
  }
}

// The lowest replicate that was finished gives the graph, whichever thread is done first.
TEST(Run, TheGraphIsTheSameForAnyNumberOfThreads) {
  const StudyResult one = run_serially(toy_study(1, 0, 4));
  ASSERT_GT(one.graph.edges(), 0u);
  ASSERT_EQ(one.edge_states.size(), 2u);
  EXPECT_EQ(one.graph.offset.back(), one.graph.edges());
  RunOptions options;
  options.threads = 4;
  const StudyResult four = run_study(toy_study(1, 0, 4), options);
  EXPECT_EQ(four.graph.target, one.graph.target);
  EXPECT_EQ(four.graph.weight, one.graph.weight);
  for (std::size_t a = 0; a < one.edge_states.size(); ++a) {
    ASSERT_EQ(one.edge_states[a].size(), one.graph.edges());
    ASSERT_EQ(four.edge_states[a].size(), one.graph.edges());
    for (std::size_t e = 0; e < one.graph.edges(); ++e) {
      EXPECT_EQ(four.edge_states[a][e].probability, one.edge_states[a][e].probability);
      EXPECT_EQ(four.edge_states[a][e].delay, one.edge_states[a][e].delay);
    }
  }
}

// Each level of the pyramid holds the next, and the way of a dispute begins and ends with the forums of its row.
TEST(Run, ThePyramidNarrowsAndWaysHoldTheirEnds) {
  const StudyResult result = run_serially(toy_study(2, 0, 1));
  EXPECT_LE(sum(result, 0, Metric::negligent_events), sum(result, 0, Metric::adverse_events));
  EXPECT_LE(sum(result, 0, Metric::blamed), sum(result, 0, Metric::named));
  EXPECT_GT(sum(result, 0, Metric::blamed), 0);
  EXPECT_GT(sum(result, 0, Metric::named), sum(result, 0, Metric::blamed));
  std::size_t several = 0;
  for (const CaseRow& row : result.results[0][0].cases) {
    unsigned first = row.path & ForumPath::mask, last = first;
    for (unsigned left = row.path >> ForumPath::bits; left != 0; left >>= ForumPath::bits) {
      last = left & ForumPath::mask;
      ++several;
    }
    if (row.path == 0) {
      EXPECT_EQ(row.first_channel, Channel::none);
      continue;
    }
    EXPECT_EQ(first, static_cast<unsigned>(row.first_channel) + 1);
    EXPECT_EQ(last, static_cast<unsigned>(row.last_channel) + 1);
  }
  EXPECT_GT(several, 0u);
}

// The burn-in is run once per replicate, under the status quo, and every policy starts from where it ended.
TEST(Run, PoliciesShareTheBurnIn) {
  const StudyResult both = run_serially(toy_study(1, 2, 1));
  const auto inherited = [](const ReplicateResult& run) {
    std::set<std::uint64_t> ids;
    for (const CaseRow& row : run.cases)
      if (row.opened < 0) ids.insert(row.id);
    return ids;
  };
  EXPECT_FALSE(inherited(both.results[0][0]).empty());
  EXPECT_EQ(inherited(both.results[1][0]), inherited(both.results[0][0]));

  // Two arms cost one burn-in and two runs: events(both) = burn-in + run of calm + run of eager.
  Study one = toy_study(1, 2, 1);
  one.modes.resize(1);
  const StudyResult alone = run_serially(one);
  EXPECT_EQ(both.adverse_events, alone.adverse_events + sum(both, 1, Metric::adverse_events));
  EXPECT_GT(alone.adverse_events, 2 * sum(alone, 0, Metric::adverse_events));
  // 2013 to 2015 are 365 days each; 250,000 people.
  EXPECT_EQ(alone.person_days, 250000LL * 3 * 365);
  EXPECT_EQ(both.person_days, 250000LL * 4 * 365);
}

TEST(Run, WithoutBurnInNothingIsInherited) {
  const StudyResult result = run_serially(toy_study(1, 0, 1));
  ASSERT_FALSE(result.results[0][0].cases.empty());
  for (const CaseRow& row : result.results[0][0].cases) EXPECT_GE(row.opened, 0);
}

// --- stopping -------------------------------------------------------------------------------------------------------

TEST(Run, AStopKeepsWhatIsFinished) {
  const Study study = toy_study(1, 1, 6);
  std::atomic<bool> stop = false;
  RunOptions options;
  options.threads = 1;
  options.stop = &stop;
  // A replicate takes 12 months of burn-in and 12 under each of two policies: 36. The whole study takes 216.
  int months = 0;
  options.progress = [&](const Progress&) {
    if (++months == 36 + 36 + 5) stop = true;
  };
  const StudyResult result = run_study(study, options);
  EXPECT_EQ(result.replicates, (std::vector<int>{0, 1}));
  EXPECT_FALSE(result.complete());
  EXPECT_EQ(months, 36 + 36 + 5);  // nothing ran on after the stop
  EXPECT_EQ(result.arms.size(), 2u);
  EXPECT_EQ(result.differences.size(), 1u);
  // What is kept is what the whole study would have had.
  const StudyResult whole = run_serially(study);
  for (std::size_t arm = 0; arm < 2; ++arm) {
    ASSERT_EQ(result.results[arm].size(), 2u);
    for (std::size_t r = 0; r < 2; ++r)
      EXPECT_EQ(testing::metrics(result.results[arm][r]), testing::metrics(whole.results[arm][r]));
  }
}

TEST(Run, AStopBeforeTheStartEndsAtOnceWithNothing) {
  const std::atomic<bool> stop = true;
  RunOptions options;
  options.stop = &stop;
  const auto before = std::chrono::steady_clock::now();
  const StudyResult result = run_study(toy_study(40, 5, 50), options);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));  // the whole of it takes far longer
  EXPECT_TRUE(result.replicates.empty());
  EXPECT_EQ(result.arms.size(), 2u);
  ASSERT_EQ(result.results.size(), 2u);
  EXPECT_TRUE(result.results[0].empty());
}

TEST(Run, AStopWhileSolvingEndsTooWithNothing) {
  Study study = toy_study(1, 0, 2);
  study.contrasts = {{"equal_spending", "At equal public spending", {}, "mediators_fulltime", 0.02}};
  std::atomic<bool> stop = false;
  RunOptions options;
  options.stop = &stop;
  std::string stage;
  options.progress = [&](const Progress& p) {
    stage = p.what;
    stop = true;
  };
  const StudyResult result = run_study(study, options);
  EXPECT_EQ(stage, "solving equal spending");
  EXPECT_TRUE(result.replicates.empty());
  EXPECT_EQ(result.arms.size(), 3u);
  EXPECT_EQ(result.results.size(), 3u);
}

TEST(Run, AnExceptionOfTheCallerArrives) {
  for (const int threads : {1, 2}) {
    RunOptions options;
    options.threads = threads;
    options.progress = [](const Progress& p) {
      if (p.done > 0.5) throw std::runtime_error("the caller has had enough");
    };
    EXPECT_THROW(run_study(toy_study(1, 0, 4), options), std::runtime_error) << threads;
  }
}

// --- equal public spending ------------------------------------------------------------------------------------------

TEST(Run, EqualSpendingSpendsTheSame) {
  Study study = toy_study(1, 1, 5);                                  // more replicates than any pilot looks at
  study.modes[1].settings.push_back({"mediators_fulltime", 4, -1});  // two more than the status quo has
  study.contrasts = {{"bundle", "As the modes are", {}, "", 0.01},
                     {"equal_spending", "At equal public spending", {}, "committee_budget", 0.005}};
  const StudyResult result = run_serially(study);
  ASSERT_EQ(result.arms.size(), 3u);
  const auto outlay = [&](std::size_t arm) { return static_cast<double>(sum(result, arm, Metric::public_outlay)); };
  EXPECT_GT(std::fabs(outlay(1) / outlay(0) - 1), 0.02);  // as the modes are, they do not
  EXPECT_LE(std::fabs(outlay(2) / outlay(0) - 1), 0.005);
  // The value found is the one in force, in every district, and nothing else of the mode has moved.
  const Difference& difference = result.differences[1];
  EXPECT_EQ(difference.policy, "eager:equal_spending");
  EXPECT_EQ(difference.solved_lever, "committee_budget");
  for (const Levers& levers : result.arms[2].levers) {
    EXPECT_EQ(levers.service.committee_budget, difference.solved_value);
    EXPECT_EQ(levers.authority.authority, 0.9);
  }
  EXPECT_NE(difference.solved_value, result.arms[1].levers[0].service.committee_budget);
  EXPECT_DOUBLE_EQ(difference.spending_gap, outlay(2) / outlay(0) - 1);
}

TEST(Run, EqualSpendingDoesNotDependOnThreads) {
  Study study = toy_study(1, 0, 3);
  study.contrasts = {{"equal_spending", "At equal public spending", {}, "committee_budget", 0.01}};
  RunOptions many;
  many.threads = 8;
  EXPECT_EQ(run_study(study, many).differences[0].solved_value, run_serially(study).differences[0].solved_value);
}

void expect_fault(const std::string& lever, const std::string& part) {
  Study study = toy_study(1, 0, 1);
  study.contrasts = {{"equal_spending", "At equal public spending", {}, lever, 0.001}};
  try {
    run_serially(study);
    FAIL() << lever << " should not be solvable";
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.faults().size(), 1u);
    EXPECT_NE(error.faults()[0].message.find(part), std::string::npos) << error.what();
    EXPECT_NE(error.faults()[0].message.find(lever), std::string::npos) << error.what();
  }
}

// A lever that does not move spending, or moves it from post to post: the study stands, and says by how much it missed.
TEST(Run, WhereNoValueReachesEqualSpendingTheGapIsSaid) {
  Study study = toy_study(1, 0, 3);
  study.contrasts = {{"equal_spending", "At equal public spending", {}, "expert_pool_size", 0.001}};
  const StudyResult result = run_serially(study);
  EXPECT_TRUE(result.complete());
  const auto outlay = [&](std::size_t arm) { return static_cast<double>(sum(result, arm, Metric::public_outlay)); };
  const Difference& difference = result.differences[0];
  EXPECT_EQ(difference.tolerance, 0.001);
  EXPECT_GT(std::fabs(difference.spending_gap), 0.001);
  EXPECT_DOUBLE_EQ(difference.spending_gap, outlay(2) / outlay(0) - 1);
}
TEST(Run, ASwitchCannotBeSolvedFor) {
  expect_fault("mediation_open", "is a switch; only a lever with a range can be solved for");
}
TEST(Run, AnUnknownLeverCannotBeSolvedFor) { expect_fault("autority", "did you mean 'authority'"); }

// Where hospitals of a class can be compared, rating moves what they pay.
TEST(Run, ExperienceRatingMovesPremiums) {
  Study study = testing::toy_study(2, 1, 1);
  study.place.numbers.hospitals_tertiary = 6;
  for (District& district : study.place.districts) district.insured = true;
  Mode flat = study.modes[0], rated = flat;
  flat.slug = "flat", flat.settings = {{"rating_strength", 0}};
  rated.slug = "rated", rated.settings = {{"rating_strength", 1}};
  study.modes = {flat, rated};
  study.baseline = "flat";
  const StudyResult result = testing::run_serially(study);
  EXPECT_NE(testing::sum(result, 0, Metric::premiums), testing::sum(result, 1, Metric::premiums));
}

}  // namespace
}  // namespace parley
