#include "sim/engine/spending.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/error.hpp"
#include "sim/engine/parallel.hpp"

namespace parley {

namespace {

void set_lever(Arm& arm, const std::string& lever, double value) {
  for (Levers& levers : arm.levers)
    for (const Described& d : described_levers(levers))
      if (d.name == lever) *std::get<double*>(d.value) = value;
}

Described lever_of(Arm& arm, const std::string& name) {
  for (const Described& d : described_levers(arm.levers.front()))
    if (d.name == name && std::holds_alternative<double*>(d.value)) return d;
  throw BrokenLaw("'" + name + "' is not a lever that can be solved for");  // the check at the door refuses it
}

// The pilot: burnt-in worlds, each forked anew for every trial.
class Pilot {
 public:
  Pilot(const RunFrame& frame, std::size_t replicates, int threads) : frame_(frame), threads_(threads) {
    starts_.resize(replicates);
    parallel_each(replicates, threads,
                  [&](std::size_t r) { starts_[r] = Replicate(frame, static_cast<int>(r)).burnt_in(1); });
  }

  double outlay(const Arm& arm) const {
    std::vector<std::int64_t> parts(starts_.size());
    parallel_each(starts_.size(), threads_, [&](std::size_t r) {
      parts[r] = public_outlay(Replicate(frame_, static_cast<int>(r)).metrics(starts_[r], arm));
    });
    std::int64_t sum = 0;
    for (const std::int64_t part : parts) sum += part;
    return static_cast<double>(sum);
  }

 private:
  const RunFrame& frame_;
  const int threads_;
  std::vector<World> starts_;
};

}  // namespace

std::int64_t public_outlay(const MetricTable& metrics) {
  std::int64_t cents = 0;
  for (int m = 0; m < metrics.months; ++m)
    for (int p = 0; p < metrics.places; ++p) cents += metrics.at(Metric::public_outlay, m, p);
  return cents;
}

void settle(const Study& study, Plan& plan, std::size_t i, double value) {
  const Plan::Solve& s = plan.solves[i];
  set_lever(plan.arms[s.arm], study.contrasts[s.contrast].solve_lever, value);
  plan.differences[s.difference].solved_value = value;
}

// By regula falsi on common luck: the outlay rises with posts and prices, so a bracket over the lever's range always
// narrows.
Solution solve_spending(const RunFrame& frame, Plan& plan, const std::vector<double>& aims, int threads) {
  constexpr int pilot_replicates = 2, steps_expected = 5, most_steps = 24;
  const auto replicates = static_cast<std::size_t>(std::min(frame.study.replicates, pilot_replicates));
  frame.watch.expect("solving equal spending",
                     frame.calendar.months(replicates, replicates * plan.solves.size() * steps_expected));
  Solution solution;
  const Pilot pilot(frame, replicates, threads);
  for (std::size_t i = 0; i < plan.solves.size(); ++i) {
    const Plan::Solve& s = plan.solves[i];
    const Contrast& contrast = frame.study.contrasts[s.contrast];
    const double target = pilot.outlay(plan.arms[s.baseline]);
    Arm& arm = plan.arms[s.arm];
    const Described lever = lever_of(arm, contrast.solve_lever);
    const auto gap = [&](double value) {
      set_lever(arm, contrast.solve_lever, value);
      return pilot.outlay(arm) / target - 1 - aims[i];
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
    // Where no value reaches it (a few posts jump from one to the next), the nearest one stands, and the file says so.
    solution.values.push_back(value);
    solution.reached.push_back(best <= contrast.tolerance ? 1 : 0);
    settle(frame.study, plan, i, value);
  }
  return solution;
}

void compare_spending(const Plan& plan, StudyResult& result) {
  for (const Plan::Solve& s : plan.solves) {
    double spent = 0, target = 0;
    for (const ReplicateResult& r : result.results[s.arm]) spent += static_cast<double>(public_outlay(r.metrics));
    for (const ReplicateResult& r : result.results[s.baseline]) target += static_cast<double>(public_outlay(r.metrics));
    Difference& difference = result.differences[s.difference];
    difference.spending_gap = target > 0 ? spent / target - 1 : 0;
    difference.tolerance = result.study.contrasts[s.contrast].tolerance;
  }
}

bool spends_alike(const Plan& plan, const StudyResult& result, const Solution& solution, std::vector<double>& aims) {
  bool good = true;
  for (std::size_t i = 0; i < plan.solves.size(); ++i) {
    const Difference& difference = result.differences[plan.solves[i].difference];
    if (solution.reached[i] == 0 || std::fabs(difference.spending_gap) <= difference.tolerance) continue;
    aims[i] -= difference.spending_gap;
    good = false;
  }
  return good;
}

}  // namespace parley
