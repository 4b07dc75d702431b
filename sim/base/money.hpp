// Money in whole cents, so that sums do not depend on order and every transfer balances.
#pragma once
#include <cmath>
#include <compare>
#include <cstdint>

#include "sim/base/error.hpp"

namespace parley {

struct Money {
  std::int64_t cents = 0;

  // To the nearest cent, half a cent away from zero; each step is exact, so every machine agrees. What is not a number
  // of cents that a double holds exactly would convert to something else on each machine.
  static Money rounded(double cents) {
    const double size = std::fabs(cents);
    if (!(size <= 0x1p52)) throw BrokenLaw("an amount of money is not a number, or is beyond 45 trillion yuan");
    const auto whole = static_cast<std::int64_t>(size);
    const std::int64_t nearest = whole + (size - static_cast<double>(whole) >= 0.5 ? 1 : 0);
    return Money{cents < 0 ? -nearest : nearest};
  }
  static Money yuan(double amount) { return rounded(amount * 100.0); }
  double in_yuan() const { return static_cast<double>(cents) / 100.0; }

  // A share of an amount, rounded to a whole cent. The caller gives the rest to somebody by subtraction.
  Money share(double fraction) const { return rounded(static_cast<double>(cents) * fraction); }

  friend auto operator<=>(Money, Money) = default;
  friend Money operator+(Money a, Money b) { return {a.cents + b.cents}; }
  friend Money operator-(Money a, Money b) { return {a.cents - b.cents}; }
  friend Money operator-(Money a) { return {-a.cents}; }
  Money& operator+=(Money other) {
    cents += other.cents;
    return *this;
  }
  Money& operator-=(Money other) {
    cents -= other.cents;
    return *this;
  }
};

}  // namespace parley
