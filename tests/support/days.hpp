// A world that a test drives itself, day by day, without burn-in and under any levers.
#pragma once
#include <utility>
#include <vector>

#include "sim/base/calendar_date.hpp"
#include "sim/base/floating_point.hpp"
#include "sim/engine/day.hpp"
#include "sim/scenario/populate.hpp"

namespace parley::testing {

class DayByDay {
 public:
  DayByDay(Place where, int months, std::vector<Levers> in_force = {}, DrawKey key = {7, 0})
      : place(std::move(where)),
        arm{"policy",
            in_force.empty() ? std::vector<Levers>(place.districts.size(), place.status_quo) : std::move(in_force),
            {}},
        starts(month_starts({place.start_year, place.start_month, place.start_day}, months + 1)),
        metrics(months, static_cast<int>(place.districts.size())),
        world(populate(place, key, starts.front(), starts.back())),
        commit(world, place, tally) {
    tally.begin(&metrics, &cases);
  }
  DayByDay(const DayByDay&) = delete;
  DayByDay& operator=(const DayByDay&) = delete;

  bool over() const { return world.today >= starts.back(); }
  Conduct conduct() const { return {place, arm, 1}; }
  Today today() const {
    while (starts[month_ + 1] <= world.today) ++month_;
    constexpr std::size_t months_per_year = 12;
    return {world.today == starts[month_], world.today + 1 == starts[month_ + 1], month_ % months_per_year};
  }
  // One day, as the engine runs it.
  void pass() {
    pass([](World& w, Commit& c, const Conduct& conduct, const Today& today) { day(w, c, conduct, today); });
  }
  // One day as `run` would have it; it has to end in commit.next_day().
  template <class Run>
  void pass(Run run) {
    const Today now = today();
    tally.period(static_cast<int>(month_));
    run(world, commit, conduct(), now);
  }

  const Place place;
  const Arm arm;
  const std::vector<std::int32_t> starts;
  MetricTable metrics;
  std::vector<CaseRow> cases;
  World world;
  Tally tally;
  Commit commit;

 private:
  const FloatingPointMode mode_;
  mutable std::size_t month_ = 0;
};

}  // namespace parley::testing
