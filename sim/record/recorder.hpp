// From the result in memory to the picture of the record. The catalogue says what may be in it.
#pragma once
#include <string>

#include "sim/engine/results.hpp"
#include "sim/record/image.hpp"

namespace parley {

// How a run was carried out. Nothing here names the machine, its user or a folder, unless the command does.
struct RunInfo {
  std::string command;
  std::string started, ended;  // UTC, "2025-01-31T12:00:00Z"
  std::string version, commit, compiler, libraries;
};

Image image_of(const StudyResult& result, const RunInfo& run = {});

// The digest of the record of this result; needs no file and no HDF5.
std::string digest_of(const StudyResult& result);

}  // namespace parley
