// Keeps what a run has finished, so that a later run of the same study need not do it again. The record keeps it in a
// journal; the engine knows only this.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/engine/results.hpp"

namespace parley {

// One replicate under every policy.
struct FinishedReplicate {
  std::vector<std::uint64_t> burn_in_states;        // [month]: hash of the world
  std::vector<ReplicateResult> arms;                // in the order of the policies
  std::vector<std::vector<EdgeState>> edge_states;  // [arm][edge], on the last day
  std::int64_t adverse_events = 0;                  // simulated, burn-in included
};

// A replicate in the middle of a month-end: what is finished, and the worlds to go on from, packed.
struct Checkpoint {
  FinishedReplicate so_far;            // its last arm may be unfinished
  std::int32_t arm = -1;               // −1: still in the burn-in
  std::int32_t months = 0;             // done in this arm, or of the burn-in
  std::vector<std::uint8_t> world;     // as it stands
  std::vector<std::uint8_t> burnt_in;  // as every policy begins; empty during the burn-in
};

// Called from several threads at once. An attempt is a solution for the levers that are solved for: replicates belong
// to the attempt in whose policies they were run.
class Keeper {
 public:
  virtual ~Keeper() = default;
  // Values of the solved levers, then for each 1 where it meets its tolerance.
  virtual std::optional<std::vector<double>> solved(int attempt) = 0;
  virtual void keep_solved(int attempt, const std::vector<double>& values) = 0;
  virtual std::optional<FinishedReplicate> finished(int attempt, int replicate) = 0;
  virtual void keep(int attempt, int replicate, const FinishedReplicate& done) = 0;
  virtual std::optional<Checkpoint> checkpoint(int attempt, int replicate) = 0;
  virtual void keep_checkpoint(int attempt, int replicate, const Checkpoint& now) = 0;
};

}  // namespace parley
