// Faults with the line of the source in which they stand; characters and lines of a text.
#pragma once
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace parley {

/// A fault with its line of the source and a caret below the column; without a line the fault alone.
std::string render(const Fault& fault, const std::string& source);
/// All faults of an error, those in files with their lines.
std::string render(const ScenarioError& error);

// Bytes of the character that starts here, or 0 where it is not UTF-8.
std::size_t utf8_length(const std::string& text, std::size_t at);
// The lines of a text, however they end.
std::vector<std::string> lines_of(const std::string& text);

}  // namespace parley
