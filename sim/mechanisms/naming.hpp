// Naming: the patient comes to see what happened as an injury (Felstiner, Abel and Sarat 1980).
// Page: docs/model/naming.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Naming {
  static constexpr std::string_view name = "naming";

  struct Params {
    std::array<double, severity_count> naming_by_severity = {0.20, 0.45, 0.85, 0.90};
    double knowledge_effect = 0.6;
    double disclosure_effect = 1.0;
    double misattribution = 0.25;
  };

  static void describe(auto& field, auto& p) {
    field("naming_by_severity", p.naming_by_severity,
          Field{"n_s", "1", 0.05, 0.99, "chance that an undisclosed injury is recognised", "row 27: assumed", "C",
                severity_names.data()});
    field(
        "knowledge_effect", p.knowledge_effect,
        Field{"a_2", "logit", 0, 3, "rise of naming from no to full knowledge", "domain 2.1: education; assumed", "C"});
    field("disclosure_effect", p.disclosure_effect,
          Field{"a_3", "logit", 0, 3, "rise of naming after disclosure", "domain 2.1: assumed", "C"});
    field("misattribution", p.misattribution,
          Field{"m_n", "1", 0.01, 0.6, "chance that a bad outcome which care did not cause is taken for an injury",
                "row 16 and 32: high expectations, disputes without adverse event; assumed", "C"});
  }

  // (NA1) P = σ(logit n_s + a_2(k − ½) + a_3·disclosed) for an injury by care; (NA2) the same with m_n for n_s and no
  // disclosure for a bad outcome; k is knowledge, 0 to 1
  static double probability(Severity severity, bool by_care, bool disclosed, double knowledge, const Params& p) {
    constexpr double middling = 0.5;
    const double base = by_care ? p.naming_by_severity[static_cast<std::size_t>(severity)] : p.misattribution;
    return logistic(logit(base) + p.knowledge_effect * (knowledge - middling) +
                    (by_care && disclosed ? p.disclosure_effect : 0));
  }
};

}  // namespace parley
