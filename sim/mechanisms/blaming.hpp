// Blaming: a named injury becomes somebody's fault. The patient sees negligence only through a noisy signal, so
// disputes without fault and without injury occur; distrust and poor talk raise blame, an apology lowers it. Page:
// docs/model/blaming.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Blaming {
  static constexpr std::string_view name = "blaming";

  struct Params {
    std::array<double, severity_count> blaming_negligent = {0.30, 0.40, 0.55, 0.60};
    std::array<double, severity_count> blaming_other = {0.12, 0.16, 0.25, 0.30};
    double trust_effect = 2.0;
    double communication_effect = 1.5;
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
    field("trust_effect", p.trust_effect, Field{"b_2", "logit", 0, 4, "effect of distrust", "row 33: assumed", "C"});
    field("communication_effect", p.communication_effect,
          Field{"b_3", "logit", 0, 3, "effect of poor communication", "row 34: disclosure RR 0.64", "B"});
    field("apology_effect", p.apology_effect,
          Field{"b_5", "logit", 0, 1.6, "fall of blame after disclosure and apology", "row 35: Kachalia 2010", "B"});
    field("trust_reference", p.trust_reference,
          Field{"T_0", "1", 0.5, 0.85, "trust at which the base chances hold", "row 135: Shanghai 2014", "A"});
    field("communication_reference", p.communication_reference,
          Field{"C_0", "1", 0.3, 0.9, "communication quality at which they hold", "row 168: assumed", "C"});
    field("complaint_probability", p.complaint_probability,
          Field{"k_s", "1", 0.05, 0.9, "chance that blame becomes at least a complaint to the hospital",
                "row 31: complaints about 0.5 % of admissions", "B", severity_names.data()});
  }

  // (BL1) P = σ(logit β + b_2(T_0 − T) + b_3(C_0 − C) − b_5·apology)
  static double probability(Severity severity, bool negligent, bool apology, double trust, double communication,
                            const Params& p) {
    const auto s = static_cast<std::size_t>(severity);
    const double base = negligent ? p.blaming_negligent[s] : p.blaming_other[s];
    return logistic(logit(base) + p.trust_effect * (p.trust_reference - trust) +
                    p.communication_effect * (p.communication_reference - communication) -
                    (apology ? p.apology_effect : 0));
  }
  // (BL2) of those who blame, k_s complain to the hospital; the chance has no other effect
  static bool complains(double uniform, Severity severity, const Params& p) {
    return uniform < p.complaint_probability[static_cast<std::size_t>(severity)];
  }
};

}  // namespace parley
