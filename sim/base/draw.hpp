// Luck with an address. A draw is a pure function of (seed, replicate, decision, subjects, day, index): nothing is
// counted, so a policy that adds or removes a decision leaves the luck of all others as it was, and any order of
// evaluation on any number of threads gives the same numbers. The policy is not in the address.
//
// The address is final: key = {seed, replicate}; counter = {subject a, subject b, (day + 2^31) << 32 | index / 4,
// decision}; index i is word i % 4 of that block of Philox4x64-10.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "sim/base/decisions.hpp"
#include "sim/base/mathematics.hpp"
#include "sim/base/philox.hpp"

namespace parley {

struct DrawKey {
  std::uint64_t seed = 0;
  std::uint64_t replicate = 0;
};

// The smallest k with P(Poisson(mean) <= k) >= u. Adds up the probabilities one by one, so the time grows with the
// mean: meant for means up to some hundreds, right (to rounding) for any. A mean that is not positive gives 0.
std::uint32_t poisson_quantile(double u, double mean);

// A cheap value; copy it, do not share one between threads (it remembers the last block of four words).
class Draw {
 public:
  Draw(DrawKey key, Decision decision, std::uint64_t subject_a, std::uint64_t subject_b, std::int32_t day)
      : key_{key.seed, key.replicate},
        subject_a_(subject_a),
        subject_b_(subject_b),
        day_(static_cast<std::uint32_t>(day) ^ 0x80000000u),  // adds 2^31: days keep their order
        decision_(static_cast<std::uint32_t>(decision)) {}

  // For tests: index i gives the i-th number; an index beyond them breaks a law. Not an address: ask by index only.
  static Draw scripted(std::initializer_list<double> uniforms);

  std::uint64_t word(std::uint32_t index) const {
    const std::uint32_t block = index / 4;
    if (block != held_block_) [[unlikely]] {
      if (script_ != nullptr) return scripted_word(index);
      words_ = philox4x64({subject_a_, subject_b_, std::uint64_t{day_} << 32 | block, decision_}, key_);
      held_block_ = block;
    }
    return words_[index % 4];
  }

  // Strictly between 0 and 1: the middles of 2^52 equal cells. (With 2^53 cells the last middle would round to 1.)
  double uniform(std::uint32_t index) const {
    if (script_ != nullptr) [[unlikely]]
      return scripted_uniform(index);
    return (static_cast<double>(word(index) >> 12) + 0.5) * 0x1p-52;
  }

  // 0 .. n-1, each with probability 1/n to within n / 2^64; n = 0 gives 0.
  std::uint64_t below(std::uint32_t index, std::uint64_t n) const { return multiply_wide(word(index), n).high; }

  // Never for p <= 0, always for p >= 1.
  bool chance(std::uint32_t index, double p) const { return uniform(index) < p; }

  double normal(std::uint32_t index) const { return normal_quantile(uniform(index)); }
  double exponential(std::uint32_t index, double mean) const { return -mean * logarithm(uniform(index)); }

  // Median 1; sigma is the standard deviation of the logarithm.
  double lognormal(std::uint32_t index, double sigma) const { return parley::exponential(sigma * normal(index)); }

  std::uint32_t poisson(std::uint32_t index, double mean) const { return poisson_quantile(uniform(index), mean); }

  // A position with probability proportional to its weight; weights that are not positive are never chosen. At least
  // one must be positive.
  std::size_t choose(std::uint32_t index, std::span<const double> weights) const;

 private:
  static constexpr std::uint32_t no_block = 0xffffffff;  // indices stop at block 2^30 - 1

  std::uint64_t scripted_word(std::uint32_t index) const;
  double scripted_uniform(std::uint32_t index) const;

  PhiloxKey key_;
  std::uint64_t subject_a_, subject_b_;
  std::uint32_t day_, decision_;
  mutable std::uint32_t held_block_ = no_block;
  mutable std::array<std::uint64_t, 4> words_{};
  const std::vector<double>* script_ = nullptr;
};

}  // namespace parley
