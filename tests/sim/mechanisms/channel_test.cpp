#include "sim/mechanisms/channel.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

using testing::a_dispute;
using testing::share;
using testing::Subject;

constexpr double ln_2 = 0.69314718055994530942;
enum Forum : std::size_t { negotiation, people_mediation, administrative_mediation, arbitration, court, give_up };

constexpr std::size_t learned_of(Channel channel) { return static_cast<std::size_t>(channel); }

struct Crossroads {
  Subject dispute = a_dispute();
  Rules rules;
  ChannelChoice::Params p;

  // Luck: does the referral arrive, which forum, does the hospital consent, does the patient know the law.
  Outcome decide(double referral, double forum, double consent, double law = 0.5) const {
    return ChannelChoice::decide(dispute.view(), rules, p, Draw::scripted({referral, forum, consent, law}));
  }
  double share_of(Forum forum) const {
    const auto option = static_cast<ChannelOption>(forum);
    return share([&](double u) {
      const Outcome out = decide(0.5, u, 1e-9);
      if (out.state.stage == Stage::closed) return option == ChannelOption::give_up;
      return ChannelChoice::channel_of(option) == out.state.channel && option != ChannelOption::give_up;
    });
  }
};

// Five forums that nothing tells apart: each weighs 1. A suit costs nothing, and no arbitration panel sits here.
Crossroads equal_forums() {
  Crossroads c;
  c.p.habit = {0, 0, 0, 0, 0, 0};
  c.p.expected_share = {};
  c.p.value_weight = 0;
  c.p.trust_weight = 0;
  c.p.trust_reference = 0.65;
  c.p.attraction_weight = 1;
  c.p.neighbours_weight = 2;
  c.p.learning_rate = 0.1;
  c.p.talk_motive = 0;
  c.p.talks_delay = 45;
  c.p.arbitration_delay = 120;
  c.p.participation = 0.8;
  c.p.second_mediation = 0.25;
  c.p.referral_inclination = 1;
  c.p.temperature = 1;
  c.rules.customs.discount_patient = 0.25;
  CourtTerms& terms = c.rules.court;
  terms.lawyer_share = terms.lawyer_fixed = terms.appraisal_use = terms.fee_fixed = 0;
  c.dispute.claimant.monthly_income = 1000;  // believed entitlement 0.5 · 100,000
  c.dispute.claimant.law_knowledge = 0.5;
  return c;
}

// Forums that differ in everything, to be moved by each input.
Crossroads ordinary() {
  Crossroads c;
  c.p.habit = {1.6, 1.3, -0.2, -0.3, -0.6, 0.5};
  c.p.expected_share = {0.6, 0.75, 0.65, 0.8, 1.0};
  c.p.value_weight = 0.05;
  c.p.trust_weight = 2;
  c.p.trust_reference = 0.65;
  c.p.attraction_weight = 1;
  c.p.neighbours_weight = 2;
  c.p.learning_rate = 0.1;
  c.p.talk_motive = 0.3;
  c.p.talks_delay = 45;
  c.p.arbitration_delay = 120;
  c.p.participation = 0.85;
  c.p.referral_inclination = 1;
  c.p.temperature = 1;
  c.rules.customs.discount_patient = 0.25;
  CourtTerms& terms = c.rules.court;
  terms.lawyer_share = 0.10;
  terms.lawyer_fixed = 5000;
  terms.appraisal_use = 0.8;
  terms.appraisal_fee_association = 10000;
  terms.fee_fixed = 300;
  c.dispute.claimant.monthly_income = 1000;
  c.dispute.claimant.law_knowledge = 0.6;
  PatientView& patient = c.dispute.patient;
  patient.hospital_trust = patient.committee_trust = 0.7;
  patient.court_trust = patient.government_trust = 0.65;
  DistrictView& district = c.dispute.district;
  district.court_delay = 400;
  district.mediation_delay = district.office_delay = 10;
  district.arbitration = true;
  return c;
}

