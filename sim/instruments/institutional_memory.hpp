// Institutional memory: whether a policy outlives the leader who brought it.
// Page: docs/model/institutional_memory.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct InstitutionalMemory {
  static constexpr std::string_view name = "institutional_memory";

  struct Levers {
    double institutional_memory = 1;
    static void describe(auto& field, auto& p) {
      field("institutional_memory", p.institutional_memory,
            Field{"μ_i", "1", 0, 1, "chance that a policy is carried on when the leaders of a district change",
                  "row 178: nine years in ten, where leaders stay for four: 0.6; neutral: 1", "C", nullptr,
                  Reach::district});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.institutional_memory = levers.now.institutional_memory;  // (MY1)
    return rules;
  }
};

}  // namespace parley
