// A mechanism is one header with one pure function: (view, rules in force, parameters, draw) → outcome. It reads frozen
// views, cannot write to the world, and is total: it never throws, logs or waits.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "sim/base/describe.hpp"
#include "sim/base/draw.hpp"
#include "sim/base/mathematics.hpp"
#include "sim/world/outcome.hpp"
#include "sim/world/rules.hpp"
#include "sim/world/views.hpp"

namespace parley {

inline constexpr double days_per_year = 365;
inline constexpr double days_per_month = days_per_year / 12;
inline constexpr double calendar_days_per_working_day = 1.4;  // seven days for five

// Anger fades by half-lives while nothing happens.
inline double anger_now(const CaseState& state, std::int32_t today, const Customs& customs) {
  return state.anger * power(2, -static_cast<double>(today - state.anger_day) / customs.anger_halflife);
}

// One side takes in an estimate of the hospital's share, as far as its own belief is loose: π ← (τ π + w x)/(τ + w),
// τ ← τ + w.
inline void persuade(double& belief, double& precision, double estimate, double weight) {
  belief = (precision * belief + weight * estimate) / (precision + weight);
  precision += weight;
}
// Both sides do.
inline void persuade(CaseState& state, double estimate, double weight) {
  persuade(state.patient_belief, state.patient_precision, estimate, weight);
  persuade(state.hospital_belief, state.hospital_precision, estimate, weight);
}

// A chance where somebody has been made careful: 1 − (1 − p)e^(−care).
inline double raised(double chance, double care) { return 1 - (1 - chance) * exponential(-care); }

// Mechanisms that move disputes; those about hospitals, mediators and flows of money say their own types.
template <class M>
concept DisputeMechanism = requires(const DisputeView& view, const Rules& rules, const typename M::Params& p,
                                    const Draw& draw) {
  {M::name};
  { M::decide(view, rules, p, draw) } -> std::same_as<Outcome>;
};

}  // namespace parley
