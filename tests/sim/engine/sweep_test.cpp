// A run of a sweep is what a run of the study with those values is, whoever runs it and in whatever batch.
#include "sim/engine/sweep.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

Points points() { return {{"encounter.adverse_event_rate", "authority"}, {{0.05, 0.2}, {0.12, 0.2}, {0.12, 1.0}}}; }

SweepOptions on(int threads) {
  SweepOptions options;
  options.threads = threads;
  return options;
}

std::vector<double> flat(const std::vector<std::vector<RunSummary>>& runs) {
  std::vector<double> out;
  for (const auto& run : runs)
    for (const RunSummary& one : run) {
      out.insert(out.end(), one.metrics.begin(), one.metrics.end());
      out.push_back(std::isnan(one.days_median) ? -1 : one.days_median);
    }
  return out;
}

TEST(Sweep, ARunIsWhatTheStudyWithThoseValuesComesTo) {
  Study study = testing::toy_study(1, 1, 2);
  const auto runs = run_points(study, points(), 0, 6, on(1));
  ASSERT_EQ(runs.size(), 6U);

  study.place.parameters.encounter.adverse_event_rate = 0.05;
  for (Mode& mode : study.modes) {
    std::erase_if(mode.settings, [](const LeverSetting& s) { return s.lever == "authority"; });
    mode.settings.push_back({"authority", 0.2, -1});
  }
  study.contrasts.clear();
  const StudyResult whole = testing::run_serially(study);
  for (std::size_t replicate = 0; replicate < 2; ++replicate)
    for (std::size_t mode = 0; mode < 2; ++mode) {
      const MetricTable& table = whole.results[mode][replicate].metrics;
      for (const Metric metric : {Metric::admissions, Metric::disputes, Metric::paid, Metric::public_outlay}) {
        std::int64_t sum = 0;
        for (int month = 0; month < table.months; ++month)
          for (int place = 0; place < table.places; ++place) sum += table.at(metric, month, place);
        EXPECT_EQ(runs[replicate][mode].metrics[static_cast<std::size_t>(metric)], static_cast<double>(sum));
      }
      double trust = 0;
      for (int month = 0; month < 12; ++month)
        trust += (150000.0 * static_cast<double>(table.at(Metric::trust, month, 0)) +
                  100000.0 * static_cast<double>(table.at(Metric::trust, month, 1))) /
                 250000.0 / 12 / 1e6;
      EXPECT_NEAR(runs[replicate][mode].metrics[static_cast<std::size_t>(Metric::trust)], trust, 1e-12);
    }
}

TEST(Sweep, BatchesAndThreadsChangeNothing) {
  const Study study = testing::toy_study(1, 0, 2);
  const std::vector<double> whole = flat(run_points(study, points(), 0, 6, on(1)));
  EXPECT_EQ(whole, flat(run_points(study, points(), 0, 6, on(3))));
  std::vector<double> parts = flat(run_points(study, points(), 0, 1, on(1)));
  for (const auto& [first, count] : {std::pair{1, 4}, {5, 1}}) {
    const std::vector<double> part = flat(run_points(study, points(), first, count, on(1)));
    parts.insert(parts.end(), part.begin(), part.end());
  }
  EXPECT_EQ(whole, parts);
}

// Points that differ in levers alone branch off one burn-in; others do not, whatever stands between them.
TEST(Sweep, BranchesOfABurnInAreWhatEachIsByItself) {
  Study study = testing::toy_study(1, 1, 2);
  Points many{{"authority", "encounter.adverse_event_rate", "status_quo.authority"}, {}};
  for (int n = 0; n < 24; ++n) many.rows.push_back({n / 24.0, n % 3 == 0 ? 0.05 : 0.12, n % 2 == 0 ? 0.3 : 0.8});
  const auto runs = static_cast<std::int64_t>(2 * many.rows.size());
  std::vector<double> alone;
  for (std::int64_t run = 0; run < runs; ++run) {
    const std::vector<double> one = flat(run_points(study, many, run, 1, on(1)));
    alone.insert(alone.end(), one.begin(), one.end());
  }
  EXPECT_EQ(alone, flat(run_points(study, many, 0, runs, on(1))));
  EXPECT_EQ(alone, flat(run_points(study, many, 0, runs, on(3))));
}

TEST(Sweep, ABurnInIsSharedByPointsThatDifferInLeversAlone) {
  const Study study = testing::toy_study(1, 1, 1);
  const auto months_of = [&](const char* key) {
    int months = 0;
    double done = 0;
    SweepOptions options = on(1);
    options.progress = [&](const Progress& told) {
      ++months;
      done = told.done;
    };
    run_points(study, {{key}, {{0.2}, {0.3}, {0.4}, {0.5}}}, 0, 4, options);
    EXPECT_EQ(done, 1);
    return months;
  };
  EXPECT_EQ(months_of("authority"), 12 * (1 + 4 * 2));  // a burn-in, then a year under each of two modes
  EXPECT_EQ(months_of("status_quo.authority"), 12 * 4 * (1 + 2));
}

TEST(Sweep, PointsShareTheirLuck) {
  const Study study = testing::toy_study(1, 0, 2);
  const auto runs = run_points(study, points(), 0, 6, on(1));
  const auto events = [&](std::size_t run) {
    return runs[run][0].metrics[static_cast<std::size_t>(Metric::adverse_events)];
  };
  EXPECT_LT(events(0), events(2));                       // a lower rate takes events away
  EXPECT_NEAR(events(2), events(4), 0.005 * events(2));  // a lever hardly touches them: hospitals learn a little
}

TEST(Sweep, APointThatCannotBeRunIsNamed) {
  const Study study = testing::toy_study(1, 0, 1);
  Points bad = points();
  bad.rows[1][1] = 7;
  bad.rows[1][0] = 0.5;
  try {
    run_points(study, bad, 0, 3, on(1));
    FAIL();
  } catch (const ScenarioError& error) {
    ASSERT_GE(error.faults().size(), 2U);
    EXPECT_EQ(error.faults()[0].file, "point 1");
    EXPECT_NE(std::string(error.what()).find("0 to 1"), std::string::npos);
  }
  EXPECT_THROW(run_points(study, points(), 2, 2, {}), BrokenLaw);
}

TEST(Sweep, AStopLeavesWhatIsFinished) {
  const Study study = testing::toy_study(1, 0, 2);
  std::atomic<bool> stop{false};
  int months = 0;
  SweepOptions options = on(1);
  options.stop = &stop;
  options.progress = [&](const Progress&) { stop = ++months > 30; };
  const auto runs = run_points(study, points(), 0, 6, options);
  EXPECT_FALSE(runs.front().empty());
  EXPECT_TRUE(runs.back().empty());
}

}  // namespace
}  // namespace parley
