// An instrument is how government changes the rules: levers in, rules out. It never meets a mechanism; it sees only
// what a government can see; and at the place's status quo it changes nothing (tests/laws/inert_instruments_test.cpp).
#pragma once
#include <concepts>

#include "sim/base/describe.hpp"
#include "sim/world/rules.hpp"

namespace parley {

// The values of an instrument's levers now, and those that were customary before any policy.
template <class Levers>
struct Setting {
  const Levers& now;
  const Levers& customary;
};

template <class I>
concept Instrument = requires(Rules rules, const PublicView& seen, const Setting<typename I::Levers>& levers,
                              const typename I::Slopes& slopes) {
  {I::name};
  { I::amend(rules, seen, levers, slopes) } -> std::same_as<Rules>;
};

}  // namespace parley
