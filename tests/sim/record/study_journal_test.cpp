#include "sim/record/study_journal.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sim/base/error.hpp"
#include "sim/record/file.hpp"
#include "sim/record/recorder.hpp"
#include "sim/record/verify.hpp"
#include "sim/scenario/write.hpp"
#include "tests/sim/record/temporary_folder.hpp"
#include "tests/support/results.hpp"
#include "tests/support/toy.hpp"

namespace parley {
namespace {

JournalHeader asking(const Study& study) {
  JournalHeader header;
  header.scenario = write_study(study);
  header.record.level = RecordLevel::full;
  header.program = "1 (abc)";
  header.command = "parley compare toy";
  return header;
}

// Runs until so many months are done.
StudyResult run_for(const Study& study, StudyJournal& journal, int months) {
  std::atomic<bool> stop{false};
  std::atomic<int> left{months};
  RunOptions options;
  options.threads = 1;
  options.record = journal.header().record;
  options.keeper = &journal;
  options.stop = &stop;
  options.progress = [&](const Progress&) {
    if (--left == 0) stop = true;
  };
  return run_study(study, options);
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

TEST(StudyJournal, AnInterruptedRunIsTakenUpAndEndsInTheSameDigest) {
  const TemporaryFolder folder;
  const Study study = testing::toy_study(1, 0, 4);
  const std::string file = folder.file("a.h5");
  {
    const auto journal = StudyJournal::open(file, asking(study), false);
    EXPECT_FALSE(run_for(study, *journal, 2 * 2 * 12 + 5).complete());
    EXPECT_EQ(journal->replicates(), 2);
  }
  ASSERT_TRUE(has_journal(file));
  const StudyResult so_far = result_so_far(file);
  EXPECT_EQ(so_far.replicates, (std::vector<int>{0, 1}));
  const auto journal = StudyJournal::resume(file, "1 (abc)");
  EXPECT_EQ(journal->header().command, "parley compare toy");
  const StudyResult whole = run_for(journal->header().study(), *journal, 1'000'000);
  EXPECT_TRUE(whole.complete());
  RunOptions options;
  options.record.level = RecordLevel::full;
  EXPECT_EQ(digest_of(whole), digest_of(testing::run_serially(study, options)));
  EXPECT_EQ(digest_of(result_so_far(file)), digest_of(whole));  // a reader sees the same
  journal->remove();
  EXPECT_FALSE(has_journal(file));
}

TEST(StudyJournal, TheSameQuestionGoesOnAndAnotherIsAskedWhatToDo) {
  const TemporaryFolder folder;
  const Study study = testing::toy_study(1, 0, 3);
  const std::string file = folder.file("a.h5");
  run_for(study, *StudyJournal::open(file, asking(study), false), 2 * 12 + 1);
  EXPECT_EQ(StudyJournal::open(file, asking(study), false)->replicates(), 1);
  Study other = study;
  other.seed = 8;
  const std::string message = message_of([&] { StudyJournal::open(file, asking(other), false); });
  EXPECT_NE(message.find("keeps 1 finished replicates of another run"), std::string::npos) << message;
  EXPECT_NE(message.find("parley resume"), std::string::npos);
  EXPECT_NE(message_of([&] { StudyJournal::resume(file, "2 (def)"); }).find("begun by Parley 1 (abc)"),
            std::string::npos);
  EXPECT_EQ(StudyJournal::open(file, asking(other), true)->replicates(), 0);  // forced
  EXPECT_NE(message_of([&] { StudyJournal::resume(folder.file("b.h5"), "1 (abc)"); }).find("nothing was interrupted"),
            std::string::npos);
}

TEST(Verify, FindsEveryStateAgainAndNamesTheFirstThatDiffers) {
  const TemporaryFolder folder;
  Study study = testing::toy_study(1, 1, 3);
  study.contrasts.push_back({"equal_spending", "At equal spending", {}, "pay_per_success", 0.05});
  StudyResult result = testing::run_serially(study);
  write_file(result, folder.file("a.h5"));
  VerifyOptions options;
  options.threads = 2;
  const Verification all = verify_file(folder.file("a.h5"), options);
  EXPECT_TRUE(all.same) << all.first_difference;
  EXPECT_EQ(all.replicates, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(all.states, 3 * (12 + 3 * 12));  // burn-in, and three policies
  EXPECT_EQ(all.digest, digest_of(result));
  EXPECT_NE(certificate_text(all, "a.h5", "me").find("every state is the same"), std::string::npos);
  options.sample = 1;
  EXPECT_EQ(verify_file(folder.file("a.h5"), options).replicates, (std::vector<int>{1}));

  result.results[1][1].states[4] ^= 1;
  write_file(result, folder.file("b.h5"));
  const Verification other = verify_file(folder.file("b.h5"), options);
  EXPECT_FALSE(other.same);
  EXPECT_EQ(other.first_difference, "policy eager, replicate 1, month 2015-05");
  result.burn_in_states[1][11] ^= 1;
  write_file(result, folder.file("c.h5"));
  EXPECT_EQ(verify_file(folder.file("c.h5"), options).first_difference, "burn-in of replicate 1, month 2014-12");
}

// The test runner makes a file with one build and gives it to another.
TEST(Verify, AFileOfAnotherBuild) {
  const char* file = std::getenv("PARLEY_VERIFY_FILE");
  if (file == nullptr) GTEST_SKIP() << "PARLEY_VERIFY_FILE names no file";
  const Verification found = verify_file(file);
  EXPECT_TRUE(found.same) << found.first_difference;
  EXPECT_EQ(found.replicates.size(), 3u);
}

}  // namespace
}  // namespace parley
