// What social ties of populations too large to store are computed from: a keyed permutation of the persons, and
// matchings. Contact k of person i is their partner in the k-th matching: π_k⁻¹(π_k(i) xor 1), with π_k a small Feistel
// permutation. Partnership is symmetric by construction. sim/world/social_graph.hpp makes a graph of them.
#pragma once
#include <cstdint>

#include "sim/base/draw.hpp"

namespace parley {

// Everybody of a population gets a seat, nobody shares one: a bijection of 0 … size − 1.
class Seating {
 public:
  // `number` tells the seatings of one population apart.
  Seating(DrawKey key, std::uint64_t population_name, std::uint32_t number, std::uint32_t size) : size_(size) {
    const Draw draw(key, Decision::neighbour, population_name, number, 0);
    for (std::uint32_t r = 0; r < rounds; ++r) round_key_[r] = draw.word(r);
    while ((std::uint64_t{1} << (2 * half_bits_)) < size) ++half_bits_;
    mask_ = (std::uint32_t{1} << half_bits_) - 1;
  }

  std::uint32_t size() const { return size_; }
  std::uint32_t seat(std::uint32_t person) const { return walk(person, true); }
  std::uint32_t person(std::uint32_t seat) const { return walk(seat, false); }
  // 52 even bits that belong to an item of this seating, for decisions that need no more than a share.
  std::uint64_t bits(std::uint32_t item) const {
    std::uint64_t z = round_key_[0] ^ (round_key_[rounds - 1] + (item + std::uint64_t{1}) * golden);
    z = (z ^ (z >> 30)) * first_multiplier;
    z = (z ^ (z >> 27)) * second_multiplier;
    return (z ^ (z >> 31)) >> 12;
  }

 private:
  static constexpr std::uint32_t rounds = 4;
  // SplitMix64 (Steele, Lea and Flood 2014).
  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u, first_multiplier = 0xbf58476d1ce4e5b9u,
                                 second_multiplier = 0x94d049bb133111ebu;

  std::uint32_t mix(std::uint32_t half, std::uint32_t r) const {
    std::uint64_t z = (half + 1) * golden ^ round_key_[r];
    z = (z ^ (z >> 32)) * first_multiplier;
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

// Who sits next to whom: seats 0 and 1, 2 and 3, … are partners.
class Matching {
 public:
  // A matching of the persons 0 … size − 1, of which a share of the pairs is kept.
  Matching(DrawKey key, std::uint64_t population_name, std::uint32_t number, std::uint32_t size, double share = 1)
      : seating_(key, population_name, number, size), kept_(share * 0x1p52) {}

  // The person themselves where the number of persons is odd and nobody is left, or where the pair is not kept.
  std::uint32_t partner(std::uint32_t person) const {
    const std::uint32_t mine = seating_.seat(person), seat = mine ^ 1u;
    if (seat >= seating_.size() || static_cast<double>(seating_.bits(seat >> 1)) >= kept_) return person;
    return seating_.person(seat);
  }

 private:
  Seating seating_;
  double kept_;  // of 2^52
};

}  // namespace parley
