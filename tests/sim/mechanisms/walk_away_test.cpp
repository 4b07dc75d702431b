#include "sim/mechanisms/walk_away.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

// No insult, and a hospital that knows well what a suit is worth to the patient: what is left is court and protest.
WalkAway::Params plain() {
  WalkAway::Params p;
  p.discount_hospital = 0.06;
  p.risk_aversion = 2;
  p.wealth_years = 2;
  p.aspiration = 0.2;
  p.procedure_weight = p.outcome_weight = 0.5;
  p.justice_negotiation = 0.3;
  p.humanitarian_payment = 0.03;
  p.threat = 0.25;
  p.disturbance_premium = 0.4;
  p.loss_per_disturbance = 80000;
  p.credibility_spread = 0.05;
  p.aggressive_aspiration = 0.1;
  return p;
}

// A suit over 50,000 costs the patient 5,000 + 300 + 0.8 · 2,000 = 6,900 and a tenth of the award.
Rules plain_rules() {
  Rules rules;
  rules.customs.anger_halflife = 1e12;  // anger stands still
  rules.customs.discount_patient = 0.25;
  rules.customs.belief_sd = 0;
  rules.court.lawyer_share = 0.1;
  rules.court.lawyer_fixed = 5000;
  rules.court.defence_cost = 20000;
  rules.court.appraisal_use = 0.8;
  rules.court.appraisal_fee_association = 2000;
  rules.court.fee_threshold = 50000;
  rules.court.fee_fixed = 300;
  rules.court.fee_rate_middle = 0.01;
  rules.court.fee_ceiling_middle = 100000;
  rules.court.fee_rate_above = 0.005;
  rules.insurance.estimate_bias = -0.1;
  return rules;
}

// Direct talks over half of 100,000; no queue at court and no anger.
Subject talks() {
  Subject s = a_dispute();
  s.at(Stage::negotiation, Channel::negotiation);
  s.now.anger = 0;
  s.district.court_delay = 0;
  return s;
}

double patient(const Subject& s, const Rules& rules = plain_rules(), const WalkAway::Params& p = plain()) {
  return WalkAway::patient(s.view(), rules, p);
}
double hospital(const Subject& s, const Rules& rules = plain_rules(), const WalkAway::Params& p = plain()) {
  return WalkAway::hospital(s.view(), rules, p);
}

// ---- the patient

TEST(WalkAway, WhatASuitIsWorthToThePatient) {
  Subject s = talks();
  // 0.9 · 50,000 − 6,900
  EXPECT_NEAR(patient(s), 38100, 1e-9);
  // a year later: 45,000 e^(−0.25) − 6,900 = 35,046.035 − 6,900
  s.district.court_delay = 365;
  EXPECT_NEAR(patient(s), 28146.035, 0.001);
}

TEST(WalkAway, RiskLowersIt) {
  Rules risky = plain_rules();
  risky.customs.belief_sd = 0.2;
  // ½ · 2 · 20,000²/(2 · 12 · 4,000 + 50,000) = 4e8/146,000 = 2,739.726; 0.9 (50,000 − 2,739.726) − 6,900
  EXPECT_NEAR(patient(talks(), risky), 35634.247, 0.001);
  WalkAway::Params neutral = plain();
  neutral.risk_aversion = 0;
  EXPECT_NEAR(patient(talks(), risky, neutral), 38100, 1e-9);
}

TEST(WalkAway, LegalAidMakesASuitWorthMore) {
  Subject s = talks();
  s.now.cost_cover = 0.5;  // 50,000 (1 − 0.05) − 3,450
  EXPECT_NEAR(patient(s), 44050, 1e-9);
  s.now.cost_cover = 1;  // all of it
  EXPECT_NEAR(patient(s), 50000, 1e-9);
}

TEST(WalkAway, AnInsultIsRefusedThoughASuitIsWorthLess) {
  Subject s = talks();
  s.at(Stage::mediation, Channel::people_mediation);
  s.now.justice = 0.2;
  WalkAway::Params proud = plain();
  proud.aspiration = 1;
  EXPECT_NEAR(patient(s, plain_rules(), proud), 40000, 1e-9);  // 50,000 (1 − 0.2)
  proud.procedure_weight = 0.25;                               // procedure counts half as much: 50,000 (1 − 0.1)
  EXPECT_NEAR(patient(s, plain_rules(), proud), 45000, 1e-9);
  for (const Stage alone : {Stage::negotiation, Stage::claim}) {  // they have a justice of their own, 0.3
    s.at(alone);
    EXPECT_NEAR(patient(s, plain_rules(), proud), 42500, 1e-9);  // 50,000 (1 − 0.15)
  }
}

