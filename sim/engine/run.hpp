// Many replicates of many policies: the burn-in of a replicate is run once and forked into every policy.
#pragma once
#include <atomic>
#include <functional>

#include "sim/engine/results.hpp"

namespace parley {

struct Progress {
  double done = 0;        // share of the work finished, 0 to 1
  double seconds = 0;     // since the start
  const char* what = "";  // "solving equal spending", "running"
};

struct RunOptions {
  int threads = 0;  // 0: as many as the machine has
  RecordLevel record = RecordLevel::cases;
  std::function<void(const Progress&)> progress;  // called from any thread, one call at a time; may be empty
  const std::atomic<bool>* stop = nullptr;        // set it and the run ends within a second, keeping what is finished
};

// Builds the arms of the study (modes × contrasts), solves for equal spending where asked, and runs everything.
StudyResult run_study(const Study& study, const RunOptions& options);

}  // namespace parley
