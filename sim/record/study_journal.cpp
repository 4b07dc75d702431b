#include "sim/record/study_journal.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "sim/base/bytes.hpp"
#include "sim/base/error.hpp"
#include "sim/record/replicate_bytes.hpp"
#include "sim/scenario/read.hpp"

namespace parley {
namespace {

constexpr std::uint32_t payload_format = 2;

std::vector<std::uint8_t> bytes_of_header(const JournalHeader& header) {
  ByteWriter bytes;
  bytes.number(payload_format);
  bytes.text(header.scenario);
  bytes.number(static_cast<std::uint8_t>(header.record.level));
  bytes.number(header.record.daily);
  bytes.number(header.record.panel);
  bytes.text(header.program);
  bytes.text(header.command);
  bytes.text(header.precision);
  return bytes.take();
}

JournalHeader header_of(const std::string& path, const std::vector<std::uint8_t>& payload) {
  ByteReader bytes(payload);
  if (bytes.number<std::uint32_t>() != payload_format)
    throw FileError("Cannot use " + path + ": another version of Parley began it; start the run again.");
  JournalHeader header;
  header.scenario = bytes.text();
  const auto level = bytes.number<std::uint8_t>();
  if (level >= record_level_names.size()) ByteReader::unfit();
  header.record.level = static_cast<RecordLevel>(level);
  bytes.number(header.record.daily);
  bytes.number(header.record.panel);
  header.program = bytes.text();
  header.command = bytes.text();
  header.precision = bytes.text();
  bytes.finish();
  return header;
}

bool same_question(const JournalHeader& a, const JournalHeader& b) {
  return a.scenario == b.scenario && a.program == b.program && a.record.level == b.record.level &&
         a.record.daily == b.record.daily && a.record.panel == b.record.panel && a.precision == b.precision;
}

constexpr std::uint64_t key_of(int attempt, int replicate) {
  return static_cast<std::uint64_t>(attempt) << 32 | static_cast<std::uint32_t>(replicate);
}

constexpr int no_replicate = 0;

// Only reads: for a look at a study that somebody else is running.
class JournalView : public Keeper {
 public:
  explicit JournalView(const std::string& path) : reader_(path) {
    for (const JournalEntry& entry : reader_.entries()) latest_[{entry.kind, entry.key}] = entry;
  }
  // The first of them all.
  int replicates() const {
    int count = 0;
    for (const auto& [name, entry] : latest_)
      if (name.first == JournalKind::replicate) count = std::max(count, static_cast<int>(name.second & 0xFFFFFFFF) + 1);
    return count;
  }
  JournalHeader header(const std::string& path) const { return header_of(path, reader_.payload(reader_.entries()[0])); }

  std::optional<std::vector<double>> solved(int attempt) override {
    return get<std::vector<double>>(JournalKind::solved, key_of(attempt, no_replicate));
  }
  std::optional<FinishedReplicate> finished(int attempt, int replicate) override {
    return get<FinishedReplicate>(JournalKind::replicate, key_of(attempt, replicate));
  }
  std::optional<Checkpoint> checkpoint(int, int) override { return {}; }
  void keep_solved(int, const std::vector<double>&) override {}
  void keep(int, int, const FinishedReplicate&) override {}
  void keep_checkpoint(int, int, const Checkpoint&) override {}

