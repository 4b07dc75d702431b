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
    double cooperation = 0;
    double cooperation_reference = 0.4;
    double service_complaint_rate = 0.0018;
    double bill_mean = 8300;
    double bill_sigma = 1.0;
    double out_of_pocket_share = 0.35;
    std::array<double, specialty_count> specialty_shares = {0.28, 0.12, 0.36, 0.10, 0.14};
    std::array<double, specialty_count> specialty_multiplier = {1.6, 1.4, 0.8, 0.9, 0.7};
    double mix_sd = 0.3;
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
    field("cooperation", p.cooperation,
          Field{"c_T", "1", 0, 0.5,
                "fall of the log event rate per unit of trust above the reference: who trusts helps those who treat",
                "S3: support medical work; no evidence of its size", "C"});
    field("cooperation_reference", p.cooperation_reference,
          Field{"T_c", "1", 0, 1, "trust in hospitals above which patients' help tells", "assumed", "C"});
    field("service_complaint_rate", p.service_complaint_rate,
          Field{"c_s", "1/admission", 0.0005, 0.02, "complaints about service",
                "row 169: a million complaint-level disputes a year", "B"});
    field("bill_mean", p.bill_mean,
          Field{"m_b", "CNY", 5000, 15000, "mean bill of an admission", "row 13: hospital mean 8,605 in 2016", "A"});
    field("bill_sigma", p.bill_sigma,
          Field{"s_b", "1", 0.7, 1.4, "log standard deviation of the bill", "row 13: assumed", "C"});
    field("out_of_pocket_share", p.out_of_pocket_share,
          Field{"o_p", "1", 0.2, 0.6, "part of the bill that an insured patient pays", "row 12: about 32 % in 2014",
                "A"});
    field("specialty_shares", p.specialty_shares,
          Field{"q_f", "1", 0, 1, "admissions by field of medicine", "assumed", "C", specialty_names.data()});
    field("specialty_multiplier", p.specialty_multiplier,
          Field{"m_f", "1", 0.5, 3, "event rate of a field over the mean", "row 22: dispute mix of Guangdong", "B",
                specialty_names.data()});
    field("mix_sd", p.mix_sd,
          Field{"s_f", "1", 0, 1, "log standard deviation of a hospital's case mix about the shares", "assumed", "C"});
  }

  // (EN1) ceilings per day, fixed by the place: Λ_e = n·a·χ·exp(S_0)·w_max and Λ_b = n·b, w_max the largest factor of
  // workload and n the most admissions to which the hospital can grow
  static double event_ceiling(const HospitalView& h, double most_workload, const Params& p) {
    return h.admissions_per_day * p.adverse_event_rate * h.relative_risk * exponential(p.reference_safety) *
           most_workload;
  }
  static double bad_outcome_rate(const HospitalView& h, const Params& p) {
    return h.admissions_per_day * p.bad_outcome_rate;
  }
  // (EN2) the rate in force: λ = n·a·χ·exp(S_0 − S)·w, never above the ceiling since S ≥ 0 and w ≤ w_max
  static double event_rate(const HospitalView& h, double workload, const Params& p) {
    return event_ceiling(h, workload, p) * exponential(-h.safety);
  }

  // (EN3) candidate o of the day, with uΛ uniform on the ceiling: an adverse event below λ, a bad outcome in the upper
  // band of width n·b, n the admissions of today, else it does not happen under these rates
  static EncounterEvent decide(double uniform, double event_rate, double bad_outcome_rate, double ceiling) {
    const double position = uniform * ceiling;
    if (position < event_rate) return EncounterEvent::adverse_event;
    return position >= ceiling - bad_outcome_rate ? EncounterEvent::bad_outcome : EncounterEvent::nothing;
  }

  // (EN4) a hospital's case mix: q_f·exp(s_f z_f), scaled to 1; the luck has indices 10 to 14 of the hospital's traits
  static constexpr std::uint32_t first_mix_draw = 10;
  static std::array<double, specialty_count> mix(const Draw& draw, const Params& p) {
    std::array<double, specialty_count> mix{};
    double sum = 0;
    for (std::uint32_t f = 0; f < specialty_count; ++f)
      sum += mix[f] = p.specialty_shares[f] * exponential(p.mix_sd * draw.normal(first_mix_draw + f));
    for (double& share : mix) share = sum > 0 ? share / sum : 0;
    return mix;
  }
  // (EN5) its risk over that of the mean mix: Σ mix·m / Σ q·m; and the cumulative shares of its events by field
  static double mix_risk(const std::array<double, specialty_count>& mix, const Params& p) {
    double own = 0, mean = 0, shares = 0;
    for (std::size_t f = 0; f < specialty_count; ++f) {
      own += mix[f] * p.specialty_multiplier[f];
      mean += p.specialty_shares[f] * p.specialty_multiplier[f];
      shares += p.specialty_shares[f];
    }
    return mean > 0 ? own * shares / mean : 1;
  }
  static std::array<double, specialty_count> event_mix(const std::array<double, specialty_count>& mix,
                                                       const Params& p) {
    std::array<double, specialty_count> cumulative{};
    double sum = 0;
    for (std::size_t f = 0; f < specialty_count; ++f) cumulative[f] = sum += mix[f] * p.specialty_multiplier[f];
    for (double& share : cumulative) share = sum > 0 ? share / sum : 1;
    return cumulative;
  }
  static Specialty specialty(double uniform, const std::array<double, specialty_count>& cumulative) {
    for (std::size_t f = 0; f + 1 < specialty_count; ++f)
      if (uniform < cumulative[f]) return static_cast<Specialty>(f);
    return Specialty::other;
  }

  // (EN6) bill of an admission: lognormal with mean m_b, b = m_b·exp(s_b z − s_b²/2)
  static double bill(double z, const Params& p) {
    return p.bill_mean * exponential(p.bill_sigma * z - p.bill_sigma * p.bill_sigma / 2);
  }
  // (EN7) what an insured patient pays of it, where insurance bears the part G besides what is customary:
  // max(o_p − G, 0)
  static double own_share(double cover, const Params& p) { return std::max(p.out_of_pocket_share - cover, 0.0); }
  // (EN8) what that costs those who insure: admissions · insured share · mean bill · (o_p − what is still paid)
  static double insured_bills(double admissions, double insured_share, double cover, const Params& p) {
    return admissions * insured_share * p.bill_mean * (p.out_of_pocket_share - own_share(cover, p));
  }
  // (EN9) patients who trust work with those who treat them: the event rate is multiplied by exp(−c_T(T − T_c)⁺), T the
  // mean trust of the district
  static double cooperation(double trust, const Params& p) {
    return exponential(-p.cooperation * std::max(trust - p.cooperation_reference, 0.0));
  }
};

}  // namespace parley
