#include "sim/record/verify.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

#include "sim/base/calendar_date.hpp"
#include "sim/base/error.hpp"
#include "sim/record/file.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/scenario/read.hpp"

namespace parley {
namespace {

// A column of a file, as numbers; its length is what the caller expects.
class File {
 public:
  explicit File(const std::string& path) : path_(path), image_(read_hdf5(path)) {
    if (image_.find("/design/key") != nullptr)
      throw FileError(
          "Cannot verify " + path +
          ": it holds a sweep; certificates are those of runs and comparisons. Run one of its points alone.");
  }

  template <class Number>
  std::vector<Number> numbers(const char* name) const {
    const Dataset& dataset = find(name, element_type_of<Number>());
    std::vector<Number> values(static_cast<std::size_t>(dataset.elements()));
    if (dataset.bytes.size() != values.size() * sizeof(Number)) damaged(name);
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::uint64_t bits = 0;
      for (std::size_t b = 0; b < sizeof(Number); ++b)
        bits |= std::uint64_t{dataset.bytes[i * sizeof(Number) + b]} << (8 * b);
      if constexpr (std::is_same_v<Number, double>)
        std::memcpy(&values[i], &bits, sizeof bits);
      else
        values[i] = static_cast<Number>(bits);
    }
    return values;
  }
  std::vector<std::string> texts(const char* name) const { return find(name, ElementType::text).texts; }
  std::string text(const char* name) const {
    const std::vector<std::string> all = texts(name);
    if (all.size() != 1) damaged(name);
    return all[0];
  }
  [[noreturn]] void damaged(const std::string& name) const {
    throw FileError("Cannot verify " + path_ + ": " + name + " is not what Parley writes there.");
  }

 private:
  const Dataset& find(const char* name, ElementType type) const {
    const Dataset* found = image_.find(name);
    if (found == nullptr)
      throw FileError("Cannot verify " + path_ + ": it has no " + name +
                      "; an earlier version of Parley wrote it, which kept no certificate.");
    if (found->type != type) damaged(name);
    return *found;
  }
  const std::string path_;
  const Image image_;
};

std::string month_name(const Place& place, int month) {
  const CalendarDate first{place.start_year, place.start_month, place.start_day};
  const CalendarDate date = months_later(first, month);
  return date.text().substr(0, std::string("2015-01").size());
}

}  // namespace

std::string certificate_text(const Verification& found, const std::string& path, const std::string& program) {
  std::string text;
  const auto line = [&](const std::string& name, const std::string& value) {
    constexpr std::size_t column = 14;
    text += name + std::string(column - std::min(name.size(), column - 1), ' ') + value + "\n";
  };
  const auto joined = [](const auto& items, const auto& text_of) {
    std::string all;
    for (const auto& item : items) all += (all.empty() ? "" : ", ") + text_of(item);
    return all;
  };
  text += "Certificate of reproduction\n\n";
  line("file", path);
  line("digest", found.digest);
  line("study", found.study + " (" + found.place + "), seed " + found.seed);
  line("policies", joined(found.policies, [](const std::string& name) { return name; }));
  line("made by", "Parley " + found.made_by + ", " + found.made_with);
  line("run again by", "Parley " + program);
  line("replicates", joined(found.replicates, [](int number) { return std::to_string(number); }) + " of " +
                         std::to_string(found.replicates_in_file) + " in the file");
  line("compared",
       std::to_string(found.states) + " states of the whole world, one for each month, policy and replicate");
  line("result", found.same ? "every state is the same" : "DIFFERENT, first in " + found.first_difference);
  return text;
}

Verification verify_file(const std::string& path, const VerifyOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  Verification out;
  out.digest = digest_file(path);
  const File file(path);
  const Study study = read_study_text(file.text("/provenance/scenario"), path);
  out.study = study.title, out.place = study.place.title, out.seed = file.text("/provenance/seed");
  out.made_by = file.text("/provenance/run/version") + " (" + file.text("/provenance/run/commit") + ")";
  out.made_with = file.text("/provenance/run/compiler");
  out.policies = file.texts("/policy");
  const std::vector<std::int32_t> numbers = file.numbers<std::int32_t>("/replicate");
  const std::vector<std::uint64_t> states = file.numbers<std::uint64_t>("/certificate/state"),
                                   burn_in = file.numbers<std::uint64_t>("/certificate/burn_in_state");
  std::vector<double> solved;
  for (const double value : file.numbers<double>("/contrasts/solved_value"))
    if (!std::isnan(value)) solved.push_back(value);
  constexpr int months_per_year = 12;
  const auto months = static_cast<std::size_t>(study.years) * months_per_year,
             before = static_cast<std::size_t>(study.burn_in_years) * months_per_year;
  if (states.size() != out.policies.size() * numbers.size() * months) file.damaged("/certificate/state");
  if (burn_in.size() != numbers.size() * before) file.damaged("/certificate/burn_in_state");
  out.replicates_in_file = static_cast<int>(numbers.size());
  out.months = static_cast<int>(months);

  const std::size_t asked = options.sample <= 0
                                ? numbers.size()
                                : std::min<std::size_t>(static_cast<std::size_t>(options.sample), numbers.size());
  std::vector<std::size_t> positions;
  std::vector<int> chosen;
  for (std::size_t i = 0; i < asked; ++i) {
    positions.push_back((2 * i + 1) * numbers.size() / (2 * asked));
    chosen.push_back(numbers[positions.back()]);
  }
  RunOptions run;
  run.threads = options.threads;
  run.record.level = RecordLevel::metrics;
  run.progress = options.progress;
  run.stop = options.stop;
  const auto again = run_replicates(study, solved, chosen, run);

  const auto differs = [&](const std::string& where, int month) {
    if (!out.same) return;
    out.same = false;
    out.first_difference = where + ", month " + month_name(study.place, month);
  };
  for (std::size_t i = 0; i < again.size(); ++i) {
    if (!again[i]) continue;
    out.replicates.push_back(chosen[i]);
    const std::string replicate = "replicate " + std::to_string(chosen[i]);
    if (again[i]->arms.size() != out.policies.size()) file.damaged("/policy");
    for (std::size_t m = 0; m < before; ++m, ++out.states)
      if (again[i]->burn_in_states[m] != burn_in[positions[i] * before + m])
        differs("burn-in of " + replicate, static_cast<int>(m) - static_cast<int>(before));
    for (std::size_t a = 0; a < out.policies.size(); ++a)
      for (std::size_t m = 0; m < months; ++m, ++out.states)
        if (again[i]->arms[a].states[m] != states[(a * numbers.size() + positions[i]) * months + m])
          differs("policy " + out.policies[a] + ", " + replicate, static_cast<int>(m));
  }
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return out;
}

}  // namespace parley
