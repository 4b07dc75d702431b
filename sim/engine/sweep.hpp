// A sweep: one study at many points. Each run is one replicate of one point under every mode, added up over time and
// places; replicates have the same luck at every point.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/engine/run.hpp"
#include "sim/scenario/override.hpp"
#include "sim/world/metrics.hpp"

namespace parley {

// What is kept of one mode in one run.
struct RunSummary {
  // Sums over time and places, exact. Of a stock: its mean over the last twelve months, added over places; of trust the
  // mean over residents, 0 to 1.
  std::array<double, metric_count> metrics{};
  double days_median = 0;  // from opening to closing, over the disputes closed on day 0 or later; NaN where none was
};
inline constexpr std::size_t numbers_of_a_summary = metric_count + 1;

// Points that branch off one burn-in: more would save little of it, and leave threads without work.
inline constexpr std::size_t points_of_a_burn_in = 8;

struct SweepOptions {
  int threads = 0;  // 0: as many as the machine has
  std::function<void(const Progress&)> progress;
  const std::atomic<bool>* stop = nullptr;
};

// Runs first … first + count − 1 of points × replicates, points first; [run][mode]. After a stop the runs that were not
// finished are empty. A point that is out of range is a ScenarioError that says which. Points of a batch that differ in
// levers alone branch off one burn-in of each replicate.
std::vector<std::vector<RunSummary>> run_points(const Study& study, const Points& points, std::int64_t first,
                                                std::int64_t count, const SweepOptions& options);

// The study at one point, checked. `keys` are those of the points.
Study at_point(const Study& study, const KeyTable& keys, const Points& points, std::size_t row);

}  // namespace parley
