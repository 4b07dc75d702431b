// Which policies a study runs, and which of their differences answer which contrast.
#pragma once
#include "sim/engine/results.hpp"

namespace parley {

struct Plan {
  std::vector<Arm> arms;
  std::vector<Difference> differences;
  // Arms whose lever is still to be solved for: position of the arm, of its baseline's arm, of the contrast.
  struct Solve {
    std::size_t arm, baseline, contrast, difference;
  };
  std::vector<Solve> solves;
};

Plan plan_of(const Study& study);

}  // namespace parley
