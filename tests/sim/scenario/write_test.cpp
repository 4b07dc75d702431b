#include "sim/scenario/write.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "sim/scenario/read.hpp"

namespace parley {
namespace {

const SearchPath shipped{{std::string(PARLEY_SOURCE_DIR) + "/scenarios"}};

void expect_same_numbers(const std::vector<Described>& one, const std::vector<Described>& other) {
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(one[i].number()), std::bit_cast<std::uint64_t>(other[i].number()))
        << one[i].address();
}

void expect_same(Study one, Study other) {
  EXPECT_EQ(one.slug, other.slug);
  EXPECT_EQ(one.title, other.title);
  EXPECT_EQ(one.question, other.question);
  EXPECT_EQ(one.baseline, other.baseline);
  EXPECT_EQ(one.years, other.years);
  EXPECT_EQ(one.burn_in_years, other.burn_in_years);
  EXPECT_EQ(one.replicates, other.replicates);
  EXPECT_EQ(one.seed, other.seed);
  ASSERT_EQ(one.contrasts.size(), other.contrasts.size());
  for (std::size_t i = 0; i < one.contrasts.size(); ++i) {
    EXPECT_EQ(one.contrasts[i].slug, other.contrasts[i].slug);
    EXPECT_EQ(one.contrasts[i].title, other.contrasts[i].title);
    EXPECT_EQ(one.contrasts[i].hold, other.contrasts[i].hold);
    EXPECT_EQ(one.contrasts[i].solve_lever, other.contrasts[i].solve_lever);
    EXPECT_EQ(one.contrasts[i].tolerance, other.contrasts[i].tolerance);
  }
  EXPECT_EQ(one.place.slug, other.place.slug);
  EXPECT_EQ(one.place.title, other.place.title);
  EXPECT_EQ(one.place.sources, other.place.sources);
  EXPECT_EQ(one.place.start_year, other.place.start_year);
  EXPECT_EQ(one.place.start_month, other.place.start_month);
  EXPECT_EQ(one.place.start_day, other.place.start_day);
  ASSERT_EQ(one.place.districts.size(), other.place.districts.size());
  for (std::size_t i = 0; i < one.place.districts.size(); ++i) {
    EXPECT_EQ(one.place.districts[i].slug, other.place.districts[i].slug);
    EXPECT_EQ(one.place.districts[i].title, other.place.districts[i].title);
    EXPECT_EQ(one.place.districts[i].population, other.place.districts[i].population);
    EXPECT_EQ(one.place.districts[i].insured, other.place.districts[i].insured);
  }
  expect_same_numbers(described_parameters(one.place), described_parameters(other.place));
  expect_same_numbers(described_levers(one.place.status_quo), described_levers(other.place.status_quo));
  ASSERT_EQ(one.modes.size(), other.modes.size());
  for (std::size_t i = 0; i < one.modes.size(); ++i) {
    EXPECT_EQ(one.modes[i].slug, other.modes[i].slug);
    EXPECT_EQ(one.modes[i].title, other.modes[i].title);
    EXPECT_EQ(one.modes[i].sources, other.modes[i].sources);
    ASSERT_EQ(one.modes[i].settings.size(), other.modes[i].settings.size());
    for (std::size_t j = 0; j < one.modes[i].settings.size(); ++j) {
      EXPECT_EQ(one.modes[i].settings[j].lever, other.modes[i].settings[j].lever);
      EXPECT_EQ(one.modes[i].settings[j].value, other.modes[i].settings[j].value);
      EXPECT_EQ(one.modes[i].settings[j].district, other.modes[i].settings[j].district);
    }
  }
}

TEST(Write, TheStudyOfChongqingReadsBackWithoutAnyOtherFile) {
  const Study study = read_study("chongqing", shipped);
  const std::string text = write_study(study);
  const Study again = read_study_text(text, "written");
  expect_same(study, again);
  EXPECT_EQ(write_study(again), text);
}

TEST(Write, AStudyFarFromTheDefaultsReadsBack) {
  Study study = read_study("chongqing", shipped);
  study.title = "quotes \" and \\ and\nlines\tand 重庆 and : # - {}";
  study.question = "";
  study.seed = 9223372036854775807u;
  study.burn_in_years = 0;
  study.place.sources.clear();
  study.place.start_month = 12;
  study.place.start_day = 31;
  // Every number somewhere odd inside its range; arrays of shares stay as they are, because they must add up.
  std::uint64_t state = 7;
  for (const Described& number : described_parameters(study.place)) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const double part = static_cast<double>(state >> 11) / 9007199254740992.0;
    if (auto* real = std::get_if<double*>(&number.value); real && number.element < 0)
      **real = number.field.low + part * (number.field.high - number.field.low);
    else if (auto* whole = std::get_if<std::int64_t*>(&number.value))
      **whole = static_cast<std::int64_t>(number.field.high);
  }
  study.place.status_quo.service.mediation_open = false;
  study.modes[0].settings = {
      {"authority", 1.0 / 3, -1}, {"mediation_open", 1, -1}, {"proximity", 0.1, 0}, {"authority", 0.2, 37}};
  study.modes[1].settings.clear();
  study.contrasts = {{"narrow", "Narrow: \"x\"", {"authority", "proximity"}, "committee_budget", 0.1 + 0.2}};
  const std::string text = write_study(study);
  expect_same(study, read_study_text(text, "written"));
}

TEST(Write, ASingleModeHasNoContrasts) {
  const Study study = read_run("toy", "backing", shipped);
  EXPECT_NE(write_study(study).find("contrasts: {}"), std::string::npos);
  expect_same(study, read_study_text(write_study(study), "written"));
}

TEST(Write, PlacesAndModesStandAlone) {
  const Place place = read_place("toy", shipped);
  EXPECT_EQ(write_place(read_place_text(write_place(place), "written")), write_place(place));
  const Mode mode = read_mode("purchased", shipped, place);
  EXPECT_EQ(write_mode(read_mode_text(write_mode(mode, place), "written", place), place), write_mode(mode, place));
}

TEST(Write, ShortNumbersStayShort) {
  const std::string text = write_study(read_study("chongqing", shipped));
  EXPECT_NE(text.find("\n    admission_rate: 0.17\n"), std::string::npos);
  EXPECT_NE(text.find("severity_shares: {minor: 0.6, moderate: 0.25, permanent: 0.07, death: 0.08}"),
            std::string::npos);
  EXPECT_NE(text.find("mediation_open: true"), std::string::npos);
  EXPECT_NE(text.find("protocol: concession"), std::string::npos);
}

}  // namespace
}  // namespace parley