TEST(WalkAway, AnAggressiveLawyerIsEasilyInsulted) {
  Subject s = talks();
  WalkAway::Params proud = plain();
  proud.aspiration = 1.1;
  EXPECT_NEAR(patient(s, plain_rules(), proud), 40000, 1e-9);  // 50,000 (1.1 − 0.3)
  s.now.counsel = Counsel::cooperative;
  EXPECT_NEAR(patient(s, plain_rules(), proud), 40000, 1e-9);
  s.now.counsel = Counsel::aggressive;
  EXPECT_NEAR(patient(s, plain_rules(), proud), 45000, 1e-9);  // 50,000 (1.1 + 0.1 − 0.3)
}

TEST(WalkAway, ASuitThatCostsMoreThanItBringsIsWorthNothing) {
  Subject s = talks();
  s.now.patient_belief = 0.02;  // 1,800 of a suit that costs 6,900
  EXPECT_EQ(patient(s), 0);
  WalkAway::Params proud = plain();
  proud.aspiration = 0.8;
  EXPECT_NEAR(patient(s, plain_rules(), proud), 1000, 1e-9);  // 2,000 (0.8 − 0.3)
}

// ---- the hospital

TEST(WalkAway, WhatASuitCostsTheHospital) {
  Subject s = talks();
  EXPECT_NEAR(hospital(s), 70000, 1e-9);  // 50,000 + 20,000
  s.hospital.insured = true;              // the adjuster sees a tenth less
  EXPECT_NEAR(hospital(s), 65000, 1e-9);
  s.hospital.insured = false;
  s.district.court_delay = 365;  // 50,000 e^(−0.06) + 20,000
  EXPECT_NEAR(hospital(s), 67088.227, 0.001);
}

TEST(WalkAway, AThreatToSueWeighsAsMuchAsItIsCredible) {
  Subject s = talks();
  WalkAway::Params vague = plain();
  vague.credibility_spread = 0.5;
  s.now.hospital_belief = 0.069;  // 6,900, exactly what a suit costs the patient: Φ(0)
  EXPECT_NEAR(WalkAway::credible(s.view(), plain_rules(), vague), 0.5, 1e-12);
  EXPECT_NEAR(hospital(s, plain_rules(), vague), 13450, 1e-6);  // ½ (6,900 + 20,000)
  s.now.hospital_belief = 0.1137617677;                         // 6,900 √e: Φ(½/½) = Φ(1) = 0.841345
  EXPECT_NEAR(WalkAway::credible(s.view(), plain_rules(), vague), 0.841345, 1e-6);
  s.now.hospital_belief = 0.0418505580;  // 6,900/√e
  EXPECT_NEAR(WalkAway::credible(s.view(), plain_rules(), vague), 0.158655, 1e-6);
  s.now.cost_cover = 1;  // nothing to pay: anybody would sue
  EXPECT_NEAR(WalkAway::credible(s.view(), plain_rules(), vague), 1, 1e-12);
}

TEST(WalkAway, AHumaneHospitalPaysWithoutFault) {
  Subject s = talks();
  s.now.hospital_belief = 0;  // no threat at all, but 0.03 · 100,000
  EXPECT_NEAR(hospital(s), 3000, 1e-9);
  s.now.hospital_belief = 0.01;  // 1,000, of which nobody sues for 6,900
  EXPECT_NEAR(hospital(s), 3000, 1e-9);
}

TEST(WalkAway, TheShadowOfProtest) {
  Subject s = talks();
  s.now.anger = 0.4;
  EXPECT_NEAR(hospital(s), 78000, 1e-9);  // + 0.25 · 0.4 · 80,000
  s.district.disturbance_premium = 0.2;   // + 0.25 · 0.4 · (80,000 + 0.2 · 50,000)
  EXPECT_NEAR(hospital(s), 79000, 1e-9);
  s.district.disturbance_premium = -0.5;  // where disturbances have brought less than nothing, none is added
  EXPECT_NEAR(hospital(s), 78000, 1e-9);
  s.now.disturbed = true;
  EXPECT_NEAR(hospital(s), 90000, 1e-9);  // + 0.4 · 50,000
  Rules noisy = plain_rules();
  noisy.disturbance_reward_factor = 1.5;
  EXPECT_NEAR(hospital(s, noisy), 100000, 1e-9);
}

