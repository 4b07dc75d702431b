// parley-sim: the simulator without Python, for clusters, profilers, sanitizers and fuzzers. Same options and the same
// bytes as `parley`.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "sim/cli/bench_ledger.hpp"
#include "sim/cli/print.hpp"
#include "sim/engine/run.hpp"
#include "sim/record/estimate.hpp"
#include "sim/record/file.hpp"
#include "sim/record/study_journal.hpp"
#include "sim/record/verify.hpp"
#include "sim/scenario/nearest.hpp"
#include "sim/scenario/number.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace {

using namespace parley;

enum Exit { done = 0, our_bug = 1, your_fault = 2, differs = 3, stopped = 130 };

std::atomic<bool> stop_asked{false};

extern "C" void ask_to_stop(int) {
  if (stop_asked.exchange(true)) _exit(stopped);  // asked twice: at once, and nothing is kept
}

// Options as text: numbers are read by the reader of scenarios, so that 010 and 1e3 mean the same everywhere.
struct Arguments {
  std::string name, mode, baseline, years, burn_in, replicates, seed, threads, repeat, out, record = "cases", panel,
                                                                                            sample, ledger;
  std::vector<std::string> files, modes, set, folders;
  bool json = false, quiet = false, force = false, daily = false;
};

std::int64_t whole(const std::string& option, const std::string& text, std::int64_t low, std::int64_t high) {
  std::int64_t value = 0;
  std::string why;
  if (!read_whole(text, value, why)) throw ScenarioError({Fault{option, 0, 0, "", why}});
  if (value < low || value > high)
    throw ScenarioError({Fault{option, 0, 0, "",
                               text + " is outside the range " + std::to_string(low) + " to " + std::to_string(high)}});
  return value;
}

// $PARLEY_SCENARIOS, ./scenarios, and the scenarios beside the program: in its repository or where it is installed.
SearchPath search_path(const Arguments& asked) {
  SearchPath path{asked.folders};
  if (const char* named = std::getenv("PARLEY_SCENARIOS")) {
    const std::string all = named;
    for (std::size_t from = 0; from <= all.size();) {
      const std::size_t colon = std::min(all.find(':', from), all.size());
      if (colon > from) path.folders.push_back(all.substr(from, colon - from));
      from = colon + 1;
    }
  }
  std::error_code failed;
  std::vector<std::filesystem::path> likely = {"scenarios"};
  if (const auto program = std::filesystem::read_symlink("/proc/self/exe", failed); !failed) {
    const auto folder = program.parent_path();
    likely.insert(likely.end(),
                  {folder / "../scenarios", folder / "../../scenarios", folder / "../share/parley/scenarios"});
  }
  for (const auto& folder : likely)
    if (std::filesystem::is_directory(folder / "places", failed))
      path.folders.push_back(folder.lexically_normal().string());
  return path;
}

Overrides overrides(const Arguments& asked) {
  // Far outside every range: what is allowed is for the check of the study to say.
  constexpr std::int64_t most = 1'000'000'000, largest_seed = 9'223'372'036'854'775'807;
  Overrides out;
  out.set = asked.set;
  out.modes = asked.modes;
  out.baseline = asked.baseline;
  if (!asked.years.empty()) out.years = static_cast<int>(whole("--years", asked.years, -most, most));
  if (!asked.burn_in.empty()) out.burn_in_years = static_cast<int>(whole("--burn-in", asked.burn_in, -most, most));
  if (!asked.replicates.empty())
    out.replicates = static_cast<int>(whole("--replicates", asked.replicates, -most, most));
  if (!asked.seed.empty()) out.seed = static_cast<std::uint64_t>(whole("--seed", asked.seed, 0, largest_seed));
  return out;
}

int threads(const Arguments& asked) {
  constexpr std::int64_t most_threads = 1024;
  return asked.threads.empty() ? 0 : static_cast<int>(whole("--threads", asked.threads, 0, most_threads));
}

