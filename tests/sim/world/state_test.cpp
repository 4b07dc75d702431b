#include "sim/world/state.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "sim/base/error.hpp"
#include "sim/base/fields.hpp"
#include "tests/support/days.hpp"
#include "tests/support/litigious.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

using testing::DayByDay;

World copy_from_bytes(const DayByDay& days) {
  World world = populate(days.place, days.world.key, days.starts.front(), days.starts.back());
  unpack(pack(days.world), world);
  return world;
}

TEST(State, TheRunningSumOfMemoriesIsTheirSum) {
  DayByDay days(testing::toy_place(), 30);  // across two of the yearly clearings
  while (!days.over()) {
    days.pass();
    for (const DistrictRow& row : days.world.districts) ASSERT_EQ(row.memory_sum, memory_sum(row));
  }
  EXPECT_GT(days.world.districts[0].memory.size(), 100u);
}

TEST(State, DoesNotDependOnHowATableHoldsItsEntries) {
  DayByDay days(testing::toy_place(), 6);
  while (!days.over()) days.pass();
  World other = days.world;
  for (DistrictRow& row : other.districts) {
    boost::unordered_flat_map<std::uint32_t, PatientMemory> memory;
    memory.reserve(10 * row.memory.size());
    for (const auto& [patient, entry] : row.memory) memory.emplace(patient, entry);
    row.memory = std::move(memory);
    boost::unordered_flat_map<std::uint32_t, Attractions> learned;
    learned.reserve(10 * row.learned.size() + 100);
    for (const auto& [patient, entry] : row.learned) learned.emplace(patient, entry);
    row.learned = std::move(learned);
  }
  for (const std::uint32_t slot : other.free_slots) other.disputes[slot].paid = Money{123};  // nobody's any more
  EXPECT_EQ(state_hash(other), state_hash(days.world));
  EXPECT_EQ(pack(other).size(), pack(days.world).size());
}

// Visits number after number of a row, and changes one of them.
struct Nudge {
  std::size_t target = 0, at = 0;
  bool done = false;
  template <class Number>
  void number(Number& value) {
    if (at++ != target) return;
    done = true;
    if constexpr (std::is_same_v<Number, bool>)
      value = !value;
    else
      value = static_cast<Number>(value == std::numeric_limits<Number>::max() ? value - 1 : value + 1);
  }
  template <class T>
  void list(std::vector<T>& items, Walk<Nudge>& walk) {
    if constexpr (!std::is_same_v<T, Edge>)
      for (T& item : items) walk(item);
  }
  void special(Edge&, Walk<Nudge>&) {}
  template <class K, class T>
  void special(boost::unordered_flat_map<K, T>& table, Walk<Nudge>& walk) {
    if constexpr (!std::is_same_v<T, PatientMemory>)
      for (auto& entry : table) return walk(entry.second);
  }
};

template <class Row>
void every_number_counts(const World& world, Row& (*row_of)(World&), const char* what) {
  const std::uint64_t before = state_hash(world);
  for (std::size_t target = 0;; ++target) {
    World other = world;
    Nudge nudge{target};
    Walk<Nudge> walk(nudge);
    walk(row_of(other));
    if (!nudge.done) {
      EXPECT_GT(target, 2u) << what;
      return;
    }
    EXPECT_NE(state_hash(other), before) << what << ", number " << target;
  }
}