TEST(ChannelChoice, EqualForumsEqualSharesAndEachLeadsToItsStage) {
  Crossroads c = equal_forums();
  c.dispute.district.arbitration = true;  // the sixth
  c.dispute.claimant.law_knowledge = 1;
  const auto chosen = [&](int sixth) { return c.decide(0.5, (sixth + 0.5) / 6, 1e-9).state; };
  EXPECT_EQ(chosen(0).stage, Stage::negotiation);
  EXPECT_EQ(chosen(1).stage, Stage::handoff);
  EXPECT_EQ(chosen(1).channel, Channel::people_mediation);
  EXPECT_EQ(chosen(2).stage, Stage::handoff);
  EXPECT_EQ(chosen(2).channel, Channel::administrative_mediation);
  EXPECT_EQ(chosen(3).stage, Stage::handoff);
  EXPECT_EQ(chosen(3).channel, Channel::arbitration);
  EXPECT_EQ(chosen(4).stage, Stage::filing);
  EXPECT_EQ(chosen(4).channel, Channel::court);
  EXPECT_EQ(chosen(5).stage, Stage::closed);
  EXPECT_EQ(chosen(5).outcome, CaseOutcome::withdrawn);
  EXPECT_EQ(chosen(5).closed, 100);
}

TEST(ChannelChoice, HabitIsALogWeight) {
  Crossroads c = equal_forums();
  c.p.habit[negotiation] = 2 * ln_2;  // weighs 4 of 8
  EXPECT_NEAR(c.share_of(negotiation), 0.5, 1e-3);
  EXPECT_NEAR(c.share_of(court), 0.125, 1e-3);
  c.p.temperature = 2;  // weighs 2 of 6
  EXPECT_NEAR(c.share_of(negotiation), 1.0 / 3, 1e-3);
}

TEST(ChannelChoice, WhatASuitIsExpectedToBringNetOfItsCosts) {
  Crossroads c = equal_forums();
  c.p.value_weight = 0.01;
  c.p.expected_share[court] = 1;
  c.rules.customs.discount_patient = ln_2;  // a year halves it
  c.dispute.district.court_delay = 365;
  c.rules.court.lawyer_fixed = 5000;
  c.rules.court.lawyer_share = 0.10;
  c.rules.court.fee_fixed = 300;
  c.rules.court.fee_threshold = 50000;
  c.rules.court.appraisal_use = 0.8;
  c.rules.court.appraisal_fee_association = 2200;
  // 50,000/2 − (5,000 + 5,000 + 300 + 1,760) = 12,940; 0.01 · 12.94 months' income: e^0.1294 = 1.13815 of 5.13815.
  EXPECT_NEAR(c.share_of(court), 0.22151, 1e-3);
  // Legal aid bears half: 25,000 − 6,030 = 18,970: e^0.1897 = 1.20889 of 5.20889.
  c.dispute.now.cost_cover = 0.5;
  EXPECT_NEAR(c.share_of(court), 0.23208, 1e-3);
}

TEST(ChannelChoice, OnlyASuitThatIsWorthItsCostIsThoughtOf) {
  Crossroads c = equal_forums();
  c.rules.court.lawyer_fixed = 6000;
  c.dispute.injury.damages = 12000;  // of which half is believed to be owed
  EXPECT_EQ(c.share_of(court), 0);
  c.dispute.injury.damages = 12100;
  EXPECT_EQ(c.share_of(court), 0.2);
  // Legal aid bears 0.8 of it: 1,200
  c.dispute.now.cost_cover = 0.8;
  c.dispute.injury.damages = 2500;
  EXPECT_EQ(c.share_of(court), 0.2);
  c.dispute.injury.damages = 2300;
  EXPECT_EQ(c.share_of(court), 0);
}

TEST(ChannelChoice, TrustDrawsTowardsWhoIsTrustedAndRepelsFromWhoIsNot) {
  Crossroads c = equal_forums();
  c.p.trust_weight = 4;
  PatientView& patient = c.dispute.patient;
  const auto trusting = [&](double hospital, double committee, double government, double judges) {
    patient.hospital_trust = hospital, patient.committee_trust = committee;
    patient.government_trust = government, patient.court_trust = judges;
  };
  trusting(0.40, 0.90, 0.65, 0.65);  // weights e^−1 and e^1; 1/e + e + 3 = 6.08616
  EXPECT_NEAR(c.share_of(negotiation), 0.06045, 1e-3);
  EXPECT_NEAR(c.share_of(people_mediation), 0.44663, 1e-3);
  trusting(0.65, 0.65, 0.90, 0.40);
  EXPECT_NEAR(c.share_of(administrative_mediation), 0.44663, 1e-3);
  EXPECT_NEAR(c.share_of(court), 0.06045, 1e-3);
}

