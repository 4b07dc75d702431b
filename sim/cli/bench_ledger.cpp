#include "sim/cli/bench_ledger.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include "sim/base/draw.hpp"
#include "sim/engine/run.hpp"
#include "sim/record/file.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/record/save.hpp"

namespace parley {

namespace {

double seconds_of(const auto& act) {
  const auto began = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// Transfers as a run has them: days ascend, parties and amounts vary.
StudyResult long_ledger(std::int64_t rows) {
  Study study;
  study.slug = "bench";
  study.title = "A long ledger";
  study.place.slug = "bench";
  study.place.districts = {{"here", "Here", 1000, false}};
  study.modes = {{"status_quo", "Status quo", {}, {}}};
  study.baseline = "status_quo";
  study.years = 1;
  study.burn_in_years = 0;
  study.replicates = 1;
  RunOptions options;
  options.record.level = RecordLevel::full;
  StudyResult result = run_study(study, options);
  auto& ledger = result.results[0][0].ledger;
  ledger.clear();
  ledger.reserve(static_cast<std::size_t>(rows));
  const auto accounts = result.accounts.size();
  constexpr std::int64_t days = 365;
  constexpr double typical_amount = 1e6, spread = 1.5;
  for (std::int64_t i = 0; i < rows; ++i) {
    const Draw draw({1, 1}, Decision::payment, static_cast<std::uint64_t>(i), 0, 0);
    LedgerRow row;
    row.day = static_cast<std::int32_t>(i * days / rows);
    row.from = static_cast<Account>(draw.below(0, accounts));
    row.to = static_cast<Account>(draw.below(1, accounts));
    row.reason = static_cast<Reason>(draw.below(2, reason_count));
    row.amount = Money::rounded(typical_amount * draw.lognormal(3, spread));
    ledger.push_back(row);
  }
  return result;
}

}  // namespace

void bench_ledger(std::FILE* out, std::int64_t rows, bool json) {
  const StudyResult result = long_ledger(rows);
  const std::string path = (std::filesystem::temp_directory_path() / "parley-bench-ledger.h5").string();
  const double writing = seconds_of([&] { write_file(result, path); });
  std::string digest;
  const double reading = seconds_of([&] { digest = digest_file(path); });
  constexpr double megabyte = 1e6;
  const double size = static_cast<double>(std::filesystem::file_size(path)) / megabyte;
  std::filesystem::remove(path);
  const auto count = static_cast<double>(rows);
  if (json)
    std::fprintf(out, "{\"ledger_rows\": %lld, \"megabytes\": %.1f, \"write_seconds\": %.3f, \"read_seconds\": %.3f}\n",
                 static_cast<long long>(rows), size, writing, reading);
  else
    std::fprintf(
        out,
        "ledger of %lld rows, %.0f MB\n  written in %.2f s: %.3g rows/s, %.0f MB/s\n  read and checked in %.2f "
        "s: %.3g rows/s, %.0f MB/s\n",
        static_cast<long long>(rows), size, writing, count / writing, size / writing, reading, count / reading,
        size / reading);
}

}  // namespace parley
