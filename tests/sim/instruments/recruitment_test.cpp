#include "sim/instruments/recruitment.hpp"

#include <gtest/gtest.h>

#include "tests/sim/instruments/changed.hpp"

namespace parley {
namespace {

using testing::changed;
using testing::Names;

Rules under(double candidates) {
  Recruitment::Slopes slopes;
  slopes.candidate_cost = 500;
  const Recruitment::Levers levers{candidates}, before;
  return Recruitment::amend({}, {}, {levers, before}, slopes);
}

TEST(Recruitment, MoreCandidatesCostWhatEachOfThemCosts) {
  EXPECT_EQ(under(4).candidates_per_post, 4);
  EXPECT_NEAR(under(4).candidate_cost, 1500, 1e-9);  // three more than the one who comes anyhow
  EXPECT_EQ(changed(under(4), under(1)), (Names{"candidates_per_post", "candidate_cost"}));
}

TEST(Recruitment, WhoeverComesCostsNothing) { EXPECT_EQ(changed(under(1), Rules{}), Names{}); }

}  // namespace
}  // namespace parley
