#include "sim/world/neighbours.hpp"

#include <gtest/gtest.h>

#include <set>

namespace parley {
namespace {

constexpr DrawKey key{7, 0};

class Matchings : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(Matchings, PartnershipIsMutual) {
  const std::uint32_t size = GetParam();
  for (std::uint32_t number = 0; number < 6; ++number) {
    const Matching matching(key, 1, number, size);
    std::uint32_t alone = 0;
    for (std::uint32_t person = 0; person < size; ++person) {
      const std::uint32_t partner = matching.partner(person);
      ASSERT_LT(partner, size);
      ASSERT_EQ(matching.partner(partner), person);
      alone += partner == person;
    }
    EXPECT_EQ(alone, size % 2);  // an odd one is left over, never more
  }
}

// 4096 is a power of four: no cycle is walked. 5000 is walked in 16,384.
INSTANTIATE_TEST_SUITE_P(Sizes, Matchings, ::testing::Values(1, 2, 3, 7, 100, 4096, 5000));

TEST(Neighbours, AreTheSameWhoeverAsks) {
  const Matching one(key, 3, 2, 5000), again(key, 3, 2, 5000);
  for (std::uint32_t person = 0; person < 5000; ++person) EXPECT_EQ(one.partner(person), again.partner(person));
}

// Two matchings of n persons agree by chance in about one person; in 5,000 persons, 20 would be astonishing.
TEST(Neighbours, MatchingsDifferByNumberPopulationAndKey) {
  const Matching first(key, 1, 0, 5000);
  for (const Matching& other : {Matching(key, 1, 1, 5000), Matching(key, 2, 0, 5000), Matching({8, 0}, 1, 0, 5000),
                                Matching({7, 1}, 1, 0, 5000)}) {
    int same = 0;
    for (std::uint32_t person = 0; person < 5000; ++person) same += first.partner(person) == other.partner(person);
    EXPECT_LT(same, 20);
  }
}

TEST(Neighbours, EverybodyHasASeatOfTheirOwn) {
  for (const std::uint32_t size : {1u, 2u, 3u, 100u, 4096u, 5000u}) {
    const Seating seating(key, 1, 0, size);
    std::set<std::uint32_t> taken;
    for (std::uint32_t person = 0; person < size; ++person) {
      const std::uint32_t seat = seating.seat(person);
      ASSERT_LT(seat, size);
      EXPECT_EQ(seating.person(seat), person);
      taken.insert(seat);
    }
    EXPECT_EQ(taken.size(), size);
  }
}

// A quarter of 2,500 pairs is 625; five standard deviations √(2500 · 0.25 · 0.75) = 21.7 are 108.
TEST(Neighbours, AShareOfThePairsIsKeptWholeOrNotAtAll) {
  const Matching all(key, 1, 0, 5000), some(key, 1, 0, 5000, 0.25), none(key, 1, 0, 5000, 0);
  std::uint32_t kept = 0;
  for (std::uint32_t person = 0; person < 5000; ++person) {
    const std::uint32_t partner = some.partner(person);
    EXPECT_EQ(none.partner(person), person);
    if (partner == person) continue;
    EXPECT_EQ(partner, all.partner(person));
    EXPECT_EQ(some.partner(partner), person);
    ++kept;
  }
  EXPECT_NEAR(kept / 2, 625, 108);
}

// A partner may be anybody: distances spread over the whole population. For a random partner the mean distance is n/3.
TEST(Neighbours, ComeFromAnywhere) {
  const Matching matching(key, 1, 0, 5000);
  double distance = 0;
  for (std::uint32_t person = 0; person < 5000; ++person) {
    const std::uint32_t partner = matching.partner(person);
    distance += person < partner ? partner - person : person - partner;
  }
  // Standard deviation of one distance is n/√18 = 1,179; of the mean of 2,500 pairs 24. Five of them are 118.
  EXPECT_NEAR(distance / 5000, 5000.0 / 3, 118);
}

TEST(Neighbours, TwelveContactsAreNearlyTwelvePersons) {
  std::set<std::uint32_t> contacts;
  for (std::uint32_t number = 0; number < 12; ++number)
    contacts.insert(Matching(key, 1, number, 32'000'000).partner(12'345'678));
  EXPECT_GE(contacts.size(), 11u);
}

}  // namespace
}  // namespace parley
