#include "sim/mechanisms/disturbance.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::share;
using testing::Subject;

constexpr double ln_2 = 0.69314718055994530942;

struct Scene {
  Subject dispute = a_dispute();
  Rules rules;
  Disturbance::Params p;
  // Luck of the race (escalation, police, call, mediator), then of somebody being hurt and of an arrest.
  Outcome decide(double escalation, double police, double called = 0.5, double mediator = 0.5, double hurt = 0.99,
                 double arrested = 0.99) const {
    return Disturbance::decide(dispute.view(), rules, p,
                               Draw::scripted({escalation, police, called, mediator, hurt, arrested}));
  }
  bool acts() const { return decide(0.5, 0.5).disturbances > 0; }
};

// H = 0.8, L = (0.3 + 0.5 + 0.4)/3 = 0.4, q = 0.25: G = 0.8·0.6 + 0.25·0.8 = 0.68. One officer, k = ln 2, nobody else
// in the street: P = 1/2. R = 0.2: G − R·P = 0.58.
Scene scene(double threshold) {
  Scene s;
  s.dispute.now.anger = 0.8;
  s.dispute.patient.hospital_trust = 0.3;
  s.dispute.patient.committee_trust = 0.5;
  s.dispute.patient.government_trust = 0.4;
  s.dispute.district.disturbance_premium = s.p.premium_start = 0.4;
  s.p.sanction = s.p.sanction_reference = 3;
  s.p.attention_police = 1;
  s.dispute.claimant.risk_aversion = 0.2;
  s.dispute.claimant.threshold = threshold;
  s.rules.disturbance_reward_factor = 1;
  s.p.reward_weight = 0.25;
  s.p.arrest_constant = ln_2;
  s.p.police_presence = 1;
  s.rules.customs.anger_halflife = 120;
  s.p.escalation_delay = 300;
  s.p.police_delay = 20;
  s.p.mediator_delay = 45;
  s.p.loss_per_day = 50000;
  s.p.days_if_police = 0.5;
  s.p.days_if_escalated = 2;
  s.p.anger_after_calming = 0.5;
  return s;
}

Money loss(const Outcome& out) {
  Money sum;
  for (const Transfer& t : out.transfers) {
    EXPECT_EQ(t.from, Role::hospital);
    EXPECT_EQ(t.to, Role::society);
    EXPECT_EQ(t.reason, Reason::disturbance_loss);
    sum += t.amount;
  }
  return sum;
}

TEST(Disturbance, AngerHalvesWithEachHalflife) {
  Scene s = scene(0.5);
  EXPECT_NEAR(anger_now(s.dispute.now, 100, s.rules.customs), 0.8, 1e-12);
  EXPECT_NEAR(anger_now(s.dispute.now, 220, s.rules.customs), 0.4, 1e-12);
  EXPECT_NEAR(anger_now(s.dispute.now, 340, s.rules.customs), 0.2, 1e-12);
}

TEST(Disturbance, ThePoliceAreThereFirst) {
  // Escalation after 300·ln 2 = 208 minutes, police after 20·ln 2 = 14; nobody mediates. Half a day at 50,000.
  const Outcome out = scene(0.57).decide(0.5, 0.5);
  EXPECT_EQ(out.disturbances, 1);
  EXPECT_TRUE(out.state.disturbed);
  EXPECT_FALSE(out.calmed);
  EXPECT_EQ(loss(out), Money::yuan(25000));
  EXPECT_NEAR(out.state.anger, 0.8, 1e-12);
  EXPECT_EQ(out.state.anger_day, 100);
  EXPECT_EQ(out.state.stage, Stage::channel) << "the dispute goes on where it was";
}

TEST(Disturbance, ItEscalatesBeforeThePoliceCome) {
  // Escalation after 300·ln(1/0.9) = 31.6 minutes, police after 20·ln 10 = 46.1. Two days.
  EXPECT_EQ(loss(scene(0.57).decide(0.9, 0.1)), Money::yuan(100000));
}

