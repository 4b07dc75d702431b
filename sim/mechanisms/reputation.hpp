// Reputation: neutrality is earned. Each side judges a mediator by how the case went for it and how it was led; what a
// mediator is thought of travels with the name, and old cases are forgotten.
// Page: docs/model/reputation.md
#pragma once
#include "sim/mechanisms/mechanism.hpp"

namespace parley {

struct Reputation {
  static constexpr std::string_view name = "reputation";

  struct Params {
    double forgetting = 0.05;
    double neutral_verdict = 0.5;
    double outcome_part = 0.5;
  };

  static void describe(auto& field, auto& p) {
    field("forgetting", p.forgetting,
          Field{"η_r", "1", 0.005, 0.5, "weight of the last case in a mediator's name",
                "domain 2.6: beta reputation with forgetting; assumed", "C"});
    field("neutral_verdict", p.neutral_verdict,
          Field{"v_0", "1", 0.2, 0.8, "verdict that leaves a name as it is", "assumed", "C"});
    field("outcome_part", p.outcome_part,
          Field{"w_v", "1", 0, 1, "part of a verdict that rests on the result, the rest on procedure",
                "row 201: custody field trial, equal weights", "A"});
  }

  // (RE1) verdicts when a mediation ends: w_v·result + (1 − w_v)·justice; a patient's result is what was agreed over
  // what was believed, a hospital's what it believed over what it has to pay, both up to 1; nothing agreed is no result
  static double satisfaction(const DisputeView& view, double result, const Params& p) {
    const double believed = std::max(view.now.patient_belief * view.injury.damages, 1.0);
    return p.outcome_part * std::min(result / believed, 1.0) + (1 - p.outcome_part) * view.now.justice;
  }
  static Outcome verdicts(const DisputeView& view, double agreed, const Rules&, const Params& p) {
    Outcome out(view.now);
    const double hospital_believed = view.now.hospital_belief * view.injury.damages;
    const double hospital = agreed > 0 ? std::min(hospital_believed / agreed, 1.0) : 0;
    const double procedure = (1 - p.outcome_part) * view.now.justice;
    out.patient_verdict = satisfaction(view, agreed, p);
    out.hospital_verdict = p.outcome_part * hospital + procedure;
    return out;
  }

  // (RE2) r ← r + η_r(v − v_0 − r), with v the verdict; −1 to 1
  static double after(double reputation, double verdict, const Params& p) {
    return std::clamp(reputation + p.forgetting * (verdict - p.neutral_verdict - reputation), -1.0, 1.0);
  }
};

}  // namespace parley