// One line on a terminal, rewritten a few times a second; nothing where the output is a file.
void show_progress(const Progress& now) {
  using Clock = std::chrono::steady_clock;
  static Clock::time_point last;
  if (Clock::now() - last < std::chrono::milliseconds(200) && now.done < 1) return;
  last = Clock::now();
  const double left = now.done > 0 ? now.seconds * (1 - now.done) / now.done : 0;
  std::fprintf(stderr, "\r%s: %3.0f %%, %.0f s gone, about %.0f s left   ", now.what, 100 * now.done, now.seconds,
               left);
  std::fflush(stderr);
}

std::string program_text() { return std::string(PARLEY_VERSION) + " (" + PARLEY_COMMIT + ")"; }

Recording recording(const Arguments& asked) {
  constexpr std::int64_t most_patients = 4'000'000'000;
  Recording record;
  for (std::size_t level = 0; level < record_level_names.size(); ++level)
    if (asked.record == record_level_names[level]) record.level = static_cast<RecordLevel>(level);
  record.daily = asked.daily;
  if (!asked.panel.empty()) record.panel = whole("--panel", asked.panel, 0, most_patients);
  return record;
}

// Runs the study into the file, by way of its journal.
int execute(const Study& study, const Arguments& asked, std::string file, StudyJournal& journal,
            const std::string& command) {
  RunOptions options;
  options.threads = threads(asked);
  options.record = journal.header().record;
  options.keeper = &journal;
  options.stop = &stop_asked;
  const bool talk = !asked.quiet && isatty(STDERR_FILENO);
  if (!asked.quiet && journal.replicates() > 0)
    std::fprintf(stderr, "parley-sim: %d of %d replicates were finished before\n", journal.replicates(),
                 study.replicates);
  if (talk) options.progress = show_progress;
  const StudyResult result = run_study(study, options);
  if (talk) std::fprintf(stderr, "\r\033[K");
  const std::string whole_file = file;
  if (!result.complete()) {
    if (result.replicates.empty()) {
      if (journal.holds_work()) {
        std::fprintf(stderr, "parley-sim: stopped; go on from the last checkpoint with parley-sim resume %s\n",
                     file.c_str());
      } else {
        journal.remove();
        std::fprintf(stderr, "parley-sim: stopped before any replicate was finished; nothing was written\n");
      }
      return stopped;
    }
    if (std::filesystem::exists(file)) {  // a whole result is worth more than a part of one
      const std::filesystem::path whole_result = file;
      file =
          (whole_result.parent_path() / (whole_result.stem().string() + "-stopped" + whole_result.extension().string()))
              .string();
    }
    std::fprintf(stderr, "parley-sim: stopped; kept %zu of %d replicates in %s; finish it with parley-sim resume %s\n",
                 result.replicates.size(), study.replicates, file.c_str(), whole_file.c_str());
  }
  WriteOptions how;
  how.command = command;
  how.version = PARLEY_VERSION;
  how.commit = PARLEY_COMMIT;
  how.force = asked.force;
  write_file(result, file, how);
  if (result.complete()) journal.remove();
  const std::string digest = digest_file(file);
  if (asked.json) {
    print_figures_json(stdout, result, file, digest);
  } else if (!asked.quiet) {
    print_figures(stdout, result);
    std::printf("\nfile    %s\ndigest  %s\n", file.c_str(), digest.c_str());
  }
  return result.complete() ? done : stopped;
}

int begin(const Study& study, const Arguments& asked, const std::string& default_name, const std::string& command) {
  const std::string file = asked.out.empty() ? default_name : asked.out;
  check_destination(file, asked.force);  // before the work, not after it
  const auto journal =
      StudyJournal::open(file, {write_study(study), recording(asked), program_text(), command, ""}, asked.force);
  if (!asked.quiet && !asked.json) {
    const std::string size = size_text(expected_size(study, journal->header().record));
    std::fprintf(stderr, "parley-sim: the file will take about %s\n", size.c_str());
  }
  return execute(study, asked, file, *journal, command);
}

