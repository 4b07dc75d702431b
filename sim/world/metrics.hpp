// Every metric once: name, unit, kind and one sentence. File layout, Python and docs come from this table.
#pragma once
#include <array>
#include <cstdint>

namespace parley {

enum class Metric : std::uint8_t {
  admissions,
  adverse_events,
  negligent_events,
  named,
  blamed,
  complaints,
  disputes,
  mediation_accepted,
  mediation_closed,
  mediation_agreements,
  mediation_reconciled,
  mediation_to_court,
  mediation_withdrawn,
  closed,
  settled,
  court_filings,
  judgments,
  days_to_resolution,
  within_30_working_days,
  closed_with_payment,
  paid,
  paid_by_hospital,
  paid_by_insurer,
  paid_by_fund,
  paid_by_government,
  owed,
  compensation_error,
  public_outlay,
  system_cost,
  disturbances,
  disturbances_calmed,
  open_disputes,
  trust,
  estimate_error,
  estimates,
  lessons,
  mediator_days,
};
inline constexpr std::size_t metric_count = 37;

struct MetricInfo {
  const char* name;
  const char* unit;         // "0.01 CNY" for money; "1e-6" for trust
  const char* cell_method;  // "sum" over the month, or "point" at its last day
  const char* meaning;
};

inline constexpr std::array<MetricInfo, metric_count> metric_table = {{
    {"admissions", "1", "sum", "hospital admissions"},
    {"adverse_events", "1", "sum", "adverse events in the record-review sense"},
    {"negligent_events", "1", "sum", "adverse events that were negligent"},
    {"named", "1", "sum", "adverse events and bad outcomes that patients recognised as harm"},
    {"blamed", "1", "sum", "of those, the ones for which patients blamed the hospital"},
    {"complaints", "1", "sum", "complaints to a hospital about an event or its service"},
    {"disputes", "1", "sum", "formal disputes opened"},
    {"mediation_accepted", "1", "sum", "cases accepted by people's mediation"},
    {"mediation_closed", "1", "sum", "cases closed in people's mediation, however they ended"},
    {"mediation_agreements", "1", "sum", "cases closed in people's mediation by a signed agreement"},
    {"mediation_reconciled", "1", "sum", "cases in people's mediation settled between the two sides alone"},
    {"mediation_to_court", "1", "sum", "cases that went from people's mediation to court"},
    {"mediation_withdrawn", "1", "sum", "cases in people's mediation that the patient gave up"},
    {"closed", "1", "sum", "formal disputes closed in any channel"},
    {"settled", "1", "sum", "formal disputes closed by agreement or reconciliation in any channel"},
    {"court_filings", "1", "sum", "suits filed"},
    {"judgments", "1", "sum", "judgments given"},
    {"days_to_resolution", "day", "sum", "days from opening to closing, added over the disputes closed"},
    {"within_30_working_days", "1", "sum", "disputes closed within 30 working days (42 days) of their opening"},
    {"closed_with_payment", "1", "sum", "disputes closed with a payment to the patient"},
    {"paid", "0.01 CNY", "sum", "compensation that reached patients"},
    {"paid_by_hospital", "0.01 CNY", "sum", "compensation paid by hospitals and their staff"},
    {"paid_by_insurer", "0.01 CNY", "sum", "compensation paid by insurers"},
    {"paid_by_fund", "0.01 CNY", "sum", "compensation paid by mutual risk funds"},
    {"paid_by_government", "0.01 CNY", "sum", "compensation paid from public relief"},
    {"owed", "0.01 CNY", "sum", "true entitlement of the disputes closed"},
    {"compensation_error", "0.01 CNY", "sum",
     "absolute difference between paid and owed, added over the disputes closed"},
    {"public_outlay", "0.01 CNY", "sum", "all money that left public budgets"},
    {"system_cost", "0.01 CNY", "sum", "cost of handling disputes to everybody, compensation itself left out"},
    {"disturbances", "1", "sum", "disturbances at hospitals"},
    {"disturbances_calmed", "1", "sum", "disturbances that a mediator calmed on the spot"},
    {"open_disputes", "1", "point", "formal disputes open"},
    {"trust", "1e-6", "point", "mean trust of residents in hospitals, in millionths"},
    {"estimate_error", "1e-6", "sum", "absolute error of mediators' estimates of responsibility, in millionths, added"},
    {"estimates", "1", "sum", "estimates of responsibility made by mediators"},
    {"lessons", "1", "sum", "lessons of disputes that hospitals put into practice"},
    {"mediator_days", "1e-6 day", "sum", "working days that mediators spent on cases, in millionths"},
}};

}  // namespace parley
