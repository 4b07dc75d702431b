// Joint mediation: a hospital tells bureau and committee at once, and an officer sits beside the committee's mediator.
// Page: docs/model/joint_mediation.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct JointMediation {
  static constexpr std::string_view name = "joint_mediation";

  struct Levers {
    double joint_mediation = 0;
    static void describe(auto& field, auto& p) {
      field(
          "joint_mediation", p.joint_mediation,
          Field{"J_m", "1", 0, 1, "share of a committee's cases in which an officer of the health bureau is to sit in",
                "S4: the hospital also tells the bureau, which joins; assumed", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.joint_mediation = levers.now.joint_mediation;  // (JM1)
    return rules;
  }
};

}  // namespace parley
