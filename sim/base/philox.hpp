// Philox4x64-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
// 1, 2, 3" (SC11, doi:10.1145/2063384.2063405), with the constants of their Random123 library.
// A pure function from an address (counter, key) to four words: no state, no order, the same on every machine.
#pragma once
#include <array>
#include <cstdint>

namespace parley {

using PhiloxCounter = std::array<std::uint64_t, 4>;
using PhiloxKey = std::array<std::uint64_t, 2>;

struct WideProduct {
  std::uint64_t high, low;
};

// 64 x 64 -> 128 bits by four products of 32-bit halves, for compilers without a 128-bit integer.
constexpr WideProduct multiply_wide_by_halves(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t mask = 0xffffffff;
  const std::uint64_t a_low = a & mask, a_high = a >> 32, b_low = b & mask, b_high = b >> 32;
  const std::uint64_t low = a_low * b_low;
  const std::uint64_t middle = a_high * b_low + (low >> 32);
  const std::uint64_t other_middle = a_low * b_high + (middle & mask);
  return {a_high * b_high + (middle >> 32) + (other_middle >> 32), other_middle << 32 | (low & mask)};
}

constexpr WideProduct multiply_wide(std::uint64_t a, std::uint64_t b) {
#if defined(__SIZEOF_INT128__)
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product)};
#else
  return multiply_wide_by_halves(a, b);
#endif
}

constexpr PhiloxCounter philox4x64(PhiloxCounter counter, PhiloxKey key) {
  constexpr int rounds = 10;
  constexpr std::uint64_t multiplier_0 = 0xd2e7470ee14c6c93, multiplier_1 = 0xca5a826395121157;
  constexpr std::uint64_t weyl_0 = 0x9e3779b97f4a7c15, weyl_1 = 0xbb67ae8584caa73b;  // golden ratio, sqrt(3) - 1
  for (int round = 0; round < rounds; ++round) {
    const WideProduct first = multiply_wide(multiplier_0, counter[0]);
    const WideProduct second = multiply_wide(multiplier_1, counter[2]);
    counter = {second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1], first.low};
    key[0] += weyl_0;
    key[1] += weyl_1;
  }
  return counter;
}

}  // namespace parley
