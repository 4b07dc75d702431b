#include "sim/record/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "sim/base/error.hpp"
#include "sim/base/sha256.hpp"
#include "sim/record/save.hpp"

namespace parley {
namespace {

constexpr std::string_view magic = "parley-journal 1\n";
constexpr std::size_t head_size = 8 + 1 + 8, hash_size = 16;

std::vector<std::uint8_t> framed(JournalKind kind, std::uint64_t key, const std::vector<std::uint8_t>& payload) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(head_size + payload.size() + hash_size);
  const auto number = [&](std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  number(payload.size());
  bytes.push_back(static_cast<std::uint8_t>(kind));
  number(key);
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  const Sha256::Bytes hash = Sha256().update(bytes.data(), bytes.size()).bytes();
  bytes.insert(bytes.end(), hash.begin(), hash.begin() + hash_size);
  return bytes;
}

std::uint64_t number_at(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
  return value;
}

// Reads exactly so many bytes, or says that they are not there.
bool read_at(int file, std::uint64_t offset, std::uint8_t* into, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t got = pread(file, into + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

std::uint64_t size_of(int file) {
  struct stat info;
  return fstat(file, &info) == 0 && S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
}

bool has_magic(int file) {
  std::uint8_t first[magic.size()];
  return read_at(file, 0, first, sizeof first) && std::memcmp(first, magic.data(), sizeof first) == 0;
}

// The whole records from the start; returns where they end.
std::uint64_t scan(int file, std::vector<JournalEntry>& entries) {
  const std::uint64_t size = size_of(file);
  std::uint64_t at = magic.size();
  std::vector<std::uint8_t> block(std::size_t{1} << 20);
  while (size - at >= head_size + hash_size) {
    std::uint8_t head[head_size];
    if (!read_at(file, at, head, head_size)) break;
    const std::uint64_t length = number_at(head);
    if (length > size - at - head_size - hash_size) break;  // cut off, or a broken length
    Sha256 hash;
    hash.update(head, head_size);
    bool whole = true;
    for (std::uint64_t done = 0; whole && done < length;) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), length - done));
      whole = read_at(file, at + head_size + done, block.data(), wanted);
      hash.update(block.data(), wanted);
      done += wanted;
    }
    std::uint8_t found[hash_size];
    whole = whole && read_at(file, at + head_size + length, found, hash_size);
    if (!whole || std::memcmp(found, hash.bytes().data(), hash_size) != 0) break;
    entries.push_back({static_cast<JournalKind>(head[8]), number_at(head + 9), at + head_size, length});
    at += head_size + length + hash_size;
  }
  return at;
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw FileError("Cannot use " + path + ": " + why + ".");
}

std::vector<std::uint8_t> payload_of(int file, const std::string& path, const JournalEntry& entry) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(entry.size));
  if (!read_at(file, entry.offset, bytes.data(), bytes.size())) refuse(path, "it was changed while it was read");
  return bytes;
}

int open_locked(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0666);
  if (file < 0) {
    if (errno == ENOENT && (flags & O_CREAT) == 0) refuse(path, "there is no such journal");
    if (errno == EISDIR || errno == ELOOP || errno == ENXIO) refuse(path, "something else of that name is in the way");
    fail_writing(path, errno);
  }
  struct stat info;
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(file);
    refuse(path, "something else of that name is in the way");
  }
  // The writer before us may have taken away the file that we have just opened.
  struct stat named;
  if (flock(file, LOCK_EX | LOCK_NB) != 0 || stat(path.c_str(), &named) != 0 || named.st_ino != info.st_ino ||
      named.st_dev != info.st_dev) {
    close(file);
    refuse(path, "another program is writing it at this moment");
  }
  return file;
}

}  // namespace

std::string journal_of(const std::string& file) { return file + ".journal"; }

