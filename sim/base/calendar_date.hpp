// Dates of the civil calendar. Inside the simulator a day is a number: days since the place's start date, negative in
// the burn-in.
#pragma once
#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace parley {

struct CalendarDate {
  int year = 1970, month = 1, day = 1;

  friend auto operator<=>(const CalendarDate&, const CalendarDate&) = default;

  // A day that exists, in the years that ISO 8601 writes with four digits.
  bool is_valid() const {
    return year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && in_chrono().ok();
  }

  // "2015-01-31"
  std::string text() const {
    const auto padded = [](int number, std::size_t width) {
      const std::string digits = std::to_string(number);
      return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
  }

  // Needs numbers that are at least in the range of months and days: the library keeps each of them in a byte.
  std::chrono::year_month_day in_chrono() const {
    return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
            std::chrono::day{static_cast<unsigned>(day)}};
  }
};

// Days from start to date; negative where date comes first. Both must be valid.
inline std::int32_t days_between(const CalendarDate& start, const CalendarDate& date) {
  const auto days = std::chrono::sys_days{date.in_chrono()} - std::chrono::sys_days{start.in_chrono()};
  return static_cast<std::int32_t>(days.count());
}

inline CalendarDate date_of(const CalendarDate& start, std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{start.in_chrono()} + std::chrono::days{day}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

// The same day of the month, `months` later (or earlier); where that month is too short, its last day.
inline CalendarDate months_later(const CalendarDate& start, int months) {
  auto date = start.in_chrono() + std::chrono::months{months};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

// Month k of a run begins k calendar months after the start date. The result has `months` entries, the first of them 0;
// entry n is also the end of a run of n months.
inline std::vector<std::int32_t> month_starts(const CalendarDate& start, int months) {
  std::vector<std::int32_t> days;
  for (int k = 0; k < months; ++k) days.push_back(days_between(start, months_later(start, k)));
  return days;
}

}  // namespace parley
