// One replicate of a study: its burn-in under the status quo, and each policy from there.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/engine/keeper.hpp"
#include "sim/engine/results.hpp"
#include "sim/engine/tally.hpp"
#include "sim/engine/watch.hpp"
#include "sim/world/world.hpp"

namespace parley {

// Day numbers on which months begin: burn-in up to day 0, then the run; the end day is last in each.
struct Calendar {
  std::vector<std::int32_t> burn_in, run;

  explicit Calendar(const Study& study);
  // Months of so many burn-ins, and of so many policies run from them.
  double months(std::size_t burn_ins, std::size_t policies) const;
};

// What the replicates of a run have in common. All of it outlives them.
struct RunFrame {
  const Study& study;
  const Calendar& calendar;
  const Recording& record;
  const std::vector<std::uint32_t>& panel;  // patients followed
  Watch& watch;
};

// Where a replicate keeps what it has done so far, and how often.
struct Checkpointing {
  Keeper* keeper = nullptr;
  int attempt = 1;
  double seconds = 60;  // between two checkpoints
  double cost = 0.05;   // most of its time that they may take, or they come less often
};

class Replicate {
 public:
  Replicate(const RunFrame& frame, int number);

  // The place of the study, with this replicate's draw of its uncertain parameters where there are any.
  const Place& place() const { return drawn_ ? *drawn_ : frame_.study.place; }

  // As everybody is on the first day of the burn-in.
  World populated() const;
  // As every policy begins. What was simulated is counted.
  World burnt_in(int inner_threads);
  // Metrics of one policy from a world, and its disputes where they are asked for; nothing else is kept.
  MetricTable metrics(World world, const Arm& arm, std::vector<CaseRow>* cases = nullptr);
  // Everything on record, from the replicate's checkpoint where there is one.
  FinishedReplicate run(const std::vector<Arm>& arms, int inner_threads, const Checkpointing& checkpointing);

 private:
  class Journey;
  template <class MonthEnded>
  void advance(World& world, Tally& tally, const Arm& arm, const std::vector<std::int32_t>& starts, int inner_threads,
               bool daily, std::size_t done, const MonthEnded& month_ended) const;
  template <class MonthEnded>
  void burn_in(World& world, Tally& tally, int inner_threads, std::size_t done, const MonthEnded& month_ended) const;
  World restored(const std::vector<std::uint8_t>& bytes) const;
  World burnt_in(int inner_threads, Journey& journey);
  void policy(World world, const Arm& arm, std::size_t done, ReplicateResult& out, int inner_threads, Journey& journey,
              const World& start) const;
  MetricTable blank() const;

  const RunFrame& frame_;
  const int number_;
  std::optional<Place> drawn_;
};

// Residents of a place.
std::int64_t people_of(const Place& place);

}  // namespace parley
