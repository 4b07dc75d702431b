// Many replicates of many policies: the burn-in of a replicate is run once and forked into every policy.
#pragma once
#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "sim/engine/keeper.hpp"
#include "sim/engine/results.hpp"
#include "sim/engine/watch.hpp"

namespace parley {

struct RunOptions {
  int threads = 0;  // 0: as many as the machine has
  Recording record;
  std::function<void(const Progress&)> progress;  // called from any thread, one call at a time; may be empty
  const std::atomic<bool>* stop = nullptr;        // set it and the run ends within a second, keeping what is finished
  Keeper* keeper = nullptr;                       // takes what is finished, and gives what an earlier run finished
  // A study to which replicates are added until it is precise enough is run anew with more of them, and takes from the
  // keeper those of the looks before. Which look this is, from 0, and what the result says of it.
  int look = 0, looks = 1;
  std::string precision;
  bool only_kept = false;          // run nothing: the result is what the keeper has
  double checkpoint_seconds = 60;  // between two checkpoints of a replicate
  double checkpoint_cost = 0.05;   // most of its time that they may take, or they come less often
};

// Runs some replicates of a study again, with these values of the levers that were solved for. Those that a stop cut
// short are empty.
std::vector<std::optional<FinishedReplicate>> run_replicates(const Study& study, const std::vector<double>& solved,
                                                             const std::vector<int>& replicates,
                                                             const RunOptions& options);

// Builds the arms of the study (modes × contrasts), solves for equal spending where asked, and runs everything.
StudyResult run_study(const Study& study, const RunOptions& options);

}  // namespace parley
