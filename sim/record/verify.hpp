// Proof by doing it again: replicates of a file are run anew, and every hash of its certificate is compared.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "sim/engine/run.hpp"

namespace parley {

struct VerifyOptions {
  int sample = 0;  // so many replicates, evenly over the file; 0: all of them
  int threads = 0;
  std::function<void(const Progress&)> progress;
  const std::atomic<bool>* stop = nullptr;
};

struct Verification {
  std::string digest, study, place, seed;
  std::string made_by, made_with;  // version and commit of Parley, compiler
  std::vector<std::string> policies;
  int replicates_in_file = 0, months = 0;
  std::vector<int> replicates;  // run again; fewer than asked after a stop
  std::int64_t states = 0;      // hashes compared
  bool same = true;
  std::string first_difference;  // "policy backing, replicate 3, month 2016-04"; empty where there is none
  double seconds = 0;
};

// One page that can go with a paper: what was run, what was compared, what came out.
std::string certificate_text(const Verification& found, const std::string& path, const std::string& program);

// FileError where the file cannot be read, or has no certificate.
Verification verify_file(const std::string& path, const VerifyOptions& options = {});

}  // namespace parley
