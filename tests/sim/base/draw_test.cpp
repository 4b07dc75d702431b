#include "sim/base/draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <type_traits>
#include <vector>

#include "sim/base/error.hpp"

namespace parley {
namespace {

struct KnownDraw {
  std::uint64_t seed, replicate;
  int decision;
  std::uint64_t subject_a, subject_b;
  std::int32_t day;
  std::array<std::uint64_t, 8> words;  // indices 0 to 7
  std::uint64_t word_101;
  double uniform_0;
};

// Made by NumPy 2.4 from the address alone:
//   words = [subject_a, subject_b, (day + 2**31) << 32 | index // 4, decision]
//   counter, key = sum(w << 64 * i for i, w in enumerate(words)), seed | replicate << 64
//   w = numpy.random.Philox(counter=(counter - 1) % 2**256, key=key).random_raw(4)[index % 4]
//   uniform = ((w >> 12) + 0.5) * 2.0**-52
constexpr KnownDraw known_draws[] = {
    {0x1,
     0x0,
     1,
     0x0,
     0x0,
     0,
     {0x6ec79f2aab20a92a, 0x4917171cdfa5a28b, 0x3c600d4460827965, 0x36b43bf216b851da, 0xea6202ed1673a21f,
      0x22e1ab7b6b588b92, 0xeae7727bb8b1a140, 0x823dd1e5939151cb},
     0x9e062eec8d4e43ad,
     0x1.bb1e7caaac82ap-2},
    {0x1,
     0x0,
     4,
     0x1e847ff,
     0x4d2,
     -1095,
     {0xfa1b7353df25f1e8, 0xd6a9c2c34f00f3c2, 0x0604901eb6819406, 0xbb0ebea84b299ad4, 0xba29375b9e5ec7c5,
      0x983ce16f8418315d, 0x8a8e617e7bd20b06, 0x760db1abffbe055f},
     0x15ec702557a722c5,
     0x1.f436e6a7be4bfp-1},
    {0x134d6e5,
     0x13,
     14,
     0x10000000000007,
     0x3,
     1825,
     {0xb6914fe4a8966168, 0x3e5847aef419a160, 0x2259e347648d4d43, 0xa0f0f06ef267e61b, 0xf582d9e89e52fa5e,
      0x574db090382386ad, 0x77443801c0ceb298, 0xa05525c4adab8479},
     0xa150f55184ccc8af,
     0x1.6d229fc9512cdp-1},
    {0xffffffffffffffff,
     0xffffffffffffffff,
     25,
     0xffffffffffffffff,
     0xffffffffffffffff,
     -2147483647 - 1,
     {0x390a5a9cd08e3027, 0x8fed06d9eb8517c5, 0x8a6299c7f5f47026, 0x439de91b5e291799, 0x80e1d9a33fce1cee,
      0x178dd6b2b9834253, 0xebb1f4c96fe5adb3, 0xdaa194159479db6e},
     0x578957945c3b3f20,
     0x1.c852d4e68471cp-3},
    {0x7,
     0x3,
     20,
     0x5,
     0x0,
     2147483647,
     {0x7411bab65580b983, 0x5c285e72244ac39c, 0x08301dc73b78fb83, 0x4f0f38bf29a82c80, 0x0ab38d8e60a141cf,
      0x64dfed931e26ac2d, 0x9d0cc01ec1576553, 0x54d171d2059fac5e},
     0xcbbb7db1749f2f7e,
     0x1.d046ead95602ep-2},
};

TEST(Draw, KnownAnswersOfNumPy) {
  for (const KnownDraw& known : known_draws) {
    const Draw draw({known.seed, known.replicate}, static_cast<Decision>(known.decision), known.subject_a,
                    known.subject_b, known.day);
    for (std::uint32_t i = 0; i < 8; ++i) EXPECT_EQ(draw.word(i), known.words[i]) << i;
    EXPECT_EQ(draw.word(101), known.word_101);
    EXPECT_EQ(draw.uniform(0), known.uniform_0);
  }
}

Draw draw_of(std::uint64_t subject, std::int32_t day = 100, Decision decision = Decision::harm) {
  return Draw({42, 7}, decision, subject, 11, day);
}

TEST(Draw, SameAddressSameNumberInAnyOrder) {
  const Draw forward = draw_of(1), backward = draw_of(1);
  std::vector<std::uint64_t> words;
  for (std::uint32_t i = 0; i < 50; ++i) words.push_back(forward.word(i));
  for (std::uint32_t i = 50; i-- > 0;) EXPECT_EQ(backward.word(i), words[i]) << i;
  const Draw copy = forward;
  for (const std::uint32_t i : {17u, 3u, 49u, 3u, 0u}) {
    EXPECT_EQ(copy.word(i), words[i]);
    EXPECT_EQ(copy.uniform(i), draw_of(1).uniform(i));
    EXPECT_EQ(copy.normal(i), forward.normal(i));
  }
}

TEST(Draw, EachPartOfTheAddressMatters) {
  const Draw all[] = {Draw({42, 7}, Decision::harm, 1, 11, 100), Draw({43, 7}, Decision::harm, 1, 11, 100),
                      Draw({42, 8}, Decision::harm, 1, 11, 100), Draw({42, 7}, Decision::naming, 1, 11, 100),
                      Draw({42, 7}, Decision::harm, 2, 11, 100), Draw({42, 7}, Decision::harm, 1, 12, 100),
                      Draw({42, 7}, Decision::harm, 1, 11, 101), Draw({42, 7}, Decision::harm, 11, 1, 100),
                      Draw({7, 42}, Decision::harm, 1, 11, 100), Draw({42, 7}, Decision::harm, 1, 11, -100)};
  std::set<std::uint64_t> seen;
  for (const Draw& draw : all)
    for (std::uint32_t i = 0; i < 12; ++i) seen.insert(draw.word(i));
  EXPECT_EQ(seen.size(), std::size(all) * 12);
}

TEST(Draw, IsACheapValue) {
  static_assert(std::is_trivially_copyable_v<Draw>);
  static_assert(std::is_trivially_destructible_v<Draw>);
  static_assert(sizeof(Draw) <= 96);
}

TEST(Draw, UniformIsStrictlyInsideAndExact) {
  const double first = (0.0 + 0.5) * 0x1p-52,
               last = (static_cast<double>((std::uint64_t{1} << 52) - 1) + 0.5) * 0x1p-52;
  EXPECT_GT(first, 0.0);
  EXPECT_LT(last, 1.0);
  EXPECT_EQ(first, 1.0 - last);
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    const double u = draw_of(i).uniform(i);
    EXPECT_GT(u, 0.0);
    EXPECT_LT(u, 1.0);
    EXPECT_EQ(1.0 - (1.0 - u), u);  // the mirror image is in the set, too
  }
}

// ---- distributions, with fixed seeds: each statistic is one number, far from its threshold

constexpr std::uint32_t sample_size = 200'000;

// One number from each of many addresses, the way a run asks for them.
template <class Function>
auto sample(Function function) {
  std::vector<decltype(function(draw_of(0), 0u))> out;
  for (std::uint32_t i = 0; i < sample_size; ++i)
    out.push_back(function(draw_of(i / 20, static_cast<std::int32_t>(i % 20)), i % 5));
  return out;
}

// Kolmogorov-Smirnov: sqrt(n) times the largest distance to the distribution; above 1.95 once in a thousand.
template <class Cdf>
double distance(std::vector<double> values, Cdf cdf) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = cdf(values[i]);
    largest = std::max({largest, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return largest * std::sqrt(n);
}

TEST(Draw, ContinuousDistributions) {
  EXPECT_LT(distance(sample([](const Draw& d, std::uint32_t i) { return d.uniform(i); }), [](double u) { return u; }),
            1.95);
  EXPECT_LT(distance(sample([](const Draw& d, std::uint32_t i) { return d.normal(i); }),
                     [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2.0; }),
            1.95);
  EXPECT_LT(distance(sample([](const Draw& d, std::uint32_t i) { return d.exponential(i, 30.0); }),
                     [](double x) { return -std::expm1(-x / 30.0); }),
            1.95);
  EXPECT_LT(distance(sample([](const Draw& d, std::uint32_t i) { return d.lognormal(i, 0.8); }),
                     [](double x) { return std::erfc(-std::log(x) / 0.8 / std::sqrt(2.0)) / 2.0; }),
            1.95);
}

TEST(Draw, NeighbouringAddressesAreIndependent) {
  const auto correlation = [](auto first, auto second) {
    double sum = 0.0;
    for (std::uint32_t i = 0; i < sample_size; ++i) sum += (first(i) - 0.5) * (second(i) - 0.5) * 12.0;
    return sum / std::sqrt(static_cast<double>(sample_size));  // standard normal when independent
  };
  const auto one = [](std::uint32_t i) { return draw_of(i).uniform(0); };
  EXPECT_LT(std::fabs(correlation(one, [](std::uint32_t i) { return draw_of(i).uniform(1); })), 3.3);
  EXPECT_LT(std::fabs(correlation(one, [](std::uint32_t i) { return draw_of(i).uniform(4); })), 3.3);
  EXPECT_LT(std::fabs(correlation(one, [](std::uint32_t i) { return draw_of(i + 1).uniform(0); })), 3.3);
  EXPECT_LT(std::fabs(correlation(one, [](std::uint32_t i) { return draw_of(i, 101).uniform(0); })), 3.3);
  EXPECT_LT(std::fabs(correlation(one, [](std::uint32_t i) { return draw_of(i, 100, Decision::naming).uniform(0); })),
            3.3);
}

// Pearson's statistic over the expected counts; returns it in standard deviations above its mean.
double excess(const std::vector<double>& observed, const std::vector<double>& expected) {
  double sum = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i)
    sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
  const auto freedom = static_cast<double>(observed.size() - 1);
  return (sum - freedom) / std::sqrt(2.0 * freedom);
}

TEST(Draw, BelowIsEven) {
  for (const std::uint64_t n : {2u, 7u, 16u, 1000u}) {
    std::vector<double> counts(n, 0.0);
    for (const std::uint64_t value : sample([n](const Draw&d, std::uint32_t i) { return d.below(i, n); })) {
      ASSERT_LT(value, n);
      counts[value] += 1.0;
    }
    EXPECT_LT(excess(counts, std::vector<double>(n, sample_size / static_cast<double>(n))), 3.5) << n;
  }
  EXPECT_EQ(draw_of(1).below(0, 1), 0u);
  EXPECT_EQ(draw_of(1).below(0, 0), 0u);
  const std::uint64_t all = ~std::uint64_t{0};
  EXPECT_EQ(draw_of(1).below(0, all), draw_of(1).word(0) - (draw_of(1).word(0) == 0 ? 0 : 1));
}

TEST(Draw, ChanceFollowsItsProbability) {
  for (const double p : {0.001, 0.03, 0.5, 0.97}) {
    const auto hits = sample([p](const Draw& d, std::uint32_t i) { return d.chance(i, p) ? 1 : 0; });
    const auto count = static_cast<double>(std::count(hits.begin(), hits.end(), 1));
    EXPECT_LT(std::fabs(count - sample_size * p) / std::sqrt(sample_size * p * (1 - p)), 3.3) << p;
  }
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    EXPECT_FALSE(draw_of(i).chance(0, 0.0));
    EXPECT_FALSE(draw_of(i).chance(0, -1.0));
    EXPECT_TRUE(draw_of(i).chance(0, 1.0));
    EXPECT_TRUE(draw_of(i).chance(0, 2.0));
    // a lower chance keeps a part of the same hits and adds none: the ground of common luck
    if (draw_of(i).chance(0, 0.2)) {
      EXPECT_TRUE(draw_of(i).chance(0, 0.3));
    }
  }
}

