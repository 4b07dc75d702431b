#include "sim/engine/run.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "sim/base/floating_point.hpp"
#include "sim/engine/contrasts.hpp"
#include "sim/engine/observe.hpp"
#include "sim/engine/parallel.hpp"
#include "sim/engine/replicate.hpp"
#include "sim/engine/spending.hpp"
#include "sim/scenario/check.hpp"

namespace parley {

namespace {

constexpr int most_attempts = 3;  // at solving a lever

using Finished = std::vector<std::optional<FinishedReplicate>>;

class Simulation {
 public:
  Simulation(const Study& study, const RunOptions& options)
      : study_(study),
        options_(options),
        calendar_(study),
        watch_(options.progress, options.stop),
        threads_(available_threads(options.threads)) {}

  StudyResult run() {
    const FloatingPointMode mode;
    StudyResult result;
    result.study = study_;
    result.record = options_.record;
    result.month_starts = calendar_.run;
    result.threads = threads_;
    result.looks = options_.looks;
    result.precision = options_.precision;
    with_threads(threads_, [&] { run_into(result); });
    if (result.replicates.empty()) result.graph = {};  // nothing was drawn on it
    result.seconds = watch_.elapsed();
    result.adverse_events = watch_.adverse_events();
    result.person_days = watch_.person_days();
    return result;
  }

  // Some replicates by themselves.
  Finished some(const std::vector<double>& solved, const std::vector<int>& numbers) {
    const FloatingPointMode mode;
    Plan plan = plan_of(study_);
    for (std::size_t i = 0; i < plan.solves.size(); ++i) settle(study_, plan, i, solved.at(i));
    StudyResult scene;
    set_the_scene(scene);
    Finished finished(numbers.size());
    with_threads(threads_, [&] { run_some(plan, numbers, finished); });
    return finished;
  }

 private:
  void run_into(StudyResult& result) {
    Plan plan = plan_of(study_);
    set_the_scene(result);
    if (options_.only_kept) return take_what_is_kept(plan, result);
    try {
      // A pilot fixes the levers to be solved for; what all replicates show beside it corrects the aim, which is rare.
      std::vector<double> aims(plan.solves.size(), 0);
      for (attempt_ = 1;; ++attempt_) {
        result.arms.clear();
        result.replicates.clear();
        const Solution solution = solve_or_remember(plan, aims);
        run_all(plan, result);
        if (!result.complete() || attempt_ == most_attempts || spends_alike(plan, result, solution, aims)) break;
      }
    } catch (const Stopped&) {
      if (result.arms.empty()) begin_result(plan, result);
    }
  }

  // The last attempt of which anything is known.
  void take_what_is_kept(Plan& plan, StudyResult& result) {
    for (int next = attempt_ + 1; next <= most_attempts && options_.keeper->solved(next); ++next) attempt_ = next;
    const auto known = options_.keeper->solved(attempt_);
    const bool ready = plan.solves.empty() || (known && known->size() == 2 * plan.solves.size());
    for (std::size_t i = 0; ready && i < plan.solves.size(); ++i) settle(study_, plan, i, (*known)[i]);
    Finished finished(static_cast<std::size_t>(study_.replicates));
    for (std::size_t r = 0; ready && r < finished.size(); ++r)
      finished[r] = options_.keeper->finished(attempt_, static_cast<int>(r));
    put_together(plan, finished, result);
  }

  // What is the same in every replicate.
  void set_the_scene(StudyResult& result) {
    const World world = Replicate(frame_, 0).populated();
    result.graph = table_of(world.graph);
    if (options_.record.level != RecordLevel::full) return;
    result.accounts = account_owners(world);
    result.panel = panel_ = panel_of(world.population, options_.record.panel);
  }

  // As the keeper knows the attempt. The first is the same at every look, because pilots are; what corrects it is not.
  int kept_as() const { return attempt_ == 1 ? 1 : attempt_ + (most_attempts - 1) * options_.look; }

  void count(const FinishedReplicate& done) {
    const std::int64_t days =
        calendar_.run.front() - calendar_.burn_in.front() +
        static_cast<std::int64_t>(done.arms.size()) * (calendar_.run.back() - calendar_.run.front());
    watch_.simulated(done.adverse_events, people_of(study_.place) * days);
  }

