#include "sim/scenario/build.hpp"

#include <gtest/gtest.h>

#include "sim/scenario/read.hpp"
#include "tests/sim/scenario/faults.hpp"

namespace parley {
namespace {

// A sound place in three lines, so that a fault of the text below it stands in line 4 or later.
const std::string sound_place =
    "place: here\n"
    "districts:\n"
    "  - {slug: east, population: 1000}\n";

// One wrong text and the one fault it must give, word for word.
struct Wrong {
  const char* text;
  const char* fault;
};

class WrongPlace : public testing::TestWithParam<Wrong> {};

TEST_P(WrongPlace, GivesItsFaultWithItsPosition) {
  const std::string text = sound_place + GetParam().text;
  EXPECT_EQ(lines(faults_of([&] { read_place_text(text, "a.yaml"); })), std::string(GetParam().fault) + "\n") << text;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Keys, WrongPlace, testing::Values(
    Wrong{"titel: Here\n", "a.yaml:4:1: titel: unknown key 'titel'; did you mean 'title'?"},
    Wrong{"zzzzzz: 1\n", "a.yaml:4:1: zzzzzz: unknown key 'zzzzzz'; there are: place, title, start, sources, numbers, districts, social_ties, parameters, status_quo"},
    Wrong{"title: Here\ntitle: There\n", "a.yaml:5:1: title: duplicate key 'title'; it already stands in line 4"},
    Wrong{"numbers:\n  committees: 3\n  committees: 3\n", "a.yaml:6:3: numbers.committees: duplicate key 'committees'; it already stands in line 5"},
    Wrong{"numbers: {commitees: 3}\n", "a.yaml:4:11: numbers.commitees: unknown number of the place 'commitees'; did you mean 'committees'?"},
    Wrong{"parameters: {harms: {}}\n", "a.yaml:4:14: parameters.harms: unknown group of parameters 'harms'; did you mean 'harm'?"},
    Wrong{"parameters: {harm: {formal_claim_probability: 0.1}}\n", "a.yaml:4:21: parameters.harm.formal_claim_probability: unknown parameter 'formal_claim_probability'; it belongs to group 'claim'"},
    Wrong{"parameters:\n  claim:\n    formal_claim_prob: 0.1\n", "a.yaml:6:5: parameters.claim.formal_claim_prob: unknown parameter 'formal_claim_prob'; did you mean 'formal_claim_probability'?"},
    Wrong{"status_quo: {autority: 0.5}\n", "a.yaml:4:14: status_quo.autority: unknown lever 'autority'; did you mean 'authority'?"},
    Wrong{"parameters: {naming: {naming_by_severity: {minor: 0.3, deth: 0.8}}}\n", "a.yaml:4:56: parameters.naming.naming_by_severity.deth: unknown element 'deth'; did you mean 'death'?"}));
// clang-format on

// clang-format off
INSTANTIATE_TEST_SUITE_P(Kinds, WrongPlace, testing::Values(
    Wrong{"numbers: 3\n", "a.yaml:4:10: numbers: is one value where a mapping of keys is needed (name: value)"},
    Wrong{"numbers: [3]\n", "a.yaml:4:10: numbers: is a list where a mapping of keys is needed (name: value)"},
    Wrong{"numbers: {committees: [3]}\n", "a.yaml:4:23: numbers.committees: is a list where a whole number is needed"},
    Wrong{"numbers: {committees:}\n", "a.yaml:4:11: numbers.committees: is nothing where a whole number is needed"},
    Wrong{"title: [Here]\n", "a.yaml:4:8: title: is a list where text is needed"},
    Wrong{"title: \"a\\x1b[31mb\"\n", "a.yaml:4:8: title: 'a?[31mb' has a control character in it"},
    Wrong{"sources: S0\n", "a.yaml:4:10: sources: is one value where a list is needed ([a, b])"},
    Wrong{"sources: [S0, [S1]]\n", "a.yaml:4:15: sources[1]: is a list where text is needed"},
    Wrong{"parameters: {harm: {severity_shares: 0.6}}\n", "a.yaml:4:38: parameters.harm.severity_shares: is one value where 4 numbers are needed, as a list or by name: minor, moderate, permanent, death"},
    Wrong{"parameters: {harm: {severity_shares: [0.6, 0.4]}}\n", "a.yaml:4:38: parameters.harm.severity_shares: has 2 elements; it needs 4: minor, moderate, permanent, death"}));
// clang-format on

// clang-format off
INSTANTIATE_TEST_SUITE_P(Values, WrongPlace, testing::Values(
    Wrong{"start: 2015/01/01\n", "a.yaml:4:8: start: '2015/01/01' is not a date; write year, month and day as 2015-01-01"},
    Wrong{"start: 2015-02-29\n", "a.yaml:4:8: start: there is no such day; a date is written 2015-01-01, in the years 1900 to 2200"},
    Wrong{"numbers: {admission_rate: \"0.17\"}\n", "a.yaml:4:27: numbers.admission_rate: '0.17' is text in quotes; a number stands without quotes"},
    Wrong{"numbers: {admission_rate: 17%}\n", "a.yaml:4:27: numbers.admission_rate: '17%' is a percentage; write a share, for instance 0.05 for 5%"},
    Wrong{"numbers: {admission_rate: .nan}\n", "a.yaml:4:27: numbers.admission_rate: '.nan' is not a finite number"},
    Wrong{"numbers: {urban_income: 1e999}\n", "a.yaml:4:25: numbers.urban_income: '1e999' is too large for a number"},
    Wrong{"numbers: {committees: 2.5}\n", "a.yaml:4:23: numbers.committees: '2.5' is not a whole number; write digits alone"},
    Wrong{"numbers: {committees: 010}\n", "a.yaml:4:23: numbers.committees: '010' starts with a zero; write '10'"},
    Wrong{"status_quo: {mediation_open: yes}\n", "a.yaml:4:30: status_quo.mediation_open: 'yes' is neither true nor false; write true"},
    Wrong{"status_quo: {mediation_open: Off}\n", "a.yaml:4:30: status_quo.mediation_open: 'Off' is neither true nor false; write false"},
    Wrong{"status_quo: {mediation_open: \"true\"}\n", "a.yaml:4:30: status_quo.mediation_open: 'true' is text in quotes, neither true nor false; write true"},
    Wrong{"status_quo: {mediation_open: maybe}\n", "a.yaml:4:30: status_quo.mediation_open: 'maybe' is neither true nor false; allowed are true and false"},
    Wrong{"parameters: {customs: {protocol: screning}}\n", "a.yaml:4:34: parameters.customs.protocol: 'screning' is none of concession, screening, alternating_offers; did you mean 'screening'?"},
    Wrong{"parameters: {customs: {protocol: 1}}\n", "a.yaml:4:34: parameters.customs.protocol: '1' is none of concession, screening, alternating_offers"},
    Wrong{"parameters: {customs: {protocol: [screening]}}\n", "a.yaml:4:34: parameters.customs.protocol: is a list where a name is needed"}));
// clang-format on

// clang-format off
INSTANTIATE_TEST_SUITE_P(RangesAndRelations, WrongPlace, testing::Values(
    Wrong{"numbers: {admission_rate: 1.7}\n", "a.yaml:4:27: numbers.admission_rate: 1.7 is outside the range 0.12 to 0.22 1/(person*year) (hospital admissions per resident)"},
    Wrong{"status_quo: {authority: -0.1}\n", "a.yaml:4:25: status_quo.authority: -0.1 is outside the range 0 to 1 (power to compel hospitals to take part and to back enforcement)"},
    Wrong{"parameters: {harm: {severity_shares: [0.5, 0.25, 0.07, 0.08]}}\n", "a.yaml:4:38: parameters.harm.severity_shares: the shares of harm.severity_shares add up to 0.9; they must add up to 1"},
    Wrong{"parameters: {harm: {severity_shares: {minor: 0.5}}}\n", "a.yaml:4:38: parameters.harm.severity_shares: the shares of harm.severity_shares add up to 0.9; they must add up to 1"},
    Wrong{"status_quo: {hospital_funding_share: 0.3}\n", "a.yaml:4:38: status_quo.hospital_funding_share: public_funding_share 0.8 + insurer_funding_share 0.1 + hospital_funding_share 0.3 add up to 1.2 in the status quo; the shares that fund mediation may add up to 1 at most"},
    Wrong{"numbers: {hospitals_tertiary: 0, hospitals_secondary: 0, hospitals_primary: 0}\n", "a.yaml:4:77: numbers.hospitals_primary: the place has no hospital of any level; it needs at least one"}));
// clang-format on

struct WrongWhole {
  const char* text;
  std::vector<std::string> faults;
};

class WrongDistricts : public testing::TestWithParam<WrongWhole> {};

TEST_P(WrongDistricts, GiveTheirFaults) {
  EXPECT_EQ(lines(faults_of([] { read_place_text(GetParam().text, "a.yaml"); })), lines(GetParam().faults))
      << GetParam().text;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(All, WrongDistricts, testing::Values(
    WrongWhole{"place: here\n", {"a.yaml:1:1: districts: is missing and has no default"}},
    WrongWhole{"place: here\ndistricts:\n", {"a.yaml:2:1: districts: has no value and no default"}},
    WrongWhole{"place: here\ndistricts: []\n", {"a.yaml:2:12: districts: there is no district; a place needs at least one"}},
    WrongWhole{"place: here\ndistricts: east\n", {"a.yaml:2:12: districts: is one value where a list of districts is needed"}},
    WrongWhole{"place: here\ndistricts:\n  - east\n", {"a.yaml:3:5: districts[0]: is one value where a mapping of keys is needed (name: value)"}},
    WrongWhole{"place: here\ndistricts:\n  - {population: 1000}\n", {"a.yaml:3:5: districts[0].slug: is missing and has no default"}},
    WrongWhole{"place: here\ndistricts:\n  - {slug: east}\n", {"a.yaml:3:5: districts.east.population: is missing and has no default"}},
    WrongWhole{"place: here\ndistricts:\n  - {slug: East Side, population: 1000}\n",
               {"a.yaml:3:12: districts[0].slug: 'East Side' is not a name: up to 48 small letters, digits and '_', a letter first"}},
    WrongWhole{"place: here\ndistricts:\n  - {slug: east, population: 1000, insured: yes}\n",
               {"a.yaml:3:45: districts.east.insured: 'yes' is neither true nor false; write true"}},
    WrongWhole{"place: here\ndistricts:\n  - {slug: east, population: 100}\n",
               {"a.yaml:3:3: districts: the districts have 100 people together; allowed are 200 to 2000000000"}},
    WrongWhole{"place: here\ndistricts:\n  - {slug: east, population: -5}\n  - {slug: west, population: 500}\n",
               {"a.yaml:3:30: districts.east.population: -5 is outside the range 1 to 2000000000 people"}},
    WrongWhole{"place: here\ndistricts:\n  - {slug: east, population: 500}\n  - {slug: east, population: 500}\n",
               {"a.yaml:4:12: districts.east.slug: two districts are called 'east'"}},
    WrongWhole{"districts: {east: {population: 500}}\n", {"a.yaml:1:1: place: is missing and has no default"}}));
// clang-format on

TEST(Place, IsReadWithItsDefaults) {
  const Place place = read_place_text(sound_place, "a.yaml");
  EXPECT_EQ(place.slug, "here");
  EXPECT_EQ(place.title, "here");
  EXPECT_EQ(place.start_year, 2015);
  ASSERT_EQ(place.districts.size(), 1u);
  EXPECT_EQ(place.districts[0].title, "east");
  EXPECT_EQ(place.districts[0].population, 1000);
  EXPECT_FALSE(place.districts[0].insured);
  EXPECT_EQ(place.numbers.admission_rate, PlaceNumbers{}.admission_rate);
}

TEST(Place, IsReadInEveryForm) {
  const Place place = read_place_text(
      "place: here\n"
      "title: 重庆\n"
      "start: 2016-02-29\n"
      "sources: [one, \"two: three\"]\n"
      "numbers: {committees: 88, admission_rate: 0.2}\n"
      "districts:\n"
      "  east: {population: 1000, insured: true}\n"
      "  west: {population: 2000, title: Far West}\n"
      "parameters:\n"
      "  harm:\n"
      "    severity_shares: [0.5, 0.3, 0.1, 0.1]\n"
      "    negligent_by_severity: {death: 0.6}\n"
      "  customs: {protocol: alternating_offers}\n"
      "status_quo: {mediation_open: false, authority: 0.25}\n",
      "a.yaml");
  EXPECT_EQ(place.title, "重庆");
  EXPECT_EQ(place.start_year * 10000 + place.start_month * 100 + place.start_day, 20160229);
  EXPECT_EQ(place.sources, (std::vector<std::string>{"one", "two: three"}));
  EXPECT_EQ(place.numbers.committees, 88);
  EXPECT_EQ(place.numbers.admission_rate, 0.2);
  ASSERT_EQ(place.districts.size(), 2u);
  EXPECT_EQ(place.districts[0].slug, "east");
  EXPECT_TRUE(place.districts[0].insured);
  EXPECT_EQ(place.districts[1].title, "Far West");
  EXPECT_EQ(place.parameters.harm.severity_shares[1], 0.3);
  EXPECT_EQ(place.parameters.harm.negligent_by_severity[3], 0.6);
  EXPECT_EQ(place.parameters.harm.negligent_by_severity[0], Harm::Params{}.negligent_by_severity[0]);
  EXPECT_EQ(place.parameters.customs.protocol, 2);
  EXPECT_FALSE(place.status_quo.service.mediation_open);
  EXPECT_EQ(place.status_quo.authority.authority, 0.25);
}

TEST(Place, AllFaultsComeAtOnceInTheOrderOfTheFile) {
  const std::string text =
      "place: here\n"
      "tilte: Here\n"
      "start: 2015-13-01\n"
      "numbers:\n"
      "  admission_rate: 0.9\n"
      "  centres: many\n"
      "districts:\n"
      "  - {slug: east, title: 重庆市, population: abc, insured: on}\n"
      "parameters:\n"
      "  harm: {severity_shares: [1, 1, 0, 0]}\n"
      "status_quo: {authority: 2}\n";
  EXPECT_EQ(lines(faults_of([&] { read_place_text(text, "a.yaml"); })),
            "a.yaml:2:1: tilte: unknown key 'tilte'; did you mean 'title'?\n"
            "a.yaml:3:8: start: there is no such day; a date is written 2015-01-01, in the years 1900 to 2200\n"
            "a.yaml:5:19: numbers.admission_rate: 0.9 is outside the range 0.12 to 0.22 1/(person*year) (hospital "
            "admissions per resident)\n"
            "a.yaml:6:12: numbers.centres: 'many' is not a number\n"
            "a.yaml:8:42: districts.east.population: 'abc' is not a number\n"
            "a.yaml:8:56: districts.east.insured: 'on' is neither true nor false; write true\n"
            "a.yaml:10:27: parameters.harm.severity_shares: the shares of harm.severity_shares add up to 2; they must "
            "add up to 1\n"
            "a.yaml:11:25: status_quo.authority: 2 is outside the range 0 to 1 (power to compel hospitals to take part "
            "and to back enforcement)\n");
}

TEST(Place, AFloodOfFaultsIsCutShort) {
  std::string text = sound_place;
  for (int i = 0; i < 1000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  const std::vector<std::string> faults = faults_of([&] { read_place_text(text, "a.yaml"); });
  ASSERT_EQ(faults.size(), 200u);
  EXPECT_NE(faults.back().find("there are 801 more faults"), std::string::npos) << faults.back();
}

TEST(Mode, IsReadWithLeversOfDistricts) {
  const Place place =
      read_place_text("place: here\ndistricts: {east: {population: 500}, west: {population: 500}}\n", "p");
  const Mode mode = read_mode_text(
      "mode: mixed\n"
      "district_levers:\n"
      "  west: {authority: 0.9}\n"
      "levers: {authority: 0.4, mediation_open: false}\n",
      "m", place);
  ASSERT_EQ(mode.settings.size(), 3u);
  EXPECT_EQ(mode.settings[0].lever, "authority");
  EXPECT_EQ(mode.settings[0].value, 0.4);
  EXPECT_EQ(mode.settings[0].district, -1);
  EXPECT_EQ(mode.settings[1].lever, "mediation_open");
  EXPECT_EQ(mode.settings[1].value, 0);
  EXPECT_EQ(mode.settings[2].district, 1);
  EXPECT_EQ(mode.settings[2].value, 0.9);
}

TEST(Mode, FaultsHavePositions) {
  const Place place =
      read_place_text("place: here\ndistricts: {east: {population: 500}, west: {population: 500}}\n", "p");
  const std::string text =
      "mode: mixed\n"
      "levers:\n"
      "  authority: 1.5\n"
      "  public_funding_share: 0.9\n"
      "  pay_per_sucess: 100\n"
      "district_levers:\n"
      "  wset: {authority: 0.9}\n"
      "  east: {proximity: -1}\n";
  EXPECT_EQ(lines(faults_of([&] { read_mode_text(text, "m.yaml", place); })),
            "m.yaml:3:14: levers.authority: 1.5 is outside the range 0 to 1 (power to compel hospitals to take part "
            "and to back enforcement)\n"
            "m.yaml:4:25: levers.public_funding_share: public_funding_share 0.9 + insurer_funding_share 0.1 + "
            "hospital_funding_share 0.1 add up to 1.1; the shares that fund mediation may add up to 1 at most\n"
            "m.yaml:5:3: levers.pay_per_sucess: unknown lever 'pay_per_sucess'; did you mean 'pay_per_success'?\n"
            "m.yaml:7:3: district_levers.wset: unknown district 'wset'; did you mean 'west'?\n"
            "m.yaml:8:21: district_levers.east.proximity: -1 is outside the range 0 to 1 (how visibly the government "
            "owns the result)\n");
}

}  // namespace
}  // namespace parley
