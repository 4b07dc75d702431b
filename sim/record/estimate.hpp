// How large a file will be, told before the run.
#pragma once
#include <string>

#include "sim/engine/results.hpp"

namespace parley {

// Bytes, right within a factor of three: rows are counted or expected, and the bytes that a row takes when packed
// were measured on files of Chongqing (docs/reference/record.md).
double expected_size(const Study& study, const Recording& record);

std::string size_text(double bytes);  // "43 MB"

}  // namespace parley