TEST(ChannelChoice, WhatOneLearnedAndWhatNeighboursLearned) {
  Crossroads c = equal_forums();
  c.dispute.patient.attraction[learned_of(Channel::people_mediation)] = ln_2;  // 1 · ln 2: weighs 2 of 6
  EXPECT_NEAR(c.share_of(people_mediation), 1.0 / 3, 1e-3);
  c.dispute.patient.heard[learned_of(Channel::court)] = ln_2;  // 2 · ln 2: weighs 4, all together 9
  EXPECT_NEAR(c.share_of(people_mediation), 2.0 / 9, 1e-3);
  EXPECT_NEAR(c.share_of(court), 4.0 / 9, 1e-3);
}

TEST(ChannelChoice, ResultsTeach) {
  Crossroads c = equal_forums();
  const auto payoff = [&](double paid) { return ChannelChoice::payoff(c.dispute.view(), paid, c.p); };
  EXPECT_NEAR(payoff(40000), -0.2, 1e-12);  // of 50,000 that were believed to be owed
  EXPECT_NEAR(payoff(60000), 0.2, 1e-12);
  EXPECT_EQ(payoff(0), -1);
  EXPECT_EQ(payoff(500000), 1);
  c.dispute.now.patient_belief = 0;  // no division by nothing
  EXPECT_EQ(payoff(0), -1);
  EXPECT_EQ(payoff(100), 1);

  EXPECT_NEAR(ChannelChoice::learned(0.2, 1, c.p), 0.28, 1e-12);
  EXPECT_NEAR(ChannelChoice::learned(0.2, -1, c.p), 0.08, 1e-12);
  EXPECT_NEAR(ChannelChoice::learned(0, 0, c.p), 0, 1e-12);
}

TEST(ChannelChoice, WhoWantsToUnderstandOrToPreventWantsToTalk) {
  Crossroads c = equal_forums();
  c.p.talk_motive = ln_2;  // talks and mediation weigh 2 each, of 7
  for (const Motive motive : {Motive::explanation, Motive::prevention}) {
    c.dispute.claimant.motive = motive;
    EXPECT_NEAR(c.share_of(negotiation), 2.0 / 7, 1e-3);
    EXPECT_NEAR(c.share_of(people_mediation), 2.0 / 7, 1e-3);
    EXPECT_NEAR(c.share_of(court), 1.0 / 7, 1e-3);
  }
  for (const Motive motive : {Motive::money, Motive::sanction}) {
    c.dispute.claimant.motive = motive;
    EXPECT_EQ(c.share_of(negotiation), 0.2);
  }
}

TEST(ChannelChoice, HowLongAForumTakes) {
  Crossroads c = equal_forums();
  c.dispute.district.mediation_delay = 12;
  c.dispute.district.office_delay = 20;
  c.dispute.district.court_delay = 400;
  const auto days = [&](ChannelOption option) { return ChannelChoice::delay(option, c.dispute.view(), c.p); };
  EXPECT_EQ(days(ChannelOption::negotiation), 45);
  EXPECT_EQ(days(ChannelOption::people_mediation), 57);
  EXPECT_EQ(days(ChannelOption::administrative_mediation), 65);
  EXPECT_EQ(days(ChannelOption::arbitration), 120);
  EXPECT_EQ(days(ChannelOption::court), 400);
}

TEST(ChannelChoice, TheHospitalMustConsentAndAuthorityMovesIt) {
  Crossroads c = equal_forums();  // it comes with 0.8
  const Outcome refused = c.decide(0.5, 0.3, 0.81);
  EXPECT_TRUE(refused.state.refused);
  EXPECT_EQ(refused.state.stage, Stage::channel);
  EXPECT_EQ(refused.wait, 1);
  EXPECT_EQ(refused.state.attempts, 1);
  EXPECT_EQ(refused.state.first_channel, Channel::none);

  const auto consents = [&] { return share([&](double u) { return !c.decide(0.5, 0.3, u).state.refused; }); };
  EXPECT_EQ(consents(), 0.8);
  c.rules.participation_logit = 2 * ln_2;  // odds 4 · 4 = 16
  EXPECT_NEAR(consents(), 16.0 / 17, 1e-3);
  c.rules.participation_logit = -2 * ln_2;  // odds 1
  EXPECT_EQ(consents(), 0.5);
  c.p.participation = 0.5;  // odds 1/4
  EXPECT_EQ(consents(), 0.2);
}