TEST(Draw, ChooseFollowsTheWeights) {
  const std::vector<double> weights = {3.0, 0.0, 1.0, 5.5, -2.0, 0.5};
  std::vector<double> counts(weights.size(), 0.0);
  for (const std::size_t i : sample([&](const Draw&d, std::uint32_t i) { return d.choose(i, weights); }))
    counts[i] += 1.0;
  EXPECT_EQ(counts[1], 0.0);
  EXPECT_EQ(counts[4], 0.0);
  const double unit = sample_size / 10.0;
  EXPECT_LT(excess({counts[0], counts[2], counts[3], counts[5]}, {3.0 * unit, 1.0 * unit, 5.5 * unit, 0.5 * unit}),
            3.5);

  // by hand: of a total of 8, the first ends at 2/8, the second at 3/8
  const std::vector<double> by_hand = {2.0, 1.0, 5.0};
  EXPECT_EQ(Draw::scripted({0.24}).choose(0, by_hand), 0u);
  EXPECT_EQ(Draw::scripted({0.25}).choose(0, by_hand), 1u);
  EXPECT_EQ(Draw::scripted({0.374}).choose(0, by_hand), 1u);
  EXPECT_EQ(Draw::scripted({0.375}).choose(0, by_hand), 2u);
  EXPECT_EQ(Draw::scripted({1.0 - 0x1p-53}).choose(0, by_hand), 2u);
  EXPECT_EQ(Draw::scripted({1.0 - 0x1p-53}).choose(0, std::vector<double>{0.1, 0.2, 0.3, 0.0}), 2u);

  EXPECT_THROW(draw_of(1).choose(0, {}), BrokenLaw);
  EXPECT_THROW(draw_of(1).choose(0, std::vector<double>{0.0, -1.0}), BrokenLaw);
  EXPECT_THROW(draw_of(1).choose(0, std::vector<double>{1.0, infinity}), BrokenLaw);
}

