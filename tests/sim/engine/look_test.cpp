#include "sim/engine/look.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/engine/commit.hpp"
#include "sim/scenario/populate.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

class LookTest : public ::testing::Test {
 protected:
  static Place place_with_plain_trust() {
    Place place = testing::toy_place();
    Trust::Params& t = place.parameters.trust;
    t.halflife = 365;
    t.memory_days = 1000;
    t.network_degree = 4;
    t.contagion_pull = 0.25;
    t.contact_rate = 1;
    t.bounded_confidence = 0.5;
    t.spillover = 0.5;
    t.media_reach = 0.05;
    t.media_halflife = 7;
    t.media_loss = 0.2;
    t.secular_drift = 0;
    return place;
  }

  PatientView view(std::uint32_t patient, std::uint32_t district = 0) const {
    return look.patient(look.trust(patient), patient, district);
  }
  std::set<std::uint32_t> contacts(std::uint32_t patient) const {
    std::set<std::uint32_t> out;
    world.social.each_contact(patient, [&](Person contact, std::uint32_t) { out.insert(contact); });
    return out;
  }

  Place place = place_with_plain_trust();
  World world = populate(place, {7, 0}, 0, 2000);
  Tally tally;
  Commit commit{world, place, tally};
  Look look{world, place};
};

TEST_F(LookTest, TraitsAreAFunctionOfThePatient) {
  const Baselines a = look.trust(1234), again = look.trust(1234), other = look.trust(1235);
  EXPECT_EQ(a, again);
  for (std::size_t o = 0; o < trust_object_count; ++o) EXPECT_NE(a[o], other[o]);
  EXPECT_EQ(look.trust_in_medicine(1234)[at(TrustObject::hospital)], a[at(TrustObject::hospital)]);
  EXPECT_EQ(look.trust_in_medicine(1234)[at(TrustObject::doctor)], a[at(TrustObject::doctor)]);
  commit.shift(0, 1234, TrustObject::hospital, -0.3);
  world.today = 700;
  EXPECT_EQ(look.trust(1234), a);                 // what somebody is like never changes,
  place.parameters.trust.secular_drift = -0.005;  // but for the drift that all share: over 700 days
  EXPECT_NEAR(look.trust(1234)[at(TrustObject::hospital)], a[at(TrustObject::hospital)] - 0.005 * 700 / 365, 1e-12);
  EXPECT_EQ(look.trust(1234)[at(TrustObject::court)], a[at(TrustObject::court)]);
  world.today = 0;
  double sum = 0;
  for (std::uint32_t p = 0; p < 4000; ++p) sum += look.trust(p)[at(TrustObject::hospital)];
  // Mean 0.70, deviation 0.15; of the mean of 4,000 that is 0.0024, and the ceiling at 1 takes about 0.001 away.
  EXPECT_NEAR(sum / 4000, 0.70, 0.01);
}

TEST_F(LookTest, OnesOwnShiftFadesByHalflives) {
  const double before = view(50).hospital_trust;
  ASSERT_GT(before, 0.3);
  commit.shift(0, 50, TrustObject::hospital, -0.2);
  EXPECT_FLOAT_EQ(look.remembered(0, 50).trust[at(TrustObject::hospital)], -0.2f);
  EXPECT_NEAR(view(50).hospital_trust, before - 0.2, 1e-7);
  world.today = 365;  // one half-life
  EXPECT_NEAR(view(50).hospital_trust, before - 0.1, 1e-7);
  world.today = 730;
  EXPECT_NEAR(view(50).hospital_trust, before - 0.05, 1e-7);
  world.today = 1001;  // beyond memory
  EXPECT_EQ(view(50).hospital_trust, before);
}

TEST_F(LookTest, ShiftsAddUpWithWhatIsLeftOfEarlierOnes) {
  commit.shift(0, 50, TrustObject::hospital, -0.2);
  world.today = 365;
  commit.shift(0, 50, TrustObject::hospital, -0.05);
  EXPECT_NEAR(look.remembered(0, 50).trust[at(TrustObject::hospital)], -0.15, 1e-7);  // half of −0.2, and −0.05
}

