// The whole state of a world: one hash of it, by which two runs are compared, and its bytes, from which a run goes on.
// What does not change after `populate` (ties, names, who talks with whom) is in neither.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/world/world.hpp"

namespace parley {

// Worlds with the same hash go on alike. It depends on neither threads, nor compiler, nor the order in which a table
// happens to hold its entries. Money, beliefs, queues, what patients remember: everything but observers.
std::uint64_t state_hash(const World& world);

// What one patient's memory adds to DistrictRow::memory_sum. A city remembers hundreds of thousands, so the sum is kept
// as they change (engine/commit.cpp) instead of being taken anew.
std::uint64_t memory_hash(std::uint32_t patient, const PatientMemory& memory);
// That sum, taken anew.
std::uint64_t memory_sum(const DistrictRow& district);

// Little-endian, tables in the order of their keys: the same world gives the same bytes.
std::vector<std::uint8_t> pack(const World& world);
// Into a world populated from the same place, seed and replicate. FileError where the bytes do not fit.
void unpack(const std::vector<std::uint8_t>& bytes, World& world);

}  // namespace parley
