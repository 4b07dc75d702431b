#include "sim/scenario/describe.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/base/error.hpp"

namespace parley {
namespace {

Place two_districts() {
  Place place;
  place.slug = "here";
  place.districts = {{"east", "East", 1000, false}, {"west", "West", 1000, false}};
  return place;
}

TEST(Descriptions, AreCompleteAndUnique) {
  Place place;
  std::vector<Described> all = described_parameters(place);
  for (const Described& lever : described_levers(place.status_quo)) all.push_back(lever);
  ASSERT_GT(all.size(), 100u);
  std::set<std::string> addresses;
  std::set<std::string> groups_left;
  std::string group;
  for (const Described& one : all) {
    EXPECT_TRUE(addresses.insert(one.address()).second) << one.address() << " is described twice";
    EXPECT_LT(one.field.low, one.field.high) << one.address();
    for (const char* text :
         {one.field.symbol, one.field.unit, one.field.meaning, one.field.source, one.field.confidence})
      EXPECT_STRNE(text, "") << one.address();
    if (one.group == group) continue;
    EXPECT_EQ(groups_left.count(one.group), 0u) << "group " << one.group << " comes in two pieces";
    if (!group.empty()) groups_left.insert(group);
    group = one.group;
  }
}

TEST(Descriptions, PointIntoWhatTheyDescribe) {
  Place place;
  for (const Described& one : described_parameters(place))
    if (one.address() == "place.committees") {
      EXPECT_TRUE(is_whole(one));
      set(one, 12);
      EXPECT_EQ(value_text(one), "12");
    }
  EXPECT_EQ(place.numbers.committees, 12);
}

TEST(LeversByDistrict, NarrowSettingsWinOverWideOnes) {
  const Place place = two_districts();
  const Mode mode{"m", "M", {}, {{"authority", 0.9, 1}, {"authority", 0.7, -1}, {"proximity", 0.1, -1}}};
  const std::vector<Levers> levers = levers_by_district(place, mode);
  ASSERT_EQ(levers.size(), 2u);
  EXPECT_EQ(levers[0].authority.authority, 0.7);
  EXPECT_EQ(levers[1].authority.authority, 0.9);
  EXPECT_EQ(levers[1].proximity.proximity, 0.1);
  EXPECT_EQ(levers[1].linkage.linkage_strength, place.status_quo.linkage.linkage_strength);
}

TEST(LeversByDistrict, HeldLeversKeepTheStatusQuo) {
  Place place = two_districts();
  place.status_quo.authority.authority = 0.3;
  const Mode mode{"m", "M", {}, {{"authority", 0.9, 1}, {"authority", 0.7, -1}, {"proximity", 0.1, -1}}};
  for (const Levers& levers : levers_by_district(place, mode, {"authority"})) {
    EXPECT_EQ(levers.authority.authority, 0.3);
    EXPECT_EQ(levers.proximity.proximity, 0.1);
  }
}

TEST(LeversByDistrict, SwitchesAreSetToo) {
  const Mode mode{"m", "M", {}, {{"mediation_open", 0, -1}}};
  EXPECT_FALSE(levers_by_district(two_districts(), mode).front().service.mediation_open);
}

TEST(LeversByDistrict, UnknownLeversAndDistrictsAreFaults) {
  const Place place = two_districts();
  EXPECT_THROW(levers_by_district(place, Mode{"m", "M", {}, {{"autority", 0.9, -1}}}), ScenarioError);
  EXPECT_THROW(levers_by_district(place, Mode{"m", "M", {}, {{"authority", 0.9, 2}}}), ScenarioError);
}

TEST(RangeText, NamesTheUnitUnlessThereIsNone) {
  Place place;
  std::vector<Described> all = described_parameters(place);
  for (const Described& lever : described_levers(place.status_quo)) all.push_back(lever);
  int seen = 0;
  for (const Described& one : all) {
    if (one.address() == "place.admission_rate") seen += range_text(one) == "0.12 to 0.22 1/(person*year)";
    if (one.address() == "authority") seen += range_text(one) == "0 to 1";
    if (one.address() == "mediation_open") seen += range_text(one) == "true or false";
    if (one.address() == "customs.protocol") seen += range_text(one) == "concession, screening, alternating_offers";
  }
  EXPECT_EQ(seen, 4);
}

TEST(Choices, AreWholeNumbersThatAreWrittenByName) {
  Place place;
  int seen = 0;
  for (const Described& one : described_parameters(place)) {
    EXPECT_EQ(choices(one).size(), is_choice(one) ? one.field.high - one.field.low + 1 : 0) << one.address();
    if (one.address() != "customs.protocol") continue;
    ++seen;
    EXPECT_TRUE(is_choice(one));
    EXPECT_EQ(value_text(one), "concession");
    set(one, 1);
    EXPECT_EQ(place.parameters.customs.protocol, 1);
    EXPECT_EQ(value_text(one), "screening");
    set(one, 7);  // nothing has that name
    EXPECT_EQ(value_text(one), "7");
  }
  EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace parley