int resume(const Arguments& asked) {
  const std::string& file = asked.files.front();
  const auto journal = StudyJournal::resume(file, program_text());
  if (!journal->header().precision.empty())
    throw FileError(file + " gets replicates until it is as precise as was asked, which parley-sim cannot judge; " +
                    "finish it with parley resume " + file);
  check_destination(file, asked.force);
  return execute(journal->header().study(), asked, file, *journal, journal->header().command);
}

int verify(const Arguments& asked) {
  constexpr std::int64_t most_replicates = 1'000'000'000;
  VerifyOptions options;
  options.threads = threads(asked);
  if (!asked.sample.empty()) options.sample = static_cast<int>(whole("--sample", asked.sample, 1, most_replicates));
  options.stop = &stop_asked;
  const bool talk = !asked.quiet && isatty(STDERR_FILENO);
  if (talk) options.progress = show_progress;
  const Verification found = verify_file(asked.files.front(), options);
  if (talk) std::fprintf(stderr, "\r\033[K");
  if (!asked.quiet) std::fputs(certificate_text(found, asked.files.front(), program_text()).c_str(), stdout);
  if (!found.same) return differs;
  return stop_asked ? stopped : done;
}

int bench(const Arguments& asked) {
  if (!asked.ledger.empty()) {
    constexpr std::int64_t most_rows = 1'000'000'000;
    bench_ledger(stdout, whole("--ledger", asked.ledger, 1, most_rows), asked.json);
    return done;
  }
  Arguments filled = asked;
  if (filled.years.empty()) filled.years = "1";
  if (filled.burn_in.empty()) filled.burn_in = "1";
  if (filled.replicates.empty()) filled.replicates = "2";
  const Study study = read_run(asked.name, asked.mode, search_path(asked), overrides(filled));
  RunOptions options;
  options.threads = threads(asked);
  options.record.level = RecordLevel::metrics;
  options.stop = &stop_asked;
  constexpr std::int64_t most_repeats = 1000;
  StudyResult best;
  for (std::int64_t i = 0, count = asked.repeat.empty() ? 3 : whole("--repeat", asked.repeat, 1, most_repeats);
       i < count; ++i) {
    StudyResult result = run_study(study, options);
    if (stop_asked) return stopped;
    if (i == 0 || result.seconds < best.seconds) best = std::move(result);
  }
  print_speed(stdout, best, asked.json);
  return done;
}

int check(const Arguments& asked) {
  int code = done;
  const SearchPath path = search_path(asked);
  for (const std::string& name : asked.files) try {
      // A name that stands for no file here may still lead to scenarios, of several kinds even.
      std::vector<std::string> files;
      if (is_file_name(name) || std::filesystem::exists(name)) {
        files.push_back(name.find('/') == std::string::npos ? "./" + name : name);
      } else {
        for (const Listed& one : list_scenarios(path))
          if (one.slug == name) files.push_back(one.file);
      }
      if (files.empty())
        throw ScenarioError({Fault{"", 0, 0, "", nothing_called(name, {"place", "mode", "study"}, path)}});
      for (const std::string& file : files) {
        const std::string kind = check_file(file, path);
        if (!asked.quiet) std::printf("%s: a sound %s\n", file.c_str(), kind.c_str());
      }
    } catch (const ScenarioError& error) {
      std::fprintf(stderr, "%s\n", render(error).c_str());
      code = your_fault;
    }
  return code;
}

int list(const Arguments& asked) {
  const std::vector<Listed> all = list_scenarios(search_path(asked));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Listed& one = all[i];
    if (asked.json)
      std::printf("%s{\"kind\": \"%s\", \"slug\": %s, \"title\": %s, \"file\": %s}%s\n", i ? " " : "[",
                  one.kind.c_str(), json_text(one.slug).c_str(), json_text(one.title).c_str(),
                  json_text(one.file).c_str(), i + 1 == all.size() ? "]" : ",");
    else
      std::printf("%-6s %-16s %s\n", one.kind.c_str(), one.slug.c_str(), one.title.c_str());
  }
  if (all.empty() && asked.json) std::printf("[]\n");
  return done;
}

