// A sweep's way into its file: batches of finished runs go into the journal beside it, whoever ran them and in whatever
// order, and a later call takes them from there.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/record/journal.hpp"
#include "sim/record/sweep_record.hpp"

namespace parley {

// What was asked. A journal counts only for the same question asked of the same Parley.
struct SweepHeader {
  std::string scenario;  // the study before any point is set, in YAML
  Points points;
  std::string design;   // in JSON
  std::string program;  // version and commit of Parley

  Study study() const;
};

class SweepJournal {
 public:
  // Goes on with the journal beside `file` if it asks the same, begins a new one otherwise. One that holds finished
  // runs of something else is a FileError, unless forced.
  static std::unique_ptr<SweepJournal> open(const std::string& file, const SweepHeader& asked, bool force);
  // Takes up what was interrupted. FileError where there is nothing, or another Parley began it.
  static std::unique_ptr<SweepJournal> resume(const std::string& file, const std::string& program);

  const SweepHeader& header() const { return header_; }
  // Runs first … of points × replicates, as many as there are values for.
  void keep(std::uint64_t first, const std::vector<double>& values);
  // Batches by their first run, in the order in which they came.
  std::vector<std::pair<std::uint64_t, std::vector<double>>> batches() const;
  void remove() { journal_.remove(); }

 private:
  SweepJournal(Journal journal, SweepHeader header);
  Journal journal_;
  SweepHeader header_;
};

// Whether the journal beside that file is one of a sweep.
bool has_sweep_journal(const std::string& file);

}  // namespace parley
