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
  // Where every stage and every transfer of money is written down too.
  void follow(std::vector<StageRow>* stages, std::vector<LedgerRow>* ledger) {
    stages_ = stages;
    ledger_ = ledger;
  }
  // Position of the month or day that is counted.
  void period(int period) { period_ = period; }

  void add(Metric metric, std::size_t district, std::int64_t amount) {
    if (metric == Metric::adverse_events) adverse_events += amount;
    if (table_ != nullptr) table_->at(metric, period_, static_cast<int>(district)) += amount;
  }
  void set(Metric metric, std::size_t district, std::int64_t value) {
    if (table_ != nullptr) table_->at(metric, period_, static_cast<int>(district)) = value;
  }
  void stage(const Dispute& dispute, Stage from, std::int32_t day) {
    const CaseState& now = dispute.state;
    if (stages_ != nullptr)
      stages_->push_back({dispute.id.packed(), day, from, now.stage, turn(from, now.stage, now.outcome)});
  }
  void paid(std::int32_t day, Account from, Account to, Reason reason, Money amount, std::uint64_t id) {
    if (ledger_ != nullptr) ledger_->push_back({day, from, to, reason, amount, id});
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
    row.paid_by = dispute.paid_by;
    row.entered = dispute.entered;
    row.mediator = dispute.last_post;
    row.expert_used = state.expert_used;
    row.disturbed = state.disturbed;
    row.attended = state.attended;
    row.calmed = state.calmed;
    row.disturbed_day = dispute.disturbed_day;
    row.low_income = dispute.claimant.low_income;
    row.health_insured = dispute.claimant.health_insured;
    row.claimed = dispute.demanded;
    row.asked = Money::yuan(state.asked);
    row.offered = Money::yuan(state.offered);
    row.satisfaction = static_cast<float>(state.satisfaction);
    row.trust_before = static_cast<float>(state.trust_before);
    row.trust_after = static_cast<float>(state.trust_after);
    cases_->push_back(row);
  }

  std::int64_t adverse_events = 0;

 private:
  MetricTable* table_ = nullptr;
  std::vector<CaseRow>* cases_ = nullptr;
  std::vector<StageRow>* stages_ = nullptr;
  std::vector<LedgerRow>* ledger_ = nullptr;
  int period_ = 0;
};

}  // namespace parley
