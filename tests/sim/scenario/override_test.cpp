#include "sim/scenario/override.hpp"

#include <gtest/gtest.h>

#include "sim/scenario/read.hpp"
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

}  // namespace
}  // namespace parley
