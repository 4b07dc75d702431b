// Beside FILE, while it is being made: FILE.journal holds what is finished, one checksummed record after another, so
// that a kill costs no more than what was in hand. It knows bytes only.
//
// A line of magic, then records: length of the payload (8 bytes), kind (1), key (8), payload, and the first 16 bytes of
// the SHA-256 of all that. A record that is cut off or broken ends what counts; nothing behind it is read.
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace parley {

enum class JournalKind : std::uint8_t { header = 1, solved = 2, replicate = 3, checkpoint = 4, batch = 5 };

// Where a record stands in the file; its payload is read when it is wanted.
struct JournalEntry {
  JournalKind kind = JournalKind::header;
  std::uint64_t key = 0;
  std::uint64_t offset = 0, size = 0;  // of the payload
};

std::string journal_of(const std::string& file);  // FILE.journal

// Appending. One writer at a time: a second one is a FileError.
class Journal {
 public:
  // A new journal; what stands there is replaced if it is a journal, a FileError if it is anything else.
  static Journal begin(const std::string& path, const std::vector<std::uint8_t>& header);
  // Goes on with one that stands there, after cutting off a torn end.
  static Journal resume(const std::string& path);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  // On the disk when it returns; from several threads. On a FileError (a full disk) what stood before still stands.
  void append(JournalKind kind, std::uint64_t key, const std::vector<std::uint8_t>& payload);
  // What has been written, header first.
  const std::vector<JournalEntry>& entries() const { return entries_; }
  std::vector<std::uint8_t> payload(const JournalEntry& entry) const;
  // Leaves only these of its entries, in this order, in a new file that takes the place of the old one.
  void compact(std::vector<JournalEntry> kept);
  // The result is on the disk: the journal is not needed any more.
  void remove();

 private:
  Journal(std::string path, int file) : path_(std::move(path)), file_(file) {}
  std::string path_;
  int file_ = -1;
  std::uint64_t end_ = 0;
  std::vector<JournalEntry> entries_;
  std::mutex guard_;
};

// Reading, also while somebody writes.
class JournalReader {
 public:
  explicit JournalReader(const std::string& path);  // FileError: no such file, not a journal, no whole header
  ~JournalReader();
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;

  const std::vector<JournalEntry>& entries() const { return entries_; }
  std::vector<std::uint8_t> payload(const JournalEntry& entry) const;
  std::uint64_t torn() const { return torn_; }  // bytes at the end that do not count

 private:
  std::string path_;
  int file_ = -1;
  std::uint64_t torn_ = 0;
  std::vector<JournalEntry> entries_;
};

}  // namespace parley