TEST(Draw, PoissonByHand) {
  // mean 1: P(0) = P(1) = 0.3679, P(2) = 0.1839: the steps are at 0.3679, 0.7358, 0.9197
  EXPECT_EQ(poisson_quantile(0.3678, 1.0), 0u);
  EXPECT_EQ(poisson_quantile(0.3679, 1.0), 1u);
  EXPECT_EQ(poisson_quantile(0.7357, 1.0), 1u);
  EXPECT_EQ(poisson_quantile(0.7358, 1.0), 2u);
  EXPECT_EQ(poisson_quantile(0.9196, 1.0), 2u);
  EXPECT_EQ(poisson_quantile(0.9197, 1.0), 3u);
  EXPECT_EQ(poisson_quantile(0.5, 0.0), 0u);
  EXPECT_EQ(poisson_quantile(0.999, -1.0), 0u);
  EXPECT_EQ(poisson_quantile(0.5, not_a_number), 0u);
  EXPECT_EQ(poisson_quantile(0x1p-53, 3.0), 0u);
  EXPECT_EQ(poisson_quantile(0.999, 0.001), 0u);
  EXPECT_EQ(poisson_quantile(0.9990005, 0.001), 1u);  // exp(-0.001) = 0.9990004998
}

TEST(Draw, PoissonIsTheInverseOfItsSum) {
  for (const double mean : {1e-6, 0.1, 1.0, 3.7, 30.0, 400.0, 700.0, 750.0, 1'000.0, 5'000.0}) {
    for (const double u : {1e-12, 1e-6, 0.001, 0.1, 0.5, 0.9, 0.999, 1.0 - 1e-9}) {
      const std::uint32_t k = poisson_quantile(u, mean);
      long double probability = std::exp(-static_cast<long double>(mean)), sum = 0.0L, before = 0.0L;
      for (std::uint32_t i = 0; i <= k; ++i) {
        if (i > 0) probability *= static_cast<long double>(mean) / i;
        before = sum;
        sum += probability;
      }
      const long double slack = 1e-11L;
      EXPECT_GE(sum * (1 + slack), u) << "mean " << mean << ", u " << u << ", k " << k;
      if (k > 0) {
        EXPECT_LT(before * (1 - slack), u) << "mean " << mean << ", u " << u << ", k " << k;
      }
    }
  }
  // the very end: ends, and far out
  const std::uint32_t far = poisson_quantile(1.0 - 0x1p-53, 10.0);
  EXPECT_GT(far, 35u);
  EXPECT_LT(far, 60u);
  EXPECT_LT(poisson_quantile(1.0, 10.0), 60u);
}

