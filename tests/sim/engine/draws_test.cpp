// Joint draws of uncertain parameters: each replicate has a row of its own, under every policy.
#include <gtest/gtest.h>

#include "sim/base/error.hpp"
#include "sim/record/recorder.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/points.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

Study drawn() {
  Study study = testing::toy_study(1, 1, 3);
  study.draws = {{"encounter.adverse_event_rate", "harm.severity_shares.minor", "harm.severity_shares.death"},
                 {{0.05, 0.6, 0.08}, {0.12, 0.62, 0.06}}};
  Parameters& p = study.place.parameters;
  // What the rows leave of the whole has to be the same in all of them.
  EXPECT_EQ(p.harm.severity_shares.size(), 4U);
  p.harm.severity_shares = {0.6, 0.2, 0.12, 0.08};
  return study;
}

TEST(Draws, AReplicateIsThatOfThePlaceWithItsRow) {
  const Study study = drawn();
  const StudyResult whole = testing::run_serially(study);
  for (int replicate = 0; replicate < 3; ++replicate) {
    Study alone = study;
    alone.place = place_at(study.place, study.draws, static_cast<std::size_t>(replicate % 2));
    alone.draws = {};
    const StudyResult one = testing::run_serially(alone);
    const auto position = static_cast<std::size_t>(replicate);
    for (std::size_t arm = 0; arm < one.arms.size(); ++arm)
      EXPECT_EQ(one.results[arm][position].states, whole.results[arm][position].states) << replicate;
  }
  EXPECT_NE(whole.results[0][0].states, whole.results[0][1].states);
}

TEST(Draws, TheTextHasThemAndReadsBack) {
  const Study study = drawn();
  const std::string text = write_study(study);
  const Study back = read_study_text(text, "a text");
  EXPECT_EQ(back.draws.keys, study.draws.keys);
  EXPECT_EQ(back.draws.rows, study.draws.rows);
  EXPECT_EQ(write_study(back), text);
}

std::string faults_of(const Study& study) {
  std::string all;
  for (const Fault& fault : check_study(study)) all += fault.text() + "\n";
  return all;
}

TEST(Draws, FaultsSayWhichRowAndKey) {
  EXPECT_EQ(faults_of(drawn()), "");
  Study study = drawn();
  study.draws.keys[0] = "encounter.adverse_event_rat";
  EXPECT_NE(faults_of(study).find("did you mean"), std::string::npos);
  study = drawn();
  study.draws.keys[0] = "authority";
  EXPECT_NE(faults_of(study).find("levers"), std::string::npos);
  study = drawn();
  study.draws.keys[0] = "place.committees";
  EXPECT_NE(faults_of(study).find("counts of parties"), std::string::npos);
  study = drawn();
  study.draws.rows[1][0] = 0.5;
  EXPECT_NE(faults_of(study).find("draws.rows[1]"), std::string::npos);
  EXPECT_NE(faults_of(study).find("0.03 to 0.12"), std::string::npos);
  study = drawn();
  study.draws.rows[0].pop_back();
  EXPECT_NE(faults_of(study).find("2 numbers for 3 keys"), std::string::npos);
  study = drawn();
  study.draws.rows.clear();
  EXPECT_NE(faults_of(study).find("no row"), std::string::npos);
  study = drawn();
  study.draws.rows[0][1] = 0.5;  // the shares do not add up
  EXPECT_NE(faults_of(study).find("add up to"), std::string::npos);
}

TEST(Draws, WhatAFileSaysWrongIsFoundThere) {
  std::string text = write_study(drawn());
  const std::size_t at = text.find("    - [0.05, 0.6, 0.08]");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 23, "    - [0.05, much, 0.08]");
  try {
    read_study_text(text, "study.yaml");
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("draws.rows[0][1]"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace parley
