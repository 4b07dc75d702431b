// Blaming: a named injury becomes somebody's fault. The patient sees negligence only through a noisy signal, so
// disputes without fault and without injury occur; distrust, poor talk, the bill, old anger and earlier harms raise
// blame, an apology lowers it. Page: docs/model/blaming.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Blaming {
  static constexpr std::string_view name = "blaming";

  struct Params {
    std::array<double, severity_count> blaming_negligent = {0.30, 0.40, 0.55, 0.60};
    std::array<double, severity_count> blaming_other = {0.12, 0.16, 0.25, 0.30};
    double fault_signal_noise = 1.5;
    double trust_effect = 2.0;
    double doctor_weight = 0.5;
    double communication_effect = 1.5;
    double bill_effect = 0.3;
    double bill_reference = 1.2;
    double anger_effect = 1.0;
    double history_effect = 0.5;
    double apology_effect = 0.8;
    double trust_reference = 0.70;
    double communication_reference = 0.60;
    std::array<double, severity_count> complaint_probability = {0.30, 0.36, 0.46, 0.53};
  };

  static void describe(auto& field, auto& p) {
    field(
        "blaming_negligent", p.blaming_negligent,
        Field{"β_n", "1", 0.05, 0.95, "chance of blame, named and negligent, at the reference trust and communication",
              "row 28: assumed", "C", severity_names.data()});
    field("blaming_other", p.blaming_other,
          Field{"β_o", "1", 0.01, 0.6, "the same without negligence", "row 29: assumed", "C", severity_names.data()});
    field("fault_signal_noise", p.fault_signal_noise,
          Field{"σ_f", "logit", 0.5, 3, "standard deviation of the patient's signal of negligence",
                "row 25: 37 % of claims without error", "B"});
    field("trust_effect", p.trust_effect, Field{"b_2", "logit", 0, 4, "effect of distrust", "row 33: assumed", "C"});
    field("doctor_weight", p.doctor_weight,
          Field{"w_d", "1", 0, 1, "part of that trust which goes to the doctor, the rest to the hospital", "assumed",
                "C"});
    field("communication_effect", p.communication_effect,
          Field{"b_3", "logit", 0, 3, "effect of poor communication", "row 34: disclosure RR 0.64", "B"});
    field("bill_effect", p.bill_effect,
          Field{"b_4", "logit", 0, 2, "effect of the own part of the bill, from none to very much",
                "domain 2.1: assumed", "C"});
    field("bill_reference", p.bill_reference,
          Field{"b_0", "income-month", 0.1, 10, "own part of the bill that changes nothing",
                "rows 11 to 13: 0.35 of 8,300 over 2,600", "C"});
    field("anger_effect", p.anger_effect,
          Field{"b_7", "logit", 0, 4, "effect of residual anger from earlier grievances",
                "domain 2.1: lumping; assumed", "C"});
    field("history_effect", p.history_effect,
          Field{"b_8", "logit", 0, 3, "effect of own earlier harms: what happens again is no accident",
                "Kelley 1967, consistency; assumed", "C"});
    field("apology_effect", p.apology_effect,
          Field{"b_5", "logit", 0, 1.6, "fall of blame after disclosure and apology", "row 35: Kachalia 2010", "B"});
    field("trust_reference", p.trust_reference,
          Field{"T_0", "1", 0.5, 0.85, "trust at which the base chances hold", "row 135: Shanghai 2014", "A"});
    field("communication_reference", p.communication_reference,
          Field{"C_0", "1", 0.3, 0.9, "communication quality at which they hold", "row 168: assumed", "C"});
    field("complaint_probability", p.complaint_probability,
          Field{"k_s", "1", 0.05, 0.95, "chance that blame turns into at least a complaint",
                "row 31: a million complaint-level disputes a year", "B", severity_names.data()});
  }

  struct Grievance {
    Severity severity = Severity::minor;
    bool negligent = false, disclosed = false;
    double trust = 0, communication = 0;
    double out_of_pocket = 0;  // monthly incomes
    double anger_stock = 0, harm_stock = 0;
    double signal = 0;  // standard normal: what the patient believes to have seen
  };

  // (BL1) trust T = w_d·T_doctor + (1 − w_d)·T_hospital
  static double trust(double doctor, double hospital, const Params& p) {
    return p.doctor_weight * doctor + (1 - p.doctor_weight) * hospital;
  }

  // (BL2) P = σ(√(1 + 0.393σ_f²)·logit β + σ_f z + b_2(T_0 − T) + b_3(C_0 − C) + b_4(o − b_0)/(o + b_0) + b_7·anger +
  // b_8·harm − b_5·disclosed): the root makes the mean over the signal's noise z come out near β (MacKay 1992)
  static double probability(const Grievance& g, const Params& p) {
    const auto s = static_cast<std::size_t>(g.severity);
    const double base = g.negligent ? p.blaming_negligent[s] : p.blaming_other[s];
    constexpr double pi_over_eight = 0.39269908169872414;
    const double stretch = std::sqrt(1 + pi_over_eight * p.fault_signal_noise * p.fault_signal_noise);
    const double bill = (g.out_of_pocket - p.bill_reference) / (g.out_of_pocket + p.bill_reference);
    return logistic(
        stretch * logit(base) + p.fault_signal_noise * g.signal + p.trust_effect * (p.trust_reference - g.trust) +
        p.communication_effect * (p.communication_reference - g.communication) + p.bill_effect * bill +
        p.anger_effect * g.anger_stock + p.history_effect * g.harm_stock - (g.disclosed ? p.apology_effect : 0));
  }

  // (BL3) blame becomes a complaint to the hospital with k_s
  static bool complains(double uniform, Severity severity, const Params& p) {
    return uniform < p.complaint_probability[static_cast<std::size_t>(severity)];
  }
};

}  // namespace parley
