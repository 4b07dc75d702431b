// Permanent names of parties and disputes: integers that cannot be mixed up and never depend on a running count.
#pragma once
#include <compare>
#include <cstdint>

namespace parley {

template <class Tag>
struct Id {
  std::uint32_t value = 0;
  friend auto operator<=>(Id, Id) = default;
};

using PatientId = Id<struct PatientTag>;  // contiguous by district
using HospitalId = Id<struct HospitalTag>;
using CommitteeId = Id<struct CommitteeTag>;
using MediatorId = Id<struct MediatorTag>;
using DistrictId = Id<struct DistrictTag>;
using InsurerId = Id<struct InsurerTag>;

// A dispute is who was treated where, when its onset was, and which candidate event of that hospital-day it was.
// (hospital, onset, ordinal) decides the patient, so the packed number below names the dispute alone; it stays under
// 2^53 and is therefore exact in every reader that knows doubles only.
struct DisputeId {
  PatientId patient;
  HospitalId hospital;
  std::int32_t onset = 0;     // days since the start date; negative in the burn-in
  std::uint32_t ordinal = 0;  // candidate event of this hospital on this day

  static constexpr int ordinal_bits = 14, day_bits = 16;
  static constexpr std::int32_t day_offset = 1 << 14;  // about 45 years of burn-in, 134 of run

  std::uint64_t packed() const {
    return ((static_cast<std::uint64_t>(hospital.value) << day_bits | static_cast<std::uint64_t>(onset + day_offset))
            << ordinal_bits) |
           ordinal;
  }
  friend bool operator==(const DisputeId& a, const DisputeId& b) { return a.packed() == b.packed(); }
  friend auto operator<=>(const DisputeId& a, const DisputeId& b) { return a.packed() <=> b.packed(); }
};

}  // namespace parley
