#include "sim/scenario/populate.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "sim/mechanisms/encounter.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

using testing::toy_place;
using Whole = std::vector<std::int64_t>;

World toy_world(const Place& place = toy_place(), DrawKey key = {7, 0}) { return populate(place, key, -365, 365); }

TEST(LargestRemainder, SharesByWeightAndAddsUp) {
  // 10 by 5 : 3 : 2 is exact; 10 by 1 : 1 : 1 is 3.33 each, and the first of equals gets the one left over.
  EXPECT_EQ(largest_remainder(10, {5, 3, 2}), (Whole{5, 3, 2}));
  EXPECT_EQ(largest_remainder(10, {1, 1, 1}), (Whole{4, 3, 3}));
  EXPECT_EQ(largest_remainder(11, {1, 1, 1}), (Whole{4, 4, 3}));
  // 7 by 50 : 30 : 20 is 3.5, 2.1, 1.4: one is left, and 0.5 is the largest remainder.
  EXPECT_EQ(largest_remainder(7, {50, 30, 20}), (Whole{4, 2, 1}));
  // 2 by 60 : 25 : 15 is 1.2, 0.5, 0.3
  EXPECT_EQ(largest_remainder(2, {60, 25, 15}), (Whole{1, 1, 0}));
}

TEST(LargestRemainder, EdgesOfTheTable) {
  EXPECT_EQ(largest_remainder(0, {3, 4}), (Whole{0, 0}));
  EXPECT_EQ(largest_remainder(5, {0, 4}), (Whole{0, 5}));
  EXPECT_EQ(largest_remainder(5, {0, 0}), (Whole{0, 0}));
  EXPECT_EQ(largest_remainder(5, {}), Whole{});
  for (std::int64_t total = 0; total < 60; ++total) {
    const Whole shares = largest_remainder(total, {31, 7, 19, 2, 40});
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), total);
  }
  // Weights as large as populations, totals as large as hospitals: no overflow.
  EXPECT_EQ(largest_remainder(1'000'000, {30'000'000, 10'000'000}), (Whole{750'000, 250'000}));
}

