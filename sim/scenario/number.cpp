#include "sim/scenario/number.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "sim/scenario/nearest.hpp"

namespace parley {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The pieces of a decimal number, or `ok` false.
struct Decimal {
  bool ok = false;
  std::string_view whole, fraction, exponent;  // digits only; the exponent with its sign
};

Decimal split(std::string_view text) {
  Decimal out;
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return text.substr(from, at - from);
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  out.whole = digits();
  if (out.whole.empty()) return out;
  if (at < text.size() && text[at] == '.') {
    ++at;
    out.fraction = digits();
    if (out.fraction.empty()) return out;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t from = ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits().empty()) return out;
    out.exponent = text.substr(from, at - from);
  }
  out.ok = at == text.size();
  return out;
}

bool all_zero(std::string_view digits) { return digits.find_first_not_of('0') == std::string_view::npos; }

// What the C library writes for the decimal point just now; it follows the process's locale.
std::string decimal_point() {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", 0.5);
  const std::string out = text;
  return out.substr(1, out.size() - 2);  // between "0" and "5"
}

// Why a text that is not a decimal number is none, in words that say what to write instead.
std::string complaint(std::string_view text) {
  const std::string shown = quote(text);
  if (text.empty()) return "is empty where a number is needed";
  std::string bare(text);
  if (bare[0] == '-' || bare[0] == '+') bare.erase(0, 1);
  std::string small;
  for (char c : bare) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (small == "nan" || small == ".nan" || small == "inf" || small == ".inf" || small == "infinity")
    return shown + " is not a finite number";
  if (small == "true" || small == "false" || small == "yes" || small == "no")
    return shown + " is a yes-or-no answer where a number is needed";
  if (small.size() > 2 && small[0] == '0' && (small[1] == 'x' || small[1] == 'o' || small[1] == 'b'))
    return shown + " is not decimal; write the number in decimal digits";
  if (bare.back() == '%' && split(std::string_view(bare).substr(0, bare.size() - 1)).ok)
    return shown + " is a percentage; write a share, for instance 0.05 for 5%";
  if (bare[0] == '.' || bare.back() == '.') return shown + " needs a digit on both sides of the point";
  bool separators = is_digit(bare[0]);
  for (char c : bare) separators = separators && (is_digit(c) || c == '.' || c == ',' || c == '_' || c == ' ');
  if (separators) return shown + " has separators in it; write the digits alone, with a point for decimals";
  return shown + " is not a number";
}

bool octal_looking(const Decimal& number) { return number.whole.size() > 1 && number.whole[0] == '0'; }

std::string without_zeros(std::string_view text) {
  std::string out(text);
  const std::size_t sign = out[0] == '-' || out[0] == '+' ? 1 : 0;
  while (out.size() > sign + 1 && out[sign] == '0' && is_digit(out[sign + 1])) out.erase(sign, 1);
  return out;
}

}  // namespace

bool read_number(std::string_view text, double& value, std::string& why) {
  const Decimal number = split(text);
  if (!number.ok) {
    why = complaint(text);
    return false;
  }
  if (octal_looking(number)) {
    why = quote(text) + " starts with a zero; write " + quote(without_zeros(text));
    return false;
  }
  std::string local(text);
  if (const std::size_t point = local.find('.'); point != std::string::npos) local.replace(point, 1, decimal_point());
  const double read = std::strtod(local.c_str(), nullptr);
  if (!(std::fabs(read) <= std::numeric_limits<double>::max())) {
    why = quote(text) + " is too large for a number";
    return false;
  }
  if (read == 0 && !(all_zero(number.whole) && all_zero(number.fraction))) {
    why = quote(text) + " is too small for a number; write 0";
    return false;
  }
  value = read;
  return true;
}

bool read_whole(std::string_view text, std::int64_t& value, std::string& why) {
  const Decimal number = split(text);
  if (!number.ok) {
    why = complaint(text);
    return false;
  }
  if (!number.fraction.empty() || !number.exponent.empty()) {
    why = quote(text) + " is not a whole number; write digits alone";
    return false;
  }
  if (octal_looking(number)) {
    why = quote(text) + " starts with a zero; write " + quote(without_zeros(text));
    return false;
  }
  const bool negative = text[0] == '-';
  const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t read = 0;
  for (char c : number.whole) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (read > (largest - digit) / 10) {
      why = quote(text) + " is too large for a whole number";
      return false;
    }
    read = read * 10 + digit;
  }
  value = negative ? -static_cast<std::int64_t>(read) : static_cast<std::int64_t>(read);
  return true;
}

std::string number_text(double value) {
  if (value != value) return "nan";
  if (std::fabs(value) > std::numeric_limits<double>::max()) return value < 0 ? "-inf" : "inf";
  std::string scientific;
  for (int precision = 0; precision < 17; ++precision) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*e", precision, value);
    scientific = text;
    if (std::strtod(text, nullptr) == value) break;
  }
  // "-1.25e-07", the point in whatever form the locale gives it: keep the sign, the digits and the exponent.
  std::string sign, digits;
  std::size_t at = 0;
  if (scientific[0] == '-') {
    sign = "-";
    ++at;
  }
  for (; scientific[at] != 'e'; ++at)
    if (is_digit(scientific[at])) digits += scientific[at];
  const int exponent = std::atoi(scientific.c_str() + at + 1);
  const int count = static_cast<int>(digits.size());
  constexpr int most_zeros = 5, widest = 17;  // beyond these the exponent is easier to read
  if (exponent < -most_zeros || exponent >= widest) {
    std::string out = sign + digits.substr(0, 1);
    if (count > 1) out += "." + digits.substr(1);
    return out + "e" + std::to_string(exponent);
  }
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  if (count <= exponent + 1) return sign + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
  return sign + digits.substr(0, static_cast<std::size_t>(exponent) + 1) + "." +
         digits.substr(static_cast<std::size_t>(exponent) + 1);
}

}  // namespace parley