// Contagion is pulled: a neighbour's stored shift is read when somebody decides, and a stranger's is not.
TEST_F(LookTest, ANeighboursShiftIsPulledAndAStrangersIsNot) {
  constexpr std::uint32_t patient = 50;
  const PatientView before = view(patient);
  const std::set<std::uint32_t> known = contacts(patient);
  ASSERT_FALSE(known.empty());
  std::uint32_t stranger = 0;
  while (known.count(stranger) > 0 || stranger == patient) ++stranger;
  commit.shift(0, stranger, TrustObject::hospital, -0.4);
  world.today = 365;
  EXPECT_EQ(view(patient).hospital_trust, before.hospital_trust);

  world.today = 0;
  commit.shift(0, *known.begin(), TrustObject::hospital, -0.4);
  EXPECT_EQ(view(patient).hospital_trust, before.hospital_trust);  // on the same day they have not talked yet
  world.today = 365;
  // A year is twelve contacts at one a month, so 1 − 0.75^12 of the −0.2 that the neighbour still holds is pulled;
  // there are four ties.
  ASSERT_EQ(known.size(), 4u);
  const double pulled = -0.2 * (1 - 0.0316763520) / 4;  // 0.75^12 = 0.031676352
  EXPECT_NEAR(view(patient).hospital_trust, before.hospital_trust + pulled, 1e-7);
  EXPECT_EQ(view(patient).committee_trust, before.committee_trust);  // of that the neighbour had nothing to tell
}

// Ties written out one by one are heard exactly as the computed ones are, across the border too.
TEST_F(LookTest, StoredTiesAreHeardLikeComputedOnes) {
  place.districts[0].population = 3000;
  place.districts[1].population = 2000;
  place.parameters.trust.network_degree = 12;
  place.parameters.trust.far_tie_share = 0.25;
  World computed = populate(place, {7, 0}, 0, 2000);
  const ImplicitSocialGraph ties({3000, 2000}, social_shape(place.parameters.trust), {7, 0});
  place.social_ties = std::make_shared<SocialTies>(SocialTies{"", "", StoredSocialGraph(ties)});
  World stored = populate(place, {7, 0}, 0, 2000);
  for (World* one : {&computed, &stored}) {
    Commit commits(*one, place, tally);
    for (std::uint32_t p = 0; p < 3000; p += 11) commits.shift(0, p, TrustObject::hospital, -0.001 * (p % 300));
    for (std::uint32_t p = 3000; p < 5000; p += 7) commits.shift(1, p, TrustObject::hospital, 0.001 * (p % 200));
    one->today = 200;
  }
  const Look first(computed, place), second(stored, place);
  int moved = 0;
  for (std::uint32_t p = 0; p < 5000; ++p) {
    const std::uint32_t district = p < 3000 ? 0 : 1;
    const Baselines trust = first.trust(p);
    const double heard = first.patient(trust, p, district).hospital_trust;
    ASSERT_EQ(heard, second.patient(trust, p, district).hospital_trust) << p;
    moved += heard != std::clamp(first.alone(trust, first.remembered(district, p), district).hospital_trust, 0.0, 1.0);
  }
  EXPECT_GT(moved, 2000);  // a tenth of the people have a shift, and nearly two thirds know one of them
}

TEST_F(LookTest, WhoIsTooFarAwayIsNotBelieved) {
  constexpr std::uint32_t patient = 50;
  const double before = view(patient).hospital_trust;
  commit.shift(0, *contacts(patient).begin(), TrustObject::hospital, -1.2);
  world.today = 365;  // −0.6 are left, and ε is 0.5
  EXPECT_EQ(view(patient).hospital_trust, before);
  world.today = 600;  // 1.2 · 2^(−600/365) = 0.384 are left
  EXPECT_LT(view(patient).hospital_trust, before);
}

TEST_F(LookTest, AShiftElsewhereOfTheSameNumberIsNobodysHere) {
  const double before = view(50).hospital_trust;
  for (std::uint32_t p = 150'000; p < 150'400; ++p) commit.shift(1, p, TrustObject::hospital, -0.4);
  world.today = 100;
  EXPECT_EQ(view(50).hospital_trust, before);
}

