#include "sim/scenario/ties.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/base/sha256.hpp"
#include "sim/engine/run.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/populate.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"
#include "tests/sim/record/temporary_folder.hpp"
#include "tests/sim/scenario/faults.hpp"
#include "tests/support/litigious.hpp"
#include "tests/support/results.hpp"

namespace parley {
namespace {

using Pairs = std::vector<std::pair<Person, Person>>;

Pairs pairs_of(const StoredSocialGraph& graph) {
  Pairs out;
  graph.each_tie([&](Person a, Person b) { out.emplace_back(a, b); });
  return out;
}

std::string texts(const std::vector<Fault>& faults) {
  std::string out;
  for (const Fault& fault : faults) out += fault.text() + "\n";
  return out;
}

// The faults of a file of ties among ten people.
std::string faults_in(const std::string& content) {
  TieList list(10, "t.csv", "");
  list.read_lines(content);
  EXPECT_EQ(list.finish("t.csv"), nullptr);
  return texts(list.faults());
}

// ---- the list itself ------------------------------------------------------------------------------------------------

TEST(Ties, AreReadInAnyOrderFromEitherEnd) {
  for (const std::string content : {"a,b\n3,1\n0,9\n1,2\n", "a,b\r\n3,1\r\n0,9\r\n1,2\r\n",
                                    "\xEF\xBB\xBF"
                                    "a,b\n1,2\n1,3\n9,0"}) {
    TieList list(10, "t.csv", "");
    list.read_lines(content);
    const auto ties = list.finish("t.csv");
    ASSERT_NE(ties, nullptr) << texts(list.faults());
    EXPECT_EQ(pairs_of(ties->graph), (Pairs{{0, 9}, {1, 2}, {1, 3}}));
    EXPECT_EQ(ties->graph.persons(), 10u);
    EXPECT_EQ(ties->file, "t.csv");
    EXPECT_EQ(ties_text(ties->graph), "a,b\n0,9\n1,2\n1,3\n");
    EXPECT_EQ(ties->sha256, sha256_hex("a,b\n0,9\n1,2\n1,3\n"));
  }
}

TEST(Ties, MayBeNone) {
  TieList list(10, "t.csv", "");
  list.read_lines("a,b\n");
  const auto ties = list.finish("t.csv");
  ASSERT_NE(ties, nullptr);
  EXPECT_EQ(ties->graph.tie_count(), 0u);
}

TEST(Ties, FaultsSayWhereWhatAndWhatIsAllowed) {
  EXPECT_EQ(faults_in("a,b\n0,1\n2,10\n"),
            "t.csv:3:3: b: 10 is outside the range 0 to 9: the districts have 10 people together\n");
  EXPECT_EQ(faults_in("a,b\n-1,1\n"),
            "t.csv:2:1: a: -1 is outside the range 0 to 9: the districts have 10 people together\n");
  EXPECT_EQ(faults_in("a,b\n0,1\n12345678901,2\n"),
            "t.csv:3:1: a: 12345678901 is outside the range 0 to 9: the districts have 10 people together\n");
  EXPECT_EQ(faults_in("a,b\n4,4\n"), "t.csv:2:3: b: ties 4 to themselves; a tie is between two persons\n");
  EXPECT_EQ(faults_in("a,b\n1,2\n3,4\n2,1\n1,2\n"),
            "t.csv:4:1: the tie of 1 and 2 already stands in line 2\n"
            "t.csv:5:1: the tie of 1 and 2 already stands in line 2\n");
  EXPECT_EQ(faults_in("a,b\n1\n1,2,3\n1;2\n"),
            "t.csv:2:1: '1' is not a tie; write two ids with a comma between: 3,17\n"
            "t.csv:3:1: '1,2,3' is not a tie; write two ids with a comma between: 3,17\n"
            "t.csv:4:1: '1;2' is not a tie; write two ids with a comma between: 3,17\n");
  EXPECT_EQ(faults_in("a,b\n1,2\n\n3,4\n"), "t.csv:3:1: the line is empty; each line holds one tie\n");
  EXPECT_EQ(faults_in("1,2\n"), "t.csv:1:1: '1,2' is not the header of a list of ties: a,b\n");
  EXPECT_EQ(faults_in(""), "t.csv:1:1: the file is empty; it should start with its header: a,b\n");
}

TEST(Ties, WhatIsNotANumberIsSaidSo) {
  for (const std::string wrong : {"x", "1.5", "", " 1", "01", "1e2", "0x1", "99999999999999999999"}) {
    const std::string faults = faults_in("a,b\n0,1\n2," + wrong + "\n");
    EXPECT_EQ(faults.find("t.csv:3:3: b: "), 0u) << faults;
    EXPECT_NE(faults.find("an id is a whole number from 0 to 9"), std::string::npos) << faults;
  }
}

TEST(Ties, AllFaultsComeAtOnceButNotWithoutEnd) {
  EXPECT_EQ(faults_in("a,b\nx,y\n3,3\n"),
            faults_in("a,b\nx,y\n") + "t.csv:3:3: b: ties 3 to themselves; a tie is between two persons\n");
  std::string much = "a,b\n";
  for (int i = 0; i < 1000; ++i) much += "1,1\n";
  const std::string faults = faults_in(much);
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 100);
  EXPECT_NE(
      faults.find("t.csv:101:3: b: ties 1 to themselves; a tie is between two persons; the rest of the list was not "
                  "looked at"),
      std::string::npos);
}

TEST(Ties, FiveMillionAreTheMost) {
  std::string much = "a,b\n";
  for (Person a = 0; a < 1000; ++a)
    for (Person b = 1000; b < 6000; ++b) much += std::to_string(a) + "," + std::to_string(b) + "\n";
  TieList enough(10'000, "t.csv", "");
  enough.read_lines(much);
  EXPECT_TRUE(enough.faults().empty());
  TieList more(10'000, "t.csv", "");
  more.read_lines(much + "1,2\n1,2\n");
  EXPECT_EQ(texts(more.faults()), "t.csv:5000002:1: this is one tie more than the 5,000,000 that are allowed\n");
}

// ---- in a scenario --------------------------------------------------------------------------------------------------

class TiesOfAPlace : public ::testing::Test {
 protected:
  // Ten people are too few for a place; the list may still name only some of them.
  const std::string here = "place: here\ndistricts: {east: {population: 300}, west: {population: 200}}\n";

  void write(const std::string& name, const std::string& text) { put_content(folder.file(name), text); }
  std::string faults(const std::string& place) {
    write("here.yaml", place);
    std::string out = lines(faults_of([&] { read_place(folder.file("here.yaml"), {}); }));
    const std::string at = folder.path().string() + "/";
    for (std::size_t found; (found = out.find(at)) != std::string::npos;) out.erase(found, at.size());
    return out;
  }

  TemporaryFolder folder;
};

TEST_F(TiesOfAPlace, StandInAFileBesideIt) {
  write("who.csv", "a,b\n0,499\n7,3\n");
  write("here.yaml", "social_ties: who.csv\n" + here);  // before the districts are known
  const Place place = read_place(folder.file("here.yaml"), {});
  ASSERT_NE(place.social_ties, nullptr);
  EXPECT_EQ(place.social_ties->graph.persons(), 500u);
  EXPECT_EQ(pairs_of(place.social_ties->graph), (Pairs{{0, 499}, {3, 7}}));
  EXPECT_EQ(place.social_ties->file, "who.csv");
  EXPECT_EQ(read_place_text(here, "h").social_ties, nullptr);
}

TEST_F(TiesOfAPlace, FaultsPointIntoTheFile) {
  write("who.csv", "a,b\n0,500\n7,3\n7,seven\n");
  EXPECT_EQ(faults(here + "social_ties: who.csv\n"),
            "who.csv:2:3: b: 500 is outside the range 0 to 499: the districts have 500 people together\n"
            "who.csv:4:3: b: 'seven' is not a number; an id is a whole number from 0 to 499\n");
  write("here.yaml", here + "social_ties: who.csv\n");
  try {
    read_place(folder.file("here.yaml"), {});
    FAIL();
  } catch (const ScenarioError& error) {  // shown with the line that is meant
    EXPECT_NE(render(error).find("\n    4 | 7,seven\n      |   ^"), std::string::npos) << render(error);
  }
}

TEST_F(TiesOfAPlace, FaultsOfTheKeyItself) {
  EXPECT_EQ(faults(here + "social_ties: nobody.csv\n"),
            "here.yaml:3:14: social_ties: 'nobody.csv': there is no such file\n");
  std::filesystem::create_directory(folder.file("sub"));
  EXPECT_EQ(faults(here + "social_ties: sub\n"), "here.yaml:3:14: social_ties: 'sub': is a folder, not a file\n");
  EXPECT_EQ(faults(here + "social_ties: [1]\n"), "here.yaml:3:14: social_ties: is a list where text is needed\n");
  EXPECT_EQ(faults(here + "social_ties: {sha256: abc}\n"),
            "here.yaml:3:14: social_ties: needs the name of a file of ties, or a list of ties, and not both\n");
  EXPECT_EQ(faults(here + "social_ties: {file: a.csv, ties: [\"1,2\"]}\n"),
            "here.yaml:3:14: social_ties: needs the name of a file of ties, or a list of ties, and not both\n");
  EXPECT_EQ(faults(here + "social_ties: {path: a.csv}\n"),
            "here.yaml:3:15: social_ties.path: unknown key 'path'; there are: file, ties, sha256\n");
  EXPECT_EQ(faults("place: here\ndistricts: {east: {population: 10000001}}\nsocial_ties: a.csv\n"),
            "here.yaml:3:14: social_ties: a place with loaded ties may have 10000000 people at most\n");
  // Who is not known to live there is not said to be a stranger.
  EXPECT_EQ(faults("place: here\ndistricts: {east: {population: many}}\nsocial_ties: {ties: [\"1,2\"]}\n"),
            "here.yaml:2:32: districts.east.population: 'many' is not a number\n");
}

TEST_F(TiesOfAPlace, MayBeWrittenOut) {
  const Place place = read_place_text(here + "social_ties: {ties: [\"0,499 7,3\", \"1,2\"]}\n", "h");
  EXPECT_EQ(pairs_of(place.social_ties->graph), (Pairs{{0, 499}, {1, 2}, {3, 7}}));
  EXPECT_EQ(
      faults(here + "social_ties:\n  ties:\n    - \"0,1 0,500\"\n    - \"2,2 1,0\"\n"),
      "here.yaml:5:7: social_ties.ties: 500 is outside the range 0 to 499: the districts have 500 people together\n"
      "here.yaml:6:7: social_ties.ties: ties 2 to themselves; a tie is between two persons\n"
      "here.yaml:6:7: social_ties.ties: the tie of 0 and 1 already stands in line 5\n");
}

TEST_F(TiesOfAPlace, AreInTheResolvedTextWhereTheyAreFew) {
  write("who.csv", "a,b\n0,499\n7,3\n");
  write("here.yaml", here + "social_ties: who.csv\n");
  const Place place = read_place(folder.file("here.yaml"), {});
  const std::string text = write_place(place);
  EXPECT_NE(text.find("social_ties:\n  ties:\n    - \"0,499 3,7\"\n  sha256: \"" + place.social_ties->sha256 + "\"\n"),
            std::string::npos)
      << text;
  std::filesystem::remove(folder.file("who.csv"));  // no other file is needed
  const Place again = read_place_text(text, "written");
  EXPECT_EQ(pairs_of(again.social_ties->graph), pairs_of(place.social_ties->graph));
  EXPECT_EQ(write_place(again), text);
}

TEST_F(TiesOfAPlace, AreNamedWithTheirHashWhereTheyAreMany) {
  std::string ties = "a,b\n";
  for (Person a = 0; a < 200; ++a)
    for (Person b = 200; b < 401; ++b) ties += std::to_string(a) + "," + std::to_string(b) + "\n";  // 40,200
  write("who.csv", ties);
  write("here.yaml", here + "social_ties: who.csv\n");
  const std::string text = write_place(read_place(folder.file("here.yaml"), {}));
  EXPECT_NE(text.find("social_ties:\n  file: \"who.csv\"\n  sha256: \"" + sha256_hex(ties) + "\"\n"),
            std::string::npos);
  EXPECT_EQ(write_place(read_place_text(text, folder.file("record.yaml"))), text);
  write("who.csv", ties + "0,1\n");
  EXPECT_EQ(faults(text).find("here.yaml:"), 0u);
  EXPECT_NE(
      faults(text).find("social_ties: these are not the ties that the scenario was written with: their SHA-256 is " +
                        sha256_hex("a,b\n0,1\n" + ties.substr(4)) + ", not " + sha256_hex(ties)),
      std::string::npos)
      << faults(text);
}

TEST_F(TiesOfAPlace, AsManyAsStandInATextFitIntoIt) {
  std::vector<SocialTie> ties;
  for (Person i = 0; i < most_inline_ties; ++i) ties.push_back({9'900'000 + i, 9'800'000 + i});
  Place place = read_place_text("place: here\ndistricts: {east: {population: 10000000}}\n", "h");
  place.social_ties = std::make_shared<SocialTies>(SocialTies{"", "", StoredSocialGraph(10'000'000, ties)});
  EXPECT_EQ(read_place_text(write_place(place), "written").social_ties->graph.tie_count(), most_inline_ties);
}

TEST_F(TiesOfAPlace, AreOfThePeopleOfItsDistricts) {
  Place place = read_place_text(here, "h");
  place.social_ties = std::make_shared<SocialTies>(SocialTies{"", "", StoredSocialGraph(500, {{1, 2}})});
  EXPECT_TRUE(check_place(place).empty());
  place.districts[1].population = 201;
  EXPECT_EQ(texts(check_place(place)),
            "place.social_ties: the ties are of 500 people, but the districts have 501 together\n");
}

// A run under loaded ties is the run under the same ties computed, and its record's own text is that run again. Where
// bad news weighs as much and is told as often as the ranges allow, it also matters who hears of whom.
TEST(RunWithLoadedTies, IsThatOfTheSameTiesComputed) {
  Study study = testing::litigious_study({{}}, 2, 2, 1);
  study.place.districts[0].population = 30'000;
  study.place.districts[1].population = 10'000;
  Trust::Params& trust = study.place.parameters.trust;
  trust.network_degree = 1.9;  // few enough ties to stand in a text
  trust.far_tie_share = 0.3;
  trust.neighbourhood_size = 2;
  trust.loss = 0.3;
  trust.contagion_pull = 0.3;
  trust.contact_rate = 4;
  trust.bounded_confidence = 1;
  const auto metrics_of = [](const Study& asked) {
    return testing::metrics(testing::run_serially(asked).results[0][0]);
  };
  const auto computed = metrics_of(study);

  Study loaded = study;
  const StoredSocialGraph ties(ImplicitSocialGraph({30'000, 10'000}, social_shape(trust), {study.seed, 0}));
  ASSERT_LE(ties.tie_count(), most_inline_ties);
  loaded.place.social_ties = std::make_shared<SocialTies>(SocialTies{"", sha256_hex(ties_text(ties)), ties});
  EXPECT_TRUE(metrics_of(loaded) == computed);
  EXPECT_TRUE(metrics_of(read_study_text(write_study(loaded), "record")) == computed);

  loaded.place.social_ties = std::make_shared<SocialTies>(SocialTies{"", "", StoredSocialGraph(40'000, {})});
  EXPECT_FALSE(metrics_of(loaded) == computed);  // who hears of nobody decides otherwise
}

}  // namespace
}  // namespace parley
