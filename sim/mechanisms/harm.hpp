// Harm: how severe an event is and whether negligence caused it. Reviewers agree on events far more than on fault, so
// everybody else in the model sees negligence through noise only.
// Page: docs/model/harm.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Harm {
  static constexpr std::string_view name = "harm";

  struct Params {
    std::array<double, severity_count> severity_shares = {0.60, 0.25, 0.07, 0.08};
    std::array<double, severity_count> negligent_by_severity = {0.22, 0.30, 0.40, 0.50};
  };

  static void describe(auto& field, auto& p) {
    field("severity_shares", p.severity_shares,
          Field{"q_s", "1", 0, 1, "share of adverse events by severity", "row 20: HMPS, de Vries, CAES", "B",
                severity_names.data()});
    field("negligent_by_severity", p.negligent_by_severity,
          Field{"g_s", "1", 0.1, 0.7, "negligent share of adverse events by severity",
                "row 21: overall 27.6 %, rising with severity", "B", severity_names.data()});
  }

  // (HA1) severity by its shares
  static Severity severity(double uniform, const Params& p) {
    double below = 0;
    for (std::size_t s = 0; s + 1 < severity_count; ++s) {
      below += p.severity_shares[s];
      if (uniform < below) return static_cast<Severity>(s);
    }
    return Severity::death;
  }
  // (HA2) negligent with probability g_s; a bad outcome that care did not cause never is
  static bool negligent(double uniform, Severity severity, bool by_care, const Params& p) {
    return by_care && uniform < p.negligent_by_severity[static_cast<std::size_t>(severity)];
  }
};

}  // namespace parley
