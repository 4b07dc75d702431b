// One day of a place: the table of contents of the model.
#pragma once
#include "sim/engine/commit.hpp"
#include "sim/engine/look.hpp"

namespace parley {

// What is the same on every day of a run under one policy.
struct Conduct {
  const Place& place;
  const Arm& arm;   // the policy
  int threads = 1;  // for the encounters of one day
};

// What the calendar says of a day.
struct Today {
  bool month_begins = false, month_ends = false;
  std::size_t month_of_year = 0;
  bool daily = false;  // stocks are counted today even where no month ends
};

void day(World& world, Commit& commit, const Conduct& conduct, const Today& today);

}  // namespace parley
