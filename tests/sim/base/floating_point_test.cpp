#include "sim/base/floating_point.hpp"

#include <gtest/gtest.h>

#include <cfenv>
#include <limits>
#include <thread>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace parley {
namespace {

// volatile: computed when the program runs, in the mode of that moment
double half_of_smallest_normal() {
  volatile double smallest = std::numeric_limits<double>::min();
  return smallest * 0.5;
}
double a_third() {
  volatile double one = 1.0;
  return one / 3.0;
}

class FloatingPoint : public testing::Test {
 protected:
  void SetUp() override { std::fegetenv(&before_); }
  void TearDown() override { std::fesetenv(&before_); }

 private:
  std::fenv_t before_;
};

TEST_F(FloatingPoint, AProgramStartsInTheStandardMode) {
  EXPECT_TRUE(FloatingPointMode::is_standard());
  EXPECT_GT(half_of_smallest_normal(), 0.0);
}

TEST_F(FloatingPoint, RoundingIsSetAndGivenBack) {
  const double nearest = a_third();
  ASSERT_EQ(std::fesetround(FE_UPWARD), 0);
  EXPECT_FALSE(FloatingPointMode::is_standard());
  EXPECT_GT(a_third(), nearest);
  {
    const FloatingPointMode mode;
    EXPECT_TRUE(FloatingPointMode::is_standard());
    EXPECT_EQ(a_third(), nearest);
  }
  EXPECT_FALSE(FloatingPointMode::is_standard());
  EXPECT_GT(a_third(), nearest);
}

TEST_F(FloatingPoint, WhatChangesInsideIsUndoneToo) {
  {
    const FloatingPointMode mode;
    std::fesetround(FE_DOWNWARD);
    EXPECT_FALSE(FloatingPointMode::is_standard());
  }
  EXPECT_TRUE(FloatingPointMode::is_standard());
}

#if defined(__SSE2__)
// What a library built with -Ofast does when it is loaded.
TEST_F(FloatingPoint, SubnormalNumbersAreKept) {
  constexpr unsigned flush_to_zero = 1u << 15, denormals_are_zero = 1u << 6;
  for (const unsigned bits : {flush_to_zero, denormals_are_zero, flush_to_zero | denormals_are_zero}) {
    _mm_setcsr(_mm_getcsr() | bits);
    EXPECT_FALSE(FloatingPointMode::is_standard()) << bits;
    volatile double tiny = std::numeric_limits<double>::denorm_min();
    EXPECT_TRUE(half_of_smallest_normal() == 0.0 || tiny * 0x1p200 == 0.0) << bits;
    {
      const FloatingPointMode mode;
      EXPECT_TRUE(FloatingPointMode::is_standard());
      EXPECT_GT(half_of_smallest_normal(), 0.0);
      EXPECT_GT(tiny * 0x1p200, 0.0);
    }
    EXPECT_EQ(_mm_getcsr() & bits, bits);
    _mm_setcsr(_mm_getcsr() & ~bits);
  }
}

TEST_F(FloatingPoint, FlagsAndTrapsAreLeftAlone) {
  std::feclearexcept(FE_ALL_EXCEPT);
  const unsigned traps = _mm_getcsr() & 0x1f80u;
  {
    const FloatingPointMode mode;
    volatile double zero = 0.0, one = 1.0;
    volatile double quotient = one / zero;
    EXPECT_GT(quotient, 1.0);
    EXPECT_EQ(_mm_getcsr() & 0x1f80u, traps);
  }
  EXPECT_NE(std::fetestexcept(FE_DIVBYZERO), 0);
}
#endif

TEST_F(FloatingPoint, EachThreadHasItsOwn) {
  std::fesetround(FE_UPWARD);
  bool inside = false;
  std::thread([&] {
    std::fesetround(FE_TOWARDZERO);
    const FloatingPointMode mode;
    inside = FloatingPointMode::is_standard();
  }).join();
  EXPECT_TRUE(inside);
  EXPECT_FALSE(FloatingPointMode::is_standard());
}

}  // namespace
}  // namespace parley
