// What a run leaves in memory. The record turns it into a file; nothing here knows of files.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/money.hpp"
#include "sim/scenario/study.hpp"
#include "sim/world/agency.hpp"
#include "sim/world/disputes.hpp"
#include "sim/world/graph_table.hpp"
#include "sim/world/ledger.hpp"
#include "sim/world/metrics.hpp"
#include "sim/world/outcome.hpp"
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
  std::array<Money, payer_count> paid_by{};
  std::array<std::int32_t, dated_stages.size()> entered = Dispute::never_entered();
  std::uint32_t mediator = Dispute::no_one;  // post of the last one
  bool expert_used = false, disturbed = false, attended = false, calmed = false;
  std::int32_t disturbed_day = never;  // of the first disturbance
  bool low_income = false, health_insured = true;
  Money claimed;                            // in the suit; nothing where there was none
  Money asked, offered;                     // in the last talks
  float satisfaction = -1;                  // −1 while open
  float trust_before = 0, trust_after = 0;  // in the hospital

  static constexpr std::int32_t not_closed = -2147483647 - 1;
};

// Periods (months, or days) × districts × metrics of one replicate under one arm; every metric is additive or a stock
// at the end of the period.
struct MetricTable {
  int months = 0, places = 0;        // `months` counts periods
  std::vector<std::int64_t> values;  // [metric][period][place]

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

// One row of group `stages`: a formal dispute went on.
struct StageRow {
  std::uint64_t id = 0;
  std::int32_t day = 0;
  Stage from = Stage::claim, to = Stage::claim;
  Turn reason = Turn::arrived;
};

// One row of group `ledger`.
struct LedgerRow {
  std::int32_t day = 0;
  Account from = 0, to = 0;
  Reason reason = Reason::compensation;
  Money amount;
  std::uint64_t id = 0;  // of the dispute; 0: none
};

// What parties were like at the end of a month. One row per party and month, months first.
struct HospitalSnapshot {
  float safety = 0, occupancy = 0, disclosure = 0, premium_factor = 0, liability = 0, morale_lost = 0;
  Money reserve;
};
struct MediatorSnapshot {
  std::int32_t month = 0;
  std::uint32_t post = 0, generation = 0, committee = 0;
  bool at_work = false;
  float law = 0, medicine = 0, mission = 0, load = 0, reputation_patient = 0, reputation_hospital = 0;
};
struct InsurerSnapshot {
  Money reserve;
  float premium_level = 0;
  std::int32_t ruins = 0;
};
struct ProviderSnapshot {
  Money reserve;
  float quality = 0;
};
struct DistrictSnapshot {
  float attention = 0, media = 0, excitation = 0, aggressive_share = 0, disturbance_premium = 0;
  std::array<Money, agency_count> spent{};  // by each bureau, this year so far
};
struct PatientSnapshot {
  std::array<float, trust_object_count> trust{};  // in each object, contacts and media included
  float anger = 0, harm = 0;
};
struct Snapshots {
  std::vector<HospitalSnapshot> hospitals;
  std::vector<MediatorSnapshot> mediators;
  std::vector<InsurerSnapshot> insurers;
  std::vector<ProviderSnapshot> providers;
  std::vector<DistrictSnapshot> districts;
  std::vector<PatientSnapshot> patients;  // of the panel
};

struct ReplicateResult {
  MetricTable metrics;
  std::vector<CaseRow> cases;         // sorted by id; empty with RecordLevel::metrics
  std::vector<std::uint64_t> states;  // hash of the world at the end of each month
  std::vector<StageRow> stages;       // in the order in which it happened; with RecordLevel::full, as all that follows
  std::vector<LedgerRow> ledger;
  Snapshots snapshots;
};

// What is recorded: metrics alone; a row per dispute too; or everything, with each stage, each transfer of money and
// parties month by month.
enum class RecordLevel { metrics, cases, full };
inline constexpr std::array<const char*, 3> record_level_names = {"metrics", "cases", "full"};
struct Recording {
  RecordLevel level = RecordLevel::cases;
  bool daily = false;        // metrics by day instead of by month
  std::int64_t panel = 200;  // patients followed in the snapshots, evenly over the place; at most all of them
};

struct StudyResult {
  Study study;                          // as resolved, with every default
  std::vector<Arm> arms;                // the policies, in order
  std::vector<Difference> differences;  // which pairs of policies answer which contrast
  Recording record;
  std::vector<int> replicates;  // those finished in every arm, ascending; fewer than asked after a stop
  std::vector<std::vector<ReplicateResult>> results;       // [arm][position in replicates]
  std::vector<std::int32_t> month_starts;                  // day on which each month begins, then the end day
  std::vector<std::vector<std::uint64_t>> burn_in_states;  // [position in replicates][month]: hash of the world
  std::vector<AccountOwner> accounts;                      // by number; empty unless the ledger is recorded
  std::vector<std::uint32_t> panel;                        // the patients followed
  // The institutional graph, the same in every replicate, and its edges' state on the last day under each policy in the
  // lowest replicate that was finished; empty where none was.
  GraphTable graph;
  std::vector<std::vector<EdgeState>> edge_states;  // [arm][edge]

  // Days on which the periods of the metrics begin, then the end day.
  std::vector<std::int32_t> period_starts() const {
    if (!record.daily || month_starts.empty()) return month_starts;
    std::vector<std::int32_t> days;
    for (std::int32_t day = month_starts.front(); day <= month_starts.back(); ++day) days.push_back(day);
    return days;
  }

  // Where replicates were added until intervals were narrow enough: at how many numbers of replicates that was to be
  // looked at, whether or not it came to it, and what was asked, in JSON. 1 and "": the number was fixed beforehand.
  int looks = 1;
  std::string precision;

  // How it was run: never part of the digest.
  int threads = 1;
  double seconds = 0;
  std::int64_t person_days = 0, adverse_events = 0;  // simulated, all replicates and arms, burn-in included
  bool complete() const { return static_cast<int>(replicates.size()) == study.replicates; }
};

}  // namespace parley
