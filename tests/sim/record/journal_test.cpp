#include "sim/record/journal.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <thread>

#include "sim/base/error.hpp"
#include "tests/sim/record/temporary_folder.hpp"

namespace parley {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
void write_all(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}
std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const FileError& error) {
    return error.what();
  }
  return "(nothing was thrown)";
}

class JournalTest : public ::testing::Test {
 protected:
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5.journal");

  // A header and two records.
  void make() {
    Journal journal = Journal::begin(path, {1, 2, 3});
    journal.append(JournalKind::replicate, 4, Bytes(100, 7));
    journal.append(JournalKind::checkpoint, 5, {});
  }
  // The payloads that a reader finds, or none where it finds no journal.
  static std::vector<Bytes> payloads(const std::string& path) {
    std::vector<Bytes> found;
    try {
      const JournalReader reader(path);
      for (const JournalEntry& entry : reader.entries()) found.push_back(reader.payload(entry));
    } catch (const FileError&) {
    }
    return found;
  }
};

TEST_F(JournalTest, GivesBackWhatWasAppended) {
  make();
  const JournalReader reader(path);
  ASSERT_EQ(reader.entries().size(), 3u);
  EXPECT_EQ(reader.entries()[1].kind, JournalKind::replicate);
  EXPECT_EQ(reader.entries()[1].key, 4u);
  EXPECT_EQ(reader.payload(reader.entries()[0]), (Bytes{1, 2, 3}));
  EXPECT_EQ(reader.payload(reader.entries()[1]), Bytes(100, 7));
  EXPECT_EQ(reader.entries()[2].size, 0u);
  EXPECT_EQ(reader.torn(), 0u);
}

TEST_F(JournalTest, CutAnywhereItHoldsWhatWasWholeBefore) {
  make();
  const std::string whole = read_all(path);
  const JournalReader reader(path);
  const std::size_t second = reader.entries()[1].offset - 17, third = reader.entries()[2].offset - 17;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    write_all(path, whole.substr(0, length));
    EXPECT_EQ(payloads(path).size(), length < second ? 0u : length < third ? 1u : 2u) << length;
    if (length >= second && length < third) {
      Journal again = Journal::resume(path);  // cuts off the torn end and goes on
      again.append(JournalKind::solved, 9, {8});
      EXPECT_EQ(payloads(path), (std::vector<Bytes>{{1, 2, 3}, {8}}));
    }
  }
}

TEST_F(JournalTest, AFlippedBitEndsWhatCounts) {
  make();
  const std::string whole = read_all(path);
  const std::vector<Bytes> all = payloads(path);
  for (std::size_t byte = 0; byte < whole.size(); ++byte)
    for (const int bit : {0, 3, 7}) {
      std::string broken = whole;
      broken[byte] = static_cast<char>(broken[byte] ^ (1 << bit));
      write_all(path, broken);
      const std::vector<Bytes> found = payloads(path);
      ASSERT_LT(found.size(), all.size());
      for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], all[i]);
    }
}

TEST_F(JournalTest, RubbishIsRefusedAndNeverBelieved) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = round % 2 == 0 ? "parley-journal 1\n" : "";
    for (std::size_t n = random() % 200; n > 0; --n) bytes += static_cast<char>(random());
    write_all(path, bytes);
    EXPECT_TRUE(payloads(path).empty());
    EXPECT_THROW(Journal::resume(path), FileError);
  }
}

TEST_F(JournalTest, HasOneWriterAndAnyNumberOfReaders) {
  Journal journal = Journal::begin(path, {1});
  EXPECT_NE(message_of([&] { Journal::resume(path); }).find("another program is writing it"), std::string::npos);
  EXPECT_NE(message_of([&] { Journal::begin(path, {2}); }).find("another program is writing it"), std::string::npos);
  std::thread writer([&] {
    for (int i = 0; i < 200; ++i) journal.append(JournalKind::replicate, 1, Bytes(1000, 5));
  });
  std::size_t last = 1;
  while (last < 201) {
    const std::vector<Bytes> found = payloads(path);
    ASSERT_GE(found.size(), last);  // what was there stays there
    last = found.size();
  }
  writer.join();
}

TEST_F(JournalTest, TakesTheWayOfNothingElse) {
  write_all(path, "my notes\n");
  EXPECT_NE(message_of([&] { Journal::begin(path, {1}); }).find("is not a journal of Parley"), std::string::npos);
  EXPECT_EQ(read_all(path), "my notes\n");
  std::filesystem::remove(path);
  EXPECT_NE(message_of([&] { Journal::resume(path); }).find("there is no such journal"), std::string::npos);
  std::filesystem::create_directory(path);
  EXPECT_NE(message_of([&] { Journal::begin(path, {1}); }).find("is in the way"), std::string::npos);
  const std::string nowhere = (folder.path() / "none" / "x.journal").string();
  EXPECT_NE(message_of([&] { Journal::begin(nowhere, {1}); }).find("does not exist"), std::string::npos);
}

TEST_F(JournalTest, AFullDiskLosesNothingThatWasSaved) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    Journal journal = Journal::begin(path, {1});
    journal.append(JournalKind::replicate, 1, Bytes(1000, 5));
    try {
      journal.append(JournalKind::replicate, 2, Bytes(10000, 5));
    } catch (const FileError&) {
      journal.append(JournalKind::replicate, 3, Bytes(10, 6));  // there is room for something small
      _exit(0);
    }
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(payloads(path), (std::vector<Bytes>{{1}, Bytes(1000, 5), Bytes(10, 6)}));
}

TEST_F(JournalTest, AKillLosesNothingThatWasSaved) {
  for (int round = 0; round < 10; ++round) {
    int told[2];
    ASSERT_EQ(pipe(told), 0);
    const pid_t child = fork();
    if (child == 0) {
      Journal journal = Journal::begin(path, {1});
      for (std::uint8_t i = 0;; ++i) {
        journal.append(JournalKind::replicate, i, Bytes(50000, i));
        if (write(told[1], &i, 1) != 1) _exit(1);
      }
    }
    std::uint8_t saved = 0;
    for (int k = 0; k <= round; ++k) ASSERT_EQ(read(told[0], &saved, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(told[0]), close(told[1]);
    const std::vector<Bytes> found = payloads(path);
    ASSERT_GE(found.size(), saved + 2u);
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_EQ(found[i], Bytes(50000, static_cast<std::uint8_t>(i - 1)));
  }
}

TEST_F(JournalTest, LeavesOutWhatIsOvertakenWhenItIsPacked) {
  Journal journal = Journal::begin(path, {1});
  for (std::uint8_t i = 0; i < 5; ++i) journal.append(JournalKind::checkpoint, 3, Bytes(1000, i));
  journal.compact({journal.entries()[5], journal.entries()[0]});  // any order: the header stays first
  EXPECT_EQ(payloads(path), (std::vector<Bytes>{{1}, Bytes(1000, 4)}));
  journal.append(JournalKind::replicate, 3, {9});
  EXPECT_EQ(payloads(path), (std::vector<Bytes>{{1}, Bytes(1000, 4), {9}}));
  EXPECT_EQ(journal.payload(journal.entries()[1]), Bytes(1000, 4));
  EXPECT_LT(std::filesystem::file_size(path), 1200u);
  EXPECT_NE(message_of([&] { Journal::resume(path); }).find("another program is writing it"), std::string::npos);
  journal.remove();
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace parley
