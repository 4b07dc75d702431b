#include "sim/base/mathematics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <iostream>
#include <limits>
#include <vector>

#include "sim/base/philox.hpp"
#include "tests/sim/base/same_bits.hpp"

namespace parley {
namespace {

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();
constexpr double smallest_normal = std::numeric_limits<double>::min();

// Evenly spaced points, and as many at random from the repository's own generator.
std::vector<double> points(double low, double high, int count = 200'000) {
  std::vector<double> out;
  for (int i = 0; i < count; ++i) {
    out.push_back(low + (high - low) * i / (count - 1));
    const auto words = philox4x64({static_cast<std::uint64_t>(i), 0, 0, 0}, {2024, 1});
    out.push_back(low + (high - low) * (static_cast<double>(words[0] >> 12) + 0.5) * 0x1p-52);
  }
  return out;
}

// Distance in units of the last place of the exact value.
double ulps(double got, long double exact) {
  const int exponent = exact == 0.0L ? -1074 : std::max(std::ilogb(exact) - 52, -1074);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / std::ldexp(1.0L, exponent));
}

struct Worst {
  double error = 0, at = 0;
  void see(double got, long double exact, double x) {
    const double e = ulps(got, exact);
    if (!(e <= error)) error = e, at = x;  // so written that a result that is not a number counts, too
  }
  void report(const char* what) const {
    std::cout << "    largest error of " << what << ": " << error << " ulp at " << at << "\n";
  }
};

// The references below need long doubles of at least 64 bits.
class Errors : public testing::Test {
 protected:
  void SetUp() override {
    if (LDBL_MANT_DIG < 64) GTEST_SKIP() << "long double is no wider than double on this machine";
  }
};

TEST_F(Errors, OfExponential) {
  Worst normal, subnormal;
  for (const auto& [low, high] : {std::pair{-1.0, 1.0}, {-40.0, 40.0}, {-708.3, 709.7}, {-1e-9, 1e-9}})
    for (const double x : points(low, high)) normal.see(exponential(x), std::exp(static_cast<long double>(x)), x);
  for (const double x : points(-745.1, -708.4)) subnormal.see(exponential(x), std::exp(static_cast<long double>(x)), x);
  normal.report("exponential");
  subnormal.report("exponential, subnormal results");
  EXPECT_LT(normal.error, 0.52);
  EXPECT_LT(subnormal.error, 1.0);
}

TEST_F(Errors, OfLogarithm) {
  Worst worst;
  for (const auto& [low, high] : {std::pair{0.7, 1.42}, {0.99, 1.01}, {1e-3, 1e3}, {1.0, 1e300}, {1e-320, 1e-307}})
    for (const double x : points(low, high)) worst.see(logarithm(x), std::log(static_cast<long double>(x)), x);
  for (const double t : points(-40.0, -1.0)) {
    const double x = 1.0 + std::exp2(t), y = 1.0 - std::exp2(t);  // approaching 1 from both sides
    if (x != 1.0) worst.see(logarithm(x), std::log(static_cast<long double>(x)), x);
    if (y != 1.0) worst.see(logarithm(y), std::log(static_cast<long double>(y)), y);
  }
  worst.report("logarithm");
  EXPECT_LT(worst.error, 0.51);
}

TEST_F(Errors, OfPower) {
  Worst worst;
  const std::vector<double> bases = points(-700.0, 700.0, 40'000);
  const std::vector<double> near_one = points(-0.5, 0.5, 40'000);
  for (std::size_t i = 0; i < bases.size(); ++i) {
    const auto see = [&](double x, double y) {
      const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
      if (exact > static_cast<long double>(smallest_normal) && exact < static_cast<long double>(largest))
        worst.see(power(x, y), exact, x);
    };
    const double x = std::exp(bases[i]), z = 1.0 + near_one[i];
    for (const double y : {0.1, 0.5, 1.0 / 3, 0.85, 1.0, 1.7, 2.0, -0.3, -2.5, near_one[i]}) see(x, y), see(z, y);
    see(z, 700.0 / std::log(z));
    see(z, -700.0 / std::log(z));
    see(z, 1234.567);
  }
  worst.report("power");
  EXPECT_LT(worst.error, 0.53);
}

TEST_F(Errors, OfLogisticAndLogit) {
  Worst logistic_worst, logit_worst;
  for (const auto& [low, high] : {std::pair{-5.0, 5.0}, {-700.0, 50.0}})
    for (const double x : points(low, high))
      logistic_worst.see(logistic(x), 1.0L / (1.0L + std::exp(-static_cast<long double>(x))), x);
  const auto exact_logit = [](long double p) { return std::log1p((2.0L * p - 1.0L) / (1.0L - p)); };
  for (const double p : points(0.0001, 0.9999)) logit_worst.see(logit(p), exact_logit(p), p);
  for (const double t : points(-45.0, -2.0))
    logit_worst.see(logit(0.5 + std::exp2(t)), exact_logit(0.5 + std::exp2(t)), t);
  logistic_worst.report("logistic");
  logit_worst.report("logit");
  EXPECT_LT(logistic_worst.error, 4.0);
  EXPECT_LT(logit_worst.error, 4.0);
}

long double exact_normal_cdf(long double x) { return std::erfc(-x / std::sqrt(2.0L)) / 2.0L; }

TEST_F(Errors, OfNormalCdf) {
  Worst worst;
  for (const auto& [low, high] : {std::pair{-0.7, 0.7}, {-6.0, 6.0}, {-37.5, -5.0}})
    for (const double x : points(low, high, 50'000)) worst.see(normal_cdf(x), exact_normal_cdf(x), x);
  worst.report("normal_cdf");
  EXPECT_LT(worst.error, 8.0);
}

TEST_F(Errors, OfNormalQuantile) {
  // Newton's method on the cumulative distribution, from the result under test; tail is p or 1 - p, below a half.
  const auto exact = [](double start, long double tail) {
    const long double root_two_pi = std::sqrt(8.0L * std::atan(1.0L));
    long double x = -std::fabs(start);
    for (int i = 0; i < 3; ++i) x -= (exact_normal_cdf(x) - tail) * root_two_pi * std::exp(x * x / 2.0L);
    return x;
  };
  Worst worst;
  for (const double p : points(1e-6, 0.4999, 50'000)) worst.see(normal_quantile(p), exact(normal_quantile(p), p), p);
  for (const double p : points(0.5001, 0.999999, 50'000))
    worst.see(normal_quantile(p), -exact(normal_quantile(p), 1.0L - p), p);
  for (const double t : points(-690.0, -10.0, 50'000)) {
    const double p = std::exp(t);
    worst.see(normal_quantile(p), exact(normal_quantile(p), p), p);
  }
  worst.report("normal_quantile");
  EXPECT_LT(worst.error, 8.0);
}

TEST_F(Errors, OfTheTables) {
  const long double ln2 = std::log(2.0L);
  for (std::size_t j = 0; j < 128; ++j) {
    const auto& row = tables::power_of_two_rows[j];
    const long double exact = std::exp2(static_cast<long double>(j) / 128.0L);
    EXPECT_EQ(row.value, static_cast<double>(exact)) << j;
    EXPECT_NEAR(row.remainder, static_cast<double>((exact - row.value) / row.value), 0x1p-61) << j;
  }
  for (std::size_t i = 0; i < 128; ++i) {
    const auto& row = tables::logarithm_rows[i];
    EXPECT_EQ(row.inverse * 4096, std::floor(row.inverse * 4096)) << i;
    EXPECT_EQ(row.high * 0x1p43, std::floor(row.high * 0x1p43)) << i;
    const long double exact = -std::log(static_cast<long double>(row.inverse));
    EXPECT_NEAR(row.low, static_cast<double>(exact - row.high), 0x1p-64) << i;
    const double first = detail::from_bits(0x3fe6955500000000 + (std::uint64_t{i} << 45));
    EXPECT_LT(std::fabs(first * row.inverse - 1.0), 1.0 / 191.9) << i;
  }
  EXPECT_EQ(std::count_if(tables::logarithm_rows.begin(), tables::logarithm_rows.end(),
                          [](const auto& row) { return row.inverse == 1.0 && row.high == 0.0 && row.low == 0.0; }),
            2);
  EXPECT_NEAR(static_cast<double>((0x1.62e42fefa38p-1L - ln2) + 0x1.ef35793c7673p-45L), 0.0, 0x1p-63);
}

TEST(Mathematics, KnownValues) {
  EXPECT_EQ(exponential(0.0), 1.0);
  EXPECT_EQ(exponential(1.0), 0x1.5bf0a8b145769p+1);   // e
  EXPECT_EQ(exponential(-1.0), 0x1.78b56362cef38p-2);  // 1/e
  EXPECT_EQ(logarithm(2.0), 0x1.62e42fefa39efp-1);     // ln 2
  EXPECT_EQ(logarithm(10.0), 0x1.26bb1bbb55516p+1);    // ln 10
  EXPECT_EQ(power(2.0, 0.5), 0x1.6a09e667f3bcdp+0);    // sqrt 2
  EXPECT_EQ(logistic(0.0), 0.5);
  EXPECT_EQ(logit(0.5), 0.0);
  EXPECT_EQ(normal_cdf(0.0), 0.5);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-15);
  EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 2e-16);
  EXPECT_NEAR(normal_cdf(-1.0), 0.15865525393145705, 1e-16);
}

TEST(Mathematics, WholePowersAreExact) {
  for (int k = -1074; k <= 1023; ++k) EXPECT_EQ(power(2.0, k), std::ldexp(1.0, k)) << k;
  for (int k = -1022; k <= 1023; ++k) EXPECT_EQ(logarithm(std::ldexp(1.0, k)), static_cast<double>(k * std::log(2.0L)));
  double factor = 1.0;
  for (int k = 0; k <= 22; ++k, factor *= 10.0) EXPECT_EQ(power(10.0, k), factor) << k;
  for (int n = 1; n <= 1000; ++n) EXPECT_EQ(power(static_cast<double>(n) * n, 0.5), n) << n;
}

TEST(Mathematics, LimitsOfExponential) {
  EXPECT_EQ(exponential(infinity), infinity);
  EXPECT_EQ(exponential(-infinity), 0.0);
  EXPECT_EQ(exponential(709.782712893384), 0x1.fffffffffff2ap+1023);  // the last finite one
  EXPECT_EQ(exponential(709.7827128933842), infinity);
  EXPECT_EQ(exponential(709.79), infinity);
  EXPECT_EQ(exponential(largest), infinity);
  EXPECT_EQ(exponential(-745.1), smallest);
  EXPECT_EQ(exponential(-745.14), 0.0);
  EXPECT_EQ(exponential(-largest), 0.0);
  EXPECT_EQ(exponential(smallest), 1.0);
  EXPECT_TRUE(std::isnan(exponential(not_a_number)));
}

TEST(Mathematics, LimitsOfLogarithm) {
  EXPECT_EQ(logarithm(0.0), -infinity);
  EXPECT_EQ(logarithm(-0.0), -infinity);
  EXPECT_EQ(logarithm(infinity), infinity);
  EXPECT_EQ(logarithm(1.0), 0.0);
  EXPECT_FALSE(std::signbit(logarithm(1.0)));
  EXPECT_EQ(logarithm(smallest), -0x1.74385446d71c3p+9);  // -744.44
  EXPECT_EQ(logarithm(largest), 0x1.62e42fefa39efp+9);    // 709.78
  EXPECT_TRUE(std::isnan(logarithm(-1.0)));
  EXPECT_TRUE(std::isnan(logarithm(-smallest)));
  EXPECT_TRUE(std::isnan(logarithm(-infinity)));
  EXPECT_TRUE(std::isnan(logarithm(not_a_number)));
}

TEST(Mathematics, LimitsOfPower) {
  for (const double y : {0.0, -0.0}) {
    for (const double x : {0.0, 1.0, 5.0, infinity, -3.0, not_a_number}) EXPECT_EQ(power(x, y), 1.0);
  }
  for (const double y : {1e-300, 1.0, 1e300, infinity, not_a_number}) EXPECT_EQ(power(1.0, y), 1.0);
  EXPECT_EQ(power(0.0, 0.3), 0.0);
  EXPECT_EQ(power(0.0, infinity), 0.0);
  EXPECT_EQ(power(0.0, -0.3), infinity);
  EXPECT_EQ(power(infinity, 0.3), infinity);
  EXPECT_EQ(power(infinity, -0.3), 0.0);
  EXPECT_EQ(power(0.5, infinity), 0.0);
  EXPECT_EQ(power(0.5, -infinity), infinity);
  EXPECT_EQ(power(2.0, infinity), infinity);
  EXPECT_EQ(power(2.0, -infinity), 0.0);
  EXPECT_EQ(power(2.0, 1024.0), infinity);
  EXPECT_EQ(power(2.0, -1076.0), 0.0);
  EXPECT_EQ(power(2.0, 1e300), infinity);
  EXPECT_EQ(power(largest, largest), infinity);
  EXPECT_EQ(power(largest, -largest), 0.0);
  EXPECT_EQ(power(smallest, 0.5), 0x1p-537);
  EXPECT_EQ(power(smallest, smallest), 1.0);
  EXPECT_EQ(power(smallest, 1.0), smallest);
  EXPECT_EQ(power(largest, 1.0), largest);
  EXPECT_TRUE(std::isnan(power(-2.0, 2.0)));
  EXPECT_TRUE(std::isnan(power(2.0, not_a_number)));
  EXPECT_TRUE(std::isnan(power(not_a_number, 2.0)));
}

TEST(Mathematics, LimitsOfTheDistributions) {
  EXPECT_EQ(logistic(infinity), 1.0);
  EXPECT_EQ(logistic(-infinity), 0.0);
  EXPECT_EQ(logistic(-800.0), 0.0);
  EXPECT_EQ(logistic(800.0), 1.0);
  EXPECT_EQ(logit(0.0), -infinity);
  EXPECT_EQ(logit(1.0), infinity);
  EXPECT_EQ(normal_cdf(infinity), 1.0);
  EXPECT_EQ(normal_cdf(-infinity), 0.0);
  EXPECT_EQ(normal_cdf(40.0), 1.0);
  EXPECT_EQ(normal_cdf(-40.0), 0.0);
  EXPECT_GT(normal_cdf(-38.0), 0.0);
  EXPECT_EQ(normal_quantile(0.0), -infinity);
  EXPECT_EQ(normal_quantile(1.0), infinity);
  EXPECT_NEAR(normal_quantile(smallest), -38.467405617144344, 1e-13);
  for (const double outside : {-0.1, 1.1, infinity, -infinity, not_a_number}) {
    EXPECT_TRUE(std::isnan(logit(outside))) << outside;
    EXPECT_TRUE(std::isnan(normal_quantile(outside))) << outside;
  }
  EXPECT_TRUE(std::isnan(logistic(not_a_number)));
  EXPECT_TRUE(std::isnan(normal_cdf(not_a_number)));
}

TEST(Mathematics, EveryNotANumberHasTheSameBits) {
  const std::uint64_t bits = 0x7ff8000000000000;
  const double other = detail::from_bits(0xfff8000000001234);
  for (const double result :
       {exponential(other), logarithm(other), logarithm(-1.0), power(other, 2.0), power(-2.0, 2.0), power(2.0, other),
        logistic(other), logit(other), logit(2.0), normal_quantile(other), normal_cdf(other)})
    EXPECT_EQ(detail::to_bits(result), bits);
}

TEST(Mathematics, RisesWithItsArgument) {
  // An order in the results that is not in the arguments would let a larger risk give a smaller chance.
  const std::vector<double> random = points(-30.0, 30.0, 20'000);
  for (double x : random) {
    const double next = std::nextafter(x, 100.0);
    EXPECT_LE(exponential(x), exponential(next)) << x;
    EXPECT_LE(logarithm(x + 40.0), logarithm(std::nextafter(x + 40.0, 100.0))) << x;
  }
}

TEST(Mathematics, QuantileIsTheInverseOfTheCdf) {
  for (const double x : points(-37.0, 5.0, 5'000)) EXPECT_NEAR(normal_quantile(normal_cdf(x)), x, 1e-9) << x;
}

TEST(Mathematics, QuantileIsSymmetric) {
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const double u = (static_cast<double>(philox4x64({i, 0, 0, 0}, {3, 1})[0] >> 12) + 0.5) * 0x1p-52;
    EXPECT_EQ(normal_quantile(1.0 - u), -normal_quantile(u)) << u;  // 1 - u is exact for these
  }
}

TEST(Mathematics, GivesTheSameBitsEverywhere) {
  const std::string digest = test::same_bits_digest();
  std::cout << "    digest of the numeric base: " << digest << "\n";
  EXPECT_EQ(digest, "4df49608a283be2cab96e52adb8afd87549cdfcc2a8b4e75166576849eb5e03d");
}

}  // namespace
}  // namespace parley
