#include "sim/mechanisms/administration.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

Administration::Params plain() {
  Administration::Params p;
  p.work_days = 4, p.severe_work = 0.5, p.overload_days = 45, p.press = 0.25;
  return p;
}
testing::Subject arrived() {
  testing::Subject s = testing::a_dispute();
  s.at(Stage::intake, Channel::administrative_mediation);
  s.hospital.is_public = true;
  s.now.hospital_precision = 40;
  s.district.office_delay = 44;
  return s;
}
Outcome begun(const testing::Subject& s, bool reachable = true, const Rules& rules = {}) {
  return Administration::begin(s.view(), rules, reachable, plain(), Draw::scripted({0.5}));
}

TEST(Administration, AnOfficeTakesWhatComes) {
  testing::Subject s = arrived();
  const Outcome out = begun(s);
  EXPECT_EQ(out.state.stage, Stage::administration);
  EXPECT_EQ(out.wait, 0);
  EXPECT_EQ(out.state.stage_since, 100);
  EXPECT_EQ(out.state.work_days, 4);
  EXPECT_NEAR(out.state.hospital_precision, 30, 1e-12);  // 40 · 0.75 before its own authority
  s.hospital.is_public = false;
  EXPECT_EQ(begun(s).state.hospital_precision, 40);
  s.injury.severity = Severity::death;
  EXPECT_EQ(begun(s).state.work_days, 6);
}

TEST(Administration, AnOverloadedOfficePassesCasesOn) {
  testing::Subject s = arrived();
  s.district.office_delay = 45;
  const Outcome out = begun(s);
  EXPECT_EQ(out.state.stage, Stage::handoff);
  EXPECT_EQ(out.state.channel, Channel::people_mediation);
  EXPECT_EQ(out.state.route, Route::bureau);
  EXPECT_EQ(out.wait, 1);
  EXPECT_EQ(out.state.stage_since, 101);  // it leaves tomorrow
  EXPECT_EQ(out.state.attempts, 1);
}

TEST(Administration, UnlessNobodyIsThereToTakeThem) {
  testing::Subject s = arrived();
  s.district.office_delay = 400;
  EXPECT_EQ(begun(s, false).state.stage, Stage::administration);
  Rules closed;
  closed.mediation_open = false;
  EXPECT_EQ(begun(s, true, closed).state.stage, Stage::administration);
  s.now.tried = static_cast<std::uint8_t>(s.now.tried | 1 << static_cast<int>(Channel::people_mediation));
  EXPECT_EQ(begun(s).state.stage, Stage::administration);
}

TEST(Administration, AnOfficerMayJoinACommitteesCase) {
  Rules rules;
  rules.joint_mediation = 0.3;
  EXPECT_TRUE(Administration::joins(rules, Draw::scripted({0.29})));
  EXPECT_FALSE(Administration::joins(rules, Draw::scripted({0.31})));
  EXPECT_FALSE(Administration::joins(Rules{}, Draw::scripted({0.0001})));
  Administration::Params p = plain();
  p.beside_work = 0.5;
  testing::Subject s = arrived();
  EXPECT_NEAR(Administration::work_beside(s.injury, p), 2, 1e-12);
  EXPECT_NEAR(Administration::beside(s.view(), p).state.hospital_precision, 30, 1e-12);
  s.hospital.is_public = false;
  EXPECT_EQ(Administration::beside(s.view(), p).state.hospital_precision, 40);
  s.injury.severity = Severity::death;
  EXPECT_NEAR(Administration::work_beside(s.injury, p), 3, 1e-12);
}

TEST(Administration, SevereCasesAreMoreWork) {
  testing::Subject s = arrived();
  for (const Severity severity : {Severity::minor, Severity::moderate}) {
    s.injury.severity = severity;
    EXPECT_EQ(begun(s).state.work_days, 4);
  }
  for (const Severity severity : {Severity::permanent, Severity::death}) {
    s.injury.severity = severity;
    EXPECT_EQ(begun(s).state.work_days, 6);
  }
}

TEST(Administration, TheMoreTheOfficePressesTheLessFirmTheHospital) {
  const testing::Subject s = arrived();
  double last = infinity;
  for (const double press : {0.0, 0.3, 0.6, 0.9}) {
    Administration::Params p = plain();
    p.press = press;
    const Outcome out = Administration::begin(s.view(), Rules{}, true, p, Draw::scripted({0.5}));
    EXPECT_LT(out.state.hospital_precision, last);
    EXPECT_GT(out.state.hospital_precision, 0);
    EXPECT_EQ(out.state.patient_precision, s.now.patient_precision);
    last = out.state.hospital_precision;
  }
}

}  // namespace
}  // namespace parley
