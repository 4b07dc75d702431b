// Naming: the patient comes to see what happened as an injury (Felstiner, Abel and Sarat 1980).
// Page: docs/model/naming.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Naming {
  static constexpr std::string_view name = "naming";

  struct Params {
    std::array<double, severity_count> naming_by_severity = {0.20, 0.45, 0.85, 0.90};
    double disclosure_probability = 0.25;
    double disclosure_effect = 1.0;
    double misattribution = 0.25;
  };

  static void describe(auto& field, auto& p) {
    field("naming_by_severity", p.naming_by_severity,
          Field{"n_s", "1", 0.05, 0.99, "chance that an undisclosed injury is recognised", "row 27: assumed", "C",
                severity_names.data()});
    field("disclosure_probability", p.disclosure_probability,
          Field{"d", "1", 0.05, 0.9, "chance that the hospital discloses an event and apologises", "row 36: assumed",
                "C"});
    field("disclosure_effect", p.disclosure_effect,
          Field{"a_3", "logit", 0, 3, "rise of naming after disclosure", "domain 2.1: assumed", "C"});
    field("misattribution", p.misattribution,
          Field{"m_n", "1", 0, 0.6, "chance that a bad outcome which care did not cause is taken for an injury",
                "row 32: disputes without adverse event; assumed", "C"});
  }

  // (NA1) the hospital discloses an event of care with probability d
  static bool disclosed(double uniform, bool by_care, const Params& p) {
    return by_care && uniform < p.disclosure_probability;
  }

  // (NA2) P = σ(logit n_s + a_3·disclosed) for an injury by care, m_n for a bad outcome
  static bool decide(double uniform, Severity severity, bool by_care, bool disclosed, const Params& p) {
    if (!by_care) return uniform < p.misattribution;
    const double base = p.naming_by_severity[static_cast<std::size_t>(severity)];
    return uniform < (disclosed ? logistic(logit(base) + p.disclosure_effect) : base);
  }
};

}  // namespace parley
