#include "sim/mechanisms/precedents.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::share;
using testing::Subject;

Precedents::Params plain() {
  Precedents::Params p;
  p.database_effect = 0.3;
  p.cases_half = 5;
  p.relevance_halflife = 4;
  p.document_reference = 1;
  return p;
}

TEST(Precedents, ShareOfTheVarianceByHand) {
  EXPECT_EQ(Precedents::share(0, plain()), 0);
  EXPECT_NEAR(Precedents::share(5, plain()), 0.15, 1e-15);    // half of it
  EXPECT_NEAR(Precedents::share(15, plain()), 0.225, 1e-15);  // 0.3 · 15/20
  EXPECT_NEAR(Precedents::share(1, plain()), 0.05, 1e-15);    // 0.3 · 1/6
}

TEST(Precedents, EachFurtherCaseAddsAndAddsLess) {
  double last_gain = 1;
  for (int cases = 0; cases < 30; ++cases) {
    const double gain = Precedents::share(cases + 1, plain()) - Precedents::share(cases, plain());
    EXPECT_GT(gain, 0) << cases;
    EXPECT_LT(gain, last_gain) << cases;
    last_gain = gain;
  }
  EXPECT_LT(Precedents::share(1e9, plain()), 0.3);
}

TEST(Precedents, AStockHalvesInItsHalfLife) {
  EXPECT_NEAR(Precedents::kept(8, 4, plain()), 4, 1e-12);
  EXPECT_NEAR(Precedents::kept(8, 8, plain()), 2, 1e-12);
  EXPECT_NEAR(Precedents::kept(8, 2, plain()), 5.656854249492, 1e-11);  // 8/√2
  EXPECT_EQ(Precedents::kept(8, 0, plain()), 8);
  EXPECT_EQ(Precedents::kept(0, 3, plain()), 0);
}

TEST(Precedents, TimeMayBeCutAnyhow) {
  double cases = 8;
  for (int day = 0; day < 365; ++day) cases = Precedents::kept(cases, 1.0 / 365, plain());
  EXPECT_NEAR(cases, Precedents::kept(8, 1, plain()), 1e-10);
}

TEST(Precedents, AFileCanBeUsedAgainWithTheDaysThatWentIntoIt) {
  const auto documented = [](double days) {
    Subject s = a_dispute();
    s.at(Stage::mediation, Channel::people_mediation);
    s.now.document_days = days;
    return share([&](double u) {
      return Precedents::documented(s.view(), plain(), Draw::scripted({0.5, 0.5, 0.5, u})).precedent;
    });
  };
  EXPECT_NEAR(documented(1), 0.632, 0.001);         // 1 − 1/e
  EXPECT_NEAR(documented(0.693147), 0.500, 0.001);  // 1 − e^(−ln 2)
  EXPECT_NEAR(documented(3), 0.950, 0.001);         // 1 − e^(−3)
  EXPECT_EQ(documented(0), 0);
  EXPECT_GT(documented(0.4), documented(0.2));
}

TEST(Precedents, FilingChangesNothingElse) {
  Subject s = a_dispute();
  s.at(Stage::payment, Channel::people_mediation);
  s.now.document_days = 2;
  const Outcome out = Precedents::documented(s.view(), plain(), Draw::scripted({0.5, 0.5, 0.5, 0.01}));
  EXPECT_TRUE(out.precedent);
  EXPECT_EQ(out.state.stage, Stage::payment);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.transfers.size(), 0u);
}

}  // namespace
}  // namespace parley
