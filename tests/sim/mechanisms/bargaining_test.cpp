#include "sim/mechanisms/bargaining.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::Subject;

constexpr double high = 0.999;  // a draw that says no

// Linear concessions from the first day, no insult, no ceiling on private deals: what is left is two walk-away values.
Bargaining::Params plain() {
  Bargaining::Params p;
  p.discount_hospital = 0.06;
  p.risk_aversion = 2;
  p.wealth_years = 2;
  p.aspiration = 0.2;
  p.procedure_weight = p.outcome_weight = 0.5;
  p.justice_negotiation = 0.3;
  p.humanitarian_payment = 0.03;
  p.opening_share = 0.3;
  p.concession_patient = p.concession_hospital = 1;
  p.concession_start = 0;
  p.threat = 0.25;
  p.disturbance_premium = 0.4;
  p.loss_per_disturbance = 80000;
  p.negotiation_days = 45;
  p.mediation_limit = 30;
  p.administration_days = 45;
  p.extension_probability = 0;
  p.private_deal_ceiling = 1e9;
  p.ceiling_compliance = 1;
  p.check_days = 30;
  return p;
}

Rules plain_rules() {
  Rules rules;
  rules.customs.anger_halflife = 1e12;  // anger stands still, so the walk-away values do
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

// Direct talks from day 100 over half of 100,000; no queue at court and no anger.
Subject talks() {
  Subject s = a_dispute();
  s.at(Stage::negotiation, Channel::negotiation);
  s.now.anger = 0;
  s.district.court_delay = 0;
  return s;
}

double floor_of(const Subject& s, const Rules& rules, const Bargaining::Params& p) {
  return Bargaining::patient_reserve(s.view(), rules, p);
}
double ceiling_of(const Subject& s, const Rules& rules, const Bargaining::Params& p) {
  return Bargaining::hospital_reserve(s.view(), rules, p);
}

// ---- walk-away values, by hand

TEST(Bargaining, WhatASuitIsWorthToThePatient) {
  Subject s = talks();
  // 0.9 · 50,000 - (5,000 + 300 + 0.8 · 2,000) = 45,000 - 6,900
  EXPECT_NEAR(floor_of(s, plain_rules(), plain()), 38100, 1e-9);
  // a year later: 45,000 e^(-0.25) - 6,900 = 35,046.04 - 6,900
  s.district.court_delay = 365;
  EXPECT_NEAR(floor_of(s, plain_rules(), plain()), 28146.035, 0.01);
}

TEST(Bargaining, RiskLowersIt) {
  Rules risky = plain_rules();
  risky.customs.belief_sd = 0.2;
  // ½ · 2 · 20,000²/(2 · 12 · 4,000 + 50,000) = 4e8/146,000 = 2,739.726; 0.9 (50,000 - 2,739.726) - 6,900
  EXPECT_NEAR(floor_of(talks(), risky, plain()), 35634.247, 0.001);
  Bargaining::Params neutral = plain();
  neutral.risk_aversion = 0;
  EXPECT_NEAR(floor_of(talks(), risky, neutral), 38100, 1e-9);
}

TEST(Bargaining, AnInsultIsRefusedThoughASuitIsWorthLess) {
  Subject s = talks();
  s.at(Stage::mediation, Channel::people_mediation);
  s.now.justice = 0.2;
  Bargaining::Params proud = plain();
  proud.aspiration = 1;
  EXPECT_NEAR(floor_of(s, plain_rules(), proud), 40000, 1e-9);  // 50,000 (1 - 0.2)
  proud.procedure_weight = 0.25;                                // procedure counts half as much: 50,000 (1 - 0.1)
  EXPECT_NEAR(floor_of(s, plain_rules(), proud), 45000, 1e-9);
  s.at(Stage::negotiation);  // direct talks have their own justice, 0.3
  EXPECT_NEAR(floor_of(s, plain_rules(), proud), 50000 * 0.85, 1e-9);
}

TEST(Bargaining, NobodyTakesLessThanNothing) {
  Subject s = talks();
  s.now.patient_belief = 0.02;  // 1,800 of a suit that costs more
  EXPECT_EQ(floor_of(s, plain_rules(), plain()), 0);
}

TEST(Bargaining, WhatASuitCostsTheHospital) {
  Subject s = talks();
  EXPECT_NEAR(ceiling_of(s, plain_rules(), plain()), 70000, 1e-9);  // 50,000 + 20,000
  s.hospital.insured = true;                                        // the adjuster sees a tenth less
  EXPECT_NEAR(ceiling_of(s, plain_rules(), plain()), 65000, 1e-9);
  s.hospital.insured = false;
  s.district.court_delay = 365;  // 50,000 e^(-0.06) + 20,000
  EXPECT_NEAR(ceiling_of(s, plain_rules(), plain()), 67088.227, 0.001);
}

TEST(Bargaining, TheShadowOfProtest) {
  Subject s = talks();
  s.now.anger = 0.4;
  EXPECT_NEAR(ceiling_of(s, plain_rules(), plain()), 78000, 1e-9);  // + 0.25 · 0.4 · 80,000
  s.now.disturbed = true;
  EXPECT_NEAR(ceiling_of(s, plain_rules(), plain()), 90000, 1e-9);  // + 0.4 · 50,000
  Rules noisy = plain_rules();
  noisy.disturbance_reward_factor = 1.5;
  EXPECT_NEAR(ceiling_of(s, noisy, plain()), 100000, 1e-9);
}

TEST(Bargaining, AHumaneHospitalPaysWithoutFault) {
  Subject s = talks();
  s.now.hospital_belief = 0;
  Rules free_suit = plain_rules();
  free_suit.court.defence_cost = 0;
  EXPECT_NEAR(ceiling_of(s, free_suit, plain()), 3000, 1e-9);  // 0.03 · 100,000
}

TEST(Bargaining, BeforeTheJudgeCostsAreSunkAndTheDayIsKnown) {
  Subject s = talks();
  s.at(Stage::trial, Channel::court);
  s.now.deadline = 465;  // a year from today
  EXPECT_NEAR(floor_of(s, plain_rules(), plain()), 35046.035, 0.01);
  EXPECT_NEAR(ceiling_of(s, plain_rules(), plain()), 47088.227, 0.001);
}

// ---- offers and agreement

TEST(Bargaining, OffersAreMonotoneAndEndAtTheWalkAwayValue) {
  Bargaining::Params p = plain();
  for (const double start_part : {0.0, 0.05, 0.5}) {
    p.concession_start = start_part;
    for (const double beta : {0.1, 0.5, 0.8, 1.0, 3.0}) {
      double demand = 90000, offer = 10000;
      for (int step = 0; step <= 100; ++step) {
        const double asked = Bargaining::offer(90000, 40000, beta, step / 100.0, p);
        const double offered = Bargaining::offer(10000, 60000, beta, step / 100.0, p);
        EXPECT_LE(asked, demand);
        EXPECT_GE(offered, offer);
        demand = asked, offer = offered;
      }
      EXPECT_NEAR(demand, 40000, 1e-6);
      EXPECT_NEAR(offer, 60000, 1e-6);
      EXPECT_NEAR(Bargaining::offer(90000, 40000, beta, 0, p), 90000 - start_part * 50000, 1e-6);
    }
  }
  // who holds out has conceded less halfway
  EXPECT_GT(Bargaining::offer(90000, 40000, 0.5, 0.5, plain()), Bargaining::offer(90000, 40000, 2, 0.5, plain()));
}

TEST(Bargaining, AgreementByHand) {
  Bargaining::Params p = plain();
  p.negotiation_days = 10;
  Subject s = talks();
  s.now.demand = 80000;
  // demand 80,000 - 4,190 d, offer 21,000 + 4,900 d: 59,000 <= 9,090 d first on day 7, at 50,670 and 55,300
  Outcome out = Bargaining::decide(s.view(), plain_rules(), p, Draw::scripted({high, high}));
  EXPECT_EQ(out.state.deadline, 110);
  EXPECT_EQ(out.state.settlement_day, 107);
  EXPECT_NEAR(out.state.settlement, 52985, 1e-6);
  EXPECT_EQ(out.wait, 7);
  EXPECT_EQ(out.state.stage, Stage::negotiation);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);

  s.now = out.state;
  s.today = 107;
  out = Bargaining::decide(s.view(), plain_rules(), p, Draw::scripted({high, high}));
  EXPECT_EQ(out.state.outcome, CaseOutcome::agreement);
  EXPECT_EQ(out.state.stage, Stage::payment);
  EXPECT_NEAR(out.state.agreed, 52985, 1e-6);
  EXPECT_EQ(out.state.closed, 107);
}

