// Equal public spending: levers are solved for so that a policy spends what its baseline spends.
#pragma once
#include <vector>

#include "sim/engine/contrasts.hpp"
#include "sim/engine/replicate.hpp"

namespace parley {

// Public outlay of one replicate of one policy, in cents.
std::int64_t public_outlay(const MetricTable& metrics);

// A solution: a value for each lever that the plan solves for, and 1 where it meets its tolerance on the pilot.
struct Solution {
  std::vector<double> values, reached;
};

// Puts the i-th solved lever into force in the plan.
void settle(const Study& study, Plan& plan, std::size_t i, double value);

// Solves on a pilot of few replicates. `aims` says by how much relative spending should miss: what all replicates of an
// earlier attempt showed beside their pilot.
Solution solve_spending(const RunFrame& frame, Plan& plan, const std::vector<double>& aims, int threads);

// What each policy spends over what its baseline spends, on everything that was run, into the differences of the
// result.
void compare_spending(const Plan& plan, StudyResult& result);

// Whether all that was run spends alike. Where it does not, the aim of the next pilot moves by what was missed; a lever
// that could not meet its tolerance stays where it is.
bool spends_alike(const Plan& plan, const StudyResult& result, const Solution& solution, std::vector<double>& aims);

}  // namespace parley