TEST(State, EveryNumberOfEveryRowCounts) {
  DayByDay days(testing::toy_place(), 6);
  while (!days.over()) days.pass();
  const World& world = days.world;
  every_number_counts<HospitalRow>(
      world, [](World& w) -> HospitalRow& { return w.hospitals[0]; }, "hospital");
  every_number_counts<DistrictRow>(
      world, [](World& w) -> DistrictRow& { return w.districts[0]; }, "district");
  every_number_counts<CommitteeRow>(
      world, [](World& w) -> CommitteeRow& { return w.committees[0]; }, "committee");
  every_number_counts<ProviderRow>(
      world, [](World& w) -> ProviderRow& { return w.providers[0]; }, "provider");
  every_number_counts<MediatorRow>(
      world, [](World& w) -> MediatorRow& { return w.mediators[0]; }, "mediator");
  every_number_counts<InsurerRow>(
      world, [](World& w) -> InsurerRow& { return w.insurers[0]; }, "insurer");
  every_number_counts<Dispute>(
      world,
      [](World& w) -> Dispute& {
        for (Dispute& d : w.disputes)
          if (d.open()) return d;
        return w.disputes[0];
      },
      "dispute");
  const auto changed = [&](auto change) {
    World other = world;
    change(other);
    return state_hash(other) != state_hash(world);
  };
  EXPECT_TRUE(
      changed([](World& w) { w.ledger.transfer(w.society, w.hospitals[0].account, Money{1}, Reason::capital); }));
  EXPECT_TRUE(changed([](World& w) { w.graph[w.hospitals[0].response].now.delay += 1; }));
  EXPECT_TRUE(changed([](World& w) { w.calendar.back().push_back({0, 1}); }));
  EXPECT_TRUE(changed([](World& w) { w.pools[0].release[0].push_back(w.today + 5); }));
  EXPECT_TRUE(changed([](World& w) { w.city_attention.value += 0.1; }));
  EXPECT_TRUE(changed([](World& w) { ++w.today; }));
}

TEST(State, IsTheSameForAnyNumberOfThreads) {
  const Study study = testing::toy_study(1, 1, 2);
  RunOptions one, three;
  one.threads = 1, three.threads = 3;
  const StudyResult a = run_study(study, one), b = run_study(study, three);
  ASSERT_EQ(a.burn_in_states.size(), 2u);
  EXPECT_EQ(a.burn_in_states, b.burn_in_states);
  EXPECT_EQ(a.burn_in_states[0].size(), 12u);
  for (std::size_t arm = 0; arm < 2; ++arm)
    for (std::size_t r = 0; r < 2; ++r) EXPECT_EQ(a.results[arm][r].states, b.results[arm][r].states);
  EXPECT_NE(a.results[0][0].states, a.results[1][0].states);  // the policies differ
  EXPECT_NE(a.results[0][0].states, a.results[0][1].states);  // and the replicates
}

TEST(State, AWorldGoesOnFromItsBytes) {
  for (const std::int64_t protocol : {0, 1, 2}) {
    Place place = testing::toy_place();
    place.parameters.customs.protocol = protocol;
    DayByDay days(place, 20);
    while (days.world.today < 200) days.pass();
    DayByDay other(place, 20);
    other.world = copy_from_bytes(days);
    ASSERT_EQ(state_hash(other.world), state_hash(days.world));
    EXPECT_EQ(pack(other.world), pack(days.world));
    while (!days.over()) {
      days.pass();
      other.pass();
      ASSERT_EQ(state_hash(other.world), state_hash(days.world)) << "day " << days.world.today;
    }
    EXPECT_EQ(testing::sum(days.metrics, Metric::paid) > 0, true);
    for (int month = 8; month < 20; ++month)
      for (std::size_t m = 0; m < metric_count; ++m)
        EXPECT_EQ(days.metrics.at(static_cast<Metric>(m), month, 0),
                  other.metrics.at(static_cast<Metric>(m), month, 0));
  }
}

TEST(State, BytesThatDoNotFitAreRefused) {
  DayByDay days(testing::toy_place(), 4);
  while (!days.over()) days.pass();
  const std::vector<std::uint8_t> bytes = pack(days.world);
  const auto fresh = [&](const Place& place) {
    return populate(place, days.world.key, days.starts.front(), days.starts.back());
  };
  World world = fresh(days.place);
  for (std::size_t k = 0; k < 200; ++k) {
    const std::vector<std::uint8_t> cut(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(k * bytes.size() / 200));
    EXPECT_THROW(unpack(cut, world), FileError) << k;
  }
  std::vector<std::uint8_t> longer = bytes;
  longer.push_back(0);
  EXPECT_THROW(unpack(longer, world), FileError);
  Place larger = days.place;
  larger.numbers.hospitals_primary += 3;
  World elsewhere = fresh(larger);
  EXPECT_THROW(unpack(bytes, elsewhere), FileError);
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint8_t> rubbish(random() % 3000);
    for (std::uint8_t& byte : rubbish) byte = static_cast<std::uint8_t>(random());
    EXPECT_THROW(unpack(rubbish, world), FileError);
  }
}

}  // namespace
}  // namespace parley
