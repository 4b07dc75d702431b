// Decimal text to numbers and back, exactly, whatever the locale of the process.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

// Reads one finite decimal number: digits, at most one point with a digit on both sides, an optional exponent.
// On failure `why` holds a clause that starts with the text: "'010' starts with a zero; write 10".
bool read_number(std::string_view text, double& value, std::string& why);
// The same for whole numbers, without point and exponent.
bool read_whole(std::string_view text, std::int64_t& value, std::string& why);

// The shortest text that read_number turns into the same bits: "0.03", "2600000", "1e-7".
std::string number_text(double value);

}  // namespace parley
