#include "sim/engine/run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <utility>

#include "sim/base/calendar_date.hpp"
#include "sim/base/floating_point.hpp"
#include "sim/engine/contrasts.hpp"
#include "sim/engine/day.hpp"
#include "sim/engine/observe.hpp"
#include "sim/engine/parallel.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/populate.hpp"
#include "sim/world/state.hpp"

namespace parley {

namespace {

constexpr int months_per_year = 12;
constexpr int most_attempts = 3;  // at solving a lever

// Day numbers on which months begin: burn-in up to day 0, then the run; the end day is last in each.
struct Calendar {
  std::vector<std::int32_t> burn_in, run;

  explicit Calendar(const Study& study) {
    const CalendarDate start{study.place.start_year, study.place.start_month, study.place.start_day};
    run = month_starts(start, study.years * months_per_year + 1);
    for (int month = -study.burn_in_years * months_per_year; month <= 0; ++month)
      burn_in.push_back(days_between(start, months_later(start, month)));
  }
};

class Stopped {};

class Simulation {
 public:
  Simulation(const Study& study, const RunOptions& options)
      : study_(study),
        options_(options),
        calendar_(study),
        threads_(available_threads(options.threads)),
        began_(std::chrono::steady_clock::now()) {}

  StudyResult run() {
    const FloatingPointMode mode;
    StudyResult result;
    result.study = study_;
    result.record = options_.record;
    result.month_starts = calendar_.run;
    result.threads = threads_;
    with_threads(threads_, [&] { run_into(result); });
    if (result.replicates.empty()) result.graph = {};  // nothing was drawn on it
    result.seconds = elapsed();
    result.adverse_events = adverse_events_;
    result.person_days = person_days_;
    return result;
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
        stage_ = "solving equal spending";
        solve_or_remember(plan, aims);
        run_all(plan, result);
        if (!result.complete() || attempt_ == most_attempts || on_target(plan, result, aims)) break;
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
    for (std::size_t i = 0; ready && i < plan.solves.size(); ++i) settle(plan, i, (*known)[i]);
    std::vector<std::optional<FinishedReplicate>> finished(static_cast<std::size_t>(study_.replicates));
    for (std::size_t r = 0; ready && r < finished.size(); ++r)
      finished[r] = options_.keeper->finished(attempt_, static_cast<int>(r));
    put_together(plan, finished, result);
  }

  // What is the same in every replicate.
  void set_the_scene(StudyResult& result) {
    const World world = populated(0);
    result.graph = table_of(world.graph);
    if (options_.record.level != RecordLevel::full) return;
    result.accounts = account_owners(world);
    result.panel = panel_ = panel_of(world.population, options_.record.panel);
  }

  double elapsed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(); }

  // Months of the burn-in and the run, for replicates × arms.
  void expect(double months) {
    const std::lock_guard lock(guard_);
    expected_ = months;
    done_ = 0;
  }
  void heed_stop() const {
    if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) throw Stopped{};
  }
  void month_done() {
    heed_stop();
    months_done(1);
  }
  void months_done(double months) {
    const std::lock_guard lock(guard_);
    done_ += months;
    if (options_.progress) options_.progress({std::min(done_ / expected_, 1.0), elapsed(), stage_});
  }

  World populated(int replicate) const {
    return populate(study_.place, {study_.seed, static_cast<std::uint64_t>(replicate)}, calendar_.burn_in.front(),
                    calendar_.run.back());
  }

  // Runs the world through the months that `starts` marks, from the first that is not done; `month_ended(done)` is told
  // after each.
  template <class MonthEnded>
  void advance(World& world, Tally& tally, const std::vector<Levers>& levers, const std::vector<std::int32_t>& starts,
               int inner_threads, bool daily, std::size_t done, const MonthEnded& month_ended) {
    const FloatingPointMode mode;  // this thread's own
    Commit commit(world, study_.place, tally);
    const Conduct conduct{study_.place, levers, inner_threads};
    for (std::size_t month = done; month + 1 < starts.size(); ++month) {
      for (std::int32_t date = starts[month]; date < starts[month + 1]; ++date) {
        Today today;
        today.month_begins = date == starts[month];
        today.month_ends = date + 1 == starts[month + 1];
        today.month_of_year = month % months_per_year;
        today.daily = daily;
        tally.period(daily ? date - starts.front() : static_cast<int>(month));
        day(world, commit, conduct, today);
      }
      month_ended(month + 1);
      month_done();
    }
  }

