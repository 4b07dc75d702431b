// One digest over many results of the numeric base. Every compiler, level of optimisation and machine, and WebAssembly,
// must give the one that mathematics_test.cpp pins. Needs no test library, so that it can be compiled to WebAssembly.
#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "sim/base/draw.hpp"
#include "sim/base/mathematics.hpp"
#include "sim/base/sha256.hpp"

namespace parley::test {

class BitsDigest {
 public:
  void add(std::uint64_t word) {
    std::array<unsigned char, 8> bytes{};  // little-endian on every machine
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(word >> (8 * i));
    hash_.update(bytes.data(), bytes.size());
  }
  void add(double x) { add(detail::to_bits(x)); }
  std::string hex() const { return hash_.hex(); }

 private:
  Sha256 hash_;
};

inline std::string same_bits_digest() {
  BitsDigest digest;
  for (int i = -40000; i <= 40000; ++i) {
    const double x = static_cast<double>(i) * 0.0187;  // beyond both ends of what exponential can represent
    digest.add(exponential(x));
    digest.add(exponential(x * 0x1p-12));
    digest.add(logistic(x));
    digest.add(normal_cdf(x * 0.0625));
  }
  for (std::uint32_t i = 0; i < 40000; ++i) {
    const Draw draw({20240229, i}, Decision::appraisal, i, ~std::uint64_t{i}, static_cast<std::int32_t>(i) - 20000);
    const double u = draw.uniform(0), v = draw.uniform(1), w = draw.uniform(2);
    // any positive double at all, subnormal ones too
    const double any = detail::from_bits(draw.word(3) % detail::to_bits(infinity));
    digest.add(logarithm(any));
    digest.add(logarithm(1.0 + (u - 0.5) * 0x1p-6));
    digest.add(power(any, (v - 0.5) * 2.0));
    digest.add(power(1.0 + u, (v - 0.5) * 3000.0));
    digest.add(logit(u));
    digest.add(normal_quantile(v));
    digest.add(normal_quantile(v * power(10.0, -300.0 * w)));
    digest.add(draw.exponential(4, 3.0));
    digest.add(draw.lognormal(5, 1.5));
    digest.add(std::uint64_t{draw.poisson(6, 12.0 * w)});
    digest.add(draw.below(7, 1000003));
    digest.add(std::uint64_t{draw.choose(8, std::array<double, 4>{u, v, w, 0.1})});
  }
  for (const double odd : {0.0, -0.0, -1.0, infinity, -infinity, not_a_number, 0x1p-1074, 0x1.fffffffffffffp+1023}) {
    for (const double result : {exponential(odd), logarithm(odd), power(odd, 0.5), power(2.0, odd), logistic(odd),
                                logit(odd), normal_quantile(odd), normal_cdf(odd)})
      digest.add(result);
  }
  return digest.hex();
}

}  // namespace parley::test
