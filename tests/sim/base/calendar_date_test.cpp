#include "sim/base/calendar_date.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(CalendarDate, ValidDays) {
  EXPECT_TRUE((CalendarDate{2015, 1, 1}.is_valid()));
  EXPECT_TRUE((CalendarDate{2016, 2, 29}.is_valid()));
  EXPECT_TRUE((CalendarDate{2000, 2, 29}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, 2, 29}.is_valid()));
  EXPECT_FALSE((CalendarDate{1900, 2, 29}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, 4, 31}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, 0, 1}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, 13, 1}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, 1, 0}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, 257, 1}.is_valid()));  // 257 is 1 in a byte
  EXPECT_FALSE((CalendarDate{2015, 1, 257}.is_valid()));
  EXPECT_FALSE((CalendarDate{2015, -1, 1}.is_valid()));
  EXPECT_FALSE((CalendarDate{12015, 1, 1}.is_valid()));
}

TEST(CalendarDate, TextIsIso8601) {
  EXPECT_EQ((CalendarDate{2015, 1, 2}.text()), "2015-01-02");
  EXPECT_EQ((CalendarDate{2020, 11, 30}.text()), "2020-11-30");
  EXPECT_EQ((CalendarDate{987, 6, 5}.text()), "0987-06-05");
}

TEST(CalendarDate, DaysBetween) {
  const CalendarDate start{2015, 1, 1};
  EXPECT_EQ(days_between(start, start), 0);
  EXPECT_EQ(days_between(start, {2015, 12, 31}), 364);
  EXPECT_EQ(days_between(start, {2020, 1, 1}), 5 * 365 + 1);     // one leap day, in 2016
  EXPECT_EQ(days_between(start, {2012, 1, 1}), -(3 * 365 + 1));  // one leap day, in 2012
  EXPECT_EQ(days_between({1970, 1, 1}, {2000, 3, 1}), 11'017);
  EXPECT_EQ(days_between({1900, 2, 28}, {1900, 3, 1}), 1);  // no leap year
}

TEST(CalendarDate, DateOfIsTheInverse) {
  const CalendarDate start{2015, 1, 1};
  EXPECT_EQ(date_of(start, 0), start);
  EXPECT_EQ(date_of(start, -1), (CalendarDate{2014, 12, 31}));
  EXPECT_EQ(date_of(start, 424), (CalendarDate{2016, 2, 29}));
  for (std::int32_t day = -16'384; day < 49'152; ++day) {
    const CalendarDate date = date_of(start, day);
    ASSERT_TRUE(date.is_valid()) << day;
    ASSERT_EQ(days_between(start, date), day);
    ASSERT_LT(date, date_of(start, day + 1));
  }
}

TEST(CalendarDate, MonthsLater) {
  EXPECT_EQ(months_later({2015, 1, 1}, 14), (CalendarDate{2016, 3, 1}));
  EXPECT_EQ(months_later({2015, 1, 31}, 1), (CalendarDate{2015, 2, 28}));
  EXPECT_EQ(months_later({2016, 1, 31}, 1), (CalendarDate{2016, 2, 29}));
  EXPECT_EQ(months_later({2015, 1, 31}, 2), (CalendarDate{2015, 3, 31}));  // from the start date, not from February's
  EXPECT_EQ(months_later({2015, 3, 15}, -3), (CalendarDate{2014, 12, 15}));
  EXPECT_EQ(months_later({2015, 12, 1}, 0), (CalendarDate{2015, 12, 1}));
}

TEST(CalendarDate, MonthStarts) {
  EXPECT_EQ(month_starts({2016, 1, 1}, 13),
            (std::vector<std::int32_t>{0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}));
  EXPECT_EQ(month_starts({2015, 11, 15}, 4), (std::vector<std::int32_t>{0, 30, 61, 92}));
  EXPECT_TRUE(month_starts({2016, 1, 1}, 0).empty());
  const std::vector<std::int32_t> century = month_starts({2000, 1, 1}, 1'201);
  EXPECT_EQ(century.back(), 36'525);
  for (std::size_t k = 1; k < century.size(); ++k) {
    EXPECT_GE(century[k] - century[k - 1], 28) << k;
    EXPECT_LE(century[k] - century[k - 1], 31) << k;
  }
}

}  // namespace
}  // namespace parley