TEST(WalkAway, TheThreatFadesWithAnger) {
  Subject s = talks();
  s.now.anger = 0.4;
  Rules forgetting = plain_rules();
  forgetting.customs.anger_halflife = 120;
  s.today += 120;  // half of 8,000 is left
  EXPECT_NEAR(hospital(s, forgetting), 74000, 1e-6);
}

// ---- where somebody will decide

TEST(WalkAway, BeforeAJudgeOrAPanelCostsAreSunkAndTheDayIsKnown) {
  for (const Stage stage : {Stage::trial, Stage::arbitration}) {
    Subject s = talks();
    s.at(stage);
    s.now.deadline = s.today + 365;
    s.district.court_delay = 10000;              // of no matter any more
    EXPECT_NEAR(patient(s), 35046.035, 0.001);   // 0.9 · 50,000 e^(−0.25)
    EXPECT_NEAR(hospital(s), 47088.227, 0.001);  // 50,000 e^(−0.06)
    s.today = s.now.deadline;                    // on the day itself
    EXPECT_NEAR(patient(s), 45000, 1e-9);
    EXPECT_NEAR(hospital(s), 50000, 1e-9);
    s.now.hospital_belief = 0.001;  // whoever has gone there means it: 100 for certain, and 3,000 as decency has it
    EXPECT_EQ(WalkAway::credible(s.view(), plain_rules(), plain()), 1);
    EXPECT_NEAR(hospital(s), 3000, 1e-9);
  }
}

TEST(WalkAway, OnceFiledCostsAreSunkButTheQueueIsThere) {
  Subject s = talks();
  s.at(Stage::filing, Channel::court);
  s.district.court_delay = 365;
  EXPECT_NEAR(patient(s), 35046.035, 0.001);
  EXPECT_NEAR(hospital(s), 47088.227, 0.001);
}

TEST(WalkAway, BothAtOnce) {
  const Subject s = talks();
  const WalkAwayValues values = WalkAway::decide(s.view(), plain_rules(), plain());
  EXPECT_EQ(values.patient, patient(s));
  EXPECT_EQ(values.hospital, hospital(s));
}

// ---- directions, over a small population

struct Variant {
  Rules rules = plain_rules();
  WalkAway::Params p = plain();
  std::function<void(Subject&)> change = [](Subject&) {};
};

// One of a few hundred disputes that differ in stakes, merits, beliefs and temper.
Subject member(std::uint64_t i) {
  const Draw luck({2015, 0}, Decision::harm, i, 0, 0);
  Subject s = talks();
  s.injury.damages = 80000 * luck.lognormal(0, 0.8);
  s.injury.responsibility = 0.1 + 0.6 * luck.uniform(1);
  s.now.patient_belief = std::clamp(s.injury.responsibility + 0.15 + 0.15 * luck.normal(2), 0.0, 0.85);
  s.now.hospital_belief = std::clamp(s.injury.responsibility - 0.10 + 0.15 * luck.normal(3), 0.0, 0.85);
  s.now.anger = luck.uniform(4);
  s.district.court_delay = 300;
  return s;
}

enum Direction { down = -1, none, up };

// The change moves at least half of the disputes this way and none the other way.
void expect_moved(const Variant& before, const Variant& after, Direction of_patient, Direction of_hospital) {
  constexpr int people = 300;
  const auto sign = [](double x) { return x < -1e-9 ? down : x > 1e-9 ? up : none; };
  int patients = 0, hospitals = 0;
  for (int i = 0; i < people; ++i) {
    Subject a = member(static_cast<std::uint64_t>(i)), b = a;
    before.change(a);
    after.change(b);
    const WalkAwayValues was = WalkAway::decide(a.view(), before.rules, before.p),
                         is = WalkAway::decide(b.view(), after.rules, after.p);
    const Direction p = sign(is.patient - was.patient), h = sign(is.hospital - was.hospital);
    EXPECT_TRUE(p == none || p == of_patient) << "patient " << i;
    EXPECT_TRUE(h == none || h == of_hospital) << "hospital " << i;
    patients += p != none;
    hospitals += h != none;
  }
  EXPECT_EQ(patients > people / 2, of_patient != none) << patients;
  EXPECT_EQ(hospitals > people / 2, of_hospital != none) << hospitals;
}

