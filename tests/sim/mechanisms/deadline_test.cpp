#include "sim/mechanisms/deadline.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

Deadline::Params plain() {
  Deadline::Params p;
  p.negotiation_days = 40;
  p.mediation_limit = 30;
  p.administration_days = 50;
  p.extension_probability = 0.5;
  p.queue_limit = 180;
  return p;
}

// Talks that begin on day 100.
std::int32_t last_day(Stage stage, double luck, const Deadline::Params& p = plain()) {
  Subject s = a_dispute();
  s.at(stage);
  return Deadline::decide(s.view(), p, Draw::scripted({luck}));
}

TEST(Deadline, EachForumHasItsTime) {
  for (const double luck : {0.01, 0.99}) {  // no luck in these
    EXPECT_EQ(last_day(Stage::negotiation, luck), 140);
    EXPECT_EQ(last_day(Stage::administration, luck), 150);
  }
  EXPECT_EQ(last_day(Stage::mediation, 0.501), 142);  // thirty working days are six weeks
  EXPECT_EQ(last_day(Stage::mediation, 0.499), 184);  // and another six, if both agree
  EXPECT_EQ(last_day(Stage::mediation, 0.251), 184);
  EXPECT_EQ(last_day(Stage::mediation, 0.249), 226);  // and again
  EXPECT_EQ(last_day(Stage::mediation, 0.124), 268);
}

TEST(Deadline, MediationIsExtendedAsOftenAsBothAgree) {
  for (const double agree : {0.0, 0.25, 0.75, 1.0}) {
    Deadline::Params p = plain();
    p.extension_probability = agree;
    const double extended = testing::share([&](double luck) { return last_day(Stage::mediation, luck, p) >= 184; });
    EXPECT_NEAR(extended, agree, 1e-9) << agree;
  }
}

TEST(Deadline, TheLawMayGiveMoreTime) {
  Deadline::Params longer = plain();
  longer.mediation_limit = 60;
  longer.negotiation_days = 60;
  EXPECT_EQ(last_day(Stage::mediation, 0.9, longer), 184);  // sixty working days are twelve weeks
  EXPECT_EQ(last_day(Stage::negotiation, 0.9, longer), 160);
}

TEST(Deadline, AJudgeAndAPanelHaveSetTheirDay) {
  for (const Stage stage : {Stage::trial, Stage::arbitration}) {
    Subject s = a_dispute();
    s.at(stage);
    s.now.deadline = 321;
    EXPECT_EQ(Deadline::decide(s.view(), plain(), Draw::scripted({0.01})), 321);
  }
}

TEST(Deadline, ALongQueueSendsTheCaseBack) {
  Subject s = a_dispute();
  s.at(Stage::intake, Channel::people_mediation);
  s.now.stage_since = 100;
  s.today = 279;  // 179 days
  EXPECT_FALSE(Deadline::lapsed(s.view(), plain()));
  s.today = 280;
  EXPECT_TRUE(Deadline::lapsed(s.view(), plain()));
  for (const Stage elsewhere : {Stage::mediation, Stage::filing, Stage::trial}) {  // a court keeps what was filed
    s.at(elsewhere);
    EXPECT_FALSE(Deadline::lapsed(s.view(), plain()));
  }
}

}  // namespace
}  // namespace parley
