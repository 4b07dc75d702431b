// Replicates are added look by look; what was run before is taken from the keeper, and the result is that of a run with
// so many replicates from the start.
#include "sim/engine/memory_keeper.hpp"

#include <gtest/gtest.h>

#include "sim/record/recorder.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

Study asked(int replicates) {
  Study study = testing::toy_study(1, 0, replicates);
  study.contrasts.push_back({"equal_spending", "Equal public spending", {}, "mediators_fulltime", 0.01});
  return study;
}

TEST(MemoryKeeper, ALookTakesTheReplicatesOfTheLooksBefore) {
  MemoryKeeper keeper;
  std::vector<std::int64_t> events;
  StudyResult last;
  for (const auto& [look, replicates] : {std::pair{0, 2}, {1, 4}, {2, 6}}) {
    RunOptions options;
    options.keeper = &keeper;
    options.look = look;
    last = testing::run_serially(asked(replicates), options);
    EXPECT_EQ(last.replicates.size(), static_cast<std::size_t>(replicates));
  }
  EXPECT_EQ(digest_of(last), digest_of(testing::run_serially(asked(6))));
  EXPECT_TRUE(keeper.finished(1, 3).has_value());
  EXPECT_TRUE(keeper.solved(1).has_value());
  EXPECT_FALSE(keeper.finished(1, 6).has_value());
}

TEST(MemoryKeeper, WhatWasAskedOfTheIntervalsIsOnRecord) {
  RunOptions options;
  options.looks = 5;
  options.precision = R"({"days_mean": 3})";
  const StudyResult result = testing::run_serially(testing::toy_study(1, 0, 2), options);
  const Image image = image_of(result);
  const auto& attributes = image.find_group("/")->attributes;
  const auto has = [&](const char* name) {
    return std::any_of(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == name; });
  };
  EXPECT_TRUE(has("looks"));
  EXPECT_TRUE(has("precision"));
  EXPECT_NE(digest_of(result), digest_of(testing::run_serially(testing::toy_study(1, 0, 2))));
}

}  // namespace
}  // namespace parley