TEST(Populate, CountsAreThoseOfThePlace) {
  // East 150,000 and west 100,000 people: 2 tertiary 1.2 : 0.8 → 1 + 1; 2 secondary the same; 3 primary 1.8 : 1.2 → 2
  // + 1.
  const World world = toy_world();
  ASSERT_EQ(world.districts.size(), 2u);
  EXPECT_EQ(world.population, 250'000);
  EXPECT_EQ(world.districts[0].first_patient, 0u);
  EXPECT_EQ(world.districts[1].first_patient, 150'000u);
  EXPECT_EQ(world.hospitals.size(), 7u);
  EXPECT_EQ(world.districts[0].hospitals.size(), 4u);
  EXPECT_EQ(world.districts[1].hospitals.size(), 3u);
  std::array<int, level_count> levels{};
  for (const HospitalRow& hospital : world.hospitals) ++levels[static_cast<std::size_t>(hospital.view.level)];
  EXPECT_EQ(levels, (std::array<int, level_count>{3, 2, 2}));
  EXPECT_EQ(world.committees.size(), 2u);
  EXPECT_EQ(world.districts[0].committees, std::vector<std::uint32_t>{0});
  EXPECT_EQ(world.districts[1].committees, std::vector<std::uint32_t>{1});
  EXPECT_TRUE(world.districts[0].centre);  // one centre, in the larger district
  EXPECT_FALSE(world.districts[1].centre);
  for (std::size_t h = 0; h < world.hospitals.size(); ++h) EXPECT_EQ(world.hospitals[h].view.id.value, h);
}

TEST(Populate, InsuranceBelongsToLevelsTwoAndThreeOfInsuredDistricts) {
  for (const HospitalRow& hospital : toy_world().hospitals)
    EXPECT_EQ(hospital.view.insured, hospital.district == 0 && hospital.view.level != HospitalLevel::primary);
}

TEST(Populate, FewerCommitteesThanDistrictsServeAll) {
  Place place = toy_place();
  place.numbers.committees = 1;
  const World world = toy_world(place);
  ASSERT_EQ(world.committees.size(), 1u);
  EXPECT_EQ(world.committees[0].district, 0u);  // one by 150,000 : 100,000 goes to the larger
  for (const DistrictRow& district : world.districts) EXPECT_EQ(district.committees, std::vector<std::uint32_t>{0});
  for (const HospitalRow& hospital : world.hospitals) EXPECT_EQ(hospital.refers.size(), 1u);
}

TEST(Populate, WithoutCommitteesNobodyRefers) {
  Place place = toy_place();
  place.numbers.committees = 0;
  const World world = toy_world(place);
  EXPECT_TRUE(world.committees.empty());
  for (const HospitalRow& hospital : world.hospitals) EXPECT_TRUE(hospital.refers.empty());
}

TEST(Populate, MoreCommitteesThanDistrictsGoByPopulation) {
  Place place = toy_place();
  place.numbers.committees = 7;  // one each, and 5 by 150 : 100 → 3 + 2
  const World world = toy_world(place);
  EXPECT_EQ(world.districts[0].committees.size(), 4u);
  EXPECT_EQ(world.districts[1].committees.size(), 3u);
}

TEST(Populate, AdmissionsAddUpWhateverLevelsThereAre) {
  Place place = toy_place();
  place.numbers.admission_rate = 0.2;
  const double expected = 0.2 * 250'000 / 365;  // per day
  for (const bool primary : {true, false}) {
    if (!primary) place.numbers.hospitals_primary = 0;  // the other levels take over
    double sum = 0;
    for (const HospitalRow& hospital : toy_world(place).hospitals) sum += hospital.view.admissions_per_day;
    EXPECT_NEAR(sum, expected, 1e-9 * expected);
  }
}

TEST(Populate, CeilingsBelongToNoSafetyAtAll) {
  const Place place = toy_place();
  const World world = toy_world(place);
  const Encounter::Params& p = place.parameters.encounter;
  for (HospitalRow hospital : world.hospitals) {
    EXPECT_EQ(hospital.event_ceiling, Encounter::event_ceiling(hospital.view, hospital.most_workload, p));
    // The count is drawn at the ceiling of both kinds together, in parts of at most 32.
    EXPECT_NEAR(hospital.count_mean * hospital.counting_draws, hospital.event_ceiling + hospital.bad_outcome_ceiling,
                1e-9);
    EXPECT_LE(hospital.count_mean, 32);
    EXPECT_NEAR(hospital.count_zero, exponential(-hospital.count_mean), 1e-15);
    for (const double safety : {0.0, 0.1, 0.3, 1.0, 5.0}) {
      hospital.view.safety = safety;
      EXPECT_LE(Encounter::event_rate(hospital.view, hospital.most_workload, p), hospital.event_ceiling) << safety;
    }
    hospital.view.safety = 0;
    EXPECT_EQ(Encounter::event_rate(hospital.view, hospital.most_workload, p), hospital.event_ceiling);
  }
}

TEST(Populate, CeilingsDoNotDependOnThePolicyOrTheStatusQuo) {
  Place place = toy_place(), other = toy_place();
  other.status_quo.feedback.feedback_rate = 1;
  other.status_quo.authority.authority = 1;
  const World a = toy_world(place), b = toy_world(other);
  for (std::size_t h = 0; h < a.hospitals.size(); ++h)
    EXPECT_EQ(a.hospitals[h].event_ceiling, b.hospitals[h].event_ceiling);
}

TEST(Populate, AHospitalThatCannotNumberItsEventsIsAFault) {
  Place place = toy_place();
  place.districts[0].population = 400'000'000;
  place.numbers.hospitals_tertiary = place.numbers.hospitals_secondary = 0;
  place.numbers.hospitals_primary = 1;
  try {
    toy_world(place);
    FAIL() << "an ordinal has 14 bits";
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("give the place more hospitals"), std::string::npos) << error.what();
  }
}

TEST(Populate, WeightsOfTreatmentAddUpToOne) {
  Place place = toy_place();
  place.numbers.outsider_share = 0.3;
  const World world = toy_world(place);
  for (const HospitalRow& hospital : world.hospitals) {
    double weight = world.graph[hospital.home].weight;
    for (const Edge& edge : hospital.elsewhere) weight += world.graph[edge].weight;
    EXPECT_NEAR(weight, 1, 1e-12);
    EXPECT_EQ(hospital.elsewhere.empty(), hospital.view.level != HospitalLevel::tertiary);
    EXPECT_EQ(world.graph[boost::target(hospital.home, world.graph)].district, hospital.district);
  }
}

TEST(Populate, ProvidersRunTheCommitteesOfTheirDistrictInTurn) {
  Place place = toy_place();
  place.numbers.committees = 9;
  const auto providers_of = [&](std::int64_t number) {
    place.numbers.providers = number;
    return toy_world(place);
  };
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{6}}) {
    const World world = providers_of(number);
    std::size_t run = 0;
    std::vector<std::size_t> in_district(2);
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
      const ProviderRow& provider = world.providers[i];
      ++in_district[provider.district];
      EXPECT_FALSE(provider.committees.empty());
      for (const std::uint32_t c : provider.committees) {
        EXPECT_EQ(world.committees[c].provider, i);
        EXPECT_EQ(world.committees[c].district, provider.district);
        ++run;
      }
    }
    EXPECT_EQ(run, 9u);
    for (std::size_t d = 0; d < 2; ++d) {
      const std::size_t own = world.districts[d].committees.size();
      EXPECT_EQ(in_district[d], number == 0 ? own : std::min(own, static_cast<std::size_t>(number)));
    }
  }
  // Each begins with the months of reserve that the place says, for what it runs.
  place.parameters.staffing.opening_months = 2;
  const World world = providers_of(2);
  const Rules rules = amended(base_rules(place), {}, place.status_quo, place.status_quo, place.parameters.slopes);
  for (const ProviderRow& provider : world.providers) {
    const auto run = static_cast<double>(provider.committees.size());
    EXPECT_EQ(
        world.ledger.balance(provider.account),
        Money::yuan(run *
                    (rules.committee_budget + rules.mediators_per_committee * place.parameters.upkeep.mediator_wage) /
                    6));
    EXPECT_LE(std::fabs(provider.quality), 2 * place.parameters.staffing.quality_sd);
  }
  EXPECT_NE(world.providers[0].quality, world.providers[1].quality);
}

