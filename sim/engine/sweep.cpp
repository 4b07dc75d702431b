#include "sim/engine/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

#include "sim/base/error.hpp"
#include "sim/base/floating_point.hpp"
#include "sim/engine/contrasts.hpp"
#include "sim/engine/parallel.hpp"
#include "sim/engine/replicate.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/points.hpp"

namespace parley {

namespace {

constexpr std::int64_t exact_in_a_double = std::int64_t{1} << 53;

double median_days(std::vector<CaseRow>& cases) {
  std::vector<std::int32_t> days;
  for (const CaseRow& row : cases)
    if (row.closed >= 0) days.push_back(row.closed - row.opened);
  if (days.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(days.begin(), days.end());
  const std::size_t half = days.size() / 2;
  return days.size() % 2 == 1 ? days[half] : (static_cast<double>(days[half - 1]) + days[half]) / 2;
}

// Mean over the last year of a stock that residents have an equal part in, or that is counted.
double stock(const MetricTable& table, Metric metric, const Place& place, bool of_residents) {
  constexpr int year = 12;
  const int from = std::max(table.months - year, 0);
  double sum = 0;
  for (int district = 0; district < table.places; ++district) {
    std::int64_t months = 0;
    for (int month = from; month < table.months; ++month) months += table.at(metric, month, district);
    const double mean = static_cast<double>(months) / (table.months - from);
    sum += of_residents ? mean * static_cast<double>(place.districts[static_cast<std::size_t>(district)].population)
                        : mean;
  }
  constexpr double millionth = 1e-6;
  return of_residents ? sum / static_cast<double>(people_of(place)) * millionth : sum;
}

RunSummary summary_of(const MetricTable& table, std::vector<CaseRow>& cases, const Place& place) {
  RunSummary out;
  for (std::size_t m = 0; m < metric_count; ++m) {
    const MetricInfo& info = metric_table[m];
    const auto metric = static_cast<Metric>(m);
    if (std::string_view(info.cell_method) == "point") {
      out.metrics[m] = stock(table, metric, place, std::string_view(info.unit) == "1e-6");
      continue;
    }
    std::int64_t sum = 0;
    for (int month = 0; month < table.months; ++month)
      for (int district = 0; district < table.places; ++district) sum += table.at(metric, month, district);
    if (sum >= exact_in_a_double) throw BrokenLaw(std::string("the sum of ") + info.name + " is too large to be exact");
    out.metrics[m] = static_cast<double>(sum);
  }
  out.days_median = median_days(cases);
  return out;
}

// One point and what its runs share.
struct Point {
  Study study;
  Calendar calendar;
  std::vector<Arm> arms;

  explicit Point(Study one) : study(std::move(one)), calendar(study) {
    study.contrasts.clear();  // modes as they are
    arms = plan_of(study).arms;
  }
};

// A run: of a batch the position, of the points looked at the position of its own.
struct Run {
  std::size_t position, point;
};

// Runs of one replicate whose points burn in alike.
struct Bough {
  int replicate;
  std::vector<Run> runs;
};

std::vector<Bough> boughs_of(const Study& study, const KeyTable& keys, const Points& points, std::int64_t first,
                             std::int64_t count, std::size_t branches) {
  std::vector<std::size_t> burning_in;  // columns of keys that are no levers
  for (std::size_t k = 0; k < points.keys.size(); ++k)
    if (!keys.is_lever(k)) burning_in.push_back(k);
  std::vector<Bough> out;
  std::map<std::pair<std::vector<double>, int>, std::size_t> open;  // by what burns in and replicate, the bough
  const std::int64_t from = first / study.replicates;
  for (std::int64_t run = first; run < first + count; ++run) {
    const auto row = static_cast<std::size_t>(run / study.replicates);
    const auto replicate = static_cast<int>(run % study.replicates);
    std::vector<double> values;
    for (const std::size_t k : burning_in) values.push_back(points.rows[row].at(k));
    const auto [found, is_new] = open.try_emplace({std::move(values), replicate}, out.size());
    if (is_new || out[found->second].runs.size() == branches) {
      found->second = out.size();
      out.push_back({replicate, {}});
    }
    out[found->second].runs.push_back({static_cast<std::size_t>(run - first), row - static_cast<std::size_t>(from)});
  }
  return out;
}

void run_bough(const Bough& bough, const std::vector<std::unique_ptr<Point>>& at, Watch& watch,
               std::vector<std::vector<RunSummary>>& out) {
  const FloatingPointMode mode;
  const Recording record{RecordLevel::metrics, false, 0};
  const std::vector<std::uint32_t> nobody;
  const Point& any = *at[bough.runs.front().point];
  const RunFrame frame{any.study, any.calendar, record, nobody, watch};
  Replicate replicate(frame, bough.replicate);
  const World start = replicate.burnt_in(1);
  for (const Run& run : bough.runs) {
    std::vector<RunSummary> summaries;
    for (const Arm& arm : at[run.point]->arms) {
      std::vector<CaseRow> cases;
      const MetricTable table = replicate.metrics(start, arm, &cases);
      summaries.push_back(summary_of(table, cases, any.study.place));
    }
    out[run.position] = std::move(summaries);
  }
}

}  // namespace

Study at_point(const Study& study, const KeyTable& keys, const Points& points, std::size_t row) {
  Study out = study;
  if (keys.put(points.rows[row], out) && check_study(out).empty()) return out;
  // Once more, word by word, for what there is to say.
  out = study;
  std::vector<std::string> settings;
  for (std::size_t k = 0; k < points.keys.size(); ++k)
    settings.push_back(setting_of(out, points.keys[k], points.rows[row].at(k)));
  try {
    Findings findings;
    apply_settings(settings, out, findings);
    findings.take(check_study(out));
    findings.finish();
  } catch (const ScenarioError& error) {
    std::vector<Fault> faults = error.faults();
    for (Fault& fault : faults) fault.file = "point " + std::to_string(row);
    throw ScenarioError(std::move(faults));
  }
  return out;
}

std::vector<std::vector<RunSummary>> run_points(const Study& study, const Points& points, std::int64_t first,
                                                std::int64_t count, const SweepOptions& options) {
  const std::int64_t replicates = study.replicates;
  const auto from = static_cast<std::size_t>(first / replicates);
  const std::size_t to = count == 0 ? from : static_cast<std::size_t>((first + count - 1) / replicates) + 1;
  if (first < 0 || count < 0 || to > points.rows.size())
    throw BrokenLaw("a sweep was asked for runs that it does not have");
  std::vector<std::unique_ptr<Point>> at(to - from);
  std::vector<std::vector<RunSummary>> out(static_cast<std::size_t>(count));
  const KeyTable keys(points.keys, study);
  const int threads = available_threads(options.threads);
  Watch watch(options.progress, options.stop);
  with_threads(threads, [&] {
    parallel_each(at.size(), threads,
                  [&](std::size_t p) { at[p] = std::make_unique<Point>(at_point(study, keys, points, from + p)); });
    if (at.empty()) return;
    const std::size_t each = out.size() / static_cast<std::size_t>(threads);
    const std::vector<Bough> boughs =
        boughs_of(study, keys, points, first, count, std::clamp(each, std::size_t{1}, points_of_a_burn_in));
    watch.expect("sweeping", at.front()->calendar.months(boughs.size(), out.size() * at.front()->arms.size()));
    parallel_each(boughs.size(), threads, [&](std::size_t bough) {
      try {
        run_bough(boughs[bough], at, watch, out);
      } catch (const Stopped&) {
        // what is missing there says it
      }
    });
  });
  return out;
}

}  // namespace parley
