// A study's way into its file: what is finished goes into the journal beside it, and a later run takes it from there.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/keeper.hpp"
#include "sim/engine/run.hpp"
#include "sim/record/journal.hpp"

namespace parley {

// What was asked, as the first record of a journal says it. A journal counts only for the same question asked of the
// same Parley: another one may give other numbers.
struct JournalHeader {
  std::string scenario;  // the study as resolved, in YAML
  Recording record;
  std::string program;    // version and commit of Parley
  std::string command;    // of the run that began it
  std::string precision;  // what is asked of its intervals, in JSON; empty: the number of replicates is fixed

  Study study() const;
};

class StudyJournal : public Keeper {
 public:
  // Goes on with the journal beside `file` if it asks the same, begins a new one otherwise. One that holds finished
  // replicates of something else is a FileError, unless forced.
  static std::unique_ptr<StudyJournal> open(const std::string& file, const JournalHeader& asked, bool force);
  // Takes up what was interrupted. FileError where there is nothing, or another Parley began it.
  static std::unique_ptr<StudyJournal> resume(const std::string& file, const std::string& program);

  const JournalHeader& header() const { return header_; }
  int replicates() const;   // finished, of the last attempt
  bool holds_work() const;  // a replicate, or a checkpoint of one
  // The file is written.
  void remove() { journal_.remove(); }

  std::optional<std::vector<double>> solved(int attempt) override;
  void keep_solved(int attempt, const std::vector<double>& values) override;
  std::optional<FinishedReplicate> finished(int attempt, int replicate) override;
  void keep(int attempt, int replicate, const FinishedReplicate& done) override;
  std::optional<Checkpoint> checkpoint(int attempt, int replicate) override;
  void keep_checkpoint(int attempt, int replicate, const Checkpoint& now) override;

 private:
  StudyJournal(Journal journal, JournalHeader header);
  void save(JournalKind kind, int attempt, int replicate, const std::vector<std::uint8_t>& payload);
  std::optional<std::vector<std::uint8_t>> latest(JournalKind kind, int attempt, int replicate);

  mutable std::mutex guard_;
  Journal journal_;
  JournalHeader header_;
  std::map<std::pair<JournalKind, std::uint64_t>, JournalEntry> latest_;
};

// What a run that is still going on (or was killed) has finished so far, read from the journal beside `file`.
StudyResult result_so_far(const std::string& file);
bool has_journal(const std::string& file);

}  // namespace parley
