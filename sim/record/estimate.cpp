#include "sim/record/estimate.hpp"

#include <algorithm>
#include <cstdio>

#include "sim/engine/contrasts.hpp"

namespace parley {
namespace {

// Formal disputes per admission: 48 in 100,000, the national figure that the model is checked against.
constexpr double disputes_per_admission = 4.8e-4;
// What goes with one dispute in the long tables.
constexpr double stages_per_case = 5.7, transfers_per_case = 8;
// Regular transfers a month.
constexpr double transfers_per_hospital = 3, transfers_per_committee = 7, transfers_per_district = 8;
// Packed bytes.
constexpr double per_metric_value = 1.0, per_case = 45, per_stage = 4.1, per_transfer = 2.9, per_hospital_month = 12,
                 per_committee_month = 25, per_district_month = 27, per_patient_month = 12, per_state = 9, fixed = 6e5;

}  // namespace

double expected_size(const Study& study, const Recording& record) {
  const PlaceNumbers& n = study.place.numbers;
  double people = 0;
  for (const District& d : study.place.districts) people += static_cast<double>(d.population);
  const auto districts = static_cast<double>(study.place.districts.size()),
             committees = static_cast<double>(n.committees),
             hospitals = static_cast<double>(n.hospitals_primary + n.hospitals_secondary + n.hospitals_tertiary);
  constexpr double months_per_year = 12;
  const double months = study.years * months_per_year, periods = record.daily ? study.years * days_per_year : months;
  double size = periods * districts * metric_count * per_metric_value + months * per_state;
  const double cases = people * n.admission_rate * study.years * disputes_per_admission;
  if (record.level != RecordLevel::metrics) size += cases * per_case;
  if (record.level == RecordLevel::full) {
    const double panel = std::min(static_cast<double>(record.panel), people);
    size += cases * (stages_per_case * per_stage + transfers_per_case * per_transfer);
    size += months *
            (transfers_per_hospital * hospitals + transfers_per_committee * committees +
             transfers_per_district * districts) *
            per_transfer;
    size += months * (hospitals * per_hospital_month + committees * per_committee_month +
                      districts * per_district_month + panel * per_patient_month);
  }
  return fixed + size * static_cast<double>(study.replicates) * static_cast<double>(plan_of(study).arms.size());
}

std::string size_text(double bytes) {
  const char* unit = "bytes";
  for (const char* larger : {"kB", "MB", "GB", "TB"}) {
    if (bytes < 1000) break;
    bytes /= 1000;
    unit = larger;
  }
  char text[32];
  std::snprintf(text, sizeof text, bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, unit);
  return text;
}

}  // namespace parley