  // What was simulated, whoever did it: this run, or one that it goes on from.
  void count(std::int64_t adverse_events, std::int64_t days) {
    std::int64_t people = 0;
    for (const District& d : study_.place.districts) people += d.population;
    const std::lock_guard lock(guard_);
    adverse_events_ += adverse_events;
    person_days_ += people * days;
  }
  void count(const FinishedReplicate& done) {
    count(done.adverse_events,
          calendar_.run.front() - calendar_.burn_in.front() +
              static_cast<std::int64_t>(done.arms.size()) * (calendar_.run.back() - calendar_.run.front()));
  }

  // One replicate on its way: what is finished of it, and when a checkpoint is due.
  class Journey {
   public:
    Journey(Simulation& simulation, int replicate)
        : simulation_(simulation), replicate_(replicate), last_(simulation.elapsed()) {
      Keeper* keeper = simulation.options_.keeper;
      if (keeper == nullptr) return;
      if (auto kept = keeper->checkpoint(simulation.attempt_, replicate)) now_ = std::move(*kept);
    }
    Checkpoint& now() { return now_; }
    FinishedReplicate& done() { return now_.so_far; }
    bool begun() const { return !now_.world.empty(); }

    // Adverse events since the last call.
    void happened(Tally& tally) { now_.so_far.adverse_events += std::exchange(tally.adverse_events, 0); }

    // Called at the end of a month.
    void consider(const World& world, std::int32_t months, const World* burnt_in) {
      const RunOptions& options = simulation_.options_;
      if (options.keeper == nullptr || simulation_.elapsed() < last_ + wait_) return;
      const double began = simulation_.elapsed();
      now_.months = months;
      now_.world = pack(world);
      if (burnt_in != nullptr && now_.burnt_in.empty()) now_.burnt_in = pack(*burnt_in);
      options.keeper->keep_checkpoint(simulation_.attempt_, replicate_, now_);
      last_ = simulation_.elapsed();
      wait_ = std::max(options.checkpoint_seconds, (last_ - began) / options.checkpoint_cost);
    }

   private:
    Simulation& simulation_;
    const int replicate_;
    Checkpoint now_;
    double last_, wait_ = simulation_.options_.checkpoint_seconds;
  };

  World restored(int replicate, const std::vector<std::uint8_t>& bytes) const {
    World world = populated(replicate);
    unpack(bytes, world);
    return world;
  }

  World burnt_in(int replicate, int inner_threads, Journey* journey = nullptr) {
    heed_stop();
    const bool resumed = journey != nullptr && journey->begun();
    if (resumed && journey->now().arm >= 0) return restored(replicate, journey->now().burnt_in);
    World world = resumed ? restored(replicate, journey->now().world) : populated(replicate);
    Tally tally;
    tally.begin(nullptr, nullptr);
    const std::vector<Levers> status_quo(study_.place.districts.size(), study_.place.status_quo);
    advance(world, tally, status_quo, calendar_.burn_in, inner_threads, false,
            resumed ? static_cast<std::size_t>(journey->now().months) : 0, [&](std::size_t months) {
              if (journey == nullptr) return;
              journey->happened(tally);
              journey->done().burn_in_states.push_back(state_hash(world));
              if (months + 1 < calendar_.burn_in.size())
                journey->consider(world, static_cast<std::int32_t>(months), nullptr);
            });
    if (journey == nullptr) count(tally.adverse_events, calendar_.burn_in.back() - calendar_.burn_in.front());
    return world;
  }

  ReplicateResult blank() const {
    ReplicateResult out;
    const bool daily = options_.record.daily;
    const std::int32_t periods =
        daily ? calendar_.run.back() - calendar_.run.front() : static_cast<std::int32_t>(calendar_.run.size()) - 1;
    out.metrics = MetricTable(periods, static_cast<int>(study_.place.districts.size()));
    return out;
  }

