// Encounter: patients meet a hospital; some meetings end badly. Candidate events are drawn against a ceiling that the
// place fixes, and thinned, so that a policy which lowers a rate removes events and leaves every other as it was.
// Page: docs/model/encounter.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

enum class EncounterEvent : std::uint8_t { nothing, adverse_event, bad_outcome };

struct Encounter {
  static constexpr std::string_view name = "encounter";

  struct Params {
    std::array<double, level_count> admissions_by_level_shares = {0.20, 0.45, 0.35};
    double adverse_event_rate = 0.08;
    double bad_outcome_rate = 0.03;
    double hospital_heterogeneity = 0.35;
    double reference_safety = 0.30;
    double service_complaint_rate = 0.0018;
    double bill_mean = 8300;
  };

  static void describe(auto& field, auto& p) {
    field("admissions_by_level_shares", p.admissions_by_level_shares,
          Field{"q_l", "1", 0, 1, "share of admissions by hospital level", "row 8: communiques", "C",
                level_names.data()});
    field("adverse_event_rate", p.adverse_event_rate,
          Field{"a", "1/admission", 0.03, 0.12,
                "adverse events per admission in the record-review sense, at the reference safety",
                "row 18: HMPS 3.7 %, CAES 7.5 %, de Vries 9.2 %", "A"});
    field("bad_outcome_rate", p.bad_outcome_rate,
          Field{"b", "1/admission", 0.01, 0.06, "poor results that care did not cause, per admission",
                "row 17: assumed", "C"});
    field("hospital_heterogeneity", p.hospital_heterogeneity,
          Field{"s_h", "1", 0.15, 0.6, "log standard deviation of the event rate between hospitals",
                "row 23: concentration of complaints", "B"});
    field(
        "reference_safety", p.reference_safety,
        Field{"S_0", "1", 0.1, 1,
              "safety stock at which the event rate is a; the ceiling belongs to a stock of nothing", "assumed", "C"});
    field("service_complaint_rate", p.service_complaint_rate,
          Field{"c_s", "1/admission", 0.0005, 0.02, "complaints about service",
                "row 169: a million complaint-level disputes a year", "B"});
    field("bill_mean", p.bill_mean,
          Field{"m_b", "CNY", 5000, 15000, "mean bill of an admission", "row 13: hospital mean 8,605 in 2016", "A"});
  }

  // (EN1) ceilings per day, fixed by the place: Λ_e = n·a·χ·exp(S_0) and Λ_b = n·b
  static double event_ceiling(const HospitalView& h, const Params& p) {
    return h.admissions_per_day * p.adverse_event_rate * h.relative_risk * exponential(p.reference_safety);
  }
  static double bad_outcome_ceiling(const HospitalView& h, const Params& p) {
    return h.admissions_per_day * p.bad_outcome_rate;
  }
  // (EN2) the rate in force: λ = Λ_e·exp(−S), never above the ceiling since S ≥ 0
  static double event_rate(const HospitalView& h, const Params& p) {
    return event_ceiling(h, p) * exponential(-h.safety);
  }

  // (EN3) candidate o of the day, with uΛ uniform on the ceiling: an adverse event below λ, a bad outcome in the upper
  // band of width Λ_b, else it does not happen under these rates
  static EncounterEvent decide(double uniform, double rate, double event_ceiling, double bad_outcome_ceiling) {
    const double position = uniform * (event_ceiling + bad_outcome_ceiling);
    if (position < rate) return EncounterEvent::adverse_event;
    return position >= event_ceiling ? EncounterEvent::bad_outcome : EncounterEvent::nothing;
  }
};

}  // namespace parley
