#include "sim/mechanisms/tender.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace parley {
namespace {

Tender::Params plain() {
  Tender::Params p;
  p.cost_low = 0.8;
  p.cost_high = 1.2;
  p.wage_skill = 0.5;
  p.wage_turnover = 2;
  p.exit_months = 3;
  return p;
}

TEST(Tender, BidsByHand) {
  const Tender::Bid bid = Tender::bid(0.05, 0.25, 4, plain());
  EXPECT_NEAR(bid.cost, 0.9, 1e-12);
  EXPECT_NEAR(bid.price, 0.975, 1e-12);  // 0.9 + 0.3/4
  EXPECT_EQ(bid.quality, 0.05);
}

TEST(Tender, WhoIsAloneAsksAllAndManyAskWhatItCosts) {
  EXPECT_NEAR(Tender::bid(0, 0.3, 1, plain()).price, 1.2, 1e-12);
  EXPECT_NEAR(Tender::bid(0, 0.3, 1e9, plain()).price, 0.92, 1e-6);
  double last = 2;
  for (const double bidders : {1.0, 2.0, 5.0, 20.0}) {
    const Tender::Bid bid = Tender::bid(0, 0.3, bidders, plain());
    EXPECT_LT(bid.price, last);
    EXPECT_GE(bid.price, bid.cost);
    last = bid.price;
  }
}

// No bidder gains by asking for a little more or less: with costs even on [c_−, c_+] and the others at their bids, the
// gain (b − c)·P(win) is largest at the bid (Krishna 2010).
TEST(Tender, TheBidIsABestResponse) {
  constexpr double bidders = 3;
  for (const double u : {0.1, 0.5, 0.9}) {
    const Tender::Bid mine = Tender::bid(0, u, bidders, plain());
    const auto gain = [&](double price) {
      // an opponent of cost c asks c + (c_+ − c)/n: above `price` where c is above (n·price − c_+)/(n − 1)
      const double cost = (bidders * price - 1.2) / (bidders - 1);
      const double above = std::clamp((1.2 - cost) / 0.4, 0.0, 1.0);
      return (price - mine.cost) * power(above, bidders - 1);
    };
    EXPECT_GT(gain(mine.price), gain(mine.price + 0.01));
    EXPECT_GT(gain(mine.price), gain(mine.price - 0.01));
  }
}

TEST(Tender, PointsGoByPriceOrByQuality) {
  const Tender::Bid cheap{-0.05, 0.8, 0.9}, good{0.05, 1.1, 1.15};
  EXPECT_GT(Tender::points(cheap, 1, 0.05, plain()), Tender::points(good, 1, 0.05, plain()));
  EXPECT_LT(Tender::points(cheap, 0, 0.05, plain()), Tender::points(good, 0, 0.05, plain()));
  EXPECT_NEAR(Tender::points(cheap, 1, 0.05, plain()), 0.75, 1e-12);     // 0.3/0.4
  EXPECT_NEAR(Tender::points({0, 1, 1}, 0, 0.05, plain()), 0.5, 1e-12);  // the middling one
  EXPECT_NEAR(Tender::points({0.1, 1, 1}, 0, 0, plain()), 0.5, 1e-12) << "where nobody differs";
}

TEST(Tender, WhoPaysLessFindsWorseAndLosesSooner) {
  EXPECT_NEAR(Tender::hired({0.1, 0.8, 0.9}, plain()), 0, 1e-12);  // 0.1 − 0.5 · 0.2
  EXPECT_EQ(Tender::hired({0.1, 1.1, 1.2}, plain()), 0.1) << "above the standard nothing is gained";
  EXPECT_NEAR(Tender::leaving({0, 0.8, 0.9}, plain()), 1.4918246976412703, 1e-12);  // e^0.4
  EXPECT_EQ(Tender::leaving({0, 1, 1}, plain()), 1);
}

TEST(Tender, RenewalAndGivingUp) {
  EXPECT_TRUE(Tender::renewed(0.7, 0.7));
  EXPECT_FALSE(Tender::renewed(0.69, 0.7));
  EXPECT_FALSE(Tender::gives_up(-300, 100, plain()));
  EXPECT_TRUE(Tender::gives_up(-301, 100, plain()));
  EXPECT_FALSE(Tender::gives_up(50, 100, plain()));
}

TEST(Tender, NobodyAsksLessThanItCostsOrMoreThanTheDearest) {
  for (const double u : {0.0, 0.2, 0.6, 1.0})
    for (const double bidders : {0.0, 1.0, 2.0, 10.0}) {
      const Tender::Bid bid = Tender::bid(0, u, bidders, plain());
      EXPECT_GE(bid.price, bid.cost);
      EXPECT_LE(bid.price, 1.2 + 1e-12);
      for (const double weight : {0.0, 0.3, 1.0}) {
        EXPECT_GE(Tender::points(bid, weight, 0.05, plain()), -1e-12);
        EXPECT_LE(Tender::points(bid, weight, 0.05, plain()), 1);
      }
    }
}

TEST(Tender, WhereAllCostsAreAlikePriceDecidesNothing) {
  Tender::Params alike = plain();
  alike.cost_low = alike.cost_high = 1;
  const Tender::Bid one = Tender::bid(0, 0.1, 3, alike), other = Tender::bid(0, 0.9, 3, alike);
  EXPECT_EQ(one.price, 1);
  EXPECT_EQ(Tender::points(one, 1, 0.05, alike), 0);
  EXPECT_EQ(Tender::points(one, 0.5, 0.05, alike), Tender::points(other, 0.5, 0.05, alike));
}

TEST(Tender, MorePointsForTheCheaperAndForTheBetter) {
  double last = -1;
  for (const double price : {1.2, 1.1, 1.0, 0.9, 0.8}) {
    const double points = Tender::points({0, price, price}, 0.5, 0.05, plain());
    EXPECT_GT(points, last);
    last = points;
  }
  last = -1;
  for (const double quality : {-0.1, -0.05, 0.0, 0.05, 0.1}) {
    const double points = Tender::points({quality, 1, 1}, 0.5, 0.05, plain());
    EXPECT_GT(points, last);
    last = points;
  }
}

}  // namespace
}  // namespace parley