TEST(Draw, PoissonFrequencies) {
  const double mean = 4.2;
  std::vector<double> counts(13, 0.0), expected(13, 0.0);
  for (const std::uint32_t k : sample([&](const Draw&d, std::uint32_t i) { return d.poisson(i, mean); }))
    counts[std::min<std::size_t>(k, 12)] += 1.0;
  double probability = std::exp(-mean), rest = 1.0;
  for (std::size_t k = 0; k < 12; ++k) {
    expected[k] = sample_size * probability;
    rest -= probability;
    probability *= mean / static_cast<double>(k + 1);
  }
  expected[12] = sample_size * rest;
  EXPECT_LT(excess(counts, expected), 3.5);
}

// ---- scripts

TEST(Draw, ScriptedGivesExactlyWhatIsWritten) {
  const Draw draw = Draw::scripted({0.3, 0.5, 0.975});
  EXPECT_EQ(draw.uniform(0), 0.3);
  EXPECT_EQ(draw.uniform(2), 0.975);
  EXPECT_EQ(draw.uniform(0), 0.3);
  EXPECT_EQ(draw.normal(1), 0.0);
  EXPECT_EQ(draw.lognormal(1, 2.0), 1.0);
  EXPECT_DOUBLE_EQ(draw.exponential(1, 10.0), 10.0 * std::log(2.0));
  EXPECT_EQ(draw.below(1, 2), 1u);
  EXPECT_EQ(draw.below(0, 10), 2u);  // the double 0.3 lies below three tenths
  EXPECT_TRUE(draw.chance(0, 0.31));
  EXPECT_FALSE(draw.chance(0, 0.3));
  EXPECT_EQ(draw.poisson(1, 1.0), 1u);
  const Draw copy = draw;
  const Draw other = Draw::scripted({0.1});
  EXPECT_EQ(copy.uniform(1), 0.5);
  EXPECT_EQ(other.uniform(0), 0.1);
}

