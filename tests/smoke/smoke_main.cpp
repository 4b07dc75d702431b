// Runs a small study built in code and prints its digest: the same from every compiler, optimisation level, number of
// threads and machine, WebAssembly included. Needs neither oneTBB nor HDF5 nor yaml-cpp.
#include <cstdio>
#include <cstdlib>

#include "sim/engine/run.hpp"
#include "sim/record/digest.hpp"
#include "sim/record/recorder.hpp"
#include "tests/support/toy.hpp"

int main(int count, char** arguments) {
  parley::RunOptions options;
  options.threads = count > 1 ? std::atoi(arguments[1]) : 1;
  const parley::StudyResult result = parley::run_study(parley::testing::toy_study(2, 1, 3), options);
  std::size_t cases = 0;
  for (const auto& arm : result.results)
    for (const auto& replicate : arm) cases += replicate.cases.size();
  std::printf("%s\n", parley::digest(parley::image_of(result)).c_str());
  std::fprintf(stderr, "%zu cases, %lld adverse events\n", cases, static_cast<long long>(result.adverse_events));
  return 0;
}