TEST(ChannelChoice, ToArbitrationTooAndARefusalThereClosesThatDoorAlone) {
  Crossroads c = equal_forums();
  c.dispute.district.arbitration = true;
  c.dispute.now.counsel = Counsel::cooperative;
  const auto asked = [&](double consent) { return c.decide(0.5, 0.58, consent); };
  EXPECT_EQ(asked(0.79).state.channel, Channel::arbitration);
  const CaseState refused = asked(0.81).state;
  EXPECT_EQ(refused.stage, Stage::channel);
  EXPECT_EQ(refused.channel, Channel::none);
  EXPECT_EQ(refused.attempts, 1);
  EXPECT_FALSE(refused.refused);
  c.dispute.now = refused;
  EXPECT_EQ(c.share_of(arbitration), 0);
  EXPECT_EQ(c.share_of(people_mediation), 0.2);
}

TEST(ChannelChoice, NobodyHasToConsentToTalksAnOfficeOrACourt) {
  const Crossroads c = equal_forums();
  for (const double u : {0.1, 0.5, 0.7}) {
    const CaseState state = c.decide(0.5, u, 0.999999).state;
    EXPECT_NE(state.stage, Stage::channel);
    EXPECT_EQ(state.attempts, 1);
  }
}

TEST(ChannelChoice, WhoDoesNotKnowOfMediationNeedsAReferralThatArrives) {
  Crossroads c = equal_forums();
  c.dispute.claimant.aware = false;
  c.dispute.referral.probability = 0.9;
  EXPECT_EQ(c.decide(0.89, 0.3, 1e-9).state.channel, Channel::people_mediation);
  EXPECT_TRUE(c.decide(0.89, 0.3, 1e-9).state.referred);
  // Lost: four forums are left, a quarter each.
  EXPECT_EQ(c.decide(0.91, 0.3, 1e-9).state.channel, Channel::administrative_mediation);
  EXPECT_FALSE(c.decide(0.91, 0.3, 1e-9).state.referred);
  c.dispute.now.referred = true;  // before
  EXPECT_EQ(c.decide(0.91, 0.3, 1e-9).state.channel, Channel::people_mediation);
}

TEST(ChannelChoice, TheHospitalPointsAtTheCommitteeAsFarAsItIsInclined) {
  Crossroads c = equal_forums();
  c.p.referral_inclination = 0.5;
  c.dispute.referral.probability = 0.8;
  const auto pointed = [&] { return share([&](double u) { return c.decide(u, 0.3, 1e-9).state.referred; }); };
  EXPECT_EQ(pointed(), 0.4);
  c.dispute.referral.probability = 0.4;
  EXPECT_EQ(pointed(), 0.2);
}

TEST(ChannelChoice, RemembersByWhichWayTheCaseComes) {
  Crossroads c = equal_forums();
  c.dispute.referral.probability = 0.9;
  EXPECT_EQ(c.decide(0.89, 0.3, 1e-9).state.route, Route::hospital);
  EXPECT_EQ(c.decide(0.91, 0.3, 1e-9).state.route, Route::direct);
  c.dispute.now.referred = true;  // somebody else was first
  c.dispute.now.route = Route::centre;
  EXPECT_EQ(c.decide(0.01, 0.3, 1e-9).state.route, Route::centre);
}

TEST(ChannelChoice, WhoDoesNotKnowTheLawNeedsCounselToArbitrate) {
  Crossroads c = equal_forums();
  c.dispute.district.arbitration = true;
  const auto arbitrates = [&] {
    return share([&](double law) { return c.decide(0.5, 0.58, 1e-9, law).state.channel == Channel::arbitration; });
  };
  EXPECT_EQ(arbitrates(), 0.5);
  c.dispute.claimant.law_knowledge = 0.2;
  EXPECT_EQ(arbitrates(), 0.2);
  c.dispute.now.counsel = Counsel::legal_aid;
  EXPECT_EQ(arbitrates(), 1);
  c.dispute.district.arbitration = false;
  EXPECT_EQ(arbitrates(), 0);
}