TEST(Bargaining, AModestDemandIsMetAtOnce) {
  Subject s = talks();
  s.now.demand = 10000;  // below what a suit is worth: asks for 38,100 then, and the hospital opens with 69,000
  Bargaining::Params generous = plain();
  generous.opening_share = 69000.0 / 70000;
  const Outcome out = Bargaining::decide(s.view(), plain_rules(), generous, Draw::scripted({high, high}));
  EXPECT_EQ(out.state.outcome, CaseOutcome::agreement);
  EXPECT_NEAR(out.state.agreed, (38100.0 + 69000) / 2, 1e-6);
}

TEST(Bargaining, EachForumHasItsTime) {
  const auto deadline = [](Stage stage, double extension) {
    Subject s = talks();
    s.at(stage);
    Bargaining::Params p = plain();
    p.extension_probability = 0.5;
    return Bargaining::decide(s.view(), plain_rules(), p, Draw::scripted({extension, high})).state.deadline;
  };
  EXPECT_EQ(deadline(Stage::negotiation, 0.1), 145);
  EXPECT_EQ(deadline(Stage::administration, 0.1), 145);
  EXPECT_EQ(deadline(Stage::mediation, 0.51), 142);  // thirty working days
  EXPECT_EQ(deadline(Stage::mediation, 0.49), 184);  // and another thirty
}

