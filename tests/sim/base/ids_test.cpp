#include "sim/base/ids.hpp"

#include <gtest/gtest.h>

#include <set>
#include <type_traits>
#include <vector>

namespace parley {
namespace {

// What the packed number can hold: 53 bits less those of day and ordinal are left for the hospital.
constexpr std::uint32_t last_hospital = (1u << (53 - DisputeId::day_bits - DisputeId::ordinal_bits)) - 1;
constexpr std::int32_t first_day = -DisputeId::day_offset;
constexpr std::int32_t last_day = (1 << DisputeId::day_bits) - 1 - DisputeId::day_offset;
constexpr std::uint32_t last_ordinal = (1u << DisputeId::ordinal_bits) - 1;

DisputeId dispute(std::uint32_t hospital, std::int32_t onset, std::uint32_t ordinal) {
  return {PatientId{0}, HospitalId{hospital}, onset, ordinal};
}

TEST(Ids, KindsCannotBeMixedUp) {
  static_assert(!std::is_convertible_v<PatientId, HospitalId>);
  static_assert(!std::is_convertible_v<HospitalId, std::uint32_t>);
  static_assert(!std::is_convertible_v<std::uint32_t, PatientId>);
  EXPECT_LT(PatientId{1}, PatientId{2});
  EXPECT_EQ(HospitalId{7}, HospitalId{7});
  EXPECT_NE(HospitalId{7}, HospitalId{8});
}

TEST(Ids, HoldTheLargestPlaceAndTheLongestRun) {
  EXPECT_GE(last_hospital, 1'100'000u);  // the nation has about a million, and room to grow
  EXPECT_LE(first_day, -40 * 366);       // burn-in
  EXPECT_GE(last_day, 130 * 366);        // run
  EXPECT_GE(last_ordinal, 10'000u);      // candidate events of one hospital on one day
}

TEST(Ids, PackedIsInjectiveAtTheLimitsAndExactInADouble) {
  std::set<std::uint64_t> seen;
  std::size_t count = 0;
  for (const std::uint32_t hospital : {0u, 1u, 2u, 4095u, 4096u, last_hospital - 1, last_hospital})
    for (const std::int32_t onset : {first_day, first_day + 1, -1, 0, 1, last_day - 1, last_day})
      for (const std::uint32_t ordinal : {0u, 1u, last_ordinal - 1, last_ordinal}) {
        const std::uint64_t packed = dispute(hospital, onset, ordinal).packed();
        EXPECT_LT(packed, std::uint64_t{1} << 53);
        EXPECT_EQ(static_cast<std::uint64_t>(static_cast<double>(packed)), packed);
        // and the parts can be read back
        EXPECT_EQ(packed & last_ordinal, ordinal);
        EXPECT_EQ(static_cast<std::int32_t>(packed >> DisputeId::ordinal_bits & 0xffff) - DisputeId::day_offset, onset);
        EXPECT_EQ(packed >> (DisputeId::ordinal_bits + DisputeId::day_bits), hospital);
        seen.insert(packed);
        ++count;
      }
  EXPECT_EQ(seen.size(), count);
  EXPECT_EQ(dispute(0, first_day, 0).packed(), 0u);
  EXPECT_EQ(dispute(last_hospital, last_day, last_ordinal).packed(), (std::uint64_t{1} << 53) - 1);
}

TEST(Ids, OrderIsHospitalThenDayThenOrdinal) {
  const std::vector<DisputeId> rising = {dispute(0, first_day, 0),
                                         dispute(0, -1, last_ordinal),
                                         dispute(0, 0, 0),
                                         dispute(0, 0, 1),
                                         dispute(0, last_day, 5),
                                         dispute(1, first_day, 0),
                                         dispute(last_hospital, 3, 0)};
  for (std::size_t i = 1; i < rising.size(); ++i) EXPECT_LT(rising[i - 1], rising[i]) << i;
}

TEST(Ids, ADisputeIsNamedByHospitalDayAndOrdinal) {
  const DisputeId one{PatientId{5}, HospitalId{3}, 10, 2};
  EXPECT_EQ(one, (DisputeId{PatientId{5}, HospitalId{3}, 10, 2}));
  EXPECT_NE(one, (DisputeId{PatientId{5}, HospitalId{3}, 10, 3}));
  EXPECT_NE(one, (DisputeId{PatientId{5}, HospitalId{3}, 11, 2}));
  EXPECT_NE(one, (DisputeId{PatientId{5}, HospitalId{4}, 10, 2}));
  // 3 * 2^30 + (10 + 2^14) * 2^14 + 2
  EXPECT_EQ(one.packed(), 3u * 1'073'741'824ull + 16'394ull * 16'384ull + 2u);
}

}  // namespace
}  // namespace parley