TEST(ChannelChoice, RemembersWhatWasTriedAndWhatCameFirst) {
  Crossroads c = equal_forums();
  Outcome out = c.decide(0.5, 0.1, 1e-9);
  EXPECT_EQ(out.state.first_channel, Channel::negotiation);
  EXPECT_TRUE(tried(out.state, Channel::negotiation));
  EXPECT_FALSE(tried(out.state, Channel::court));
  c.dispute.now = out.state;
  out = c.decide(0.5, 0.1, 1e-9);  // of the four that are left, mediation comes first
  EXPECT_EQ(out.state.channel, Channel::people_mediation);
  EXPECT_EQ(out.state.first_channel, Channel::negotiation);
  EXPECT_EQ(out.state.attempts, 2);
}

TEST(ChannelChoice, ASecondMediationHasToBeWantedOnceMore) {
  Crossroads c = equal_forums();
  c.p.second_mediation = 0.25;
  c.dispute.now.mediated = true;
  // people's mediation, the bureau, court and giving up are left, a quarter each; talks are over
  const auto bureau = [&](double consent) { return c.decide(0.5, 0.4, consent).state; };
  EXPECT_EQ(bureau(0.24).channel, Channel::administrative_mediation);
  EXPECT_EQ(bureau(0.26).stage, Stage::channel);
  EXPECT_TRUE(tried(bureau(0.26), Channel::administrative_mediation));
  const auto committee = [&](double consent) { return c.decide(0.5, 0.1, consent).state; };
  EXPECT_EQ(committee(0.8 * 0.25 - 0.01).channel, Channel::people_mediation);
  EXPECT_TRUE(committee(0.8 * 0.25 + 0.01).refused);
  c.dispute.now.mediated = false;  // talks come first of five
  EXPECT_EQ(c.decide(0.5, 0.5, 0.99).state.channel, Channel::administrative_mediation)
      << "nobody is asked the first time";
}

TEST(ChannelChoice, AMediationThatWasRefusedLeavesTalksOpen) {
  Crossroads c = equal_forums();
  c.dispute.now.refused = true;
  EXPECT_EQ(c.share_of(people_mediation), 0);
  EXPECT_GT(c.share_of(negotiation), 0);
}

TEST(ChannelChoice, WhenEverythingWasTriedOneGivesUp) {
  Crossroads c = equal_forums();
  c.dispute.district.arbitration = true;
  c.dispute.now.counsel = Counsel::legal_aid;
  for (const Channel channel : {Channel::negotiation, Channel::people_mediation, Channel::administrative_mediation,
                                Channel::arbitration, Channel::court})
    c.dispute.at(Stage::channel, channel);
  for (const double u : {1e-9, 0.5, 1 - 1e-9}) EXPECT_EQ(c.decide(0.5, u, 0.5).state.outcome, CaseOutcome::withdrawn);
}

TEST(ChannelChoice, AFortuneAtStakeDoesNotOverflow) {
  Crossroads c = ordinary();
  c.p.value_weight = 0.1;
  c.p.temperature = 0.2;
  c.dispute.district.arbitration = false;
  c.dispute.injury.damages = 2e7;  // a suit is worth thousands of months' income: e^5000 is no number
  EXPECT_EQ(c.share_of(court), 0);
  EXPECT_EQ(c.share_of(people_mediation), 1);
}

