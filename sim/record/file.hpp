// The front of the record: a result goes into one HDF5 file, a file gives its digest.
#pragma once
#include <string>

#include "sim/engine/results.hpp"
#include "sim/record/recorder.hpp"

namespace parley {

struct WriteOptions {
  std::string command;          // command line or call, for /provenance/run
  std::string version, commit;  // of Parley
  std::string started, ended;   // UTC; empty: now, and now less the seconds that the run took
  bool force = false;           // replace a file that is not Parley's
};

// Throws the FileError that write_file would end in, for the start of a long run.
void check_destination(const std::string& path, bool force);

// Writes FILE.partial and renames it, so that the file is whole or not there. Replaces a file only if Parley wrote it,
// unless forced. FileError with one sentence if that fails.
void write_file(const StudyResult& result, const std::string& path, const WriteOptions& options = {});

// The digest of what the file holds. A file that is damaged, edited or not Parley's is a FileError.
std::string digest_file(const std::string& path);

}  // namespace parley