void running_options(CLI::App& verb, Arguments& asked) {
  verb.add_option("--years", asked.years, "years recorded");
  verb.add_option("--burn-in", asked.burn_in, "years before them under the status quo");
  verb.add_option("--replicates", asked.replicates, "replicates, each with its own luck");
  verb.add_option("--seed", asked.seed, "where all luck comes from");
  verb.add_option("--threads", asked.threads, "default: as many as the machine has; results do not depend on it");
  verb.add_option("--set", asked.set,
                  "KEY=VALUE: another value for a parameter, a number of the place or a lever; may be repeated")
      ->allow_extra_args(false);
}

void saving_options(CLI::App& verb, Arguments& asked) {
  verb.add_option("--out", asked.out, "result file (default: the study's name, .h5, in this folder)");
  verb.add_option("--record", asked.record,
                  "monthly metrics alone, one row per dispute too (default), or everything: stages, ledger, snapshots")
      ->check(CLI::IsMember({"metrics", "cases", "full"}));
  verb.add_flag("--daily", asked.daily, "metrics by day instead of by month");
  verb.add_option("--panel", asked.panel, "patients followed in the snapshots of --record full (default: 200)");
  verb.add_flag("--force", asked.force, "replace a file even if Parley did not write it");
  verb.add_flag("--json", asked.json, "print the numbers as one JSON object");
  verb.add_flag("--quiet", asked.quiet, "print neither progress nor figures");
}

// What the parser of options says, with the nearest verb or option.
std::string usage_fault(const CLI::App& app, const CLI::ParseError& error, int count, char** words) {
  std::vector<std::string> verbs;
  const CLI::App* verb = nullptr;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
    verbs.push_back(one->get_name());
    if (count > 1 && one->get_name() == words[1]) verb = one;
  }
  if (!verb) {
    if (count > 1 && words[1][0] != '-') return "unknown verb " + quote(words[1]) + did_you_mean(words[1], verbs);
    return error.what() + did_you_mean("", verbs);
  }
  std::vector<std::string> options;
  for (const CLI::Option* option : verb->get_options())
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  for (int i = 2; i < count; ++i) {
    const std::string word = std::string(words[i]).substr(0, std::string(words[i]).find('='));
    if (word.compare(0, 2, "--") == 0 && std::find(options.begin(), options.end(), word) == options.end())
      return "unknown option " + quote(word) + did_you_mean(word, options);
  }
  return error.what();
}

int act(CLI::App& app, const Arguments& asked, const std::string& command) {
  const auto is = [&](const char* verb) { return app.got_subcommand(verb); };
  if (is("run")) {
    const Study study = read_run(asked.name, asked.mode, search_path(asked), overrides(asked));
    return begin(study, asked, study.slug + "-" + study.modes.front().slug + ".h5", command);
  }
  if (is("compare")) {
    const Study study = read_study(asked.name, search_path(asked), overrides(asked));
    if (study.modes.size() < 2)
      throw ScenarioError(
          {Fault{"--modes", 0, 0, "", "a comparison needs two modes at least; parley-sim run runs one"}});
    return begin(study, asked, study.slug + ".h5", command);
  }
  if (is("resume")) return resume(asked);
  if (is("verify")) return verify(asked);
  if (is("bench")) return bench(asked);
  if (is("check")) return check(asked);
  if (is("list")) return list(asked);
  if (is("params")) print_parameters(stdout, asked.json);
  if (is("digest"))
    for (const std::string& file : asked.files) std::printf("%s  %s\n", digest_file(file).c_str(), file.c_str());
  return done;
}

}  // namespace

