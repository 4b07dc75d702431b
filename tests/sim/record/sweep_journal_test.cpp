// What a sweep leaves while it is going on, and its file at the end.
#include "sim/record/sweep_journal.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/base/error.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/file.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/scenario/write.hpp"
#include "tests/sim/record/temporary_folder.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

SweepHeader asking(double rate = 0.05) {
  return {write_study(testing::toy_study(1, 0, 2)),
          {{"encounter.adverse_event_rate"}, {{rate}, {0.12}}},
          R"({"kind": "points"})",
          "1 (abc)"};
}

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const FileError& error) {
    return error.what();
  }
  return "(no error)";
}

TEST(SweepJournal, BatchesAreThereAgain) {
  const TemporaryFolder folder;
  const std::string file = folder.file("a.h5");
  {
    const auto journal = SweepJournal::open(file, asking(), false);
    journal->keep(2, {1, 2, 3});
    journal->keep(0, {4.5});
  }
  EXPECT_TRUE(has_sweep_journal(file));
  for (const auto& journal : {SweepJournal::open(file, asking(), false)}) {
    const auto batches = journal->batches();
    ASSERT_EQ(batches.size(), 2U);
    EXPECT_EQ(batches[0], (std::pair<std::uint64_t, std::vector<double>>{2, {1, 2, 3}}));
    EXPECT_EQ(batches[1].second, std::vector<double>{4.5});
  }
  const auto journal = SweepJournal::resume(file, "1 (abc)");
  EXPECT_EQ(journal->header().points.rows, asking().points.rows);
  EXPECT_EQ(journal->header().design, asking().design);
  EXPECT_EQ(write_study(journal->header().study()), asking().scenario);
  journal->remove();
  EXPECT_FALSE(std::filesystem::exists(journal_of(file)));
}

TEST(SweepJournal, AnotherQuestionIsRefusedWhileThereIsWork) {
  const TemporaryFolder folder;
  const std::string file = folder.file("a.h5");
  SweepJournal::open(file, asking(), false);
  SweepJournal::open(file, asking(0.06), false)->keep(0, {1});  // nothing was lost by replacing an empty one
  EXPECT_NE(message_of([&] { SweepJournal::open(file, asking(), false); }).find("parley resume"), std::string::npos);
  EXPECT_EQ(SweepJournal::open(file, asking(), true)->batches().size(), 0U);
}

TEST(SweepJournal, WhatCannotBeResumedIsSaid) {
  const TemporaryFolder folder;
  const std::string file = folder.file("a.h5");
  EXPECT_NE(message_of([&] { SweepJournal::resume(file, "1 (abc)"); }).find("nothing was interrupted"),
            std::string::npos);
  EXPECT_FALSE(has_sweep_journal(file));
  SweepJournal::open(file, asking(), false);
  EXPECT_NE(message_of([&] { SweepJournal::resume(file, "2 (def)"); }).find("begun by Parley 1 (abc)"),
            std::string::npos);
  Journal::begin(journal_of(file), {1, 2, 3});
  EXPECT_FALSE(has_sweep_journal(file));
  EXPECT_NE(message_of([&] { SweepJournal::resume(file, "1 (abc)"); }).find("not the journal of a sweep"),
            std::string::npos);
}

TEST(SweepRecord, TheFileHasTheDigestOfTheSweep) {
  const TemporaryFolder folder;
  const Study study = testing::toy_study(1, 0, 2);
  const Points points = asking().points;
  SweepResult result{study, points, "{}", {}};
  SweepOptions options;
  options.threads = 1;
  for (const auto& run : run_points(study, points, 0, 4, options))
    for (const RunSummary& one : run) {
      result.values.insert(result.values.end(), one.metrics.begin(), one.metrics.end());
      result.values.push_back(one.days_median);
    }
  const std::string file = folder.file("sweep.h5");
  write_file(result, file, "1 (abc)", false);
  EXPECT_EQ(digest_file(file), digest(image_of(result, "2 (def)")));
  const Image image = read_hdf5(file);
  EXPECT_EQ(image.find("/disputes")->shape, (std::vector<std::uint64_t>{2, 2, 2}));
  EXPECT_EQ(image.find("/disputes")->type, ElementType::int64);
  EXPECT_EQ(image.find("/trust")->type, ElementType::float64);
  EXPECT_EQ(image.find("/design/key")->texts, points.keys);
  result.values.pop_back();
  EXPECT_THROW(image_of(result, ""), BrokenLaw);
}

}  // namespace
}  // namespace parley