TEST(Bargaining, ALongWaitIsLookedAtInBetween) {
  Subject s = talks();
  s.now.hospital_belief = 0;  // no room
  Bargaining::Params p = plain();
  p.negotiation_days = 100;
  EXPECT_EQ(Bargaining::decide(s.view(), plain_rules(), p, Draw::scripted({high, high})).wait, 30);
}

TEST(Bargaining, AtTheDeadlineTheCaseMovesOn) {
  Subject s = talks();
  s.now.hospital_belief = 0;
  s.now.deadline = s.today;
  s.now.stage_since = 55;
  const Outcome out = Bargaining::decide(s.view(), plain_rules(), plain(), Draw::scripted({high, high}));
  EXPECT_EQ(out.state.stage, Stage::channel);
  EXPECT_EQ(out.state.deadline, never);
  EXPECT_EQ(out.state.outcome, CaseOutcome::open);
  s.at(Stage::trial, Channel::court);
  s.now.patient_belief = 1;  // 90,000, and nothing on the other side
  EXPECT_EQ(Bargaining::decide(s.view(), plain_rules(), plain(), Draw::scripted({high, high})).state.stage,
            Stage::trial);
}

TEST(Bargaining, AboveTheCeilingAPublicHospitalSendsTheCaseToMediation) {
  Bargaining::Params p = plain();
  p.private_deal_ceiling = 10000;
  p.ceiling_compliance = 0.5;
  Subject s = talks();
  s.now.stage_since = 55;
  s.now.deadline = s.today;  // at the last moment: (38,100 + 70,000)/2
  const auto next = [&](double u) { return Bargaining::decide(s.view(), plain_rules(), p, Draw::scripted({high, u})); };
  EXPECT_EQ(next(0.49).state.stage, Stage::channel);
  EXPECT_TRUE(next(0.49).state.referred);
  EXPECT_EQ(next(0.51).state.stage, Stage::payment);
  s.hospital.is_public = false;
  EXPECT_EQ(next(0.49).state.stage, Stage::payment);
  s.hospital.is_public = true;
  p.private_deal_ceiling = 60000;
  EXPECT_EQ(next(0.49).state.stage, Stage::payment);
  p.private_deal_ceiling = 10000;
  s.at(Stage::mediation, Channel::people_mediation);
  EXPECT_EQ(next(0.49).state.stage, Stage::payment);
}

// ---- a small population

struct End {
  bool agreed = false;
  double price = 0;
  int days = 0;
  double floor = 0, ceiling = 0;  // the walk-away values on that day
};

End negotiated(Subject s, const Rules& rules, const Bargaining::Params& p, const Draw& draw) {
  const Stage stage = s.now.stage;
  const std::int32_t begun = s.today;
  for (;;) {
    const Outcome out = Bargaining::decide(s.view(), rules, p, draw);
    if (out.state.outcome == CaseOutcome::agreement)
      return {true, out.state.agreed, s.today - begun, floor_of(s, rules, p), ceiling_of(s, rules, p)};
    if (out.state.stage != stage || out.wait == 0) return {};
    s.now = out.state;
    s.today += out.wait;
  }
}

// One of a few hundred disputes that differ in stakes, merits, beliefs, demand and temper.
Subject member(std::uint64_t i, Stage stage) {
  const Draw luck({2015, 0}, Decision::harm, i, 0, 0);
  Subject s = talks();
  s.at(stage);
  s.injury.damages = 80000 * luck.lognormal(0, 0.8);
  s.injury.responsibility = 0.1 + 0.6 * luck.uniform(1);
  s.now.patient_belief = std::clamp(s.injury.responsibility + 0.15 + 0.15 * luck.normal(2), 0.0, 0.85);
  s.now.hospital_belief = std::clamp(s.injury.responsibility - 0.10 + 0.15 * luck.normal(3), 0.0, 0.85);
  s.now.demand = 0.9 * s.injury.damages * luck.lognormal(4, 0.4);
  s.now.anger = luck.uniform(5);
  s.now.justice = 0.3;
  s.district.court_delay = 300;
  if (stage == Stage::trial) s.now.deadline = s.today + 300;
  return s;
}

