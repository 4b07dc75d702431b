#include "sim/scenario/number.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <clocale>
#include <cmath>
#include <limits>

namespace parley {
namespace {

double read(const std::string& text) {
  double value = -12345;
  std::string why;
  EXPECT_TRUE(read_number(text, value, why)) << text << ": " << why;
  return value;
}

std::string complaint(const std::string& text) {
  double value = 0;
  std::string why;
  EXPECT_FALSE(read_number(text, value, why)) << text << " was read as " << value;
  return why;
}

std::string whole_complaint(const std::string& text) {
  std::int64_t value = 0;
  std::string why;
  EXPECT_FALSE(read_whole(text, value, why)) << text << " was read as " << value;
  return why;
}

TEST(ReadNumber, ReadsDecimalText) {
  EXPECT_EQ(read("0"), 0);
  EXPECT_EQ(read("0.17"), 0.17);
  EXPECT_EQ(read("-0.10"), -0.10);
  EXPECT_EQ(read("+3"), 3);
  EXPECT_EQ(read("1e3"), 1000);
  EXPECT_EQ(read("2.5E-05"), 2.5e-5);
  EXPECT_EQ(read("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_TRUE(std::signbit(read("-0")));
}

TEST(ReadNumber, SaysWhatIsWrongAndWhatToWrite) {
  EXPECT_EQ(complaint("nan"), "'nan' is not a finite number");
  EXPECT_EQ(complaint(".NaN"), "'.NaN' is not a finite number");
  EXPECT_EQ(complaint("-.inf"), "'-.inf' is not a finite number");
  EXPECT_EQ(complaint("1e999"), "'1e999' is too large for a number");
  EXPECT_EQ(complaint("1e-999"), "'1e-999' is too small for a number; write 0");
  EXPECT_EQ(complaint("0x10"), "'0x10' is not decimal; write the number in decimal digits");
  EXPECT_EQ(complaint("0o17"), "'0o17' is not decimal; write the number in decimal digits");
  EXPECT_EQ(complaint("010"), "'010' starts with a zero; write '10'");
  EXPECT_EQ(complaint("-007.5"), "'-007.5' starts with a zero; write '-7.5'");
  EXPECT_EQ(complaint("5%"), "'5%' is a percentage; write a share, for instance 0.05 for 5%");
  EXPECT_EQ(complaint(".5"), "'.5' needs a digit on both sides of the point");
  EXPECT_EQ(complaint("5."), "'5.' needs a digit on both sides of the point");
  EXPECT_EQ(complaint("1,000"), "'1,000' has separators in it; write the digits alone, with a point for decimals");
  EXPECT_EQ(complaint("1_000"), "'1_000' has separators in it; write the digits alone, with a point for decimals");
  EXPECT_EQ(complaint("yes"), "'yes' is a yes-or-no answer where a number is needed");
  EXPECT_EQ(complaint("half"), "'half' is not a number");
  EXPECT_EQ(complaint("1e"), "'1e' is not a number");
  EXPECT_EQ(complaint("1 2 x"), "'1 2 x' is not a number");
  EXPECT_EQ(complaint("--1"), "'--1' is not a number");
  EXPECT_EQ(complaint("-"), "'-' is not a number");
  EXPECT_EQ(complaint(""), "is empty where a number is needed");
}

TEST(ReadWhole, ReadsWholeNumbersToTheirLimits) {
  std::int64_t value = 0;
  std::string why;
  EXPECT_TRUE(read_whole("88", value, why));
  EXPECT_EQ(value, 88);
  EXPECT_TRUE(read_whole("-3", value, why));
  EXPECT_EQ(value, -3);
  EXPECT_TRUE(read_whole("9223372036854775807", value, why));
  EXPECT_EQ(value, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(whole_complaint("9223372036854775808"), "'9223372036854775808' is too large for a whole number");
  EXPECT_EQ(whole_complaint("2.5"), "'2.5' is not a whole number; write digits alone");
  EXPECT_EQ(whole_complaint("1e3"), "'1e3' is not a whole number; write digits alone");
  EXPECT_EQ(whole_complaint("010"), "'010' starts with a zero; write '10'");
}

TEST(NumberText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(number_text(2600000), "2600000");
  EXPECT_EQ(number_text(-8300.5), "-8300.5");
  EXPECT_EQ(number_text(2e-5), "0.00002");
  EXPECT_EQ(number_text(1e-7), "1e-7");
  EXPECT_EQ(number_text(1.25e-7), "1.25e-7");
  EXPECT_EQ(number_text(1e22), "1e22");
}

TEST(NumberText, RoundTripsEveryBit) {
  std::uint64_t state = 0x9E3779B97F4A7C15;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const auto value = std::bit_cast<double>(state ^ (state >> 29));
    if (!std::isfinite(value)) continue;
    const std::string text = number_text(value);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(read(text)), std::bit_cast<std::uint64_t>(value)) << text;
  }
}

TEST(Numbers, DoNotCareForTheLocale) {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  bool any = false;
  for (const char* comma : {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR"})
    if (std::setlocale(LC_NUMERIC, comma)) {
      any = true;
      break;
    }
  EXPECT_EQ(number_text(8300.5), "8300.5");
  EXPECT_EQ(read("0.17"), 0.17);
  std::setlocale(LC_NUMERIC, before.c_str());
  if (!any) GTEST_SKIP() << "no locale with a decimal comma is installed here";
}

}  // namespace
}  // namespace parley