Journal Journal::begin(const std::string& path, const std::vector<std::uint8_t>& header) {
  Journal journal(path, open_locked(path, O_CREAT));
  if (size_of(journal.file_) > 0 && !has_magic(journal.file_))
    refuse(path, "a file of that name exists and is not a journal of Parley; move it away");
  if (ftruncate(journal.file_, 0) != 0) fail_writing(path, errno);
  const ssize_t written = pwrite(journal.file_, magic.data(), magic.size(), 0);
  if (written != static_cast<ssize_t>(magic.size())) fail_writing(path, written < 0 ? errno : ENOSPC);
  journal.end_ = magic.size();
  journal.append(JournalKind::header, 0, header);
  return journal;
}

Journal Journal::resume(const std::string& path) {
  Journal journal(path, open_locked(path, 0));
  if (!has_magic(journal.file_)) refuse(path, "it is not a journal of Parley");
  journal.end_ = scan(journal.file_, journal.entries_);
  if (journal.entries_.empty() || journal.entries_[0].kind != JournalKind::header)
    refuse(path, "it was cut off before anything was finished; start the run again");
  if (ftruncate(journal.file_, static_cast<off_t>(journal.end_)) != 0) fail_writing(path, errno);
  return journal;
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), file_(other.file_), end_(other.end_), entries_(std::move(other.entries_)) {
  other.file_ = -1;
}

Journal::~Journal() {
  if (file_ >= 0) close(file_);
}

void Journal::append(JournalKind kind, std::uint64_t key, const std::vector<std::uint8_t>& payload) {
  const std::vector<std::uint8_t> bytes = framed(kind, key, payload);
  const std::lock_guard lock(guard_);
  int error = 0;
  for (std::size_t done = 0; done < bytes.size() && error == 0;) {
    const ssize_t written = pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(end_ + done));
    if (written < 0 && errno != EINTR) error = errno;
    if (written == 0) error = ENOSPC;
    if (written > 0) done += static_cast<std::size_t>(written);
  }
  if (error == 0 && fdatasync(file_) != 0) error = errno;
  if (error != 0) {
    // A reader stops at a torn end anyway; if even cutting it off fails, nothing is lost.
    if (ftruncate(file_, static_cast<off_t>(end_)) != 0) error = errno == 0 ? error : errno;
    fail_writing(path_, error);
  }
  entries_.push_back({kind, key, end_ + head_size, payload.size()});
  end_ += bytes.size();
}

std::vector<std::uint8_t> Journal::payload(const JournalEntry& entry) const { return payload_of(file_, path_, entry); }

void Journal::compact(std::vector<JournalEntry> kept) {
  const std::string next_path = path_ + ".partial";
  const std::lock_guard lock(guard_);
  unlink(next_path.c_str());
  Journal next(next_path, open_locked(next_path, O_CREAT));
  if (pwrite(next.file_, magic.data(), magic.size(), 0) != static_cast<ssize_t>(magic.size()))
    fail_writing(next_path, errno);
  next.end_ = magic.size();
  std::sort(kept.begin(), kept.end(),
            [](const JournalEntry& a, const JournalEntry& b) { return a.offset < b.offset; });  // header first
  for (const JournalEntry& entry : kept) next.append(entry.kind, entry.key, payload_of(file_, path_, entry));
  if (rename(next_path.c_str(), path_.c_str()) != 0) fail_writing(path_, errno);
  std::swap(file_, next.file_);
  end_ = next.end_;
  entries_ = std::move(next.entries_);
}

void Journal::remove() { unlink(path_.c_str()); }

JournalReader::JournalReader(const std::string& path) : path_(path) {
  file_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file_ < 0) refuse(path, errno == ENOENT ? "there is no such journal" : std::strerror(errno));
  if (!has_magic(file_)) {
    close(file_);
    refuse(path, "it is not a journal of Parley");
  }
  const std::uint64_t end = scan(file_, entries_), size = size_of(file_);
  torn_ = size > end ? size - end : 0;
  if (entries_.empty() || entries_[0].kind != JournalKind::header) {
    close(file_);
    refuse(path, "nothing whole is in it yet");
  }
}

JournalReader::~JournalReader() {
  if (file_ >= 0) close(file_);
}

std::vector<std::uint8_t> JournalReader::payload(const JournalEntry& entry) const {
  return payload_of(file_, path_, entry);
}

}  // namespace parley