struct Variant {
  Stage stage = Stage::negotiation;
  Rules rules = plain_rules();
  Bargaining::Params p = plain();
  std::function<void(Subject&)> change = [](Subject&) {};
};

std::vector<End> population(const Variant& setup) {
  std::vector<End> ends;
  for (std::uint64_t i = 0; i < 400; ++i) {
    Subject s = member(i, setup.stage);
    setup.change(s);
    ends.push_back(negotiated(s, setup.rules, setup.p, Draw({1, 0}, Decision::bargaining, i, 0, 0)));
  }
  return ends;
}

// What a change does to the same disputes: to the share agreed, and to mean price and day of those agreed either way.
struct Moved {
  double share, price, day;
  bool one_way;  // no single dispute is won where others are lost
};

Moved moved(const Variant& before, const Variant& after) {
  const std::vector<End> a = population(before), b = population(after);
  double won = 0, lost = 0, both = 0, price = 0, day = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    won += !a[i].agreed && b[i].agreed;
    lost += a[i].agreed && !b[i].agreed;
    if (!a[i].agreed || !b[i].agreed) continue;
    ++both;
    price += b[i].price - a[i].price;
    day += b[i].days - a[i].days;
  }
  EXPECT_GT(both, 50) << "too few agreements to speak of";
  EXPECT_LT(both, 395) << "nearly all agree whatever happens: the test could not see a change";
  return {(won - lost) / static_cast<double>(a.size()), price / both, day / both, won == 0 || lost == 0};
}

enum Direction { down, none, up };

void expect_moved(const Moved& m, Direction share, Direction price, Direction day) {
  const auto sign = [](double x) { return x < 0 ? down : x > 0 ? up : none; };
  EXPECT_EQ(sign(m.share), share) << "share agreed moved by " << m.share;
  EXPECT_EQ(sign(m.price), price) << "mean price moved by " << m.price;
  EXPECT_EQ(sign(m.day), day) << "mean day moved by " << m.day;
  EXPECT_TRUE(m.one_way);
}

TEST(Bargaining, AgreementIfAndOnlyIfTheWalkAwayValuesOverlap) {
  int agreed = 0, failed = 0;
  for (const Stage stage : {Stage::negotiation, Stage::mediation, Stage::administration, Stage::trial})
    for (std::uint64_t i = 0; i < 400; ++i) {
      const Subject s = member(i, stage);
      const double floor = floor_of(s, plain_rules(), plain()), ceiling = ceiling_of(s, plain_rules(), plain());
      if (std::fabs(floor - ceiling) < 1) continue;
      const End end = negotiated(s, plain_rules(), plain(), Draw({1, 0}, Decision::bargaining, i, 0, 0));
      // Before a judge the walk-away values themselves move as the day of judgment comes near.
      if (stage != Stage::trial) {
        EXPECT_EQ(end.agreed, floor < ceiling) << stage_names[static_cast<std::size_t>(stage)] << " " << i;
      }
      (end.agreed ? agreed : failed) += 1;
    }
  EXPECT_GT(agreed, 200);
  EXPECT_GT(failed, 200);
}

TEST(Bargaining, ThePriceLiesBetweenTheWalkAwayValues) {
  for (const Stage stage : {Stage::negotiation, Stage::mediation, Stage::administration, Stage::trial})
    for (std::uint64_t i = 0; i < 400; ++i) {
      const End end = negotiated(member(i, stage), plain_rules(), plain(), Draw({1, 0}, Decision::bargaining, i, 0, 0));
      if (!end.agreed) continue;
      EXPECT_GE(end.price, end.floor - 1e-6);
      EXPECT_LE(end.price, end.ceiling + 1e-6);
    }
}

TEST(Bargaining, AHopefulPatientHoldsOutForMore) {
  Variant hopeful;
  hopeful.change = [](Subject& s) { s.now.patient_belief += 0.1; };
  expect_moved(moved({}, hopeful), down, up, up);
}

TEST(Bargaining, AContriteHospitalPaysMoreAndSooner) {
  Variant contrite;
  contrite.change = [](Subject& s) { s.now.hospital_belief += 0.1; };
  expect_moved(moved({}, contrite), up, up, down);
}