TEST_F(LookTest, TheMediaFieldFades) {
  const double before = view(50).hospital_trust, elsewhere = view(200'000, 1).hospital_trust;
  world.districts[0].media = 0.8;
  world.districts[0].media_day = 0;
  EXPECT_NEAR(view(50).hospital_trust, before - 0.16, 1e-12);  // 0.2 · 0.8
  EXPECT_EQ(view(200'000, 1).hospital_trust, elsewhere);
  world.today = 7;
  EXPECT_NEAR(view(50).hospital_trust, before - 0.08, 1e-9);
  world.today = 70;  // ten half-lives: 0.16/1024
  EXPECT_NEAR(view(50).hospital_trust, before - 0.00015625, 1e-9);
  world.today = 0;
  world.districts[0].media = 3;  // more than everybody cannot hear of it
  EXPECT_NEAR(view(50).hospital_trust, std::max(before - 0.2, 0.0), 1e-12);
}

TEST_F(LookTest, TrustStaysBetweenNothingAndAll) {
  commit.shift(0, 50, TrustObject::hospital, -5);
  commit.shift(0, 51, TrustObject::hospital, 5);
  commit.shift(0, 50, TrustObject::committee, -5);
  EXPECT_EQ(view(50).hospital_trust, 0);
  EXPECT_EQ(view(51).hospital_trust, 1);
  EXPECT_EQ(view(50).committee_trust, 0);
}

TEST_F(LookTest, AClaimantIsRicherOrPoorerByWhoTheyAre) {
  int low = 0;
  double income_low = 0, income_other = 0;
  constexpr int persons = 4000;
  for (std::uint32_t p = 0; p < persons; ++p) {
    const Claimant who = look.claimant(p, 0);
    EXPECT_EQ(who.home.value, 0u);
    EXPECT_GT(who.monthly_income, 0);
    EXPECT_GE(who.risk_aversion, 0);
    EXPECT_LE(who.risk_aversion, 1);
    (who.low_income ? income_low : income_other) += who.monthly_income;
    low += who.low_income;
  }
  // A fifth have a low income, 0.4 of the others'. Three standard deviations of the share are 0.019.
  EXPECT_NEAR(low / static_cast<double>(persons), place.numbers.lowincome_share, 0.019);
  EXPECT_NEAR(income_low / low / (income_other / (persons - low)), place.numbers.lowincome_ratio, 0.04);
}

TEST_F(LookTest, WhoAsksWhileAllExpertsAreBusyWaits) {
  Rules rules = base_rules(place);
  rules.expert_pool_size = 20;
  commit.amend(0, rules);
  place.parameters.expert.field_shares = {0.5, 0.2, 0.1, 0.1, 0.1};
  place.parameters.expert.expert_delay = 10;
  // The east has 0.6 of 20 experts, half of them surgeons: 6. An opinion takes ten days.
  EXPECT_EQ(look.district(0, Specialty::surgery).expert_wait, 10);
  auto& surgeons = world.pools[0].release[static_cast<std::size_t>(Specialty::surgery)];
  surgeons.assign(5, 8);
  EXPECT_EQ(look.district(0, Specialty::surgery).expert_wait, 10);  // one is free
  surgeons.push_back(9);
  EXPECT_EQ(look.district(0, Specialty::surgery).expert_wait, 18);  // the first is free on day 8
  EXPECT_EQ(look.district(0, Specialty::other).expert_wait, 10);    // other fields are not concerned
}

TEST_F(LookTest, QueuesAreSeenAsDelay) {
  commit.amend(0, base_rules(place));
  const double quiet = look.district(0, Specialty::internal).court_delay;
  EXPECT_EQ(quiet, place.parameters.court.duration_mean);
  EXPECT_EQ(look.district(0, Specialty::internal).mediation_delay, 0);
  world.districts[0].court.waiting.assign(10, 0);
  // Ten cases of 12 working days at 365/220 calendar days each, over the judges there are.
  place.parameters.trial.judge_days = 12;
  const double judges = static_cast<double>(world.districts[0].court.free_on.size());
  EXPECT_NEAR(look.district(0, Specialty::internal).court_delay - quiet,
              10 * 12 * 365 / place.parameters.customs.working_days / judges, 1e-9);
  EXPECT_TRUE(look.district(0, Specialty::internal).committee);
  EXPECT_TRUE(look.district(0, Specialty::internal).centre);
  EXPECT_FALSE(look.district(1, Specialty::internal).centre);
}

TEST_F(LookTest, AnOfficerIsAnOffice) {
  EXPECT_TRUE(look.officer().is_public_office);
  EXPECT_FALSE(look.mediator(Dispute{}).is_public_office);
}

}  // namespace
}  // namespace parley