int main(int count, char** words) {
  Arguments asked;
  CLI::App app{"Parley's bare simulator: disputes between patients and hospitals under several ways of governing."};
  app.set_version_flag("--version", std::string("parley-sim ") + PARLEY_VERSION + " (" + PARLEY_COMMIT + ")");
  app.require_subcommand(1);
  const auto verb = [&](const char* name, const char* text) {
    CLI::App* made = app.add_subcommand(name, text);
    made->add_option("--scenarios", asked.folders, "folder in which names are looked up; may be repeated")
        ->allow_extra_args(false);
    return made;
  };
  CLI::App* run = verb("run", "run one place under one policy");
  run->add_option("place", asked.name, "name or file of a place")->required();
  run->add_option("--mode", asked.mode, "name or file of a mode (default: the status quo of the place)");
  running_options(*run, asked);
  saving_options(*run, asked);

  CLI::App* compare = verb("compare", "run several policies as twins");
  compare->add_option("study", asked.name, "name or file of a study, or of a place with --modes")->required();
  compare->add_option("--modes", asked.modes, "A,B: modes to compare (default: those of the study)")
      ->delimiter(',')
      ->allow_extra_args(false);
  compare->add_option("--baseline", asked.baseline, "the mode that is subtracted (default: the study's, or the first)");
  running_options(*compare, asked);
  saving_options(*compare, asked);

  CLI::App* more = verb("resume", "finish a run that was interrupted, from the journal beside its file");
  more->add_option("file", asked.files, "the result file that was to be written")->required()->expected(1);
  more->add_option("--threads", asked.threads, "default: as many as the machine has; results do not depend on it");
  more->add_flag("--force", asked.force, "replace a file even if Parley did not write it");
  more->add_flag("--json", asked.json, "print the numbers as one JSON object");
  more->add_flag("--quiet", asked.quiet, "print neither progress nor figures");

  CLI::App* proof = verb("verify", "run replicates of a result file again and compare every state");
  proof->add_option("file", asked.files, "what run or compare wrote")->required()->expected(1);
  proof->add_option("--sample", asked.sample, "so many replicates, evenly over the file (default: all)");
  proof->add_option("--threads", asked.threads, "default: as many as the machine has; results do not depend on it");
  proof->add_flag("--quiet", asked.quiet, "print nothing; the exit code tells: 0 the same, 3 different");

  CLI::App* checks = verb("check", "read scenario files and tell all their faults");
  checks->add_option("files", asked.files, "place, mode or study")->required();
  checks->add_flag("--quiet", asked.quiet, "say nothing of sound files");

  verb("list", "list the places, modes and studies that names lead to")
      ->add_flag("--json", asked.json, "as one JSON array");
  verb("params", "list every parameter and lever: default, range, meaning")
      ->add_flag("--json", asked.json, "as one JSON array");
  verb("digest", "print the digest of result files")
      ->add_option("files", asked.files, "what run or compare wrote")
      ->required();

  CLI::App* speed = verb("bench", "time the simulator");
  asked.name = "chongqing";
  speed->add_option("place", asked.name, "default: chongqing");
  speed->add_option("--mode", asked.mode, "default: the status quo");
  speed->add_option("--repeat", asked.repeat, "the best of so many is reported; default: 3");
  speed->add_option("--ledger", asked.ledger, "instead: write and read a file with so many transfers of money");
  speed->add_flag("--json", asked.json, "as one JSON object");
  running_options(*speed, asked);

  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::fprintf(stderr, "parley-sim: %s\n(parley-sim --help tells more)\n",
                 usage_fault(app, error, count, words).c_str());
    return your_fault;
  }
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  std::string command = "parley-sim";
  for (int i = 1; i < count; ++i) command += std::string(" ") + words[i];
  try {
    return act(app, asked, command);
  } catch (const ScenarioError& error) {
    std::fprintf(stderr, "parley-sim: %s\n", render(error).c_str());
    return your_fault;
  } catch (const FileError& error) {
    std::fprintf(stderr, "parley-sim: %s\n", error.what());
    return your_fault;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "parley-sim: %s\nThis is a fault of Parley; please report it with the command line.\n",
                 error.what());
    return our_bug;
  }
}
