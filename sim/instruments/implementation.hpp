// Implementation: how far the bureaus of a district understand a policy and put it into practice. What they do not,
// stays as it was. Page: docs/model/implementation.md
#pragma once
#include <string_view>

#include "sim/instruments/instrument.hpp"

namespace parley {

struct Implementation {
  static constexpr std::string_view name = "implementation";

  struct Levers {
    double implementation = 1;
    static void describe(auto& field, auto& p) {
      field("implementation", p.implementation,
            Field{"ι", "1", 0, 1, "part of what a policy asks for that bureaus put into practice",
                  "S3: understand meaning and direction; Pressman and Wildavsky 1973; assumed", "C"});
    }
  };
  struct Slopes {
    static void describe(auto&, auto&) {}
  };

  static Rules amend(Rules rules, const PublicView&, const Setting<Levers>& levers, const Slopes&) {
    rules.implementation = levers.now.implementation;  // (IP1)
    return rules;
  }
};

}  // namespace parley