TEST(Disturbance, WhatIsLeftOfOldAngerIsFeltFromTodayOn) {
  Scene s = scene(0.1);
  s.dispute.now.anger_day = -20;  // one half-life before today, day 100: H = 0.4, G − R·P = 0.34 − 0.1
  const Outcome out = s.decide(0.5, 0.5);
  EXPECT_EQ(out.disturbances, 1);
  EXPECT_NEAR(out.state.anger, 0.4, 1e-12);
  EXPECT_EQ(out.state.anger_day, 100);
}

TEST(Disturbance, TheMediatorOnTheSpotCalmsAndShowsTheWay) {
  Scene s = scene(0.57);
  s.dispute.district.centre = true;
  s.dispute.response = {0.8, 0, 0};
  const Outcome calmed = s.decide(0.5, 0.5, 0.79, 0.5);  // the mediator comes after 45·ln 2 = 31 of 208 minutes
  EXPECT_TRUE(calmed.calmed);
  EXPECT_TRUE(calmed.state.calmed);
  EXPECT_TRUE(calmed.state.referred);
  EXPECT_EQ(calmed.state.route, Route::centre);
  EXPECT_NEAR(calmed.state.anger, 0.4, 1e-12);
  EXPECT_EQ(loss(calmed).cents, 0);
  EXPECT_EQ(calmed.disturbances, 1);

  EXPECT_FALSE(s.decide(0.5, 0.5, 0.81, 0.5).calmed) << "the call was not handed on";
  EXPECT_FALSE(s.decide(0.5, 0.5, 0.79, 0.001).calmed) << "45·ln 1000 = 311 minutes are too late";
  s.dispute.district.centre = false;
  EXPECT_FALSE(s.decide(0.5, 0.5, 0.79, 0.5).calmed) << "there is no centre to call";
}

TEST(Disturbance, WhoHasDisturbedAndWhoStandsAtTheThresholdDoesNot) {
  Scene again = scene(0);
  again.dispute.now.disturbed = true;
  EXPECT_FALSE(again.acts());

  Scene level = scene(0.5);  // H = 0.5, L = 0, no reward, no police: G = 0.5 = θ exactly
  level.dispute.now.anger = 0.5;
  level.dispute.patient = {};
  level.p.reward_weight = 0;
  level.p.police_presence = 0;
  EXPECT_FALSE(level.acts());
  EXPECT_EQ(Disturbance::decide(level.dispute.view(), level.rules, level.p, Draw::scripted({})).transfers.size(), 0u)
      << "no luck is asked for when nothing happens";
}

using Change = std::function<void(Scene&)>;

