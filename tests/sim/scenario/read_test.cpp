#include "sim/scenario/read.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/sim/scenario/faults.hpp"

namespace parley {
namespace {

namespace fs = std::filesystem;

const std::string repository = PARLEY_SOURCE_DIR;
const SearchPath shipped{{repository + "/scenarios"}};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  for (const char* kind : {"places", "modes", "studies"})
    for (const auto& entry : fs::directory_iterator(fs::path(repository) / "scenarios" / kind))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// A folder of scenarios that lives as long as the test.
class Folder : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() / ("parley_read_test_" + std::string(test->name()) +
                                         std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                                         std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    for (const char* kind : {"places", "modes", "studies"}) fs::create_directories(root_ / kind);
    write("places/here.yaml",
          "place: here\ntitle: Here\ndistricts: {east: {population: 500}, west: {population: 500}}\n");
    write("modes/soft.yaml", "mode: soft\nlevers: {authority: 0.2}\n");
    write("modes/hard.yaml", "mode: hard\nlevers: {authority: 0.9}\n");
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  std::string file(const std::string& name) const { return (root_ / name).string(); }
  SearchPath path() const { return SearchPath{{root_.string()}}; }
  std::string study_faults(const std::string& text, const Overrides& overrides = {}) {
    return lines(faults_of([&] { read_study_text(text, "s.yaml", path(), overrides); }));
  }

  fs::path root_;
};

// ---- the text itself ------------------------------------------------------------------------------------------------

struct Wrong {
  std::string text, fault;
};

class WrongText : public testing::TestWithParam<Wrong> {};

TEST_P(WrongText, IsRefusedWithItsPosition) {
  const std::vector<std::string> faults = faults_of([] { read_place_text(GetParam().text, "a.yaml"); });
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(faults.front(), GetParam().fault);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(All, WrongText, testing::Values(
    Wrong{"", "a.yaml:1:1: the file says nothing; it should start with 'place:', 'mode:' or 'study:'"},
    Wrong{"# only a comment\n", "a.yaml:1:1: the file says nothing; it should start with 'place:', 'mode:' or 'study:'"},
    Wrong{"- place\n", "a.yaml:1:1: a scenario is a mapping of keys (name: value)"},
    Wrong{"place: here\ntitle: \xff\n", "a.yaml:2:8: the text is not UTF-8 from here on; save the file as UTF-8"},
    Wrong{"place: \xc0\xaf\n", "a.yaml:1:8: the text is not UTF-8 from here on; save the file as UTF-8"},
    Wrong{"place: \xed\xa0\x80\n", "a.yaml:1:8: the text is not UTF-8 from here on; save the file as UTF-8"},
    Wrong{std::string("place: a\0b\n", 11), "a.yaml:1:9: there is a NUL byte; a scenario is plain text"},
    Wrong{std::string(1'100'000, '#'), "a.yaml:1:1: the file is larger than 1 MiB, which no scenario needs"},
    Wrong{"place: " + std::string(20, '[') + std::string(20, ']'), "a.yaml:1:23: lists and mappings are nested more than 16 deep"},
    Wrong{"place: &name here\n", "a.yaml:1:8: an anchor (&name) is not allowed; write the value out where it is needed"},
    Wrong{"title: &t x\nplace: *t\n", "a.yaml:1:8: an anchor (&name) is not allowed; write the value out where it is needed"},
    Wrong{"place: !!str here\n", "a.yaml:1:8: a tag (!type) is not allowed; the key decides what kind of value it has"},
    Wrong{"place: here\n---\nplace: there\n", "a.yaml:3:1: a second document starts here; a scenario file holds one"},
    Wrong{"place: here\n\ttitle: x\n", "a.yaml:2:1: cannot be read as YAML: illegal tab when looking for indentation"},
    Wrong{"{place: here", "a.yaml:1:1: cannot be read as YAML: end of map flow not found"},
    Wrong{"? [a]\n: 1\n", "a.yaml:1:3: a key must be one word"},
    Wrong{"{a key much longer than any name that a scenario file could ever hold in it: 1}", "a.yaml:1:2: 'a key much longer than any name that a scenario ...' cannot be a key: at most 64 bytes on one line"},
    Wrong{"mode: soft\n", "a.yaml:1:1: this is a mode, where a place is needed"}));
// clang-format on

TEST(Text, HugeNestingAndTinyPiecesAreRefusedQuickly) {
  const auto start = std::chrono::steady_clock::now();
  for (const char* piece : {"[", "{a: ", "- ", "? ", "[[a]: ", "&a ", "!x ", "\"\\", "{", "a: [", "|\n", "%", ","}) {
    std::string text;
    while (text.size() < 400'000) text += piece;
    EXPECT_FALSE(faults_of([&] { read_place_text(text, "a.yaml"); }).empty()) << piece;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST(Text, ColumnsCountCharactersAndLinesEndInEitherWay) {
  EXPECT_EQ(lines(faults_of(
                [] { read_place_text("place: here\r\ndistricts: {east: {title: 重庆, populatoin: 1}}\r\n", "a"); })),
            "a:2:19: districts.east.population: is missing and has no default\n"
            "a:2:31: districts.east.populatoin: unknown key 'populatoin'; did you mean 'population'?\n");
}

TEST(Text, AByteOrderMarkDoesNoHarm) {
  EXPECT_EQ(read_place_text("\xEF\xBB\xBFplace: here\ndistricts: {east: {population: 500}}\n", "a").slug, "here");
}

TEST(Text, JsonIsReadToo) {
  const Place place = read_place_text(R"({
    "place": "here", "title": "\u91cd\u5e86", "start": "2016-05-01",
    "numbers": {"committees": 88, "admission_rate": 1.8e-1},
    "districts": [{"slug": "east", "title": "East", "population": 1000, "insured": true}],
    "parameters": {"harm": {"severity_shares": [0.5, 0.3, 0.1, 0.1]}},
    "status_quo": {"mediation_open": false}
  })",
                                      "a.json");
  EXPECT_EQ(place.title, "重庆");
  EXPECT_EQ(place.start_month, 5);
  EXPECT_EQ(place.numbers.committees, 88);
  EXPECT_EQ(place.numbers.admission_rate, 0.18);
  EXPECT_TRUE(place.districts.at(0).insured);
  EXPECT_FALSE(place.status_quo.service.mediation_open);
  EXPECT_EQ(lines(faults_of([] {
              read_place_text(
                  "{\"place\": \"here\",\n \"place\": \"there\",\n \"districts\": {\"e\": {\"population\": \"500\"}}}",
                  "a.json");
            })),
            "a.json:2:2: place: duplicate key 'place'; it already stands in line 1\n"
            "a.json:3:36: districts.e.population: '500' is text in quotes; a number stands without quotes\n");
}

// ---- studies --------------------------------------------------------------------------------------------------------

TEST_F(Folder, AStudyIsReadWithWhatItNames) {
  const Study study = read_study_text(
      "study: ask\n"
      "question: Which?\n"
      "place: here\n"
      "modes: [soft, hard, {mode: inline, levers: {proximity: 0.1}}]\n"
      "baseline: hard\n"
      "years: 2\n"
      "burn_in_years: 0\n"
      "replicates: 7\n"
      "seed: 9223372036854775807\n"
      "numbers: {committees: 3}\n"
      "parameters: {claim: {formal_claim_probability: 0.1}}\n"
      "status_quo: {authority: 0.1}\n"
      "contrasts:\n"
      "  bundle:\n"
      "  narrow: {title: Narrow, hold: [authority], solve: {lever: mediators_fulltime, tolerance: 0.02}}\n",
      "s.yaml", path());
  EXPECT_EQ(study.title, "ask");
  ASSERT_EQ(study.modes.size(), 3u);
  EXPECT_EQ(study.modes[2].slug, "inline");
  EXPECT_EQ(study.baseline, "hard");
  EXPECT_EQ(study.years, 2);
  EXPECT_EQ(study.burn_in_years, 0);
  EXPECT_EQ(study.replicates, 7);
  EXPECT_EQ(study.seed, 9223372036854775807u);
  EXPECT_EQ(study.place.numbers.committees, 3);
  EXPECT_EQ(study.place.parameters.claim.formal_claim_probability, 0.1);
  EXPECT_EQ(study.place.status_quo.authority.authority, 0.1);
  ASSERT_EQ(study.contrasts.size(), 2u);
  EXPECT_EQ(study.contrasts[0].slug, "bundle");
  EXPECT_EQ(study.contrasts[1].hold, std::vector<std::string>{"authority"});
  EXPECT_EQ(study.contrasts[1].solve_lever, "mediators_fulltime");
  EXPECT_EQ(study.contrasts[1].tolerance, 0.02);
}

TEST_F(Folder, AStudyHasTheUsualContrastsAndTheFirstModeAsBaseline) {
  const Study study = read_study_text("study: ask\nplace: here\nmodes: [soft, hard]\n", "s.yaml", path());
  EXPECT_EQ(study.baseline, "soft");
  ASSERT_EQ(study.contrasts.size(), 3u);
  EXPECT_EQ(study.contrasts[1].hold,
            (std::vector<std::string>{"authority", "proximity", "linkage_strength", "feedback_rate"}));
  EXPECT_EQ(study.contrasts[2].solve_lever, "mediators_fulltime");
}

TEST_F(Folder, FaultsOfAStudyComeAtOnce) {
  EXPECT_EQ(study_faults("study: ask\n"
                         "place: here\n"
                         "modes: [soft, hrad]\n"
                         "baseline: sotf\n"
                         "years: 0\n"
                         "replicates: 2.5\n"
                         "seed: -1\n"
                         "contrasts:\n"
                         "  narrow:\n"
                         "    hold: [autority]\n"
                         "    solve: {lever: mediation_open, tolerance: 0}\n"
                         "  broken: {solve: {tolerance: 0.1}}\n"
                         "numbers: {committees: -1}\n"
                         "question: 1\n"
                         "qestion: 1\n"),
            "s.yaml:3:15: modes[1]: there is no mode 'hrad' in " + file("modes") +
                "; did you mean 'hard'? there are: hard, soft\n"
                "s.yaml:4:11: baseline: 'sotf' is not one of the modes compared; did you mean 'soft'?\n"
                "s.yaml:5:8: years: 0 is outside the range 1 to 100 years\n"
                "s.yaml:6:13: replicates: '2.5' is not a whole number; write digits alone\n"
                "s.yaml:7:7: seed: -1 is outside the range 0 to 9223372036854775807\n"
                "s.yaml:10:12: contrasts.narrow.hold[0]: unknown lever 'autority'; did you mean 'authority'?\n"
                "s.yaml:11:20: contrasts.narrow.solve.lever: 'mediation_open' is a switch; only a lever with a range "
                "can be solved for\n"
                "s.yaml:11:47: contrasts.narrow.solve.tolerance: 0 is outside the range above 0 and up to 0.5\n"
                "s.yaml:12:19: contrasts.broken.solve.lever: is missing and has no default\n"
                "s.yaml:13:23: numbers.committees: -1 is outside the range 0 to 10000 committee (people's mediation "
                "committees for medical disputes)\n"
                "s.yaml:15:1: qestion: unknown key 'qestion'; did you mean 'question'?\n");
}

TEST_F(Folder, FaultsOfTheFilesThatAStudyNamesCarryTheirOwnPositions) {
  write("places/here.yaml", "place: here\nnumbers: {admission_rate: 9}\ndistricts: {east: {population: 500}}\n");
  write("modes/hard.yaml", "mode: hard\nlevers: {authority: 9}\n");
  EXPECT_EQ(study_faults("study: ask\nplace: here\nmodes: [soft, hard]\nyears: 0\n"),
            "s.yaml:4:8: years: 0 is outside the range 1 to 100 years\n" + file("places/here.yaml") +
                ":2:27: numbers.admission_rate: 9 is outside the range 0.12 to 0.22 1/(person*year) (hospital "
                "admissions per resident)\n" +
                file("modes/hard.yaml") +
                ":2:21: levers.authority: 9 is outside the range 0 to 1 (power to compel hospitals to take part and to "
                "back enforcement)\n");
}

TEST_F(Folder, WhatAStudyCannotDoWithout) {
  EXPECT_EQ(study_faults("title: x\nstudy: ask\n"),
            "s.yaml:1:1: place: is missing and has no default\n"
            "s.yaml:1:1: modes: is missing and has no default\n");
  EXPECT_EQ(study_faults("study: ask\nplace: here\nmodes: []\n"),
            "s.yaml:3:8: modes: there is no mode; a study needs at least one\n");
  EXPECT_EQ(study_faults("study: ask\nplace: here\nmodes: soft\n"),
            "s.yaml:3:8: modes: must be a list of modes: [backing, purchased]\n");
  EXPECT_EQ(study_faults("study: ask\nplace: here\nmodes: [soft, soft]\n"),
            "s.yaml:3:15: modes[1]: the mode 'soft' is listed twice\n");
  EXPECT_EQ(
      study_faults("study: ask\nplace: her\nmodes: [soft]\n"),
      "s.yaml:2:8: place: there is no place 'her' in " + file("places") + "; did you mean 'here'? there are: here\n");
}

TEST_F(Folder, AFileThatSaysAnotherNameIsAFault) {
  write("modes/other.yaml", "mode: soft\n");
  EXPECT_EQ(study_faults("study: ask\nplace: here\nmodes: [other, hard]\n"),
            file("modes/other.yaml") + ":1:7: mode: 'soft' is not the name of the file, 'other'\n");
}

// ---- names ----------------------------------------------------------------------------------------------------------

TEST_F(Folder, ForCompareAStudyOfThatNameWinsAndForRunAPlace) {
  write("studies/here.yaml", "study: here\nplace: here\nmodes: [soft, hard]\nyears: 3\n");
  EXPECT_EQ(read_study("here", path()).years, 3);
  const Study run = read_run("here", "hard", path());
  EXPECT_EQ(run.years, Study{}.years);
  ASSERT_EQ(run.modes.size(), 1u);
  EXPECT_EQ(run.baseline, "hard");
  EXPECT_TRUE(run.contrasts.empty());
}

TEST_F(Folder, APlaceIsComparedWithTheModesGiven) {
  Overrides two;
  two.modes = {"soft", "hard"};
  two.baseline = "hard";
  const Study study = read_study("here", path(), two);
  EXPECT_EQ(study.slug, "here");
  EXPECT_EQ(study.title, "Here");
  EXPECT_EQ(study.baseline, "hard");
  EXPECT_EQ(study.contrasts.size(), 3u);
  EXPECT_EQ(lines(faults_of([&] { read_study("here", path()); })),
            file("places/here.yaml") +
                ": a place alone does not say what to compare; name the modes (--modes a,b); there are: status_quo, "
                "hard, soft\n");
}

TEST_F(Folder, ModesOfTheCommandLineReplaceThoseOfTheStudy) {
  write("studies/ask.yaml", "study: ask\nplace: here\nmodes: [{mode: inline}, hard]\nbaseline: hard\n");
  Overrides asked;
  asked.modes = {"inline", "soft", file("modes/hard.yaml")};
  const Study study = read_study("ask", path(), asked);
  ASSERT_EQ(study.modes.size(), 3u);
  EXPECT_EQ(study.modes[0].slug, "inline");
  EXPECT_EQ(study.modes[2].slug, "hard");
  EXPECT_EQ(study.baseline, "hard");
  asked.modes = {"soft", "inline"};
  EXPECT_EQ(read_study("ask", path(), asked).baseline, "soft");
  asked.baseline = "sofd";
  asked.years = 0;
  EXPECT_EQ(lines(faults_of([&] { read_study("ask", path(), asked); })),
            "--years: 0 is outside the range 1 to 100 years\n"
            "--baseline: 'sofd' is not one of the modes compared; did you mean 'soft'?\n");
}

TEST_F(Folder, WithoutAModeARunIsTheStatusQuo) {
  const Study study = read_run("here", "", path());
  ASSERT_EQ(study.modes.size(), 1u);
  EXPECT_EQ(study.modes[0].slug, "status_quo");
  EXPECT_TRUE(study.modes[0].settings.empty());
  EXPECT_EQ(read_mode("status_quo", path(), study.place).slug, "status_quo");
}

TEST_F(Folder, AnUnknownNameListsWhatThereIs) {
  EXPECT_EQ(lines(faults_of([&] { read_place("hree", path()); })),
            "there is no place 'hree' in " + file("places") + "; did you mean 'here'? there are: here\n");
  EXPECT_EQ(lines(faults_of([&] { read_study("nothing_like_it", path()); })),
            "there is no study or place 'nothing_like_it' in " + file("studies") + ", " + file("places") +
                "; there are: here\n");
  EXPECT_EQ(lines(faults_of([&] { read_place("here", SearchPath{}); })),
            "there is no place 'here'; no folder of scenarios is known\n");
}

TEST_F(Folder, FilesThatAreNoFilesAreFaults) {
  EXPECT_EQ(lines(faults_of([&] { read_place(file("none.yaml"), path()); })),
            file("none.yaml") + ": there is no such file\n");
  fs::create_directories(root_ / "folder.yaml");
  EXPECT_EQ(lines(faults_of([&] { read_place(file("folder.yaml"), path()); })),
            file("folder.yaml") + ": is a folder, not a file\n");
  EXPECT_EQ(lines(faults_of([&] { read_place(file("modes/soft.yaml"), path()); })),
            file("modes/soft.yaml") + ":1:1: this is a mode, where a place is needed\n");
  write("empty.yaml", "title: x\n");
  EXPECT_EQ(lines(faults_of([&] { check_file(file("empty.yaml"), path()); })),
            file("empty.yaml") + ":1:1: there is no key 'place', 'mode' or 'study' that says what this file is\n");
}

TEST_F(Folder, TheFirstFolderThatHasANameWins) {
  fs::create_directories(root_ / "mine/places");
  write("mine/places/here.json", R"({"place": "here", "title": "Mine", "districts": {"east": {"population": 500}}})");
  EXPECT_EQ(read_place("here", SearchPath{{file("mine"), root_.string()}}).title, "Mine");
  EXPECT_EQ(read_place("here", SearchPath{{root_.string(), file("mine")}}).title, "Here");
}

TEST_F(Folder, AStudyFindsWhatStandsBesideIt) {
  write("studies/ask.yaml", "study: ask\nplace: here\nmodes: [soft, ../modes/hard.yaml]\n");
  const Study study = read_study(file("studies/ask.yaml"), SearchPath{});
  EXPECT_EQ(study.place.title, "Here");
  ASSERT_EQ(study.modes.size(), 2u);
  EXPECT_EQ(study.modes[1].slug, "hard");
  EXPECT_EQ(check_file(file("studies/ask.yaml"), SearchPath{}), "study");
}

TEST_F(Folder, ListNamesEachScenarioOnce) {
  write("studies/ask.yaml", "study: ask\ntitle: A question\nplace: here\nmodes: [soft]\n");
  write("places/.hidden.yaml", "x");
  write("places/notes.txt", "x");
  std::string text;
  for (const Listed& one : list_scenarios(SearchPath{{root_.string(), root_.string()}}))
    text += one.kind + " " + one.slug + " " + one.title + "; ";
  EXPECT_EQ(text, "place here Here; mode hard ; mode soft ; study ask A question; ");
}

TEST_F(Folder, LeversOfDistrictsAreCheckedAgainstThePlace) {
  write("modes/local.yaml", "mode: local\ndistrict_levers: {wets: {authority: 0.1}}\n");
  EXPECT_EQ(study_faults("study: ask\nplace: here\nmodes: [soft, local]\n"),
            file("modes/local.yaml") + ":2:19: district_levers.wets: unknown district 'wets'; did you mean 'west'?\n");
  EXPECT_EQ(check_file(file("modes/local.yaml"), path()), "mode");  // no place, so no names of districts to know
}

TEST_F(Folder, RenderFindsTheSourcesOfAnError) {
  write("modes/hard.yaml", "mode: hard\nlevers: {authority: yes}\n");
  try {
    read_mode(file("modes/hard.yaml"), path(), read_place("here", path()));

    FAIL() << "was read";
  } catch (const ScenarioError& error) {
    EXPECT_NE(render(error).find("\n    2 | levers: {authority: yes}\n      |                     ^"),
              std::string::npos)
        << render(error);
  }
}

// ---- what is shipped ------------------------------------------------------------------------------------------------

TEST(Shipped, EveryFileReads) {
  const std::vector<fs::path> files = shipped_files();
  ASSERT_GE(files.size(), 5u);
  for (const fs::path& file : files)
    EXPECT_EQ(lines(faults_of([&] { check_file(file.string(), shipped); })), "") << file;
}

TEST(Shipped, ChongqingIsWhatTheEvidenceSays) {
  const Study study = read_study("chongqing", shipped);
  const Place& place = study.place;
  EXPECT_EQ(place.districts.size(), 38u);
  std::int64_t people = 0, insured = 0, least_insured = 2'000'000'000, most_uninsured = 0;
  for (const District& district : place.districts) {
    people += district.population;
    insured += district.insured;
    if (district.insured)
      least_insured = std::min(least_insured, district.population);
    else
      most_uninsured = std::max(most_uninsured, district.population);
  }
  EXPECT_EQ(people, 32'080'000);
  EXPECT_EQ(insured, 28);
  EXPECT_GT(least_insured, most_uninsured);
  EXPECT_EQ(place.numbers.committees, 88);
  EXPECT_EQ(place.numbers.centres, 32);
  EXPECT_EQ(place.numbers.hospitals_tertiary + place.numbers.hospitals_secondary + place.numbers.hospitals_primary,
            704);
  EXPECT_EQ(place.status_quo.service.expert_pool_size, 1200);
  ASSERT_EQ(study.modes.size(), 2u);
  EXPECT_EQ(study.baseline, "backing");
  EXPECT_EQ(study.years, 5);
  EXPECT_EQ(study.burn_in_years, 3);
  EXPECT_EQ(study.replicates, 20);
  ASSERT_EQ(study.contrasts.size(), 3u);
  EXPECT_EQ(study.contrasts[1].slug, "contract_only");
  EXPECT_FALSE(study.question.empty());
}

TEST(Shipped, BothModesCanBeComparedInEveryPlace) {
  for (const Listed& place : list_scenarios(shipped)) {
    if (place.kind != "place") continue;
    Overrides asked;
    asked.modes = {"backing", "purchased"};
    EXPECT_EQ(lines(faults_of([&] { read_study(place.file, shipped, asked); })), "") << place.slug;
  }
}

TEST_F(Folder, TheExamplesOfTheReadmeAreSound) {
  const std::string text = text_of(fs::path(repository) / "scenarios/README.md");
  const std::string opening = "```yaml\n", ending = "```";
  write("places/who.csv", "a,b\n0,649999\n");
  int examples = 0;
  std::string study;
  for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at)) {
    at += opening.size();
    const std::string example = text.substr(at, text.find(ending, at) - at);
    if (example.compare(0, 6, "place:") == 0) write("places/here.yaml", example);
    if (example.compare(0, 5, "mode:") == 0) write("modes/mixed.yaml", example);
    if (example.compare(0, 6, "study:") == 0) study = example;
    ++examples;
  }
  EXPECT_EQ(examples, 3);
  Overrides asked;
  asked.modes = {"mixed", "status_quo"};
  EXPECT_EQ(lines(faults_of([&] { read_study("here", path(), asked); })), "") << "the place and the mode";
  asked.modes = {"backing", "purchased"};
  EXPECT_EQ(lines(faults_of([&] { read_study_text(study, "README", shipped, asked); })), "") << "the study";
}

// Truncated and damaged files never crash, and what is refused says where.
TEST(Shipped, DamagedFilesAreReadOrRefusedWithAPosition) {
  const std::string alphabet = "{}[]:,-\"'#&*!|>%@`?\n\t \\0aZ9.e~\x01\x7f\xc3\xe9";
  std::uint64_t state = 20150101;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((state >> 33) % below);
  };
  const auto start = std::chrono::steady_clock::now();
  int refused = 0, tried = 0;
  for (const fs::path& file : shipped_files()) {
    const std::string whole = text_of(file);
    const std::string kind = file.parent_path().filename().string();
    for (int i = 0; i < 500 && std::chrono::steady_clock::now() - start < std::chrono::seconds(20); ++i) {
      std::string text = whole;
      for (std::size_t changes = 1 + random(4); changes > 0 && !text.empty(); --changes) {
        const std::size_t at = random(text.size());
        switch (random(5)) {
          case 0:
            text.resize(at);
            break;
          case 1:
            text.erase(at, 1 + random(20));
            break;
          case 2:
            text.insert(at, 1, alphabet[random(alphabet.size())]);
            break;
          case 3:
            text[at] = alphabet[random(alphabet.size())];
            break;
          default:
            text.insert(at, text.substr(random(text.size()), random(60)));
            break;
        }
      }
      ++tried;
      try {
        if (kind == "places") read_place_text(text, "f");
        if (kind == "modes") read_mode_text(text, "f", Place{});
        if (kind == "studies") read_study_text(text, "f", shipped);
      } catch (const ScenarioError& error) {
        ++refused;
        ASSERT_FALSE(error.faults().empty());
        for (const Fault& fault : error.faults()) {
          ASSERT_GE(fault.line, 1) << fault.text() << "\n" << text;
          ASSERT_GE(fault.column, 1) << fault.text() << "\n" << text;
          ASSERT_FALSE(fault.message.empty());
          render(fault, text);
        }
      }
    }
  }
  EXPECT_GT(tried, 200);
  EXPECT_GT(refused, tried / 4);
}

}  // namespace
}  // namespace parley