 private:
  template <class T>
  std::optional<T> get(JournalKind kind, std::uint64_t key) const {
    const auto found = latest_.find({kind, key});
    if (found == latest_.end()) return {};
    T value;
    read_bytes(reader_.payload(found->second), value);
    return value;
  }
  JournalReader reader_;
  std::map<std::pair<JournalKind, std::uint64_t>, JournalEntry> latest_;
};

}  // namespace

Study JournalHeader::study() const { return read_study_text(scenario, "the study in the journal"); }

StudyJournal::StudyJournal(Journal journal, JournalHeader header)
    : journal_(std::move(journal)), header_(std::move(header)) {
  for (const JournalEntry& entry : journal_.entries()) latest_[{entry.kind, entry.key}] = entry;
}

std::unique_ptr<StudyJournal> StudyJournal::open(const std::string& file, const JournalHeader& asked, bool force) {
  const std::string path = journal_of(file);
  if (has_journal(file) && !force) {
    std::unique_ptr<StudyJournal> old;
    try {
      Journal journal = Journal::resume(path);
      JournalHeader header = header_of(path, journal.payload(journal.entries()[0]));
      old.reset(new StudyJournal(std::move(journal), std::move(header)));
    } catch (const FileError&) {
      // Nothing in it counts, or somebody is writing it: begin() tells which.
    }
    if (old != nullptr && same_question(old->header_, asked)) return old;
    if (old != nullptr && old->replicates() > 0)
      throw FileError("Cannot write " + file + ": " + path + " keeps " + std::to_string(old->replicates()) +
                      " finished replicates of another run that was interrupted (" + old->header_.command +
                      "); finish it with parley resume " + file + ", choose another file, or drop it with --force.");
  }
  return std::unique_ptr<StudyJournal>(new StudyJournal(Journal::begin(path, bytes_of_header(asked)), asked));
}

std::unique_ptr<StudyJournal> StudyJournal::resume(const std::string& file, const std::string& program) {
  const std::string path = journal_of(file);
  if (!has_journal(file))
    throw FileError("Cannot resume " + file + ": there is no " + path +
                    " beside it, so nothing was interrupted there.");
  Journal journal = Journal::resume(path);
  JournalHeader header = header_of(path, journal.payload(journal.entries()[0]));
  if (header.program != program)
    throw FileError("Cannot resume " + file + ": it was begun by Parley " + header.program + ", and this is " +
                    program + "; go on with that one, or run the study again.");
  return std::unique_ptr<StudyJournal>(new StudyJournal(std::move(journal), std::move(header)));
}

int StudyJournal::replicates() const {
  const std::lock_guard lock(guard_);
  int last = 0, count = 0;
  for (const auto& [key, entry] : latest_) {
    if (key.first != JournalKind::replicate) continue;
    const int attempt = static_cast<int>(key.second >> 32);
    if (attempt > last) last = attempt, count = 0;
    ++count;
  }
  return count;
}

bool StudyJournal::holds_work() const {
  const std::lock_guard lock(guard_);
  return std::any_of(latest_.begin(), latest_.end(), [](const auto& one) {
    return one.first.first == JournalKind::replicate || one.first.first == JournalKind::checkpoint;
  });
}

void StudyJournal::save(JournalKind kind, int attempt, int replicate, const std::vector<std::uint8_t>& payload) {
  const std::lock_guard lock(guard_);
  const std::uint64_t key = key_of(attempt, replicate);
  journal_.append(kind, key, payload);
  latest_[{kind, key}] = journal_.entries().back();
  if (kind == JournalKind::replicate) latest_.erase({JournalKind::checkpoint, key});
  // Checkpoints that were overtaken make room again.
  std::uint64_t live = 0, all = 0;
  for (const auto& [name, entry] : latest_) live += entry.size;
  for (const JournalEntry& entry : journal_.entries()) all += entry.size;
  constexpr std::uint64_t slack = std::uint64_t{64} << 20;
  if (all <= 2 * live + slack) return;
  std::vector<JournalEntry> kept;
  for (const auto& [name, entry] : latest_) kept.push_back(entry);
  journal_.compact(std::move(kept));
  for (const JournalEntry& entry : journal_.entries()) latest_[{entry.kind, entry.key}] = entry;
}

std::optional<std::vector<std::uint8_t>> StudyJournal::latest(JournalKind kind, int attempt, int replicate) {
  const std::lock_guard lock(guard_);
  const auto found = latest_.find({kind, key_of(attempt, replicate)});
  if (found == latest_.end()) return {};
  return journal_.payload(found->second);
}

std::optional<std::vector<double>> StudyJournal::solved(int attempt) {
  const auto bytes = latest(JournalKind::solved, attempt, no_replicate);
  if (!bytes) return {};
  std::vector<double> values;
  read_bytes(*bytes, values);
  return values;
}

void StudyJournal::keep_solved(int attempt, const std::vector<double>& values) {
  save(JournalKind::solved, attempt, no_replicate, bytes_of(values));
}

std::optional<FinishedReplicate> StudyJournal::finished(int attempt, int replicate) {
  const auto bytes = latest(JournalKind::replicate, attempt, replicate);
  if (!bytes) return {};
  FinishedReplicate done;
  read_bytes(*bytes, done);
  return done;
}

void StudyJournal::keep(int attempt, int replicate, const FinishedReplicate& done) {
  save(JournalKind::replicate, attempt, replicate, bytes_of(done));
}

std::optional<Checkpoint> StudyJournal::checkpoint(int attempt, int replicate) {
  const auto bytes = latest(JournalKind::checkpoint, attempt, replicate);
  if (!bytes) return {};
  Checkpoint now;
  read_bytes(*bytes, now);
  return now;
}

void StudyJournal::keep_checkpoint(int attempt, int replicate, const Checkpoint& now) {
  save(JournalKind::checkpoint, attempt, replicate, bytes_of(now));
}

StudyResult result_so_far(const std::string& file) {
  const std::string path = journal_of(file);
  JournalView view(path);
  const JournalHeader header = view.header(path);
  RunOptions options;
  options.record = header.record;
  options.keeper = &view;
  options.only_kept = true;
  Study study = header.study();
  study.replicates = std::max(study.replicates, view.replicates());  // more of them may have been added
  return run_study(study, options);
}

bool has_journal(const std::string& file) {
  struct stat info;
  return stat(journal_of(file).c_str(), &info) == 0;
}

}  // namespace parley
