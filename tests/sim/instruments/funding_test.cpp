#include "sim/instruments/funding.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules amended(const Funding::Levers& now, const Funding::Levers& customary = {0.8, 0.1, 0.1}) {
  return Funding::amend({}, {}, {now, customary}, {});
}

TEST(Funding, AtTheStatusQuoTheSharesAreThoseOfThePlace) {
  const Rules rules = amended({0.8, 0.1, 0.1});
  EXPECT_EQ(rules.public_funding_share, 0.8);
  EXPECT_EQ(rules.insurer_funding_share, 0.1);
  EXPECT_EQ(rules.hospital_funding_share, 0.1);
}

TEST(Funding, TheLevelsCountAndNotTheChange) {
  EXPECT_EQ(changed(amended({0.2, 0.7, 0.1}), amended({0.2, 0.7, 0.1}, {0, 0, 1})), Names{});
}

TEST(Funding, EachShareMovesItselfAlone) {
  const Rules before = amended({0.8, 0.1, 0.1});
  EXPECT_EQ(changed(amended({0.9, 0.1, 0.1}), before), Names{"public_funding_share"});
  EXPECT_EQ(changed(amended({0.8, 0.2, 0.1}), before), Names{"insurer_funding_share"});
  EXPECT_EQ(changed(amended({0.8, 0.1, 0.0}), before), Names{"hospital_funding_share"});
  EXPECT_GT(amended({0.9, 0.1, 0.1}).public_funding_share, before.public_funding_share);
  EXPECT_GT(amended({0.8, 0.2, 0.1}).insurer_funding_share, before.insurer_funding_share);
  EXPECT_LT(amended({0.8, 0.1, 0.0}).hospital_funding_share, before.hospital_funding_share);
}

}  // namespace
}  // namespace parley
