#include "sim/mechanisms/budget.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::size_t health = static_cast<std::size_t>(AgencyKind::health),
                      justice = static_cast<std::size_t>(AgencyKind::justice),
                      police = static_cast<std::size_t>(AgencyKind::police);

Budget::PerBureau asked(double of_health, double of_justice, double of_police) {
  Budget::PerBureau all{};
  all[health] = of_health, all[justice] = of_justice, all[police] = of_police;
  return all;
}

// Shares under no news: every figure is what it usually is.
Budget::PerBureau granted(const Budget::PerBureau& asked, double room, double attention, const Budget::Params& p) {
  return Budget::granted(asked, room, Budget::weights({}, {}, attention, p));
}

double spent(const Budget::PerBureau& asked, const Budget::PerBureau& share) {
  double sum = 0;
  for (std::size_t k = 0; k < agency_count; ++k) sum += asked[k] * share[k];
  return sum;
}

TEST(Budget, RoomIsWhatDutiesLeave) {
  EXPECT_NEAR(Budget::room(1200, 600, 6, 30), 70, 1e-12);  // 600/6 − 30
  EXPECT_EQ(Budget::room(1200, 1300, 6, 30), 0);
  EXPECT_NEAR(Budget::room(1200, 1100, 1, 0), 100, 1e-12);
}

TEST(Budget, WithRoomEverythingIsGranted) {
  for (const double share : granted(asked(10, 20, 30), 60, 0, {})) EXPECT_EQ(share, 1);
  for (const double share : granted(asked(0, 0, 0), 0, 0, {})) EXPECT_EQ(share, 1) << "nobody asks";
}

TEST(Budget, WithoutItTheRoomIsSpentToTheLast) {
  const auto wanted = asked(10, 20, 30);
  for (const double room : {0.0, 6.0, 30.0, 59.0}) {
    const auto share = granted(wanted, room, 0, {});
    EXPECT_NEAR(spent(wanted, share), room, 1e-9);
    EXPECT_NEAR(share[health], share[justice], 1e-9) << "the same weight is cut alike";
    EXPECT_NEAR(share[health], room / 60, 1e-9);
  }
}

TEST(Budget, PrioritiesAndAttentionDecideWhoIsCut) {
  Budget::Params p;
  p.priority[justice] = 3;
  const auto share = granted(asked(10, 10, 10), 15, 0, p);
  EXPECT_NEAR(share[justice], 0.9, 1e-9);  // λ(3 + 1 + 1) · 10 = 15
  EXPECT_NEAR(share[health], 0.3, 1e-9);
  p.attention_police = 2;
  const auto alarmed = granted(asked(10, 10, 10), 15, 1, p);
  EXPECT_NEAR(alarmed[police], alarmed[justice], 1e-9);
  EXPECT_GT(alarmed[police], share[police]);
  EXPECT_LT(alarmed[health], share[health]);
}

TEST(Budget, NobodyGetsMoreThanIsAsked) {
  Budget::Params p;
  p.priority[justice] = 10;
  const auto share = granted(asked(10, 10, 10), 20, 0, p);
  EXPECT_EQ(share[justice], 1);
  EXPECT_NEAR(share[health], 0.5, 1e-9);
}

TEST(Budget, MoreRoomTakesFromNobodyAndIsSpent) {
  Budget::Params p;
  p.priority[justice] = 4, p.priority[police] = 0.5;
  const auto wanted = asked(10, 40, 25);
  Budget::PerBureau last{};
  for (double room = 0; room <= 75; room += 2.5) {
    const auto share = granted(wanted, room, 0.5, p);
    EXPECT_NEAR(spent(wanted, share), room, 1e-9);
    for (std::size_t k = 0; k < agency_count; ++k) {
      EXPECT_GE(share[k], last[k] - 1e-12);
      EXPECT_LE(share[k], 1);
    }
    EXPECT_GE(share[justice], share[health]) << "the higher priority";
    EXPECT_GE(share[health], share[police]) << "0.5 · (1 + 0.5) is still less than 1";
    last = share;
  }
}

TEST(Budget, AttentionMovesNothingWhereThereIsEnough) {
  for (const double attention : {0.0, 0.5, 1.0})
    for (const double share : granted(asked(10, 20, 30), 100, attention, {})) EXPECT_EQ(share, 1);
}

TEST(Budget, AttentionFindsMoney) {
  Budget::Params p;
  p.attention_budget = 0.5;
  EXPECT_NEAR(Budget::year(0.8, 1000, 0, p), 800, 1e-12);
  EXPECT_NEAR(Budget::year(0.8, 1000, 0.4, p), 960, 1e-12);
}

TEST(Budget, ABureauAnswersForItsOwnFigure) {
  PublicView seen;
  seen.open_disputes = 40, seen.disputes_last_month = 30, seen.disturbances_last_month = 2,
  seen.petitions_last_month = 1;
  const Budget::PerBureau figure = Budget::own_figures(seen);
  EXPECT_EQ(figure[static_cast<std::size_t>(AgencyKind::leadership)], 1);
  EXPECT_EQ(figure[health], 30);
  EXPECT_EQ(figure[justice], 40);
  EXPECT_EQ(figure[police], 2);
  EXPECT_EQ(figure[static_cast<std::size_t>(AgencyKind::comprehensive_management)], 2);
  EXPECT_EQ(figure[static_cast<std::size_t>(AgencyKind::finance)], 0);
}

TEST(Budget, WhatIsWorseThanUsualIsPressedFor) {
  Budget::Params p;
  p.own_aims = 2, p.attention_police = 0;
  Budget::PerBureau figure{}, usual{};
  usual[health] = 19, figure[health] = 24;    // 1 + 2 · 5/20
  usual[justice] = 30, figure[justice] = 10;  // better than usual: nobody asks for less
  const Budget::PerBureau weight = Budget::weights(figure, usual, 1, p);
  EXPECT_NEAR(weight[health], 1.5, 1e-12);
  EXPECT_EQ(weight[justice], 1);
  EXPECT_EQ(weight[police], 1);
  const Budget::PerBureau share = Budget::granted(asked(10, 10, 0), 10, weight);
  EXPECT_NEAR(share[health], 0.6, 1e-9);
  EXPECT_NEAR(share[justice], 0.4, 1e-9);
  p.own_aims = 0;
  EXPECT_EQ(Budget::weights(figure, usual, 1, p)[health], 1) << "a bureau without aims of its own";
}

TEST(Budget, OneGetsUsedToEverything) {
  EXPECT_NEAR(Budget::usual(0, 12), 1, 1e-12);
  double usual = 0;
  for (int month = 0; month < 120; ++month) usual = Budget::usual(usual, 12);
  EXPECT_NEAR(usual, 12, 1e-3);
}

TEST(Budget, TheLastMonthMaySpendAllThatIsLeft) {
  EXPECT_NEAR(Budget::room(1200, 1100, 1, 40), 60, 1e-12);
  EXPECT_NEAR(Budget::room(1200, 1100, 0, 40), 60, 1e-12) << "there is always one month";
  EXPECT_GT(Budget::room(1300, 600, 6, 30), Budget::room(1200, 600, 6, 30));
  EXPECT_LT(Budget::room(1200, 600, 6, 40), Budget::room(1200, 600, 6, 30));
}

}  // namespace
}  // namespace parley