TEST(Bargaining, AMediatorWhoBringsBeliefsTogetherBringsAgreement) {
  Variant closer;
  closer.change = [](Subject& s) {
    s.now.patient_belief = (s.now.patient_belief + s.injury.responsibility) / 2;
    s.now.hospital_belief = (s.now.hospital_belief + s.injury.responsibility) / 2;
  };
  EXPECT_GT(moved({}, closer).share, 0);
}

TEST(Bargaining, DearLawyersMakePatientsSettleForLess) {
  Variant dear;
  dear.rules.court.lawyer_fixed = 15000;
  expect_moved(moved({}, dear), up, down, down);
  Variant share;
  share.rules.court.lawyer_share = 0.3;
  expect_moved(moved({}, share), up, down, down);
}

TEST(Bargaining, ADearDefenceMakesHospitalsPayMore) {
  Variant dear;
  dear.rules.court.defence_cost = 40000;
  expect_moved(moved({}, dear), up, up, down);
}

TEST(Bargaining, SlowCourtsHurtThePatientMore) {
  Variant slow;
  slow.change = [](Subject& s) { s.district.court_delay = 900; };
  const Moved m = moved({}, slow);
  EXPECT_GT(m.share, 0);
  EXPECT_LT(m.price, 0);
  EXPECT_TRUE(m.one_way);
  Variant indebted;
  indebted.rules.customs.discount_patient = 0.8;
  expect_moved(moved({}, indebted), up, down, down);
}

TEST(Bargaining, RiskAversePatientsSettle) {
  Variant bold, timid;
  bold.rules.customs.belief_sd = timid.rules.customs.belief_sd = 0.2;
  bold.p.risk_aversion = 0;
  timid.p.risk_aversion = 4;
  expect_moved(moved(bold, timid), up, down, down);
}

TEST(Bargaining, AngerFrightensHospitalsIntoPaying) {
  Variant calm, angry;
  calm.change = [](Subject& s) { s.now.anger = 0; };
  angry.change = [](Subject& s) { s.now.anger = 1; };
  expect_moved(moved(calm, angry), up, up, down);
}

TEST(Bargaining, ADisturbancePays) {
  Variant calm, disturbed;
  calm.change = [](Subject& s) { s.now.anger = 0; };
  disturbed.change = [](Subject& s) {
    s.now.anger = 0;
    s.now.disturbed = true;
  };
  expect_moved(moved(calm, disturbed), up, up, down);
  Variant ignored = disturbed;
  ignored.rules.disturbance_reward_factor = 0.5;
  expect_moved(moved(disturbed, ignored), down, down, up);
}

TEST(Bargaining, AJustProcedureMakesUpForMoney) {
  Variant cold, just;
  cold.stage = just.stage = Stage::mediation;
  cold.p.aspiration = just.p.aspiration = 1;
  cold.change = [](Subject& s) { s.now.justice = 0.1; };
  just.change = [](Subject& s) { s.now.justice = 0.5; };
  expect_moved(moved(cold, just), up, down, down);
  Variant proud = cold;
  proud.p.aspiration = 1.2;
  expect_moved(moved(cold, proud), down, up, up);
}

TEST(Bargaining, AnInsurersAdjusterPaysLess) {
  Variant insured, strict;
  insured.change = strict.change = [](Subject& s) { s.hospital.insured = true; };
  expect_moved(moved({}, insured), down, down, up);
  strict.rules.insurance.estimate_bias = -0.25;
  expect_moved(moved(insured, strict), down, down, up);
}

TEST(Bargaining, ADeadlineHurriesButDoesNotConvince) {
  Variant hurried;
  hurried.p.negotiation_days = 20;
  const Moved m = moved({}, hurried);
  EXPECT_EQ(m.share, 0);
  EXPECT_LT(m.day, 0);
  Variant legal, extended;
  legal.stage = extended.stage = Stage::mediation;
  extended.p.extension_probability = 1;
  const Moved later = moved(legal, extended);
  EXPECT_EQ(later.share, 0);
  EXPECT_GT(later.day, 0);
}

TEST(Bargaining, AHighDemandGetsMoreAndLater) {
  Variant greedy;
  greedy.change = [](Subject& s) { s.now.demand *= 1.5; };
  expect_moved(moved({}, greedy), none, up, up);
}

TEST(Bargaining, WhoHoldsOutGetsMoreAndLater) {
  Variant patient_holds, hospital_holds;
  patient_holds.p.concession_patient = 0.4;
  hospital_holds.p.concession_hospital = 0.4;
  expect_moved(moved({}, patient_holds), none, up, up);
  expect_moved(moved({}, hospital_holds), none, down, up);
}

}  // namespace
}  // namespace parley
