// Training: sessions in law and medicine for mediators; skill grows with them and fades without.
// Page: docs/model/training.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Training {
  static constexpr std::string_view name = "training";

  struct Levers {
    double training_sessions = 3;
    static void describe(auto& field, auto& p) {
      field("training_sessions", p.training_sessions,
            Field{"n_t", "1/year", 0, 12, "training sessions per mediator", "row 195: Chenggong 2 in 7.5 months", "B",
                  nullptr, Reach::committee});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.training_sessions = levers.now.training_sessions;  // (TN1)
    return rules;
  }
};

}  // namespace parley