  // One policy from the burnt-in world, on record.
  void policy_run(World world, const std::vector<Levers>& levers, std::size_t done, ReplicateResult& out,
                  int inner_threads, Journey& journey, const World& start) {
    const RecordLevel level = options_.record.level;
    Tally tally;
    tally.begin(&out.metrics, level == RecordLevel::metrics ? nullptr : &out.cases);
    if (level == RecordLevel::full) tally.follow(&out.stages, &out.ledger);
    advance(world, tally, levers, calendar_.run, inner_threads, options_.record.daily, done, [&](std::size_t months) {
      journey.happened(tally);
      out.states.push_back(state_hash(world));
      if (level == RecordLevel::full)
        take_snapshot(world, study_.place, panel_, static_cast<std::int32_t>(months) - 1, out.snapshots);
      if (months + 1 < calendar_.run.size()) journey.consider(world, static_cast<std::int32_t>(months), &start);
    });
    for (const Dispute& dispute : world.disputes)
      if (dispute.open() && dispute.state.stage != Stage::claim) tally.keep(dispute);
    std::sort(out.cases.begin(), out.cases.end(), [](const CaseRow& a, const CaseRow& b) { return a.id < b.id; });
    journey.done().edge_states.push_back(states_of(world.graph));
    if (!FloatingPointMode::is_standard()) throw BrokenLaw("the floating-point mode was changed during the run");
  }

  // What a policy spends from this world; nothing else is kept.
  std::int64_t outlay_of(World world, const Arm& arm) {
    ReplicateResult out = blank();
    Tally tally;
    tally.begin(&out.metrics, nullptr);
    advance(world, tally, arm.levers, calendar_.run, 1, options_.record.daily, 0, [](std::size_t) {});
    count(tally.adverse_events, calendar_.run.back() - calendar_.run.front());
    return outlay(out);
  }

 public:
  // Some replicates by themselves.
  std::vector<std::optional<FinishedReplicate>> some(const std::vector<double>& solved,
                                                     const std::vector<int>& numbers) {
    const FloatingPointMode mode;
    Plan plan = plan_of(study_);
    for (std::size_t i = 0; i < plan.solves.size(); ++i) settle(plan, i, solved.at(i));
    StudyResult scene;
    set_the_scene(scene);
    std::vector<std::optional<FinishedReplicate>> finished(numbers.size());
    with_threads(threads_, [&] { run_some(plan, numbers, finished); });
    return finished;
  }

  // One replicate under all policies, from its checkpoint where there is one.
  FinishedReplicate replicate(const std::vector<Arm>& arms, int number, int inner_threads) {
    Journey journey(*this, number);
    const World start = burnt_in(number, inner_threads, &journey);
    Checkpoint& now = journey.now();
    for (std::size_t a = now.arm < 0 ? 0 : static_cast<std::size_t>(now.arm); a < arms.size(); ++a) {
      const bool resumed = now.arm == static_cast<std::int32_t>(a);
      now.arm = static_cast<std::int32_t>(a);
      if (!resumed) now.so_far.arms.push_back(blank());
      policy_run(resumed ? restored(number, now.world) : start, arms[a].levers,
                 resumed ? static_cast<std::size_t>(now.months) : 0, now.so_far.arms[a], inner_threads, journey, start);
    }
    return std::move(now.so_far);
  }

 private:
  double months_of(std::size_t replicates, std::size_t arms) const {
    return static_cast<double>(replicates) *
           (static_cast<double>(calendar_.burn_in.size() - 1) +
            static_cast<double>(arms) * static_cast<double>(calendar_.run.size() - 1));
  }

  void run_all(const Plan& plan, StudyResult& result) {
    std::vector<int> numbers(static_cast<std::size_t>(study_.replicates));
    std::iota(numbers.begin(), numbers.end(), 0);
    std::vector<std::optional<FinishedReplicate>> finished(numbers.size());
    run_some(plan, numbers, finished);
    put_together(plan, finished, result);
  }

