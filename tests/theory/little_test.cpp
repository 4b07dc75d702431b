// Little's law: in a queue that is neither growing nor emptying, the mean number who wait is the rate of arrival times
// the mean wait, L = λW (Little 1961). The number is read off the queues every evening, the waits off the cases
// themselves when they leave; that the two agree says that nobody is lost, counted twice or served out of nothing.
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "tests/support/days.hpp"
#include "tests/support/litigious.hpp"

namespace parley {
namespace {

using testing::DayByDay;

struct Queue {
  double people_days = 0, waits = 0;
  std::size_t first = 0;  // in the queue when the watch begins
  bool watched = false;
  double severe_waits = 0, other_waits = 0;
  int left = 0, severe = 0, others = 0;
  std::map<std::uint32_t, std::pair<std::uint64_t, std::int32_t>> waiting;  // slot → id and day of arrival

  void evening(const World& world, const Docket& docket) {
    std::map<std::uint32_t, std::pair<std::uint64_t, std::int32_t>> now;
    for (const std::uint32_t slot : docket)
      now[slot] = {world.disputes[slot].id.packed(), world.disputes[slot].state.stage_since};
    for (const auto& [slot, who] : waiting) {
      const auto still = now.find(slot);
      if (still != now.end() && still->second == who) continue;
      const double days = world.today - 1 - who.second;  // the day that has just ended is the day of leaving
      waits += days;
      ++left;
      const bool is_severe = world.disputes[slot].injury.severity >= Severity::permanent;
      (is_severe ? severe_waits : other_waits) += days;
      ++(is_severe ? severe : others);
    }
    if (!watched) first = now.size();
    watched = true;
    waiting = now;
    people_days += static_cast<double>(docket.size());
  }
};

Place busy(double judges) {
  Place place = testing::litigious_place();
  place.status_quo.service.mediators_fulltime = 1;
  place.parameters.trial.judges_per_million = judges;
  place.parameters.upkeep.officers_per_million = 3;
  place.parameters.upkeep.officers_per_centre = 0;
  return place;
}

TEST(TheoryLittle, NumberIsRateTimesWait) {
  DayByDay days(busy(20), 60);
  std::map<std::string, Queue> queues;
  while (!days.over()) {
    days.pass();
    if (days.world.today < 365) continue;  // queues fill first
    for (std::size_t c = 0; c < days.world.committees.size(); ++c)
      queues["committee " + std::to_string(c)].evening(days.world, days.world.committees[c].waiting);
    for (std::size_t d = 0; d < days.world.districts.size(); ++d) {
      queues["office " + std::to_string(d)].evening(days.world, days.world.districts[d].office.waiting);
      queues["court " + std::to_string(d)].evening(days.world, days.world.districts[d].court.waiting);
    }
  }
  int tested = 0;
  for (auto& [name, queue] : queues) {
    // A queue that has grown or shrunk by a twentieth of all who passed is not in balance, and the law says nothing.
    const double grown = std::fabs(static_cast<double>(queue.waiting.size()) - static_cast<double>(queue.first));
    if (queue.left < 50 || grown > 0.05 * queue.left) continue;
    ++tested;
    // Σ of the numbers of all evenings = Σ of the waits of all who left, but for those at either end of the window.
    const double window = 4 * 365;
    const double number = queue.people_days / window, rate = queue.left / window, wait = queue.waits / queue.left;
    EXPECT_NEAR(number / (rate * wait), 1, 0.1) << name << ": L " << number << ", λ " << rate << ", W " << wait;
  }
  EXPECT_GE(tested, 3);
}

TEST(TheoryLittle, TheUrgentWaitLess) {
  DayByDay days(busy(6), 60);
  Queue all;
  std::map<std::size_t, Queue> queues;
  while (!days.over()) {
    days.pass();
    for (std::size_t c = 0; c < days.world.committees.size(); ++c)
      queues[c].evening(days.world, days.world.committees[c].waiting);
  }
  for (const auto& [c, queue] : queues) {
    all.severe_waits += queue.severe_waits, all.severe += queue.severe;
    all.other_waits += queue.other_waits, all.others += queue.others;
  }
  ASSERT_GT(all.severe, 50);
  ASSERT_GT(all.others, 50);
  EXPECT_LT(all.severe_waits / all.severe, all.other_waits / all.others);
}

}  // namespace
}  // namespace parley
