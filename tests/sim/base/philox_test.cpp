#include "sim/base/philox.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

struct KnownAnswer {
  PhiloxCounter counter;
  PhiloxKey key;
  PhiloxCounter words;
};

// Made by NumPy 2.4. NumPy adds one to its counter before it computes the first block, hence the minus one:
//   counter, key = (sum(w << 64 * i for i, w in enumerate(words)) for words in (counter_words, key_words))
//   numpy.random.Philox(counter=(counter - 1) % 2**256, key=key).random_raw(4)
// The first three are also Random123's own known answers (its file kat_vectors, "philox4x64 10").
constexpr KnownAnswer known_answers[] = {
    {{0x0, 0x0, 0x0, 0x0},
     {0x0, 0x0},
     {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}},
    {{0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff},
     {0xffffffffffffffff, 0xffffffffffffffff},
     {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}},
    {{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x82efa98ec4e6c89},
     {0x452821e638d01377, 0xbe5466cf34e90c6c},
     {0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}},
    {{0x1, 0x0, 0x0, 0x0},
     {0x0, 0x0},
     {0x02f4ba6408e4d89b, 0x3dd62b0b9ca8c5b2, 0x1c8667a55d902e79, 0x907d7a052fd5b4dc}},
    {{0x0, 0x1, 0x0, 0x0},
     {0x0, 0x0},
     {0xe85facf8b3b067d6, 0xfdbc6a61c123b5f8, 0x349bde9a4b8d60c1, 0x39212690df8b178a}},
    {{0x0, 0x0, 0x1, 0x0},
     {0x0, 0x0},
     {0x19bf6be67257df0b, 0xece365a9064c1231, 0x236f185079e2a282, 0xd6338e39fdfea88a}},
    {{0x0, 0x0, 0x0, 0x1},
     {0x0, 0x0},
     {0x0bcebd58167d0f31, 0x7834e0e0d3a96d3f, 0x956b8d281546d14f, 0xa7028ec2003149ea}},
    {{0x0, 0x0, 0x0, 0x0},
     {0x1, 0x0},
     {0xcb7ea744cf19bb4c, 0xa34eacbe1377d650, 0xe8dbce5eb7b8301f, 0x344790248cacfe2f}},
    {{0x0, 0x0, 0x0, 0x0},
     {0x0, 0x1},
     {0x9c6b270905f0b111, 0xdee74de5c22fba4e, 0x0fbe587afae091f8, 0xd5ad8fe3bd272f76}},
    {{0xffffffffffffffff, 0x0, 0x0, 0x0},
     {0x2a, 0x7},
     {0x65d6557f3e5bf5ef, 0x5a299a9bc122e0ab, 0x72c21d3e6768ebd5, 0xe3c88d80ac22e700}},
    {{0x3, 0x4, 0x8000000500000000, 0x4},
     {0x1, 0x2},
     {0x6f978ea7dc9ee837, 0x3795ca8f6fc01c7f, 0x39011d7a6ee585a0, 0x9bc8df00e262f839}},
    {{0x8000000000000000, 0x80000000, 0x10000000000000, 0x19},
     {0x134d6e5, 0x13},
     {0x941ab686a599d33b, 0xe249df65adeb3cc0, 0x2852706db548f5ce, 0x94bd5a8a8817d030}},
};

TEST(Philox, KnownAnswersOfNumPyAndRandom123) {
  for (const KnownAnswer& known : known_answers) EXPECT_EQ(philox4x64(known.counter, known.key), known.words);
}

TEST(Philox, IsAConstantExpression) {
  static_assert(philox4x64(known_answers[2].counter, known_answers[2].key) == known_answers[2].words);
}

TEST(Philox, HalvesMultiplyLikeTheWideInteger) {
  std::uint64_t a = 1, b = 0x9e3779b97f4a7c15;
  for (int i = 0; i < 100'000; ++i) {
    const WideProduct wide = multiply_wide(a, b), halves = multiply_wide_by_halves(a, b);
    ASSERT_EQ(wide.high, halves.high) << a << " " << b;
    ASSERT_EQ(wide.low, halves.low) << a << " " << b;
    a = a * 6364136223846793005u + 1442695040888963407u;
    b ^= a >> 7;
  }
  constexpr std::uint64_t last = ~std::uint64_t{0};
  for (const std::uint64_t x : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0xffffffff}, last}) {
    EXPECT_EQ(multiply_wide_by_halves(x, last).high, x == 0 ? 0 : x - 1);  // x * 2^64 - x
    EXPECT_EQ(multiply_wide_by_halves(x, last).low, std::uint64_t{0} - x);
  }
}

TEST(Philox, EveryBitOfTheAddressMatters) {
  const PhiloxCounter counter = {5, 6, 7, 8};
  const PhiloxKey key = {9, 10};
  const PhiloxCounter base = philox4x64(counter, key);
  const auto differing_bits = [&](const PhiloxCounter& words) {
    int bits = 0;
    for (std::size_t i = 0; i < 4; ++i) bits += __builtin_popcountll(words[i] ^ base[i]);
    return bits;
  };
  for (std::size_t bit = 0; bit < 256 + 128; ++bit) {
    PhiloxCounter other_counter = counter;
    PhiloxKey other_key = key;
    (bit < 256 ? other_counter[bit / 64] : other_key[bit / 64 - 4]) ^= std::uint64_t{1} << bit % 64;
    const int changed = differing_bits(philox4x64(other_counter, other_key));
    EXPECT_GT(changed, 80) << bit;  // 128 expected, standard deviation 8
    EXPECT_LT(changed, 176) << bit;
  }
}

}  // namespace
}  // namespace parley
