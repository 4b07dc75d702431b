#include "sim/record/recorder.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "sim/base/error.hpp"
#include "sim/record/catalogue.hpp"
#include "sim/record/digest.hpp"
#include "tests/sim/record/small_result.hpp"

namespace parley {
namespace {

template <class Number>
std::vector<Number> values(const Image& image, const std::string& path) {
  const Dataset* dataset = image.find(path);
  if (!dataset || dataset->type != element_type_of<Number>()) return {};
  std::vector<Number> numbers(dataset->bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), dataset->bytes.data(), dataset->bytes.size());
  return numbers;
}

const Attribute* attribute(const std::vector<Attribute>& all, const std::string& name) {
  for (const Attribute& one : all)
    if (one.name == name) return &one;
  return nullptr;
}

std::string words(const std::vector<Attribute>& all, const std::string& name) {
  const Attribute* found = attribute(all, name);
  return found ? std::get<std::string>(found->value) : "(none)";
}

TEST(Catalogue, NamesEveryDatasetOnce) {
  std::set<std::string> paths;
  for (const CatalogueEntry& entry : catalogue()) {
    EXPECT_TRUE(paths.insert(entry.path).second) << entry.path;
    EXPECT_FALSE(entry.meaning.empty()) << entry.path;
    EXPECT_NE(entry.meaning.back(), '.') << entry.path;
  }
  std::set<std::string> recorded;
  for (const Dataset& dataset : image_of(small_result()).datasets) recorded.insert(dataset.path);
  EXPECT_EQ(recorded, paths);
}

TEST(Recorder, LaysMetricsOverPolicyReplicateTimeAndPlace) {
  const StudyResult result = small_result();
  const Image image = image_of(result);
  EXPECT_EQ(image.find("/disputes")->shape, (std::vector<std::uint64_t>{2, 2, 3, 2}));
  const auto disputes = values<std::int64_t>(image, "/disputes");
  ASSERT_EQ(disputes.size(), 24u);
  std::size_t at = 0;
  for (const auto& arm : result.results)
    for (const auto& replicate : arm)
      for (int month = 0; month < 3; ++month)
        for (int place = 0; place < 2; ++place)
          EXPECT_EQ(disputes[at++], replicate.metrics.at(Metric::disputes, month, place));
  EXPECT_EQ(words(image.find("/disputes")->attributes, "cell_methods"), "time: sum");
  EXPECT_EQ(words(image.find("/paid")->attributes, "units"), "0.01 CNY");
}

TEST(Recorder, GivesTrustAsANumberBetweenZeroAndOne) {
  StudyResult result = small_result();
  result.results[0][0].metrics.at(Metric::trust, 0, 0) = 650000;
  const Image image = image_of(result);
  EXPECT_EQ(values<double>(image, "/trust").at(0), 0.65);
  EXPECT_EQ(words(image.find("/trust")->attributes, "units"), "1");
  EXPECT_EQ(words(image.find("/trust")->attributes, "cell_methods"), "time: point");
  EXPECT_EQ(words(image.find("/estimate_error")->attributes, "units"), "1e-6");
}

TEST(Recorder, DatesMonthsFromTheStart) {
  const Image image = image_of(small_result());
  EXPECT_EQ(values<std::int32_t>(image, "/time"), (std::vector<std::int32_t>{0, 31, 59}));
  EXPECT_EQ(values<std::int32_t>(image, "/period_days"), (std::vector<std::int32_t>{31, 28, 31}));
  EXPECT_EQ(words(image.find("/time")->attributes, "units"), "days since 2015-01-01");
}

TEST(Recorder, PutsOneRowPerDisputeSortedByPolicyReplicateAndId) {
  const Image image = image_of(small_result());
  EXPECT_EQ(image.find_dimension("/cases/case")->length, 14u);
  EXPECT_EQ(values<std::uint16_t>(image, "/cases/policy"),
            (std::vector<std::uint16_t>{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(values<std::int32_t>(image, "/cases/replicate"),
            (std::vector<std::int32_t>{0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(values<std::int64_t>(image, "/cases/id").at(1), (std::int64_t{7} << 46) + 10);
  EXPECT_EQ(values<std::int64_t>(image, "/cases/demand").at(1), 12345678902);
  EXPECT_EQ(values<std::int32_t>(image, "/cases/closed").at(2), -2147483647 - 1);
  EXPECT_EQ(values<std::uint8_t>(image, "/cases/severity").at(2), static_cast<std::uint8_t>(Severity::permanent));

  const Dataset& channel = *image.find("/cases/last_channel");
  EXPECT_EQ(words(channel.attributes, "flag_meanings"),
            "negotiation people_mediation administrative_mediation arbitration court none");
  const Attribute* codes = attribute(channel.attributes, "flag_values");
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->type, ElementType::uint8);
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(codes->value), (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(words(image.find("/cases/policy")->attributes, "flag_meanings"), "backing purchased");
  EXPECT_EQ(words(image.find("/cases/place")->attributes, "flag_meanings"), "east west");
  // xarray would turn columns with these into floating point numbers.
  for (const Dataset& dataset : image.datasets) {
    EXPECT_FALSE(attribute(dataset.attributes, "_FillValue")) << dataset.path;
    EXPECT_FALSE(attribute(dataset.attributes, "missing_value")) << dataset.path;
  }
}

TEST(Recorder, WritesTheWayOfADisputeAndHowToReadIt) {
  const Image image = image_of(small_result());
  const auto path = values<std::uint16_t>(image, "/cases/path");
  EXPECT_EQ(path.at(0), 17);  // negotiation, then people's mediation
  EXPECT_EQ(path.at(1), 41);  // negotiation, then court
  EXPECT_EQ((path.at(1) >> 3) & 7, 1 + static_cast<int>(Channel::court));
  const std::string comment = words(image.find("/cases/path")->attributes, "comment");
  EXPECT_NE(comment.find("(path >> 3 * k) & 7"), std::string::npos) << comment;
}

TEST(Recorder, WritesTheGraphInCompressedRowsBothWays) {
  const Image image = image_of(small_result());
  EXPECT_EQ(values<std::uint32_t>(image, "/graph/indptr"), (std::vector<std::uint32_t>{0, 0, 1, 1, 1, 3}));
  EXPECT_EQ(values<std::uint32_t>(image, "/graph/indices"), (std::vector<std::uint32_t>{3, 2, 3}));
  EXPECT_EQ(values<float>(image, "/graph/weight"), (std::vector<float>{1, 0.25f, 0.75f}));
  // Each edge that the reverse gives for a node leads there.
  const auto start = values<std::uint32_t>(image, "/graph/reverse_indptr");
  const auto edge = values<std::uint32_t>(image, "/graph/reverse_edge");
  const auto target = values<std::uint32_t>(image, "/graph/indices");
  ASSERT_EQ(start.size(), 6u);
  EXPECT_EQ(start.back(), 3u);
  for (std::size_t node = 0; node + 1 < start.size(); ++node)
    for (std::uint32_t i = start[node]; i < start[node + 1]; ++i) EXPECT_EQ(target.at(edge.at(i)), node);
  EXPECT_EQ(words(image.find("/graph/edge_kind")->attributes, "flag_meanings"),
            "treats refers funds contracts insures advises reports supervises responds");
  EXPECT_EQ(words(image.find("/graph/node_place")->attributes, "flag_meanings"), "east west");
}

TEST(Recorder, NamesThePartiesByNumberAndDistrictWhereTheyNeedThem) {
  EXPECT_EQ(image_of(small_result()).find("/graph/node_name")->texts,
            (std::vector<std::string>{"health authority, East town, 东", "health authority, West town, 西",
                                      "hospital 0, West town, 西", "hospital 1, West town, 西", "insurer"}));
}

TEST(Recorder, WritesTheStateOfEveryEdgeUnderEveryPolicy) {
  const Image image = image_of(small_result());
  EXPECT_EQ(image.find("/graph/probability")->shape, (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(values<float>(image, "/graph/base_delay"), (std::vector<float>{3, 4, 0}));
  EXPECT_EQ(values<float>(image, "/graph/probability"), (std::vector<float>{0.5f, 0.75f, 1, 0.25f, 0.5f, 1}));
  EXPECT_EQ(values<float>(image, "/graph/delay"), (std::vector<float>{3, 4, 0, 6, 8, 0}));
  EXPECT_EQ(values<float>(image, "/graph/information_loss"), (std::vector<float>{0.25f, 0.125f, 0, 0.5f, 0.25f, 0}));
  EXPECT_EQ(words(image.find("/graph/delay")->attributes, "units"), "day");
}

TEST(Recorder, TheGraphIsPartOfTheDigest) {
  StudyResult result = small_result();
  const std::string before = digest_of(result);
  result.edge_states[1][2].delay = 1;
  EXPECT_NE(digest_of(result), before);
  result = small_result();
  result.graph.target[0] = 2;
  EXPECT_NE(digest_of(result), before);
}

TEST(Recorder, WithoutAFinishedReplicateTheGraphIsEmpty) {
  StudyResult result = small_result();
  result.replicates.clear();
  for (auto& arm : result.results) arm.clear();
  result.graph = {};
  result.edge_states.clear();
  const Image image = image_of(result);
  EXPECT_EQ(image.find("/graph/probability")->shape, (std::vector<std::uint64_t>{2, 0}));
  EXPECT_EQ(values<std::uint32_t>(image, "/graph/indptr"), (std::vector<std::uint32_t>{0}));
}

TEST(Recorder, LeavesDisputesOutWhenAsked) {
  StudyResult result = small_result();
  result.record.level = RecordLevel::metrics;
  const Image image = image_of(result);
  EXPECT_FALSE(image.find_group("/cases"));
  EXPECT_FALSE(image.find("/cases/id"));
  EXPECT_TRUE(image.find("/disputes"));
}

TEST(Recorder, SaysWhatWasAsked) {
  const Image image = image_of(small_result());
  EXPECT_EQ(image.find("/provenance/seed")->texts, std::vector<std::string>{"18446744073709551615"});
  EXPECT_EQ(image.find("/provenance/sources")->texts, (std::vector<std::string>{"made up", "seed 1", "seed 2"}));
  EXPECT_EQ(image.find("/contrasts/title")->texts,
            (std::vector<std::string>{"as the modes are written", "at equal public spending"}));
  const auto solved = values<double>(image, "/contrasts/solved_value");
  EXPECT_NE(solved.at(0), solved.at(0));
  EXPECT_EQ(solved.at(1), 0.25);
  const auto names = image.find("/parameters/name")->texts;
  EXPECT_EQ(names.size(), values<double>(image, "/parameters/value").size());
  EXPECT_EQ(image.find("/levers/value")->shape,
            (std::vector<std::uint64_t>{2, 2, image.find("/levers/lever")->texts.size()}));
}

TEST(Recorder, SaysWhetherEverythingAskedForWasFinished) {
  StudyResult result = small_result();
  const auto complete = [](const StudyResult& of) {
    return std::get<std::vector<std::int64_t>>(attribute(image_of(of).find_group("/")->attributes, "complete")->value)
        .at(0);
  };
  EXPECT_EQ(complete(result), 1);
  result.study.replicates = 3;
  EXPECT_EQ(complete(result), 0);
}

TEST(Recorder, GivesADigestThatHowTheRunWasCarriedOutDoesNotMove) {
  StudyResult result = small_result();
  const std::string digest_before = digest_of(result);
  result.threads = 8;
  result.seconds = 99;
  EXPECT_EQ(digest_of(result), digest_before);
  EXPECT_EQ(digest(image_of(result, {"parley run", "2025-01-01T00:00:00Z", "", "9", "abc", "gcc"})), digest_before);
  result.results[1][1].cases[0].paid.cents += 1;
  EXPECT_NE(digest_of(result), digest_before);
}

TEST(Recorder, LetsNothingInThatReadersRefuse) {
  StudyResult result = small_result();
  result.study.question = std::string("a\0b \xFF \xED\xA0\x80 \xE5\xB0\x8F", 13);
  EXPECT_EQ(words(image_of(result).find_group("/")->attributes, "question"),
            "a\xEF\xBF\xBD"
            "b \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD \xE5\xB0\x8F");
}

TEST(Recorder, RefusesAResultThatDoesNotFitItsStudy) {
  StudyResult unsorted = small_result();
  std::swap(unsorted.results[0][0].cases[0], unsorted.results[0][0].cases[1]);
  EXPECT_THROW(image_of(unsorted), BrokenLaw);
  StudyResult short_of_one = small_result();
  short_of_one.results[1].pop_back();
  EXPECT_THROW(image_of(short_of_one), BrokenLaw);
  StudyResult other_graph = small_result();
  other_graph.edge_states[1].pop_back();
  EXPECT_THROW(image_of(other_graph), BrokenLaw);
  StudyResult too_large = small_result();
  too_large.results[0][0].cases.back().id = std::uint64_t{1} << 53;
  EXPECT_THROW(image_of(too_large), BrokenLaw);
}

}  // namespace
}  // namespace parley
