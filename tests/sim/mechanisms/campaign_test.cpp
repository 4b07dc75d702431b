#include "sim/mechanisms/campaign.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

Campaign::Params plain() {
  Campaign::Params p;
  p.reach = 0.2;
  p.halflife = days_per_month;
  p.cost_per_resident = 0.6;
  return p;
}

TEST(Campaign, AMonthByHand) {
  EXPECT_NEAR(Campaign::month(0, 1, plain()), 0.2, 1e-12);
  EXPECT_NEAR(Campaign::month(0.4, 0, plain()), 0.2, 1e-12);     // half is forgotten in a month
  EXPECT_NEAR(Campaign::month(0.4, 0.5, plain()), 0.28, 1e-12);  // 0.2 + 0.2 · 0.5 · 0.8
}

TEST(Campaign, HearsayIsAShareAndSettles) {
  double heard = 0, before = -1;
  for (int month = 0; month < 120; ++month) {
    before = heard;
    heard = Campaign::month(heard, 1, plain());
    EXPECT_GE(heard, before);
    EXPECT_LE(heard, 1);
  }
  EXPECT_NEAR(heard, 0.2 / 0.6, 1e-9);  // s = s/2 + 0.2(1 − s/2)
  for (int month = 0; month < 120; ++month) heard = Campaign::month(heard, 0, plain());
  EXPECT_NEAR(heard, 0, 1e-9);
}

TEST(Campaign, ReachesThoseWhoDoNotKnow) {
  EXPECT_NEAR(Campaign::aware(0.4, 0.5), 0.7, 1e-12);
  EXPECT_EQ(Campaign::aware(0.4, 0), 0.4);
  EXPECT_EQ(Campaign::aware(1, 0.3), 1);
}

TEST(Campaign, CostsByResidentAndIntensity) {
  EXPECT_NEAR(Campaign::month_cost(0.5, 120000, plain()), 3000, 1e-9);
  EXPECT_EQ(Campaign::month_cost(0, 120000, plain()), 0);
}

TEST(Campaign, ItFadesByHalfLives) {
  Campaign::Params slow = plain();
  slow.halflife = 3 * days_per_month;
  double heard = 0.6;
  for (int month = 0; month < 3; ++month) heard = Campaign::month(heard, 0, slow);
  EXPECT_NEAR(heard, 0.3, 1e-12);
}

TEST(Campaign, MoreOfItIsHeardByMoreAndNeverByMoreThanAll) {
  Campaign::Params p = plain();
  for (const double reach : {0.0, 0.1, 0.5, 1.0})
    for (const double before : {0.0, 0.5, 1.0}) {
      p.reach = reach;
      double last = 0;
      for (const double publicity : {0.0, 0.3, 1.0}) {
        const double heard = Campaign::month(before, publicity, p);
        EXPECT_GE(heard, last);
        EXPECT_LE(heard, 1);
        last = heard;
      }
    }
  p.reach = 1;
  EXPECT_NEAR(Campaign::month(0.3, 1, p), 1, 1e-12) << "everybody is reached";
  EXPECT_EQ(Campaign::month(0, 0, p), 0);
}

}  // namespace
}  // namespace parley
