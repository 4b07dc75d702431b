// The observer: counts what commit tells it and keeps closed disputes as rows. It draws nothing, reads nothing, and
// nothing in the model reads it.
#pragma once
#include "sim/engine/results.hpp"
#include "sim/world/world.hpp"

namespace parley {

class Tally {
 public:
  // During the burn-in there is no table, and nothing is counted but the adverse events simulated.
  void begin(MetricTable* table, std::vector<CaseRow>* cases) {
    table_ = table;
    cases_ = cases;
  }
  void month(int month) { month_ = month; }

  void add(Metric metric, std::size_t district, std::int64_t amount) {
    if (metric == Metric::adverse_events) adverse_events += amount;
    if (table_ != nullptr) table_->at(metric, month_, static_cast<int>(district)) += amount;
  }
  void set(Metric metric, std::size_t district, std::int64_t value) {
    if (table_ != nullptr) table_->at(metric, month_, static_cast<int>(district)) = value;
  }
  void keep(const Dispute& dispute) {
    if (table_ == nullptr || cases_ == nullptr) return;
    const CaseState& state = dispute.state;
    CaseRow row;
    row.id = dispute.id.packed();
    row.patient = dispute.id.patient.value;
    row.hospital = dispute.id.hospital.value;
    row.place = static_cast<std::uint16_t>(dispute.district.value);
    row.severity = dispute.injury.severity;
    row.negligent = dispute.injury.negligent;
    row.first_channel = state.first_channel;
    row.last_channel = state.channel;
    row.path = state.path;
    row.outcome = state.outcome;
    row.opened = state.opened;
    row.closed = state.closed == never ? CaseRow::not_closed : state.closed;
    row.demand = Money::yuan(state.demand);
    row.owed = Money::yuan(dispute.injury.owed());
    row.paid = dispute.paid;
    cases_->push_back(row);
  }

  std::int64_t adverse_events = 0;

 private:
  MetricTable* table_ = nullptr;
  std::vector<CaseRow>* cases_ = nullptr;
  int month_ = 0;
};

}  // namespace parley
