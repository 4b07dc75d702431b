#include "sim/base/money.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace parley {
namespace {

TEST(Money, RoundsToTheNearestCent) {
  EXPECT_EQ(Money::yuan(0.0).cents, 0);
  EXPECT_EQ(Money::yuan(1.0).cents, 100);
  EXPECT_EQ(Money::yuan(12.34).cents, 1234);
  EXPECT_EQ(Money::yuan(0.004).cents, 0);
  EXPECT_EQ(Money::yuan(0.006).cents, 1);
  EXPECT_EQ(Money::yuan(-12.34).cents, -1234);
  EXPECT_EQ(Money::yuan(-0.006).cents, -1);
  EXPECT_EQ(Money::yuan(1e10).cents, 1'000'000'000'000);
}

TEST(Money, HalfACentGoesAwayFromZero) {
  for (std::int64_t cents : {0, 1, 2, 3, 1234, 99'999'999}) {
    EXPECT_EQ(Money::rounded(static_cast<double>(cents) + 0.5).cents, cents + 1);
    EXPECT_EQ(Money::rounded(-static_cast<double>(cents) - 0.5).cents, -cents - 1);
  }
  EXPECT_EQ(Money::rounded(0.49999999999999994).cents, 0);  // the largest double below a half
  EXPECT_EQ(Money::rounded(0x1p52 - 0.5).cents, std::int64_t{1} << 52);
  EXPECT_EQ(Money::rounded(0x1p52 - 1.0).cents, (std::int64_t{1} << 52) - 1);
}

TEST(Money, RefusesWhatIsNoAmount) {
  const double infinite = std::numeric_limits<double>::infinity();
  for (const double amount : {infinite, -infinite, std::numeric_limits<double>::quiet_NaN(), 1e15, -1e15})
    EXPECT_THROW(Money::yuan(amount), BrokenLaw) << amount;
}

TEST(Money, SharesAndTheRestMakeTheWhole) {
  const Money whole{10'000};
  const Money third = whole.share(1.0 / 3);
  EXPECT_EQ(third.cents, 3'333);
  EXPECT_EQ((whole - third).cents, 6'667);
  EXPECT_EQ(Money{29}.share(0.5).cents, 15);  // 14.5 cents
  EXPECT_EQ(Money{-29}.share(0.5).cents, -15);
  EXPECT_EQ(Money{1}.share(0.49).cents, 0);
  for (std::int64_t cents = 0; cents < 2'000; ++cents) {
    EXPECT_EQ(Money{cents}.share(1.0).cents, cents);
    EXPECT_EQ(Money{cents}.share(0.0).cents, 0);
    for (const double fraction : {0.1, 0.3, 0.55, 0.999}) {
      const Money part = Money{cents}.share(fraction);
      EXPECT_EQ((part + (Money{cents} - part)).cents, cents);
      EXPECT_LE(std::abs(static_cast<double>(part.cents) - static_cast<double>(cents) * fraction), 0.5);
    }
  }
}

TEST(Money, SumsDoNotDependOnOrder) {
  std::vector<Money> amounts;
  for (std::int64_t i = 0; i < 1'000; ++i) amounts.push_back(Money::yuan(static_cast<double>(i * i) * 0.37 - 40'000.0));
  const auto sum = [&] { return std::accumulate(amounts.begin(), amounts.end(), Money{}); };
  const Money forward = sum();
  std::reverse(amounts.begin(), amounts.end());
  EXPECT_EQ(sum(), forward);
  std::sort(amounts.begin(), amounts.end());
  EXPECT_EQ(sum(), forward);
  // 0.37 * (999 * 1000 * 1999 / 6) - 1000 * 40,000, in cents; no amount above needed rounding
  EXPECT_EQ(forward.cents, 37 * std::int64_t{999} * 1000 * 1999 / 6 - 4'000'000'000);
}

TEST(Money, AddsComparesAndConverts) {
  Money account{500};
  account += Money{250};
  account -= Money{1000};
  EXPECT_EQ(account, Money{-250});
  EXPECT_EQ(-account, Money{250});
  EXPECT_LT(account, Money{});
  EXPECT_GT(Money{1}, Money{0});
  EXPECT_DOUBLE_EQ(Money{-250}.in_yuan(), -2.5);
  for (const std::int64_t cents : {0L, 1L, 99L, 123'456'789'012L, -7L})
    EXPECT_EQ(Money::yuan(Money{cents}.in_yuan()).cents, cents);
}

}  // namespace
}  // namespace parley
