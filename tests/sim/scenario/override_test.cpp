#include "sim/scenario/override.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/scenario/describe.hpp"
#include "sim/scenario/points.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"
#include "tests/sim/scenario/faults.hpp"

namespace parley {
namespace {

const std::string text =
    "study: ask\n"
    "place: {place: here, districts: {east: {population: 500}, west: {population: 500}}}\n"
    "modes:\n"
    "  - {mode: soft, levers: {authority: 0.2}, district_levers: {west: {authority: 0.3}}}\n"
    "  - {mode: hard, levers: {proximity: 0.9}}\n";

Study with(std::vector<std::string> settings) {
  Overrides asked;
  asked.set = std::move(settings);
  return read_study_text(text, "s.yaml", {}, asked);
}

std::string faults(std::vector<std::string> settings) {
  return lines(faults_of([&] { with(settings); }));
}

TEST(Set, ReachesParametersByAddressByBareNameAndAsFaultsShowThem) {
  for (const char* key :
       {"claim.formal_claim_probability", "formal_claim_probability", "parameters.claim.formal_claim_probability"})
    EXPECT_EQ(with({std::string(key) + "=0.1"}).place.parameters.claim.formal_claim_probability, 0.1) << key;
}

TEST(Set, ReachesNumbersOfThePlace) {
  for (const char* key : {"place.committees", "committees", "numbers.committees"})
    EXPECT_EQ(with({std::string(key) + " = 12"}).place.numbers.committees, 12) << key;
}

TEST(Set, ReachesArraysAndTheirElements) {
  EXPECT_EQ(with({"harm.negligent_by_severity.death=0.6"}).place.parameters.harm.negligent_by_severity[3], 0.6);
  for (const char* value : {"0.5,0.3,0.1,0.1", "[0.5, 0.3, 0.1, 0.1]"})
    EXPECT_EQ(with({std::string("harm.severity_shares=") + value}).place.parameters.harm.severity_shares[1], 0.3)
        << value;
}

TEST(Set, ALeverIsSetInEveryModeAndDistrictAndTheStatusQuoStays) {
  const Study study = with({"authority=0.8"});
  for (const Mode& mode : study.modes)
    for (const Levers& levers : levers_by_district(study.place, mode))
      EXPECT_EQ(levers.authority.authority, 0.8) << mode.slug;
  EXPECT_EQ(study.place.status_quo.authority.authority, Levers{}.authority.authority);
}

TEST(Set, TheStatusQuoIsSetByItsFullName) {
  const Study study = with({"status_quo.authority=0.8", "status_quo.mediation_open=false"});
  EXPECT_EQ(study.place.status_quo.authority.authority, 0.8);
  EXPECT_FALSE(study.place.status_quo.service.mediation_open);
  EXPECT_EQ(levers_by_district(study.place, study.modes[0])[0].authority.authority, 0.2);
}

TEST(Set, AChoiceIsMadeByName) {
  EXPECT_EQ(with({}).place.parameters.customs.protocol, 0);
  for (const char* key : {"customs.protocol", "protocol"})
    EXPECT_EQ(with({std::string(key) + "=screening"}).place.parameters.customs.protocol, 1) << key;
  EXPECT_EQ(faults({"protocol=auction"}),
            "--set: protocol: 'auction' is none of concession, screening, alternating_offers\n");
}

TEST(Set, TheLastOfTwoWins) { EXPECT_EQ(with({"committees=3", "committees=5"}).place.numbers.committees, 5); }

TEST(Set, FaultsComeAtOnceAndOnce) {
  EXPECT_EQ(faults({"autority=0.8", "authority=1.8", "committees=many", "harm.severity_shares=1,2", "nonsense", "=3",
                    "harm.severty_shares=1", "mediation_open=yes"}),
            "--set: autority: unknown key 'autority'; did you mean 'authority'?\n"
            "--set: committees: 'many' is not a number\n"
            "--set: harm.severity_shares: has 2 elements; it needs 4: minor, moderate, permanent, death\n"
            "--set: nonsense: 'nonsense' is not a setting; write key=value, for instance authority=0.8\n"
            "--set: =3: '=3' is not a setting; write key=value, for instance authority=0.8\n"
            "--set: harm.severty_shares: unknown key 'harm.severty_shares'; did you mean 'harm.severity_shares'?\n"
            "--set: mediation_open: 'yes' is neither true nor false; write true\n"
            "--set: authority: 1.8 is outside the range 0 to 1 (power to compel hospitals to take part and to back "
            "enforcement)\n");
}

TEST(Set, RangesAndRelationsPointAtTheSetting) {
  EXPECT_EQ(faults({"claim.formal_claim_probability=0.9"}).substr(0, 53),
            "--set: claim.formal_claim_probability: 0.9 is outside");
  EXPECT_EQ(
      faults({"harm.severity_shares.death=0.5"}),
      "--set: harm.severity_shares.death: the shares of harm.severity_shares add up to 1.42; they must add up to 1\n");
  EXPECT_EQ(faults({"status_quo.public_funding_share=1"}).substr(0, 40), "--set: status_quo.public_funding_share: ");
}

TEST(Set, ANameThatMeansSeveralThingsIsAFault) {
  // Two mechanisms have a trust_reference of their own.
  const std::string found = faults({"trust_reference=0.7"});
  EXPECT_NE(found.find("'trust_reference' can mean several things; write one of "), std::string::npos) << found;
  EXPECT_NE(found.find("blaming.trust_reference"), std::string::npos) << found;
  EXPECT_NE(found.find("channel.trust_reference"), std::string::npos) << found;
}

TEST(Set, AStudyInMemoryIsChangedOrLeftAlone) {
  Study study = with({});
  override_study(study, {"committees=3"});
  EXPECT_EQ(study.place.numbers.committees, 3);
  EXPECT_THROW(override_study(study, {"committees=4", "authority=7"}), ScenarioError);
  EXPECT_EQ(study.place.numbers.committees, 3);
}

// Every number that a point may set comes to the same by the table of keys as by its setting in words.
TEST(Keys, PutWhatSettingsSet) {
  const Study study = read_study_text(text, "s.yaml");
  Study scratch = study;
  std::vector<std::string> keys;
  std::vector<double> values;
  const auto add = [&](const std::string& key, const Described& number) {
    const double middle = (number.field.low + std::min(number.field.high, number.field.low + 2)) / 2;
    keys.push_back(key);
    values.push_back(is_switch(number)  ? (number.number() == 0 ? 1 : 0)
                     : is_whole(number) ? std::ceil(middle)
                                        : middle);
  };
  for (const Described& number : described_parameters(scratch.place)) add(number.address(), number);
  for (const Described& lever : described_levers(scratch.place.status_quo)) {
    add(lever.name, lever);
    add("status_quo." + lever.name, lever);
  }
  ASSERT_GT(keys.size(), 500U);

  Study by_table = study, by_words = study;
  const KeyTable table(keys, study);
  ASSERT_TRUE(table.put(values, by_table));
  std::vector<std::string> settings;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    settings.push_back(setting_of(scratch, keys[k], values[k]));
    EXPECT_EQ(table.is_lever(k), keys[k].find('.') == std::string::npos) << keys[k];
  }
  Findings findings;
  apply_settings(settings, by_words, findings);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(write_study(by_table), write_study(by_words));
  EXPECT_NE(write_study(by_table), write_study(study));
}

TEST(Keys, WhatIsNoNumberOfItsKindIsLeftToTheWords) {
  Study study = read_study_text(text, "s.yaml");
  const auto put = [&](const char* key, double value) { return KeyTable({key}, study).put({value}, study); };
  EXPECT_TRUE(put("mediation_open", 1) && put("committees", 3) && put("authority", 0.35));
  EXPECT_FALSE(put("mediation_open", 0.5));  // a switch
  EXPECT_FALSE(put("committees", 2.5));      // whole
  EXPECT_FALSE(put("authority", std::numeric_limits<double>::quiet_NaN()));
  EXPECT_TRUE(put("customs.protocol", 2));
  EXPECT_FALSE(put("customs.protocol", 17));       // no such choice
  EXPECT_FALSE(put("harm.severity_shares", 0.5));  // several numbers
  EXPECT_FALSE(put("no_such_key", 0));
}

}  // namespace
}  // namespace parley