  void run_some(const Plan& plan, const std::vector<int>& numbers,
                std::vector<std::optional<FinishedReplicate>>& finished) {
    stage_ = "running";
    expect(months_of(numbers.size(), plan.arms.size()));
    // Replicates run side by side; where they are fewer than threads, the hospitals of a day do too.
    const int outer = std::min(threads_, static_cast<int>(numbers.size())),
              inner = outer < threads_ && outer > 0 ? threads_ / outer : 1;
    parallel_each(numbers.size(), outer, [&](std::size_t i) {
      const int number = numbers[i];
      try {
        if (options_.keeper != nullptr) finished[i] = options_.keeper->finished(attempt_, number);
        if (finished[i]) {
          count(*finished[i]);
          return months_done(months_of(1, plan.arms.size()));
        }
        finished[i] = replicate(plan.arms, number, inner);
        count(*finished[i]);
        if (options_.keeper != nullptr) options_.keeper->keep(attempt_, number, *finished[i]);
      } catch (const Stopped&) {
        // what is missing there says it
      }
    });
  }

  void put_together(const Plan& plan, std::vector<std::optional<FinishedReplicate>>& finished, StudyResult& result) {
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
  void begin_result(const Plan& plan, StudyResult& result) const {
    result.arms = plan.arms;
    result.differences = plan.differences;
    result.replicates.clear();
    result.burn_in_states.clear();
    result.edge_states.clear();
    result.results.assign(plan.arms.size(), {});
  }

  // --- equal public spending ----------------------------------------------------------------------------------------

  static std::int64_t outlay(const ReplicateResult& result) {
    std::int64_t cents = 0;
    for (int m = 0; m < result.metrics.months; ++m)
      for (int p = 0; p < result.metrics.places; ++p) cents += result.metrics.at(Metric::public_outlay, m, p);
    return cents;
  }

  void set_lever(Arm& arm, const std::string& lever, double value) const {
    for (Levers& levers : arm.levers)
      for (const Described& d : described_levers(levers))
        if (d.name == lever) *std::get<double*>(d.value) = value;
  }

  // Total public outlay of an arm over the given worlds, each forked anew.
  double outlay(const std::vector<World>& starts, const Arm& arm) {
    std::vector<std::int64_t> parts(starts.size());
    parallel_each(starts.size(), threads_, [&](std::size_t r) { parts[r] = outlay_of(starts[r], arm); });
    std::int64_t sum = 0;
    for (const std::int64_t part : parts) sum += part;
    return static_cast<double>(sum);
  }

  // Every policy that has to spend what its baseline spends gets the lever value at which it does, by regula falsi on
  // common luck: the outlay rises with posts and prices, so a bracket over the lever's range always narrows.
  void solve_or_remember(Plan& plan, const std::vector<double>& aims) {
    if (plan.solves.empty()) return;
    reached_.assign(plan.solves.size(), 1);
    Keeper* keeper = options_.keeper;
    if (keeper != nullptr) {
      if (const auto known = keeper->solved(attempt_); known && known->size() == 2 * plan.solves.size()) {
        for (std::size_t i = 0; i < plan.solves.size(); ++i) {
          settle(plan, i, (*known)[i]);
          reached_[i] = (*known)[plan.solves.size() + i];
        }
        return;
      }
    }
    solve(plan, aims);
    std::vector<double> values;
    for (const Plan::Solve& s : plan.solves) values.push_back(plan.differences[s.difference].solved_value);
    values.insert(values.end(), reached_.begin(), reached_.end());
    if (keeper != nullptr) keeper->keep_solved(attempt_, values);
  }

  void settle(Plan& plan, std::size_t i, double value) const {
    const Plan::Solve& s = plan.solves[i];
    set_lever(plan.arms[s.arm], study_.contrasts[s.contrast].solve_lever, value);
    plan.differences[s.difference].solved_value = value;
  }

  void solve(Plan& plan, const std::vector<double>& aims) {
    constexpr int pilot_replicates = 2, steps_expected = 5, most_steps = 24;
    const auto replicates = static_cast<std::size_t>(std::min(study_.replicates, pilot_replicates));
    expect(months_of(replicates, plan.solves.size() * steps_expected));
    std::vector<World> starts(replicates);
    parallel_each(replicates, threads_, [&](std::size_t r) { starts[r] = burnt_in(static_cast<int>(r), 1); });
    for (std::size_t i = 0; i < plan.solves.size(); ++i) {
      const Plan::Solve& s = plan.solves[i];
      const Contrast& contrast = study_.contrasts[s.contrast];
      const double target = outlay(starts, plan.arms[s.baseline]);
      Arm& arm = plan.arms[s.arm];
      const Described lever = lever_of(arm, contrast.solve_lever);
      const auto gap = [&](double value) {
        set_lever(arm, contrast.solve_lever, value);
        return outlay(starts, arm) / target - 1 - aims[i];
      };
      // Bracket around the mode's own value.
      double low = lever.number(), high = low, gap_low = gap(low), gap_high = gap_low;
      double step = std::max(std::fabs(low), (lever.field.high - lever.field.low) / most_steps) / 2;
      while (gap_low > 0 && low > lever.field.low)
        gap_high = gap_low, high = low, low = std::max(low - step, lever.field.low), gap_low = gap(low), step *= 2;
      while (gap_high < 0 && high < lever.field.high)
        gap_low = gap_high, low = high, high = std::min(high + step, lever.field.high), gap_high = gap(high), step *= 2;
      double value = std::fabs(gap_low) < std::fabs(gap_high) ? low : high;
      double best = std::min(std::fabs(gap_low), std::fabs(gap_high));
      // Half the tolerance is enough; a fifth is aimed at while it comes cheaply.
      constexpr int cheap_steps = 5, fine = 5;
      for (int k = 0;
           k < most_steps && best > contrast.tolerance / (k < cheap_steps ? fine : 2) && gap_low < 0 && gap_high > 0;
           ++k) {
        // Halve now and then, so that one end cannot stick.
        const double middle = k % 3 == 2 ? (low + high) / 2 : low - gap_low * (high - low) / (gap_high - gap_low);
        const double found = gap(middle);
        if (std::fabs(found) < best) best = std::fabs(found), value = middle;
        if (found < 0)
          low = middle, gap_low = found;
        else
          high = middle, gap_high = found;
      }
      // Where no value reaches it (a few posts jump from one to the next), the nearest one stands, and the file says
      // so.
      reached_[i] = best <= contrast.tolerance ? 1 : 0;
      settle(plan, i, value);
    }
  }

  // Does all that was run spend alike? Where not, the aim of the next pilot moves by what was missed.
  bool on_target(const Plan& plan, const StudyResult& result, std::vector<double>& aims) const {
    bool good = true;
    for (std::size_t i = 0; i < plan.solves.size(); ++i) {
      const Difference& difference = result.differences[plan.solves[i].difference];
      if (reached_[i] == 0 || std::fabs(difference.spending_gap) <= difference.tolerance) continue;
      aims[i] -= difference.spending_gap;
      good = false;
    }
    return good;
  }

  void compare_spending(const Plan& plan, StudyResult& result) const {
    for (const Plan::Solve& s : plan.solves) {
      double spent = 0, target = 0;
      for (const ReplicateResult& r : result.results[s.arm]) spent += static_cast<double>(outlay(r));
      for (const ReplicateResult& r : result.results[s.baseline]) target += static_cast<double>(outlay(r));
      Difference& difference = result.differences[s.difference];
      difference.spending_gap = target > 0 ? spent / target - 1 : 0;
      difference.tolerance = study_.contrasts[s.contrast].tolerance;
    }
  }

  Described lever_of(Arm& arm, const std::string& name) const {
    for (const Described& d : described_levers(arm.levers.front()))
      if (d.name == name && std::holds_alternative<double*>(d.value)) return d;
    throw BrokenLaw("'" + name + "' is not a lever that can be solved for");  // the check at the door refuses it
  }

  const Study& study_;
  const RunOptions& options_;
  Calendar calendar_;
  int threads_;
  std::chrono::steady_clock::time_point began_;
  const char* stage_ = "";
  std::mutex guard_;
  double expected_ = 1, done_ = 0;
  std::int64_t adverse_events_ = 0, person_days_ = 0;
  int attempt_ = 1;
  std::vector<double>
      reached_;  // 1 for each solved lever that can meet its tolerance, 0 where the nearest value stands
  std::vector<std::uint32_t> panel_;
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
