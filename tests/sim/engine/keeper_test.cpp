// A run that was interrupted goes on from what its keeper has, and ends in the same result.
#include "sim/engine/keeper.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>

#include "sim/record/recorder.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

// Keeps everything in memory, and stops the run after so many calls.
class Memory : public Keeper {
 public:
  std::atomic<bool> stop{false};
  int calls_left = -1, finished_given = 0, checkpoints_given = 0;

  std::optional<std::vector<double>> solved(int attempt) override { return get(solved_, attempt); }
  void keep_solved(int attempt, const std::vector<double>& values) override {
    count();
    solved_[attempt] = values;
  }
  std::optional<FinishedReplicate> finished(int attempt, int replicate) override {
    const std::lock_guard lock(guard_);
    const auto found = get(finished_, std::pair{attempt, replicate});
    finished_given += found ? 1 : 0;
    return found;
  }
  void keep(int attempt, int replicate, const FinishedReplicate& done) override {
    const std::lock_guard lock(guard_);
    count();
    finished_[{attempt, replicate}] = done;
  }
  std::optional<Checkpoint> checkpoint(int attempt, int replicate) override {
    const std::lock_guard lock(guard_);
    const auto found = get(checkpoints_, std::pair{attempt, replicate});
    checkpoints_given += found ? 1 : 0;
    return found;
  }
  void keep_checkpoint(int attempt, int replicate, const Checkpoint& now) override {
    const std::lock_guard lock(guard_);
    count();
    checkpoints_[{attempt, replicate}] = now;
  }

 private:
  template <class Map, class Key>
  static auto get(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(key);
    if (found == map.end()) return {};
    return found->second;
  }
  void count() {
    if (calls_left > 0 && --calls_left == 0) stop = true;
  }
  std::mutex guard_;
  std::map<int, std::vector<double>> solved_;
  std::map<std::pair<int, int>, FinishedReplicate> finished_;
  std::map<std::pair<int, int>, Checkpoint> checkpoints_;
};

RunOptions with(Memory& memory) {
  RunOptions options;
  options.record.level = RecordLevel::full;
  options.keeper = &memory;
  options.stop = &memory.stop;
  options.threads = 2;
  return options;
}

TEST(Keeper, AnInterruptedRunEndsInTheSameResult) {
  Study study = testing::toy_study(1, 1, 5);
  study.contrasts.push_back({"equal_spending", "At equal spending", {}, "pay_per_success", 0.05});
  RunOptions options;
  options.record.level = RecordLevel::full;
  const std::string undisturbed = digest_of(testing::run_serially(study, options));
  Memory memory;
  memory.calls_left = 3;
  const StudyResult part = run_study(study, with(memory));
  EXPECT_FALSE(part.complete());
  memory.stop = false;
  memory.calls_left = -1;
  const StudyResult whole = run_study(study, with(memory));
  EXPECT_TRUE(whole.complete());
  EXPECT_GE(memory.finished_given, 2);
  EXPECT_EQ(digest_of(whole), undisturbed);
}

// Stopped at every twentieth month or so: in the burn-in, under the first policy, under the second.
TEST(Keeper, AReplicateGoesOnFromItsCheckpoint) {
  const Study study = testing::toy_study(1, 1, 1);
  RunOptions options;
  options.record.level = RecordLevel::full;
  const StudyResult plain = testing::run_serially(study, options);
  const std::string undisturbed = digest_of(plain);
  for (const int months : {3, 9, 15, 20, 26, 33}) {
    Memory memory;
    memory.calls_left = months;
    RunOptions checked = with(memory);
    checked.threads = 1;
    checked.checkpoint_seconds = 0;
    checked.checkpoint_cost = 1e9;  // one at the end of every month
    EXPECT_FALSE(run_study(study, checked).complete());
    memory.stop = false;
    memory.calls_left = -1;
    const StudyResult whole = run_study(study, checked);
    EXPECT_EQ(memory.checkpoints_given, 1);
    EXPECT_EQ(digest_of(whole), undisturbed) << "stopped after " << months << " checkpoints";
    EXPECT_EQ(whole.adverse_events, plain.adverse_events);  // whoever simulated them
    EXPECT_EQ(whole.person_days, plain.person_days);
  }
}

TEST(Keeper, CheckpointsAndWatchersLeaveTheStatesAsTheyAre) {
  const Study study = testing::toy_study(1, 1, 2);
  const auto states = [](const StudyResult& result) {
    std::vector<std::uint64_t> all;
    for (const auto& arm : result.results)
      for (const ReplicateResult& r : arm) all.insert(all.end(), r.states.begin(), r.states.end());
    for (const auto& months : result.burn_in_states) all.insert(all.end(), months.begin(), months.end());
    return all;
  };
  const std::vector<std::uint64_t> plain = states(testing::run_serially(study));
  ASSERT_EQ(plain.size(), 2u * 2 * 12 + 2 * 12);
  Memory memory;
  RunOptions watched = with(memory);
  watched.checkpoint_seconds = 0;
  watched.checkpoint_cost = 1e9;
  watched.record.daily = true;
  watched.record.panel = 1000;
  watched.progress = [](const Progress&) {};
  EXPECT_EQ(states(run_study(study, watched)), plain);
  RunOptions lean;
  lean.record.level = RecordLevel::metrics;
  EXPECT_EQ(states(testing::run_serially(study, lean)), plain);
}

TEST(Keeper, DailyMetricsAddUpToMonthlyOnes) {
  const Study study = testing::toy_study(1, 0, 1);
  RunOptions daily;
  daily.record.daily = true;
  const StudyResult by_day = testing::run_serially(study, daily), by_month = testing::run_serially(study);
  const MetricTable &days = by_day.results[1][0].metrics, &months = by_month.results[1][0].metrics;
  ASSERT_EQ(days.months, by_month.month_starts.back());
  for (std::size_t m = 0; m < metric_count; ++m)
    for (int month = 0; month < months.months; ++month) {
      const auto first = by_month.month_starts[static_cast<std::size_t>(month)],
                 end = by_month.month_starts[static_cast<std::size_t>(month) + 1];
      const auto metric = static_cast<Metric>(m);
      std::int64_t sum = 0;
      for (std::int32_t day = first; day < end; ++day) sum += days.at(metric, day, 0);
      if (std::string(metric_table[m].cell_method) == "point") sum = days.at(metric, end - 1, 0);
      EXPECT_EQ(sum, months.at(metric, month, 0)) << metric_table[m].name << " in month " << month;
    }
}

}  // namespace
}  // namespace parley
