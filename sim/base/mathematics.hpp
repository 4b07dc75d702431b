// Exponential, logarithm, power and the normal distribution, made of + - * / sqrt and integer operations only, so that
// gcc, clang and WebAssembly give the same bits at every level of optimisation (with -ffp-contract=off). The library
// functions of the C standard do not: they differ between libraries, and with the processor within one library.
//
// exponential, logarithm and power follow Tang (ACM TOMS 15, 1989, and 16, 1990) in the form that Szabolcs Nagy gave
// them in Arm's Optimized Routines: a table of 128 rows, a short Taylor series, and pairs of doubles where one is not
// enough. Errors against the exact values, held by the test: exponential 0.52 ulp, logarithm 0.51, power 0.53 (results
// below 2^-1022: 1 ulp), logistic and logit 4, normal_cdf and normal_quantile 8 (relative error below 9e-16).
// Every result that is not a number has the same bits.
#pragma once
#include <array>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/mathematics_tables.hpp"

static_assert(FLT_EVAL_METHOD == 0, "Parley needs doubles that are rounded after each operation (on x86: SSE2)");

namespace parley {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

namespace detail {

// std::bit_cast, which Debian's emscripten lacks; the builtin is in gcc from 11 and clang from 9.
constexpr std::uint64_t to_bits(double x) { return __builtin_bit_cast(std::uint64_t, x); }
constexpr double from_bits(std::uint64_t bits) { return __builtin_bit_cast(double, bits); }

// A number as the exact sum of two doubles; |low| is at most about one rounding of high.
struct DoublePair {
  double high, low;
};

// e^(x + tail) for |x| < 750 and a tail far smaller than 1.
inline double exponential_of_sum(double x, double tail) {
  constexpr double to_integer = 0x1.8p52;                 // adding it rounds to the nearest whole number
  constexpr double rows_per_unit = 0x1.71547652b82fep+7;  // 128 / ln 2
  constexpr double step_high = 0x1.62e42fef8p-8;          // ln 2 / 128, its first 34 bits: products below are exact
  constexpr double step_low = 0x1.1cf79abc9e3b4p-43;
  const double steps = (x * rows_per_unit + to_integer) - to_integer;
  const auto whole = static_cast<std::int64_t>(steps);
  const tables::PowerOfTwoRow& row = tables::power_of_two_rows[static_cast<std::size_t>(whole & 127)];
  const std::int64_t exponent = whole >> 7;

  const double r = ((x - steps * step_high) - steps * step_low) + tail;  // |r| <= ln 2 / 256
  const double r2 = r * r;
  const double excess = (row.remainder + r) + r2 * (0.5 + r * (1.0 / 6)) + (r2 * r2) * (1.0 / 24 + r * (1.0 / 120));

  const auto scaled = [&](std::int64_t by) {
    const double scale = from_bits(to_bits(row.value) + (static_cast<std::uint64_t>(by) << 52));
    return scale + scale * excess;
  };
  if (exponent >= -960 && exponent <= 1022) return scaled(exponent);  // below, scale * excess may be subnormal
  if (exponent > 0) return scaled(exponent - 1000) * 0x1p1000;
  return scaled(exponent + 1000) * 0x1p-1000;
}

// ln x for the bits of a positive normal x, times 2^exponent_shift; good to about 2^-67 of its value.
inline DoublePair logarithm_of_bits(std::uint64_t bits, int exponent_shift = 0) {
  constexpr std::uint64_t first_row = 0x3fe6955500000000;
  constexpr double ln2_high = 0x1.62e42fefa38p-1;  // a multiple of 2^-43
  constexpr double ln2_low = 0x1.ef35793c7673p-45;
  const std::uint64_t distance = bits - first_row;
  const tables::LogarithmRow& row = tables::logarithm_rows[static_cast<std::size_t>(distance >> 45 & 127)];
  const auto exponent = static_cast<double>((static_cast<std::int64_t>(distance) >> 52) + exponent_shift);
  const std::uint64_t z_bits = bits - (distance & 0xfff0000000000000);  // x = z * 2^exponent, z in [0.705, 1.411)

  // r = z * inverse - 1, |r| <= 1/192, as the exact sum of r_high and r_low.
  const double z = from_bits(z_bits);
  const double z_high = from_bits((z_bits + 0x80000000) & 0xffffffff00000000);
  const double r_high = z_high * row.inverse - 1.0;
  const double r_low = (z - z_high) * row.inverse;
  const double r = r_high + r_low;

  // exponent * ln 2 - ln inverse + r - r^2/2 with what each addition loses, then the rest of the series.
  const double base = exponent * ln2_high + row.high;  // exact
  const double sum = base + r;
  const double sum_lost = (base - sum + r) + (r_high - r + r_low) + (exponent * ln2_low + row.low);
  const double half = -0.5 * r, half_high = -0.5 * r_high;
  const double square = r_high * half_high;  // exact
  const double high = sum + square;
  const double high_lost = (sum - high + square) + r_low * (half + half_high);
  const double r2 = r * r;
  const double to_r6 = (1.0 / 3 + r * (-1.0 / 4)) + r2 * (1.0 / 5 + r * (-1.0 / 6));
  const double rest = r * r2 * (to_r6 + r2 * r2 * ((1.0 / 7 + r * (-1.0 / 8)) + r2 * (1.0 / 9)));
  const double low = sum_lost + high_lost + rest;
  const double value = high + low;
  return {value, high - value + low};
}

inline DoublePair logarithm_of_positive(double x) {
  if (x < 0x1p-1022) return logarithm_of_bits(to_bits(x * 0x1p54), -54);
  return logarithm_of_bits(to_bits(x));
}

// Horner's rule, coefficients from the constant upwards.
template <std::size_t N>
constexpr double polynomial(const std::array<double, N>& coefficients, double x) {
  double value = coefficients[N - 1];
  for (std::size_t i = N - 1; i-- > 0;) value = value * x + coefficients[i];
  return value;
}

}  // namespace detail

inline double exponential(double x) {
  if (!(x < 709.79)) return x != x ? not_a_number : infinity;  // ln of the largest double is 709.7827
  if (x < -745.14) return 0.0;                                 // ln of half the smallest is -745.1332
  return detail::exponential_of_sum(x, 0.0);
}

inline double logarithm(double x) {
  if (!(x > 0.0)) return x == 0.0 ? -infinity : not_a_number;
  if (x == infinity) return infinity;
  return detail::logarithm_of_positive(x).high;
}

// x^y for x >= 0, with the limits of C's pow; a negative x gives not a number.
inline double power(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (!(x >= 0.0) || y != y) return not_a_number;
  if (x == 0.0) return y > 0.0 ? 0.0 : infinity;
  if (x == infinity) return y > 0.0 ? infinity : 0.0;

  const detail::DoublePair ln = detail::logarithm_of_positive(x);
  const double product = y * ln.high;
  if (!(std::fabs(product) < 746.0)) return product > 0.0 ? infinity : 0.0;
  // product again as an exact sum, each factor split into halves whose products are exact
  constexpr std::uint64_t upper_half = 0xfffffffff8000000;
  const double y_high = detail::from_bits(detail::to_bits(y) & upper_half);
  const double ln_high = detail::from_bits(detail::to_bits(ln.high) & upper_half);
  const double ln_low = ln.high - ln_high + ln.low;
  return detail::exponential_of_sum(y_high * ln_high, (y - y_high) * ln_high + y * ln_low);
}

// 1 / (1 + e^-x), without overflow and with full relative precision far to the left.
inline double logistic(double x) {
  if (x >= 0.0) return 1.0 / (1.0 + exponential(-x));
  const double odds = exponential(x);
  return odds / (1.0 + odds);
}

// ln(p / (1 - p)); 0 gives -infinity, 1 gives infinity, anything outside is not a number.
inline double logit(double p) {
  if (!(p >= 0.0 && p <= 1.0)) return not_a_number;
  if (p < 0.25 || p > 0.75) return logarithm(p / (1.0 - p));
  // near p = 1/2 the odds are near 1: ln(1 + t), with what rounding 1 + t loses put back
  const double t = (2.0 * p - 1.0) / (1.0 - p);
  const double odds = 1.0 + t;
  return logarithm(odds) + (t - (odds - 1.0)) / odds;
}

// Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (Applied Statistics 37, 1988), PPND16.
inline double normal_quantile(double p) {
  // clang-format off
  constexpr std::array<double, 8> a = {
      3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
      4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
  constexpr std::array<double, 8> b = {
      1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
  constexpr std::array<double, 8> c = {
      1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
      1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array<double, 8> d = {
      1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
  constexpr std::array<double, 8> e = {
      6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array<double, 8> f = {
      1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};
  // clang-format on
  if (!(p > 0.0 && p < 1.0)) return p == 0.0 ? -infinity : p == 1.0 ? infinity : not_a_number;
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * detail::polynomial(a, r) / detail::polynomial(b, r);
  }
  const double tail = std::sqrt(-logarithm(q < 0.0 ? p : 1.0 - p));
  const double magnitude = tail <= 5.0 ? detail::polynomial(c, tail - 1.6) / detail::polynomial(d, tail - 1.6)
                                       : detail::polynomial(e, tail - 5.0) / detail::polynomial(f, tail - 5.0);
  return q < 0.0 ? -magnitude : magnitude;
}

// Cody, "Algorithm 715: SPECFUN" (ACM TOMS 19, 1993), ANORM; rational approximations of Cody (1969).
inline double normal_cdf(double x) {
  constexpr std::array<double, 5> a = {18154.981253343561249, 1067.6894854603709582, 161.02823106855587881,
                                       2.2352520354606839287, 0.065682337918207449113};
  constexpr std::array<double, 5> b = {45507.789335026729956, 10260.932208618978205, 976.09855173777669322,
                                       47.20258190468824187, 1.0};
  constexpr std::array<double, 9> c = {9842.7148383839780218, 11602.651437647350124,  6848.1904505362823326,
                                       2494.5375852903726711, 597.27027639480026226,  93.506656132177855979,
                                       8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8};
  constexpr std::array<double, 9> d = {19685.429676859990727, 38912.003286093271411, 34900.952721145977266,
                                       18615.571640885098091, 6485.558298266760755,  1519.377599407554805,
                                       235.38790178262499861, 22.266688044328115691, 1.0};
  constexpr std::array<double, 6> n = {2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807,
                                       0.1274011611602473639, 0.21589853405795699,     0.02307344176494017303};
  constexpr std::array<double, 6> m = {7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515,
                                       0.468238212480865118,   1.28426009614491121,    1.0};
  constexpr double one_over_root_two_pi = 0.39894228040143267794;
  if (x != x) return not_a_number;
  const double y = std::fabs(x);
  if (y > 38.5) return x < 0.0 ? 0.0 : 1.0;
  if (y <= 0.67448975) {
    const double square = x * x;
    return 0.5 + x * detail::polynomial(a, square) / detail::polynomial(b, square);
  }
  double ratio;
  if (y <= 5.656854249492380) {  // sqrt(32)
    ratio = detail::polynomial(c, y) / detail::polynomial(d, y);
  } else {
    const double square = 1.0 / (x * x);
    ratio = (one_over_root_two_pi - square * detail::polynomial(n, square) / detail::polynomial(m, square)) / y;
  }
  // e^(-y^2/2) in two parts, so that the rounding of y^2 does not grow with y
  const double sixteenths = static_cast<double>(static_cast<int>(y * 16.0)) / 16.0;
  const double rest = (y - sixteenths) * (y + sixteenths);
  const double tail = exponential(-0.5 * sixteenths * sixteenths) * exponential(-0.5 * rest) * ratio;
  return x < 0.0 ? tail : 1.0 - tail;
}

}  // namespace parley