Variant with(const std::function<void(Variant&)>& change) {
  Variant variant;
  change(variant);
  return variant;
}
Variant where(const std::function<void(Subject&)>& change) {
  return with([&](Variant& s) { s.change = change; });
}

TEST(WalkAway, BeliefsMoveTheirOwnSide) {
  expect_moved({}, where([](Subject& s) { s.now.patient_belief += 0.1; }), up, none);
  expect_moved({}, where([](Subject& s) { s.now.hospital_belief += 0.1; }), none, up);
}

TEST(WalkAway, DearLawyersMakePatientsTakeLessAndTheirThreatsEmptier) {
  const auto suit = [](double fee, double cover) {
    return with([=](Variant& v) {
      v.rules.court.lawyer_fixed = fee;
      v.p.credibility_spread = 1;  // a hospital that is not sure of what a suit is worth to the patient
      v.change = [=](Subject& s) { s.now.cost_cover = cover; };
    });
  };
  expect_moved(suit(5000, 0), suit(8000, 0), down, down);
  expect_moved(suit(5000, 0), suit(5000, 0.8), up, up);
  expect_moved({}, with([](Variant& v) { v.rules.court.lawyer_share = 0.3; }), down, none);
}

TEST(WalkAway, ADearDefenceMakesHospitalsGiveMore) {
  expect_moved({}, with([](Variant& s) { s.rules.court.defence_cost = 40000; }), none, up);
}

TEST(WalkAway, SlowCourtsLowerBoth) {
  expect_moved({}, where([](Subject& s) { s.district.court_delay = 900; }), down, down);
  expect_moved({}, with([](Variant& s) { s.rules.customs.discount_patient = 0.8; }), down, none);
  expect_moved({}, with([](Variant& s) { s.p.discount_hospital = 0.15; }), none, down);
}

TEST(WalkAway, ProcedureMakesUpForMoney) {
  const auto mediated = [](double justice, double aspiration) {
    return with([=](Variant& s) {
      s.p.aspiration = aspiration;
      s.change = [=](Subject& d) {
        d.at(Stage::mediation, Channel::people_mediation);
        d.now.justice = justice;
      };
    });
  };
  expect_moved(mediated(0.1, 1.2), mediated(0.3, 1.2), down, none);
  expect_moved(mediated(0.1, 1.0), mediated(0.1, 1.2), up, none);
}

TEST(WalkAway, AngerAndDisturbancePayUnlessNobodyMinds) {
  const auto angry = [](double anger) { return where([=](Subject& s) { s.now.anger = anger; }); };
  expect_moved(angry(0), angry(1), none, up);
  const Variant disturbed = where([](Subject& s) {
    s.now.anger = 0;
    s.now.disturbed = true;
  });
  expect_moved(angry(0), disturbed, none, up);
  Variant ignored = disturbed;
  ignored.rules.disturbance_reward_factor = 0.5;
  expect_moved(disturbed, ignored, none, down);
}

TEST(WalkAway, AnInsurersAdjusterGivesLess) {
  expect_moved({}, where([](Subject& s) { s.hospital.insured = true; }), none, down);
}

TEST(WalkAway, AnInsurerAtTheTableSeesTheCaseAsItIs) {
  Subject s = talks();
  Rules rules = plain_rules();
  s.hospital.insured = true;
  EXPECT_NEAR(hospital(s, rules), 65000, 1e-9);  // 0.9 · 50,000 + 20,000
  rules.insurer_at_table = 0.5;
  EXPECT_NEAR(hospital(s, rules), 67500, 1e-9);
  rules.insurer_at_table = 1;
  EXPECT_NEAR(hospital(s, rules), 70000, 1e-9);
  EXPECT_EQ(patient(s, rules), patient(s));
  s.hospital.insured = false;
  EXPECT_EQ(hospital(s, rules), hospital(s)) << "an adjuster of nobody";
  const auto at_table = [](double share) {
    return with([=](Variant& v) {
      v.rules.insurer_at_table = share;
      v.change = [](Subject& d) { d.hospital.insured = true; };
    });
  };
  expect_moved(at_table(0), at_table(1), none, up);
}

}  // namespace
}  // namespace parley