TEST(Draw, ScriptedRefusesWhatIsNotWritten) {
  const Draw draw = Draw::scripted({0.3, 0.5});
  EXPECT_THROW(draw.uniform(2), BrokenLaw);
  EXPECT_THROW(draw.word(2), BrokenLaw);
  EXPECT_THROW(draw.normal(1'000'000), BrokenLaw);
  EXPECT_THROW(Draw::scripted({}).uniform(0), BrokenLaw);
  EXPECT_THROW(Draw::scripted({0.5, 1.0}), BrokenLaw);
  EXPECT_THROW(Draw::scripted({0.0}), BrokenLaw);
  EXPECT_THROW(Draw::scripted({not_a_number}), BrokenLaw);
}

// ---- the registry

TEST(Decisions, NumbersAreUniqueAndFixed) {
  std::set<std::uint32_t> numbers;
  for (const Decision decision : all_decisions) numbers.insert(static_cast<std::uint32_t>(decision));
  EXPECT_EQ(numbers.size(), all_decisions.size());
  EXPECT_EQ(numbers.count(0), 0u);
  EXPECT_EQ(*numbers.rbegin(), all_decisions.size());  // one line in the list for each in the registry
  // a sample of the promises; a change would move every result
  EXPECT_EQ(static_cast<std::uint32_t>(Decision::hospital_traits), 1u);
  EXPECT_EQ(static_cast<std::uint32_t>(Decision::harm), 4u);
  EXPECT_EQ(static_cast<std::uint32_t>(Decision::bargaining), 14u);
  EXPECT_EQ(static_cast<std::uint32_t>(Decision::expert), 25u);
}

}  // namespace
}  // namespace parley