TEST(ChannelChoice, EachInputMovesTheShares) {
  struct Flip {
    const char* what;
    Forum forum;
    int direction;
    std::function<void(Crossroads&)> change;
  };
  const std::vector<Flip> flips = {
      {"habit", negotiation, 1, [](auto& c) { c.p.habit[negotiation] += 0.5; }},
      {"expected share", people_mediation, 1, [](auto& c) { c.p.expected_share[people_mediation] += 0.1; }},
      {"weight of money", give_up, -1, [](auto& c) { c.p.value_weight = 0.08; }},
      {"weight of trust", negotiation, 1, [](auto& c) { c.p.trust_weight = 6; }},  // 0.70 is above the reference
      {"trust reference", negotiation, -1, [](auto& c) { c.p.trust_reference = 0.9; }},
      {"time of talks", people_mediation, -1, [](auto& c) { c.p.talks_delay = 120; }},
      {"time of arbitration", arbitration, -1, [](auto& c) { c.p.arbitration_delay = 400; }},
      {"temperature", give_up, 1, [](auto& c) { c.p.temperature = 2; }},
      {"belief", give_up, -1, [](auto& c) { c.dispute.now.patient_belief = 0.7; }},
      {"damages", give_up, -1, [](auto& c) { c.dispute.injury.damages = 150000; }},
      {"income", give_up, 1, [](auto& c) { c.dispute.claimant.monthly_income = 2000; }},
      {"motive", people_mediation, 1, [](auto& c) { c.dispute.claimant.motive = Motive::prevention; }},
      {"legal aid", court, 1, [](auto& c) { c.dispute.now.cost_cover = 0.8; }},
      {"trust in the hospital", negotiation, -1, [](auto& c) { c.dispute.patient.hospital_trust = 0.4; }},
      {"trust in the committee", people_mediation, 1, [](auto& c) { c.dispute.patient.committee_trust = 0.9; }},
      {"trust in government", administrative_mediation, 1, [](auto& c) { c.dispute.patient.government_trust = 0.9; }},
      {"trust in the court", court, -1, [](auto& c) { c.dispute.patient.court_trust = 0.4; }},
      {"own result", court, -1, [](auto& c) { c.dispute.patient.attraction[learned_of(Channel::court)] = -0.5; }},
      {"neighbours' results", arbitration, 1,
       [](auto& c) { c.dispute.patient.heard[learned_of(Channel::arbitration)] = 0.2; }},
      {"court's delay", court, -1, [](auto& c) { c.dispute.district.court_delay = 800; }},
      {"committee's queue", people_mediation, -1, [](auto& c) { c.dispute.district.mediation_delay = 120; }},
      {"office's queue", administrative_mediation, -1, [](auto& c) { c.dispute.district.office_delay = 120; }},
      {"impatience", court, -1, [](auto& c) { c.rules.customs.discount_patient = 0.5; }},
      {"lawyer's fee", court, -1, [](auto& c) { c.rules.court.lawyer_fixed = 10000; }},
      {"lawyer's share", court, -1, [](auto& c) { c.rules.court.lawyer_share = 0.2; }},
      {"use of appraisal", court, -1, [](auto& c) { c.rules.court.appraisal_use = 1; }},
      {"appraisal's fee", court, -1, [](auto& c) { c.rules.court.appraisal_fee_association = 15000; }},
      {"court fee", court, -1, [](auto& c) { c.rules.court.fee_fixed = 5000; }},
  };
  const Crossroads before = ordinary();
  for (const Flip& flip : flips) {
    Crossroads after = ordinary();
    flip.change(after);
    const double moved = after.share_of(flip.forum) - before.share_of(flip.forum);
    EXPECT_GT(moved * flip.direction, 0.002) << flip.what;
  }
}

TEST(ChannelChoice, EachGateCloses) {
  struct Gate {
    const char* what;
    Forum forum;
    std::function<void(Crossroads&)> close;
  };
  const std::vector<Gate> gates = {
      {"mediation closed by the rules", people_mediation, [](auto& c) { c.rules.mediation_open = false; }},
      {"no committee", people_mediation, [](auto& c) { c.dispute.district.committee = false; }},
      {"hospital refused", people_mediation, [](auto& c) { c.dispute.now.refused = true; }},
      {"not known", people_mediation,
       [](auto& c) { c.dispute.claimant.aware = false, c.dispute.referral.probability = 0; }},
      {"no panel", arbitration, [](auto& c) { c.dispute.district.arbitration = false; }},
      {"law not known", arbitration, [](auto& c) { c.dispute.claimant.law_knowledge = 0.4; }},
      {"suit not worth its cost", court, [](auto& c) { c.rules.court.lawyer_fixed = 60000; }},
      {"negotiation tried", negotiation, [](auto& c) { c.dispute.at(Stage::channel, Channel::negotiation); }},
      {"no talks after a mediation", negotiation, [](auto& c) { c.dispute.now.mediated = true; }},
      {"mediation tried", people_mediation, [](auto& c) { c.dispute.at(Stage::channel, Channel::people_mediation); }},
      {"bureau tried", administrative_mediation,
       [](auto& c) { c.dispute.at(Stage::channel, Channel::administrative_mediation); }},
      {"arbitration tried", arbitration, [](auto& c) { c.dispute.at(Stage::channel, Channel::arbitration); }},
      {"court tried", court, [](auto& c) { c.dispute.at(Stage::channel, Channel::court); }},
  };
  for (const Gate& gate : gates) {
    Crossroads c = ordinary();
    EXPECT_GT(c.share_of(gate.forum), 0) << gate.what;
    gate.close(c);
    c.dispute.now.channel = Channel::none;
    EXPECT_EQ(c.share_of(gate.forum), 0) << gate.what;
  }
}

}  // namespace
}  // namespace parley
