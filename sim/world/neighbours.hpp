// The social graph of populations too large to store: neighbours are computed. Contact k of person i is their partner
// in the k-th matching: π_k⁻¹(π_k(i) xor 1), with π_k a small Feistel permutation. Partnership is symmetric by
// construction.
#pragma once
#include <cstdint>

#include "sim/base/draw.hpp"

namespace parley {

class Matching {
 public:
  // A matching of the persons 0 … size − 1; `number` tells the matchings of one population apart.
  Matching(DrawKey key, std::uint64_t population_name, std::uint32_t number, std::uint32_t size) : size_(size) {
    const Draw draw(key, Decision::neighbour, population_name, number, 0);
    for (std::uint32_t r = 0; r < rounds; ++r) round_key_[r] = draw.word(r);
    while ((std::uint64_t{1} << (2 * half_bits_)) < size) ++half_bits_;
    mask_ = (std::uint32_t{1} << half_bits_) - 1;
  }

  // The person themselves where the number of persons is odd and nobody is left.
  std::uint32_t partner(std::uint32_t person) const {
    const std::uint32_t seat = walk(person, true) ^ 1u;
    return seat < size_ ? walk(seat, false) : person;
  }

 private:
  static constexpr std::uint32_t rounds = 4;

  std::uint32_t mix(std::uint32_t half, std::uint32_t r) const {
    std::uint64_t z = (half + 1) * 0x9e3779b97f4a7c15u ^ round_key_[r];  // multiplier of SplitMix64
    z = (z ^ (z >> 32)) * 0xbf58476d1ce4e5b9u;
    return static_cast<std::uint32_t>(z >> 32) & mask_;
  }
  std::uint32_t once(std::uint32_t x, bool forward) const {
    std::uint32_t left = x >> half_bits_, right = x & mask_;
    if (forward) {
      for (std::uint32_t r = 0; r < rounds; ++r) {
        const std::uint32_t next = left ^ mix(right, r);
        left = right;
        right = next;
      }
    } else {
      for (std::uint32_t r = rounds; r-- > 0;) {
        const std::uint32_t before = right ^ mix(left, r);
        right = left;
        left = before;
      }
    }
    return left << half_bits_ | right;
  }
  // Cycle walking: the permutation of a power of four, followed until it lands inside.
  std::uint32_t walk(std::uint32_t x, bool forward) const {
    do x = once(x, forward);
    while (x >= size_);
    return x;
  }

  std::uint32_t size_;
  std::uint32_t half_bits_ = 1;
  std::uint32_t mask_ = 1;
  std::uint64_t round_key_[rounds] = {};
};

}  // namespace parley
