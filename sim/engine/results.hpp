// What a run leaves in memory. The record turns it into a file; nothing here knows of files.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/money.hpp"
#include "sim/scenario/study.hpp"
#include "sim/world/graph_table.hpp"
#include "sim/world/metrics.hpp"
#include "sim/world/stage.hpp"

namespace parley {

// One row of group `cases`: a formal dispute that was open on day 0 or opened later.
struct CaseRow {
  std::uint64_t id = 0;  // DisputeId::packed(), the same dispute in every policy
  std::uint32_t patient = 0, hospital = 0;
  std::uint16_t place = 0;  // district of the hospital
  Severity severity = Severity::minor;
  bool negligent = false;
  Channel first_channel = Channel::none, last_channel = Channel::none;
  std::uint16_t path = 0;  // forums entered, see ForumPath
  CaseOutcome outcome = CaseOutcome::open;
  std::int32_t opened = 0;
  std::int32_t closed = -1;  // not_closed while open
  Money demand, owed, paid;

  static constexpr std::int32_t not_closed = -2147483647 - 1;
};

// Months × districts × metrics of one replicate under one arm; every metric is additive or a month-end stock.
struct MetricTable {
  int months = 0, places = 0;
  std::vector<std::int64_t> values;  // [metric][month][place]

  MetricTable() = default;
  MetricTable(int months_, int places_)
      : months(months_),
        places(places_),
        values(metric_count * static_cast<std::size_t>(months_) * static_cast<std::size_t>(places_), 0) {}
  std::int64_t& at(Metric metric, int month, int place) {
    return values[(static_cast<std::size_t>(metric) * static_cast<std::size_t>(months) +
                   static_cast<std::size_t>(month)) *
                      static_cast<std::size_t>(places) +
                  static_cast<std::size_t>(place)];
  }
  std::int64_t at(Metric metric, int month, int place) const {
    return const_cast<MetricTable*>(this)->at(metric, month, place);
  }
};

struct ReplicateResult {
  MetricTable metrics;
  std::vector<CaseRow> cases;  // sorted by id; empty with RecordLevel::metrics
};

enum class RecordLevel { metrics, cases };

struct StudyResult {
  Study study;                          // as resolved, with every default
  std::vector<Arm> arms;                // the policies, in order
  std::vector<Difference> differences;  // which pairs of policies answer which contrast
  RecordLevel record = RecordLevel::cases;
  std::vector<int> replicates;  // those finished in every arm, ascending; fewer than asked after a stop
  std::vector<std::vector<ReplicateResult>> results;  // [arm][position in replicates]
  std::vector<std::int32_t> month_starts;             // day on which each month begins, then the end day
  // The institutional graph, the same in every replicate, and its edges' state on the last day under each policy in the
  // lowest replicate that was finished; empty where none was.
  GraphTable graph;
  std::vector<std::vector<EdgeState>> edge_states;  // [arm][edge]

  // How it was run: never part of the digest.
  int threads = 1;
  double seconds = 0;
  std::int64_t person_days = 0, adverse_events = 0;  // simulated, all replicates and arms, burn-in included
  bool complete() const { return static_cast<int>(replicates.size()) == study.replicates; }
};

}  // namespace parley
