// Levers with dates and conditions: read, checked, written, and in force when they should be.
#include <gtest/gtest.h>

#include "sim/base/error.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

const std::string head = "mode: late\nlevers: {authority: 0.4}\ndated_levers:\n";

Mode late(const std::string& lines) { return read_mode_text(head + lines, "late.yaml", testing::toy_place()); }

std::string fault(const std::string& lines) {
  try {
    late(lines);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

Levers on(const Mode& mode, int district, std::int32_t today, PublicView seen = {}) {
  const Place place = testing::toy_place();
  return in_force(levers_by_district(place, mode)[static_cast<std::size_t>(district)], dated_settings(mode), district,
                  {2015, 1, 1}, today, seen);
}

TEST(DatedLevers, AreInForceBetweenTheirDates) {
  const Mode mode = late("  - {lever: authority, value: 0.9, from: 2015-02-01, until: 2015-03-01}\n");
  EXPECT_EQ(on(mode, 0, 30).authority.authority, 0.4);
  EXPECT_EQ(on(mode, 0, 31).authority.authority, 0.9);
  EXPECT_EQ(on(mode, 0, 58).authority.authority, 0.9);
  EXPECT_EQ(on(mode, 0, 59).authority.authority, 0.4);
}

TEST(DatedLevers, FollowWhatTheGovernmentOfTheDistrictSees) {
  const Mode mode = late(
      "  - {lever: linkage_strength, value: 0.8, when: open_disputes > 50}\n"
      "  - {lever: authority, value: 0.1, when: disturbances_last_month < 2, district: west}\n");
  EXPECT_EQ(on(mode, 0, 0, {50, 0, 0}).linkage.linkage_strength, 0.5);
  EXPECT_EQ(on(mode, 0, 0, {51, 0, 0}).linkage.linkage_strength, 0.8);
  EXPECT_EQ(on(mode, 0, 0, {0, 0, 0}).authority.authority, 0.4);  // another district
  EXPECT_EQ(on(mode, 1, 0, {0, 0, 1}).authority.authority, 0.1);
  EXPECT_EQ(on(mode, 1, 0, {0, 0, 2}).authority.authority, 0.4);
}

TEST(DatedLevers, TheLaterOneWins) {
  const Mode mode = late(
      "  - {lever: authority, value: 0.8, from: 2015-01-01}\n  - {lever: authority, value: 0.9, from: 2016-01-01}\n");
  EXPECT_EQ(on(mode, 0, 364).authority.authority, 0.8);
  EXPECT_EQ(on(mode, 0, 365).authority.authority, 0.9);
}

TEST(DatedLevers, AreWrittenAsTheyAreRead) {
  const Mode mode = late(
      "  - {lever: authority, value: 0.9, from: 2015-02-01, until: 2015-03-01}\n"
      "  - {lever: mediation_open, value: false, when: disputes_last_month < 3, district: east}\n");
  const std::string text = write_mode(mode, testing::toy_place());
  const Mode back = read_mode_text(text, "back.yaml", testing::toy_place());
  EXPECT_EQ(write_mode(back, testing::toy_place()), text);
  ASSERT_EQ(back.settings.size(), 3U);
  EXPECT_EQ(back.settings[2].district, 0);
  EXPECT_EQ(back.settings[1].until->text(), "2015-03-01");
}

TEST(DatedLevers, FaultsSayWhatIsAllowed) {
  EXPECT_NE(fault("  - {lever: autority, value: 0.9, from: 2015-02-01}\n").find("did you mean 'authority'"),
            std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 1.9, from: 2015-02-01}\n").find("0 to 1"), std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9}\n").find("neither dates nor a condition"), std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9, when: open_disputes}\n").find("open_disputes > 50"),
            std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9, when: trust > 0.5}\n").find("a government sees"),
            std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9, from: soon}\n").find("2015-01-01"), std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9, from: 2015-02-31}\n").find("no such day"), std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9, from: 2016-01-01, until: 2015-01-01}\n").find("before it begins"),
            std::string::npos);
  EXPECT_NE(fault("  - {lever: authority, value: 0.9, from: 2016-01-01, district: north}\n").find("unknown district"),
            std::string::npos);
  EXPECT_NE(fault("  - {lever: public_funding_share, value: 1, from: 2016-01-01}\n").find("add up to"),
            std::string::npos);
}

TEST(DatedLevers, OneHospitalOrOneCommitteeMayDiffer) {
  const Mode mode = late(
      "  - {lever: feedback_rate, value: 0.9, hospital: 3}\n"
      "  - {lever: training_sessions, value: 9, committee: 1, from: 2016-01-01}\n");
  const Place place = testing::toy_place();
  const auto under = [&](int hospital, int committee, std::int32_t today) {
    return in_force(levers_by_district(place, mode)[1], dated_settings(mode), 1, {2015, 1, 1}, today, {}, hospital,
                    committee);
  };
  EXPECT_EQ(under(3, -1, 0).feedback.feedback_rate, 0.9);
  EXPECT_EQ(under(3, -1, 0).authority.authority, 0.4);
  EXPECT_EQ(under(2, -1, 0).feedback.feedback_rate, 0.3);
  EXPECT_EQ(under(-1, -1, 0).feedback.feedback_rate, 0.3);
  EXPECT_EQ(under(-1, 1, 364).training.training_sessions, 3);
  EXPECT_EQ(under(-1, 1, 365).training.training_sessions, 9);
  const std::string text = write_mode(mode, place);
  EXPECT_EQ(write_mode(read_mode_text(text, "back.yaml", place), place), text);
  EXPECT_NE(fault("  - {lever: feedback_rate, value: 0.9, hospital: 7}\n").find("they go from 0 to 6"),
            std::string::npos);
  EXPECT_NE(fault("  - {lever: feedback_rate, value: 0.9, committee: -1}\n").find("no committee number -1"),
            std::string::npos);
}

TEST(DatedLevers, PetitionsCanChangeALever) {
  const Mode mode = late("  - {lever: linkage_strength, value: 0.8, when: petitions_last_month > 1}\n");
  EXPECT_EQ(on(mode, 0, 0, {0, 0, 0, 1}).linkage.linkage_strength, 0.5);
  EXPECT_EQ(on(mode, 0, 0, {0, 0, 0, 2}).linkage.linkage_strength, 0.8);
}

// A policy that begins later is no policy until then.
TEST(DatedLevers, ARunFollowsThem) {
  Study study = testing::toy_study(2, 0, 2);
  Mode eager = study.modes[1], later = eager;
  later.slug = "later";
  for (LeverSetting& setting : later.settings) setting.from = CalendarDate{2016, 1, 1};
  Mode busy = eager;
  busy.slug = "busy";
  for (LeverSetting& setting : busy.settings) setting.when = {PublicFigure::open_disputes, true, 1e9};
  study.modes = {study.modes[0], eager, later, busy};
  const StudyResult result = testing::run_serially(study);
  const auto states = [&](std::size_t arm) { return result.results[arm][0].states; };
  EXPECT_EQ(states(2)[11], states(0)[11]);
  EXPECT_NE(states(2)[12], states(0)[12]);
  EXPECT_NE(states(1)[0], states(0)[0]);
  EXPECT_EQ(states(3), states(0));  // never so many
}

}  // namespace
}  // namespace parley
