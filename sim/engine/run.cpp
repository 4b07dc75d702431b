#include "sim/engine/run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>

#include "sim/base/calendar_date.hpp"
#include "sim/base/floating_point.hpp"
#include "sim/engine/contrasts.hpp"
#include "sim/engine/day.hpp"
#include "sim/engine/parallel.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/populate.hpp"

namespace parley {

namespace {

constexpr int months_per_year = 12;

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
    result.seconds = elapsed();
    result.adverse_events = adverse_events_;
    result.person_days = person_days_;
    return result;
  }

 private:
  void run_into(StudyResult& result) {
    Plan plan = plan_of(study_);
    try {
      // A pilot fixes the levers to be solved for; what all replicates show beside it corrects the aim, which is rare.
      std::vector<double> aims(plan.solves.size(), 0);
      constexpr int most_attempts = 3;
      for (int attempt = 1;; ++attempt) {
        result.arms.clear();
        result.replicates.clear();
        stage_ = "solving equal spending";
        solve(plan, aims);
        stage_ = "running";
        run_all(plan, result);
        if (!result.complete() || on_target(plan, result, aims)) break;
        if (attempt == most_attempts) throw off_target(plan.solves.front(), plan, "the outlay of all replicates");
      }
    } catch (const Stopped&) {
      if (result.arms.empty()) begin_result(plan, result);
    }
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
    const std::lock_guard lock(guard_);
    ++done_;
    if (options_.progress) options_.progress({std::min(done_ / expected_, 1.0), elapsed(), stage_});
  }

  // Runs the world through the months that `starts` marks.
  void advance(World& world, Tally& tally, const std::vector<Levers>& levers, const std::vector<std::int32_t>& starts,
               int inner_threads) {
    const FloatingPointMode mode;  // this thread's own
    Commit commit(world, study_.place, tally);
    const Conduct conduct{study_.place, levers, inner_threads};
    for (std::size_t month = 0; month + 1 < starts.size(); ++month) {
      tally.month(static_cast<int>(month));
      for (std::int32_t date = starts[month]; date < starts[month + 1]; ++date) {
        Today today;
        today.month_begins = date == starts[month];
        today.month_ends = date + 1 == starts[month + 1];
        today.month_of_year = month % months_per_year;
        day(world, commit, conduct, today);
      }
      month_done();
    }
    const std::lock_guard lock(guard_);
    person_days_ += world.population * (starts.back() - starts.front());
  }

  World burnt_in(int replicate, int inner_threads) {
    heed_stop();
    World world = populate(study_.place, {study_.seed, static_cast<std::uint64_t>(replicate)},
                           calendar_.burn_in.front(), calendar_.run.back());
    Tally tally;
    tally.begin(nullptr, nullptr);
    const std::vector<Levers> status_quo(study_.place.districts.size(), study_.place.status_quo);
    advance(world, tally, status_quo, calendar_.burn_in, inner_threads);
    count(tally);
    return world;
  }

  // The state of the graph's edges on the last day goes into `edges`, where somebody wants it.
  ReplicateResult policy_run(World world, const Arm& arm, int inner_threads, std::vector<EdgeState>* edges = nullptr) {
    ReplicateResult out;
    out.metrics =
        MetricTable(static_cast<int>(calendar_.run.size()) - 1, static_cast<int>(study_.place.districts.size()));
    Tally tally;
    tally.begin(&out.metrics, options_.record == RecordLevel::cases ? &out.cases : nullptr);
    advance(world, tally, arm.levers, calendar_.run, inner_threads);
    for (const Dispute& dispute : world.disputes)
      if (dispute.open() && dispute.state.stage != Stage::claim) tally.keep(dispute);
    std::sort(out.cases.begin(), out.cases.end(), [](const CaseRow& a, const CaseRow& b) { return a.id < b.id; });
    count(tally);
    if (edges != nullptr) *edges = states_of(world.graph);
    if (!FloatingPointMode::is_standard()) throw BrokenLaw("the floating-point mode was changed during the run");
    return out;
  }

  void count(const Tally& tally) {
    const std::lock_guard lock(guard_);
    adverse_events_ += tally.adverse_events;
  }

  double months_of(std::size_t replicates, std::size_t arms) const {
    return static_cast<double>(replicates) *
           (static_cast<double>(calendar_.burn_in.size() - 1) +
            static_cast<double>(arms) * static_cast<double>(calendar_.run.size() - 1));
  }

