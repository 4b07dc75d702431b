#include "sim/instruments/case_database.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules kept(bool now, bool customary) {
  const CaseDatabase::Levers levers{now}, before{customary};
  CaseDatabase::Slopes slopes;
  slopes.yearly_cost = 30000;
  return CaseDatabase::amend({}, {}, {levers, before}, slopes);
}

TEST(CaseDatabase, IsSharedAndPaidForByWhoeverHasOne) {
  EXPECT_TRUE(kept(true, false).shared_database);
  EXPECT_EQ(kept(true, false).database_cost, 30000);
  EXPECT_EQ(changed(kept(true, false), kept(false, false)), (Names{"database_cost", "shared_database"}));
}

TEST(CaseDatabase, WithoutOneThereIsNothingToPay) { EXPECT_EQ(changed(kept(false, true), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
