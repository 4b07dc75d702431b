// Feedback: the share of closed disputes whose lesson is sent to the health authority.
// Page: docs/model/feedback.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Feedback {
  static constexpr std::string_view name = "feedback";

  struct Levers {
    double feedback_rate = 0.3;
    static void describe(auto& field, auto& p) {
      field("feedback_rate", p.feedback_rate,
            Field{"F", "1", 0, 1, "disputes whose lesson is reported to the health authority",
                  "row 163: S4 practice, no share given", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.feedback_rate = levers.now.feedback_rate;  // (FB1)
    return rules;
  }
};

}  // namespace parley