TEST(Populate, NothingCrossesTheBorderOfTheToy) {
  const World world = toy_world();
  for (const HospitalRow& hospital : world.hospitals) EXPECT_TRUE(hospital.elsewhere.empty());
  for (std::uint32_t person = 0; person < 250'000; person += 50)
    world.social.each_contact(person,
                              [&](Person, std::uint32_t district) { ASSERT_EQ(district, person < 150'000 ? 0u : 1u); });
  EXPECT_EQ(world.pools.size(), 2u);
  EXPECT_DOUBLE_EQ(world.pools[0].share, 0.6);  // 150 of 250
  for (auto [edge, last] = boost::edges(world.graph); edge != last; ++edge) {
    const Party &from = world.graph[boost::source(*edge, world.graph)],
                &to = world.graph[boost::target(*edge, world.graph)];
    // One insurer and one city for the whole place.
    if (from.kind == PartyKind::insurer || from.kind == PartyKind::insurance_regulator ||
        from.kind == PartyKind::city_government || from.kind == PartyKind::province_government)
      continue;
    EXPECT_EQ(from.district, to.district);
  }
}

// Twelve contacts on average, a quarter of them across the border: 1,250 persons asked. A person has 13 or fewer ties
// of chance, so five standard deviations of the mean are at most 5 · √13/√1250 = 0.51.
TEST(Populate, ContactsAreThoseOfThePlace) {
  Place place = toy_place();
  place.parameters.trust.network_degree = 12;
  place.parameters.trust.far_tie_share = 0.25;
  place.parameters.trust.neighbourhood_size = 5;
  const World world = toy_world(place);
  double contacts = 0, far = 0;
  for (std::uint32_t person = 0; person < 250'000; person += 200)
    contacts += static_cast<double>(world.social.each_contact(
        person, [&](Person, std::uint32_t district) { far += district != (person < 150'000 ? 0u : 1u); }));
  EXPECT_NEAR(contacts / 1250, 12, 0.51);
  EXPECT_NEAR(far / 1250, 3, 0.51);
}

TEST(Populate, LoadedTiesTakeThePlaceOfComputedOnes) {
  Place place = toy_place();
  place.social_ties = std::make_shared<SocialTies>(SocialTies{"", "", StoredSocialGraph(250'000, {{7, 200'000}})});
  const World world = toy_world(place);
  EXPECT_EQ(world.social.each_contact(8, [](Person, std::uint32_t) {}), 0u);
  std::vector<std::pair<Person, std::uint32_t>> contacts;
  world.social.each_contact(7,
                            [&](Person contact, std::uint32_t district) { contacts.emplace_back(contact, district); });
  EXPECT_EQ(contacts, (std::vector<std::pair<Person, std::uint32_t>>{{200'000, 1}}));
}

TEST(Populate, MoneyBalancesBeforeTheFirstDay) {
  const World world = toy_world();
  EXPECT_EQ(world.ledger.total(), Money{});
  EXPECT_GT(world.ledger.moved(Reason::opening_reserve), Money{});
}

TEST(Populate, IsAFunctionOfPlaceAndKey) {
  const World a = toy_world(), same = toy_world(), replicate = toy_world(toy_place(), {7, 1}),
              seed = toy_world(toy_place(), {8, 0});
  for (std::size_t h = 0; h < a.hospitals.size(); ++h) {
    EXPECT_EQ(a.hospitals[h].view.relative_risk, same.hospitals[h].view.relative_risk);
    EXPECT_NE(a.hospitals[h].view.relative_risk, replicate.hospitals[h].view.relative_risk);
    EXPECT_NE(a.hospitals[h].view.relative_risk, seed.hospitals[h].view.relative_risk);
  }
}

TEST(Populate, TermsNoInstrumentTouchesComeFromThePlace) {
  Place place = toy_place();
  place.parameters.customs.target_success = 0.5;
  place.parameters.court.lawyer_fixed = 77;
  place.parameters.insurance.deductible = 88;
  const Rules rules = base_rules(place);
  EXPECT_EQ(rules.customs.target_success, 0.5);
  EXPECT_EQ(rules.court.lawyer_fixed, 77);
  EXPECT_EQ(rules.insurance.deductible, 88);
}

}  // namespace
}  // namespace parley
