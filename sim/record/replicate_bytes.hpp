// What a run has finished as bytes for the journal, and back. Fields are walked (base/fields.hpp), so that one added
// later is stored too.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/keeper.hpp"

namespace parley {

std::vector<std::uint8_t> bytes_of(const FinishedReplicate& replicate);
std::vector<std::uint8_t> bytes_of(const Checkpoint& checkpoint);
std::vector<std::uint8_t> bytes_of(const std::vector<double>& values);

// FileError where the bytes say something else.
void read_bytes(const std::vector<std::uint8_t>& bytes, FinishedReplicate& replicate);
void read_bytes(const std::vector<std::uint8_t>& bytes, Checkpoint& checkpoint);
void read_bytes(const std::vector<std::uint8_t>& bytes, std::vector<double>& values);

}  // namespace parley