  void run_all(const Plan& plan, StudyResult& result) {
    std::vector<int> numbers(static_cast<std::size_t>(study_.replicates));
    std::iota(numbers.begin(), numbers.end(), 0);
    Finished finished(numbers.size());
    run_some(plan, numbers, finished);
    put_together(plan, finished, result);
  }

  void run_some(const Plan& plan, const std::vector<int>& numbers, Finished& finished) {
    watch_.expect("running", calendar_.months(numbers.size(), numbers.size() * plan.arms.size()));
    // Replicates run side by side; where they are fewer than threads, the hospitals of a day do too.
    const int outer = std::min(threads_, static_cast<int>(numbers.size())),
              inner = outer < threads_ && outer > 0 ? threads_ / outer : 1;
    const Checkpointing checkpointing{options_.keeper, kept_as(), options_.checkpoint_seconds,
                                      options_.checkpoint_cost};
    parallel_each(numbers.size(), outer, [&](std::size_t i) {
      const int number = numbers[i];
      try {
        if (options_.keeper != nullptr) finished[i] = options_.keeper->finished(kept_as(), number);
        if (finished[i]) {
          count(*finished[i]);
          return watch_.months_done(calendar_.months(1, plan.arms.size()));
        }
        finished[i] = Replicate(frame_, number).run(plan.arms, inner, checkpointing);
        count(*finished[i]);
        if (options_.keeper != nullptr) options_.keeper->keep(kept_as(), number, *finished[i]);
      } catch (const Stopped&) {
        // what is missing there says it
      }
    });
  }

  void put_together(const Plan& plan, Finished& finished, StudyResult& result) {
    begin_result(plan, result);
    for (std::size_t r = 0; r < finished.size(); ++r) {
      if (!finished[r]) continue;
      result.replicates.push_back(static_cast<int>(r));
      result.burn_in_states.push_back(std::move(finished[r]->burn_in_states));
      if (result.edge_states.empty()) result.edge_states = std::move(finished[r]->edge_states);
      for (std::size_t a = 0; a < plan.arms.size(); ++a) result.results[a].push_back(std::move(finished[r]->arms[a]));
    }
    compare_spending(plan, result);
  }

  // The policies and their differences, with no replicate yet.
  static void begin_result(const Plan& plan, StudyResult& result) {
    result.arms = plan.arms;
    result.differences = plan.differences;
    result.replicates.clear();
    result.burn_in_states.clear();
    result.edge_states.clear();
    result.results.assign(plan.arms.size(), {});
  }

  // Every policy that has to spend what its baseline spends gets the lever value at which it does.
  Solution solve_or_remember(Plan& plan, const std::vector<double>& aims) {
    const std::size_t count = plan.solves.size();
    if (count == 0) return {};
    Keeper* keeper = options_.keeper;
    if (keeper != nullptr) {
      if (const auto known = keeper->solved(kept_as()); known && known->size() == 2 * count) {
        for (std::size_t i = 0; i < count; ++i) settle(study_, plan, i, (*known)[i]);
        const auto middle = known->begin() + static_cast<std::ptrdiff_t>(count);
        return {{known->begin(), middle}, {middle, known->end()}};
      }
    }
    Solution solution = solve_spending(frame_, plan, aims, threads_);
    std::vector<double> values = solution.values;
    values.insert(values.end(), solution.reached.begin(), solution.reached.end());
    if (keeper != nullptr) keeper->keep_solved(kept_as(), values);
    return solution;
  }

  const Study& study_;
  const RunOptions& options_;
  const Calendar calendar_;
  Watch watch_;
  const int threads_;
  int attempt_ = 1;
  std::vector<std::uint32_t> panel_;
  const RunFrame frame_{study_, calendar_, options_.record, panel_, watch_};
};

}  // namespace

std::vector<std::optional<FinishedReplicate>> run_replicates(const Study& study, const std::vector<double>& solved,
                                                             const std::vector<int>& replicates,
                                                             const RunOptions& options) {
  require_sound(study);
  return Simulation(study, options).some(solved, replicates);
}

StudyResult run_study(const Study& study, const RunOptions& options) {
  require_sound(study);
  return Simulation(study, options).run();
}

}  // namespace parley
