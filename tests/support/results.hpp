// Parts of results as tests compare them: rows that print themselves, sums, one place's share of a table.
#pragma once
#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "sim/engine/run.hpp"

namespace parley::testing {

// On one thread, which is quickest for worlds this small.
inline StudyResult run_serially(const Study& study, RunOptions options = {}) {
  options.threads = 1;
  return run_study(study, options);
}

// Every field of a row of cases.
using Row = std::tuple<std::uint64_t, std::uint32_t, std::uint32_t, int, int, bool, int, int, int, int, std::int32_t,
                       std::int32_t, std::int64_t, std::int64_t, std::int64_t>;

inline Row row(const CaseRow& c) {
  return {c.id,
          c.patient,
          c.hospital,
          c.place,
          static_cast<int>(c.severity),
          c.negligent,
          static_cast<int>(c.first_channel),
          static_cast<int>(c.last_channel),
          c.path,
          static_cast<int>(c.outcome),
          c.opened,
          c.closed,
          c.demand.cents,
          c.owed.cents,
          c.paid.cents};
}

inline constexpr int everywhere = -1;

inline std::vector<Row> rows(const ReplicateResult& result, int place = everywhere) {
  std::vector<Row> out;
  for (const CaseRow& one : result.cases)
    if (place == everywhere || one.place == place) out.push_back(row(one));
  return out;
}

inline std::vector<Row> rows(std::vector<CaseRow> cases) {
  std::sort(cases.begin(), cases.end(), [](const CaseRow& a, const CaseRow& b) { return a.id < b.id; });
  std::vector<Row> out;
  for (const CaseRow& one : cases) out.push_back(row(one));
  return out;
}

// All metrics of all months, of one place or of all.
inline std::vector<std::int64_t> metrics(const ReplicateResult& result, int place = everywhere) {
  std::vector<std::int64_t> out;
  for (std::size_t k = 0; k < metric_count; ++k)
    for (int month = 0; month < result.metrics.months; ++month)
      for (int p = 0; p < result.metrics.places; ++p)
        if (place == everywhere || p == place) out.push_back(result.metrics.at(static_cast<Metric>(k), month, p));
  return out;
}

inline std::int64_t sum(const MetricTable& table, Metric metric, int place = everywhere) {
  std::int64_t out = 0;
  for (int month = 0; month < table.months; ++month)
    for (int p = 0; p < table.places; ++p)
      if (place == everywhere || p == place) out += table.at(metric, month, p);
  return out;
}

// Over all replicates of one policy.
inline std::int64_t sum(const StudyResult& result, std::size_t arm, Metric metric, int place = everywhere) {
  std::int64_t out = 0;
  for (const ReplicateResult& replicate : result.results[arm]) out += sum(replicate.metrics, metric, place);
  return out;
}

}  // namespace parley::testing