TEST(Disturbance, EachOfTheseHoldsThePatientBack) {
  ASSERT_TRUE(scene(0.57).acts());  // 0.58 > 0.57
  const std::vector<Change> changes = {
      [](Scene& s) { s.dispute.now.anger = 0.75; },                     // 0.45 + 0.1875 − 0.1 = 0.5375
      [](Scene& s) { s.dispute.now.anger_day -= 20; },                  // H = 0.8·2^(−1/6) = 0.713: 0.506
      [](Scene& s) { s.dispute.patient.hospital_trust = 0.4; },         // L = 0.433: 0.553
      [](Scene& s) { s.dispute.patient.committee_trust = 0.6; },        // the same
      [](Scene& s) { s.p.reward_weight = 0.2; },                        // 0.48 + 0.16 − 0.1 = 0.54
      [](Scene& s) { s.rules.disturbance_reward_factor = 0.8; },        // the same
      [](Scene& s) { s.p.police_presence = 2; },                        // P = 3/4: 0.53
      [](Scene& s) { s.dispute.district.attention = 1; },               // twice the police: the same
      [](Scene& s) { s.p.sanction = 4.5; },                             // R·P·1.5 = 0.15: 0.53
      [](Scene& s) { s.dispute.patient.government_trust = 0.5; },       // L = 0.433: 0.553
      [](Scene& s) { s.dispute.district.disturbance_premium = 0.32; },  // q · 0.8: 0.54
      [](Scene& s) { s.p.arrest_constant *= 2; },                       // the same
      [](Scene& s) { s.dispute.claimant.risk_aversion = 0.3; },         // 0.53
      [](Scene& s) { s.rules.customs.anger_halflife = 30, s.dispute.now.anger_day -= 10; },  // H = 0.635
      [](Scene& s) { s.dispute.claimant.threshold = 0.6; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Scene s = scene(0.57);
    changes[i](s);
    EXPECT_FALSE(s.acts()) << "change " << i;
  }
}

TEST(Disturbance, EachOfTheseProvokes) {
  ASSERT_FALSE(scene(0.59).acts());  // 0.58 < 0.59
  const std::vector<Change> changes = {
      [](Scene& s) { s.dispute.now.anger = 0.85; },                     // 0.51 + 0.2125 − 0.1 = 0.6225
      [](Scene& s) { s.dispute.patient.hospital_trust = 0.2; },         // L = 0.367: 0.607
      [](Scene& s) { s.dispute.patient.committee_trust = 0.4; },        // the same
      [](Scene& s) { s.p.reward_weight = 0.3; },                        // 0.48 + 0.24 − 0.1 = 0.62
      [](Scene& s) { s.rules.disturbance_reward_factor = 1.2; },        // the same
      [](Scene& s) { s.p.police_presence = 0.5; },                      // P = 1 − 2^(−1/2) = 0.293: 0.621
      [](Scene& s) { s.dispute.district.visible_disturbances = 1; },    // A = 2: the same
      [](Scene& s) { s.dispute.claimant.risk_aversion = 0.1; },         // 0.63
      [](Scene& s) { s.p.sanction = 1.5; },                             // 0.63
      [](Scene& s) { s.dispute.district.disturbance_premium = 0.48; },  // q · 1.2: 0.62
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Scene s = scene(0.59);
    changes[i](s);
    EXPECT_TRUE(s.acts()) << "change " << i;
  }
}

TEST(Disturbance, BetterCallsFasterMediatorsAndSlowerEscalationCalmMore) {
  const auto calmed = [](double called, double mediator, double escalation) {
    Scene s = scene(0.57);
    s.dispute.district.centre = true;
    s.dispute.response.probability = called;
    s.p.mediator_delay = mediator;
    s.p.escalation_delay = escalation;
    return share([&](double u) { return s.decide(0.5, 0.5, 0.3, u).calmed; });
  };
  const double usual = calmed(0.8, 45, 100);
  EXPECT_GT(usual, 0);
  EXPECT_EQ(calmed(0.2, 45, 100), 0);
  EXPECT_GT(calmed(0.8, 20, 100), usual);
  EXPECT_GT(calmed(0.8, 45, 300), usual);
}

TEST(Disturbance, SomebodyMayBeHurtTwiceAsOftenWhereItEscalates) {
  Scene s = scene(0.57);
  s.p.serious_assault_share = 0.04;
  s.p.assault_morale = 0.5;
  const Outcome police = s.decide(0.5, 0.5, 0.5, 0.5, 0.039);
  EXPECT_EQ(police.assaults, 1);
  EXPECT_EQ(police.morale_loss, 0.5);
  EXPECT_EQ(s.decide(0.5, 0.5, 0.5, 0.5, 0.041).assaults, 0);
  EXPECT_EQ(s.decide(0.9, 0.1, 0.5, 0.5, 0.079).assaults, 1);  // it escalated: 0.08
  EXPECT_EQ(s.decide(0.9, 0.1, 0.5, 0.5, 0.081).morale_loss, 0);
  s.dispute.district.centre = true;
  const Outcome calmed = s.decide(0.5, 0.5, 0.5, 0.5, 0.001);
  ASSERT_TRUE(calmed.calmed);
  EXPECT_EQ(calmed.assaults, 0);
}

TEST(Disturbance, WhoIsArrestedIsFined) {
  Scene s = scene(0.57);
  s.p.fine = 500;
  const auto fined = [&](const Outcome& out) {
    Money sum;
    for (const Transfer& t : out.transfers)
      if (t.reason == Reason::fine && t.from == Role::patient && t.to == Role::government) sum += t.amount;
    return sum;
  };
  EXPECT_EQ(fined(s.decide(0.5, 0.5, 0.5, 0.5, 0.99, 0.49)), Money::yuan(500));  // P = 1/2
  EXPECT_EQ(fined(s.decide(0.5, 0.5, 0.5, 0.5, 0.99, 0.51)), Money{});
  EXPECT_EQ(fined(s.decide(0.9, 0.1, 0.5, 0.5, 0.99, 0.01)), Money{});  // it escalated before they came
}

TEST(Disturbance, ADistrictLearnsWhatNoiseBrings) {
  Scene s = scene(0.57);
  s.dispute.now.hospital_belief = 0.4;  // of 100,000: the hospital believes in 40,000
  const auto seen = [&](double paid) { return Disturbance::ended(s.dispute.view(), paid, s.rules, s.p).result_seen; };
  EXPECT_NEAR(seen(60000), 0.5, 1e-12);
  EXPECT_NEAR(seen(0), -1, 1e-12);
  EXPECT_NEAR(seen(1e6), 2, 1e-12);  // no more than twice
  s.p.premium_learning = 0.1;
  EXPECT_NEAR(Disturbance::learned(0.4, 0.5, s.p), 0.41, 1e-12);
  EXPECT_NEAR(Disturbance::learned(0.4, -1, s.p), 0.26, 1e-12);
  EXPECT_EQ(Disturbance::learned(0.05, -1, s.p), 0);  // noise never brings less than nothing in what people believe
}

TEST(Disturbance, ADutyRosterAnswersWhereThereIsNoCentre) {
  Scene s = scene(0.57);
  s.rules.response_gain = 0.6;
  EXPECT_TRUE(s.decide(0.5, 0.5, 0.59, 0.5).calmed);
  EXPECT_FALSE(s.decide(0.5, 0.5, 0.61, 0.5).calmed);
  EXPECT_FALSE(s.decide(0.5, 0.5, 0.61, 0.5).state.attended);
  EXPECT_FALSE(s.decide(0.5, 0.5, 0.59, 0.001).calmed) << "too late";
  EXPECT_TRUE(s.decide(0.5, 0.5, 0.59, 0.001).state.attended) << "and there all the same";
  s.rules.response_delay_factor = 0.5;
  EXPECT_TRUE(s.decide(0.5, 0.5, 0.59, 0.001).calmed) << "155 of 208 minutes";
  s.dispute.district.centre = true;
  s.dispute.response = {0.8, 0, 0};
  EXPECT_TRUE(s.decide(0.5, 0.5, 0.91, 0.5).calmed) << "0.8 + 0.6 · 0.2";
  s.rules.response_gain = -0.5;
  EXPECT_FALSE(s.decide(0.5, 0.5, 0.41, 0.5).calmed) << "0.8 · 0.5";
}

TEST(Disturbance, PoliceAndSanctionsFrightenAndCostLegitimacy) {
  // G − R·P = 0.68 − 0.2 · 0.5 = 0.58
  Scene s = scene(0.57);
  ASSERT_TRUE(s.acts());
  s.rules.police_factor = 2;  // P = 0.75: 0.53
  EXPECT_FALSE(s.acts());
  s.rules.legitimacy_shift = -0.06;  // 0.8 · 0.06 more to be angry about: 0.578
  EXPECT_TRUE(s.acts());
  s = scene(0.57);
  s.rules.sanction_factor = 1.5;  // 0.68 − 0.15
  EXPECT_FALSE(s.acts());
}

TEST(Disturbance, TheFactorOfPoliceIsAsManyOfficers) {
  Disturbance::Params p = scene(0.57).p, twice = p;
  twice.police_presence = 2 * p.police_presence;
  for (const double visible : {0.0, 1.0, 5.0})
    for (const double attention : {0.0, 0.7})
      EXPECT_NEAR(Disturbance::arrest(visible, attention, 2, p), Disturbance::arrest(visible, attention, 1, twice),
                  1e-12);
  EXPECT_NEAR(Disturbance::arrest(0, 0, 2, p), 0.75, 1e-12);  // 1 − 2^(−2)
  EXPECT_NEAR(Disturbance::arrest(0, 0, 0.5, p), 1 - 0.70710678118654752, 1e-12);
}

TEST(Disturbance, LegitimacyIsAShareWhateverShiftsIt) {
  Scene shifted = scene(0.619);  // 0.58 + 0.8 · 0.05
  shifted.rules.legitimacy_shift = -0.05;
  EXPECT_TRUE(shifted.acts());
  shifted.dispute.claimant.threshold = 0.621;
  EXPECT_FALSE(shifted.acts());
  // L = 0: G − R·P = 0.8 + 0.2 − 0.1; L = 1: 0.2 − 0.1
  for (const double shift : {-0.4, -5.0}) {
    Scene s = scene(0.89);
    s.rules.legitimacy_shift = shift;
    EXPECT_TRUE(s.acts());
    s.dispute.claimant.threshold = 0.91;
    EXPECT_FALSE(s.acts());
  }
  Scene trusted = scene(0.09);
  trusted.rules.legitimacy_shift = 5;
  EXPECT_TRUE(trusted.acts());
  trusted.dispute.claimant.threshold = 0.11;
  EXPECT_FALSE(trusted.acts());
}

TEST(Disturbance, SanctionsRaiseTheFineAndPoliceTheArrests) {
  Scene s = scene(0.2);
  s.p.fine = 500;
  const auto fined = [&](double luck) {
    Money sum;
    for (const Transfer& t : s.decide(0.5, 0.5, 0.5, 0.5, 0.99, luck).transfers)
      if (t.reason == Reason::fine) sum += t.amount;
    return sum;
  };
  s.rules.sanction_factor = 1.5;
  EXPECT_EQ(fined(0.49), Money::yuan(750));
  EXPECT_EQ(fined(0.51), Money{});
  s.rules.police_factor = 2;  // P = 0.75
  EXPECT_EQ(fined(0.74), Money::yuan(750));
  EXPECT_EQ(fined(0.76), Money{});
}

TEST(Disturbance, ADutyRosterBringsThePoliceSooner) {
  Scene s = scene(0.57);
  ASSERT_EQ(loss(s.decide(0.9, 0.1)), Money::yuan(100000));  // police after 46.1 minutes, escalation after 31.6
  s.rules.response_delay_factor = 0.5;
  EXPECT_EQ(loss(s.decide(0.9, 0.1)), Money::yuan(25000));
}

TEST(Disturbance, AFamilyIsGatheredOnTheDayOrLater) {
  Disturbance::Params p;
  p.same_day_share = 0.4;
  p.gathering_days = 10;
  const auto after = [&](double same_day, double later) {
    return Disturbance::gathered_after(p, Draw::scripted({0.5, 0.5, 0.5, 0.5, 0.5, 0.5, same_day, later}));
  };
  EXPECT_EQ(after(0.39, 0.5), 0);
  EXPECT_EQ(after(0.41, 0.5), 7);  // 1 + 10·ln 2
  EXPECT_GE(after(0.41, 1e-9), 1);
  p.same_day_share = 0.3;
  EXPECT_GT(after(0.39, 0.5), 0);
}

TEST(Disturbance, CustodyCostsThePublicWhatTheSanctionAsksFor) {
  Scene s = scene(0.2);
  s.p.custody_cost = 3000;
  s.rules.sanction_factor = 2;
  Money paid;
  for (const Transfer& t : s.decide(0.5, 0.5, 0.5, 0.5, 0.99, 0.1).transfers)
    if (t.reason == Reason::custody_cost && t.from == Role::government && t.to == Role::society) paid += t.amount;
  EXPECT_EQ(paid, Money::yuan(6000));
  for (const Transfer& t : s.decide(0.5, 0.5, 0.5, 0.5, 0.99, 0.99).transfers)
    EXPECT_NE(t.reason, Reason::custody_cost) << "nobody is arrested";
}

TEST(Disturbance, LeadersWhoAreThereBringThePoliceSooner) {
  Scene s = scene(0.57);
  s.rules.presence_delay_factor = 0.5;
  EXPECT_EQ(loss(s.decide(0.9, 0.1)), Money::yuan(25000));
}

}  // namespace
}  // namespace parley