  void run_all(const Plan& plan, StudyResult& result) {
    const auto replicates = static_cast<std::size_t>(study_.replicates);
    expect(months_of(replicates, plan.arms.size()));
    std::vector<std::vector<ReplicateResult>> finished(replicates);
    drawn_ = replicates;
    // Replicates run side by side; where they are fewer than threads, the hospitals of a day do too.
    const int outer = std::min(threads_, study_.replicates), inner = outer < threads_ ? threads_ / outer : 1;
    parallel_each(replicates, outer, [&](std::size_t r) {
      try {
        const World start = burnt_in(static_cast<int>(r), inner);
        std::vector<ReplicateResult> arms;
        std::vector<std::vector<EdgeState>> edges(plan.arms.size());
        for (std::size_t a = 0; a < plan.arms.size(); ++a)
          arms.push_back(policy_run(start, plan.arms[a], inner, r < drawn() ? &edges[a] : nullptr));
        finished[r] = std::move(arms);
        draw_graph(r, start, std::move(edges));
      } catch (const Stopped&) {
        finished[r].clear();  // what is missing there says it
      }
    });
    begin_result(plan, result);
    result.graph = std::move(graph_);
    result.edge_states = std::move(edge_states_);
    for (std::size_t r = 0; r < replicates; ++r) {
      if (finished[r].empty()) continue;
      result.replicates.push_back(static_cast<int>(r));
      for (std::size_t a = 0; a < plan.arms.size(); ++a) result.results[a].push_back(std::move(finished[r][a]));
    }
  }

  // The graph is kept from the lowest replicate that was finished, so the order in which threads finish does not
  // matter.
  std::size_t drawn() {
    const std::lock_guard lock(guard_);
    return drawn_;
  }
  void draw_graph(std::size_t replicate, const World& world, std::vector<std::vector<EdgeState>> edges) {
    const std::lock_guard lock(guard_);
    if (replicate >= drawn_) return;
    drawn_ = replicate;
    graph_ = table_of(world.graph);
    edge_states_ = std::move(edges);
  }

  // The policies and their differences, with no replicate yet.
  void begin_result(const Plan& plan, StudyResult& result) const {
    result.arms = plan.arms;
    result.differences = plan.differences;
    result.replicates.clear();
    result.graph = {};
    result.edge_states.clear();
    result.results.assign(plan.arms.size(), {});
  }

  // --- equal public spending ----------------------------------------------------------------------------------------

  static double outlay(const ReplicateResult& result) {
    std::int64_t cents = 0;
    for (int m = 0; m < result.metrics.months; ++m)
      for (int p = 0; p < result.metrics.places; ++p) cents += result.metrics.at(Metric::public_outlay, m, p);
    return static_cast<double>(cents);
  }

  void set_lever(Arm& arm, const std::string& lever, double value) const {
    for (Levers& levers : arm.levers)
      for (const Described& d : described_levers(levers))
        if (d.name == lever) *std::get<double*>(d.value) = value;
  }

  // Total public outlay of an arm over the given worlds, each forked anew.
  double outlay(const std::vector<World>& starts, const Arm& arm) {
    std::vector<double> parts(starts.size());
    parallel_each(starts.size(), threads_, [&](std::size_t r) { parts[r] = outlay(policy_run(starts[r], arm, 1)); });
    double sum = 0;
    for (const double part : parts) sum += part;
    return sum;
  }

  // Every policy that has to spend what its baseline spends gets the lever value at which it does, by regula falsi on
  // common luck: the outlay rises with posts and prices, so a bracket over the lever's range always narrows.
  void solve(Plan& plan, const std::vector<double>& aims) {
    if (plan.solves.empty()) return;
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
      if (best > contrast.tolerance)
        throw off_target(s, plan, "the nearest outlay found is " + std::to_string(best * 100) + " % away, which");
      set_lever(arm, contrast.solve_lever, value);
      plan.differences[s.difference].solved_value = value;
    }
  }

  ScenarioError off_target(const Plan::Solve& s, const Plan& plan, const std::string& what) const {
    const Contrast& contrast = study_.contrasts[s.contrast];
    return ScenarioError({Fault{study_.slug, 0, 0, "contrasts." + contrast.slug + ".solve.lever",
                                "no value of '" + contrast.solve_lever + "' makes '" + plan.arms[s.arm].name +
                                    "' spend what '" + plan.arms[s.baseline].name + "' spends: " + what +
                                    " stays outside the tolerance; solve another lever or widen it"}});
  }

  // Does all that was run spend alike? Where not, the aim of the next pilot moves by what was missed.
  bool on_target(const Plan& plan, const StudyResult& result, std::vector<double>& aims) const {
    bool good = true;
    for (std::size_t i = 0; i < plan.solves.size(); ++i) {
      double spent = 0, target = 0;
      for (const ReplicateResult& r : result.results[plan.solves[i].arm]) spent += outlay(r);
      for (const ReplicateResult& r : result.results[plan.solves[i].baseline]) target += outlay(r);
      const double missed = spent / target - 1;
      if (std::fabs(missed) <= study_.contrasts[plan.solves[i].contrast].tolerance) continue;
      aims[i] -= missed;
      good = false;
    }
    return good;
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
  std::size_t drawn_ = 0;  // replicate that the graph is from
  GraphTable graph_;
  std::vector<std::vector<EdgeState>> edge_states_;
};

}  // namespace

StudyResult run_study(const Study& study, const RunOptions& options) {
  require_sound(study);
  return Simulation(study, options).run();
}

}  // namespace parley
