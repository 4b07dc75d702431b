// Running: the engine works in a thread of its own while the caller's thread listens for Ctrl-C and reports progress.
#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "bindings/python/bind.hpp"
#include "sim/engine/run.hpp"
#include "sim/record/study_journal.hpp"
#include "sim/record/verify.hpp"

namespace parley {
namespace {

constexpr auto listening_interval = std::chrono::milliseconds(50);

// What the engine's thread and the caller's thread share.
struct Desk {
  std::mutex mutex;
  std::condition_variable news;
  bool finished = false;
  bool reported = false;
  Progress progress;
  std::string what;  // owns the text that `progress.what` pointed to
};

}  // namespace

void work_listening(const std::function<void(std::function<void(const Progress&)>, const std::atomic<bool>*)>& work,
                    const py::object& progress, std::optional<py::error_already_set>& raised) {
  Desk desk;
  std::atomic<bool> stop{false};
  std::exception_ptr failure;
  std::function<void(const Progress&)> tell;
  if (!progress.is_none()) {
    tell = [&](const Progress& now) {
      const std::lock_guard lock(desk.mutex);
      desk.progress = now;
      desk.what = now.what ? now.what : "";
      desk.reported = true;
    };
  }

  const auto listen = [&] {  // with the lock of Python; at most one exception is kept, the first
    if (PyErr_CheckSignals() != 0) {
      stop = true;
      if (raised)
        PyErr_Clear();
      else
        raised.emplace();
    }
    std::unique_lock lock(desk.mutex);
    if (!desk.reported || raised) return;
    desk.reported = false;
    const Progress now = desk.progress;
    const std::string what = desk.what;
    lock.unlock();
    try {
      progress(now.done, now.seconds, what);
    } catch (py::error_already_set& error) {
      stop = true;
      raised.emplace(std::move(error));
    }
  };

  std::thread engine([&] {
    try {
      work(tell, &stop);
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(desk.mutex);
    desk.finished = true;
    desk.news.notify_all();
  });
  for (bool finished = false; !finished;) {
    {
      const py::gil_scoped_release release;
      std::unique_lock lock(desk.mutex);
      finished = desk.news.wait_for(lock, listening_interval, [&] { return desk.finished; });
    }
    listen();
  }
  engine.join();
  if (failure) std::rethrow_exception(failure);
}

void let_pass(const std::optional<py::error_already_set>& raised) {
  if (raised && !raised->matches(PyExc_KeyboardInterrupt)) throw py::error_already_set(*raised);
}

namespace {

const ReplicateResult& replicate_of(const StudyResult& result, int policy, int position) {
  if (policy < 0 || policy >= static_cast<int>(result.results.size())) throw py::index_error("no such policy");
  const auto& arm = result.results[static_cast<std::size_t>(policy)];
  if (position < 0 || position >= static_cast<int>(arm.size())) throw py::index_error("no such replicate");
  return arm[static_cast<std::size_t>(position)];
}

void make_read_only(py::array& array) { array.attr("setflags")(py::arg("write") = false); }

// A row of the case table as NumPy sees it: the struct itself, no copy.
py::dtype case_row_type() {
  py::list names, formats, offsets;
  const auto column = [&](const char* name, const char* format, std::size_t offset) {
    names.append(name);
    formats.append(format);
    offsets.append(offset);
  };
  column("id", "u8", offsetof(CaseRow, id));
  column("patient", "u4", offsetof(CaseRow, patient));
  column("hospital", "u4", offsetof(CaseRow, hospital));
  column("place", "u2", offsetof(CaseRow, place));
  column("severity", "u1", offsetof(CaseRow, severity));
  column("negligent", "?", offsetof(CaseRow, negligent));
  column("first_channel", "u1", offsetof(CaseRow, first_channel));
  column("last_channel", "u1", offsetof(CaseRow, last_channel));
  column("path", "u2", offsetof(CaseRow, path));
  column("outcome", "u1", offsetof(CaseRow, outcome));
  column("opened", "i4", offsetof(CaseRow, opened));
  column("closed", "i4", offsetof(CaseRow, closed));
  column("demand", "i8", offsetof(CaseRow, demand));
  column("owed", "i8", offsetof(CaseRow, owed));
  column("paid", "i8", offsetof(CaseRow, paid));
  constexpr std::array<const char*, payer_count> payers = {"paid_by_hospital", "paid_by_insurer", "paid_by_fund",
                                                           "paid_by_government"};
  for (std::size_t p = 0; p < payers.size(); ++p)
    column(payers[p], "i8", offsetof(CaseRow, paid_by) + p * sizeof(Money));
  constexpr std::array<const char*, dated_stages.size()> days = {
      "negotiation_day", "mediation_day", "administration_day", "arbitration_day",
      "filing_day",      "trial_day",     "appeal_day",         "payment_day"};
  for (std::size_t s = 0; s < days.size(); ++s)
    column(days[s], "i4", offsetof(CaseRow, entered) + s * sizeof(std::int32_t));
  column("mediator", "u4", offsetof(CaseRow, mediator));
  column("expert_used", "?", offsetof(CaseRow, expert_used));
  column("disturbed", "?", offsetof(CaseRow, disturbed));
  column("attended", "?", offsetof(CaseRow, attended));
  column("calmed", "?", offsetof(CaseRow, calmed));
  column("disturbed_day", "i4", offsetof(CaseRow, disturbed_day));
  column("claimed", "i8", offsetof(CaseRow, claimed));
  column("low_income", "?", offsetof(CaseRow, low_income));
  column("health_insured", "?", offsetof(CaseRow, health_insured));
  column("last_demand", "i8", offsetof(CaseRow, asked));
  column("last_offer", "i8", offsetof(CaseRow, offered));
  column("satisfaction", "f4", offsetof(CaseRow, satisfaction));
  column("trust_before", "f4", offsetof(CaseRow, trust_before));
  column("trust_after", "f4", offsetof(CaseRow, trust_after));
  return py::dtype(names, formats, offsets, sizeof(CaseRow));
}

}  // namespace

Recording recording_of(const std::string& level, bool daily, std::int64_t panel) {
  Recording record;
  const auto found = std::find(record_level_names.begin(), record_level_names.end(), level);
  if (found == record_level_names.end())
    throw py::value_error("record must be 'metrics', 'cases' or 'full', not '" + level + "'");
  if (panel < 0) throw py::value_error("panel must be 0 or more, not " + std::to_string(panel));
  record.level = static_cast<RecordLevel>(found - record_level_names.begin());
  record.daily = daily;
  record.panel = panel;
  return record;
}

void bind_run(py::module_& module) {
  py::list metric_names;
  for (const MetricInfo& metric : metric_table) metric_names.append(metric.name);
  module.attr("metric_names") = py::tuple(metric_names);

  py::class_<StudyResult, std::shared_ptr<StudyResult>>(module, "Result", "What a run left in memory.")
      .def_property_readonly(
          "study", [](const StudyResult& result) { return std::make_shared<Study>(result.study); },
          "The study as it was run.")
      .def_property_readonly(
          "policies",
          [](const StudyResult& result) {
            std::vector<std::string> names;
            for (const Arm& arm : result.arms) names.push_back(arm.name);
            return names;
          },
          "Names of the policies, in order.")
      .def_property_readonly(
          "contrasts",
          [](const StudyResult& result) {
            py::list rows;
            for (const Difference& d : result.differences)
              rows.append(py::make_tuple(d.contrast, d.policy, d.baseline, d.solved_lever, d.solved_value));
            return rows;
          },
          "Rows of contrast, policy, baseline, solved lever, solved value.")
      .def_readonly("replicates", &StudyResult::replicates, "Numbers of the replicates finished under every policy.")
      .def_property_readonly(
          "record",
          [](const StudyResult& result) { return record_level_names[static_cast<std::size_t>(result.record.level)]; },
          "What was recorded: metrics, cases or full.")
      .def_property_readonly(
          "period_starts", [](const StudyResult& result) { return result.period_starts(); },
          "Day on which each period of the metrics begins (a month, or a day), then the end day.")
      .def_readonly("month_starts", &StudyResult::month_starts, "Day on which each month begins, then the end day.")
      .def_readonly("looks", &StudyResult::looks,
                    "At how many numbers of replicates it was to be looked at whether the intervals are narrow enough.")
      .def_readonly("precision", &StudyResult::precision, "What was asked of them, in JSON; empty: nothing.")
      .def_property_readonly("complete", &StudyResult::complete, "Whether all replicates asked for were finished.")
      .def_readonly("threads", &StudyResult::threads, "Threads used.")
      .def_readonly("seconds", &StudyResult::seconds, "Time that the run took.")
      .def_readonly("person_days", &StudyResult::person_days, "Person-days simulated, burn-in included.")
      .def_readonly("adverse_events", &StudyResult::adverse_events, "Adverse events simulated, burn-in included.")
      .def(
          "metrics",
          [](const std::shared_ptr<StudyResult>& result, int policy, int position) {
            const MetricTable& table = replicate_of(*result, policy, position).metrics;
            py::array_t<std::int64_t> array(
                {static_cast<py::ssize_t>(metric_count), static_cast<py::ssize_t>(table.months),
                 static_cast<py::ssize_t>(table.places)},
                table.values.data(), py::cast(result));
            make_read_only(array);
            return array;
          },
          py::arg("policy"), py::arg("replicate"),
          "Metrics of one replicate over (metric, period, place), in the order of metric_names: a view, not a copy.")
      .def(
          "cases",
          [](const std::shared_ptr<StudyResult>& result, int policy, int position) {
            const auto& rows = replicate_of(*result, policy, position).cases;
            py::array array(case_row_type(), std::vector<py::ssize_t>{static_cast<py::ssize_t>(rows.size())},
                            std::vector<py::ssize_t>{static_cast<py::ssize_t>(sizeof(CaseRow))}, rows.data(),
                            py::cast(result));
            make_read_only(array);
            return array;
          },
          py::arg("policy"), py::arg("replicate"),
          "Disputes of one replicate as a structured array: a view, not a copy.")
      .def(
          "write",
          [](const py::object& result, const py::object& path, bool force) {
            return py::module_::import("parley.running").attr("write")(result, path, py::arg("force") = force);
          },
          py::arg("path"), py::arg("force") = false, "Writes one HDF5 file and opens it: parley.open(path).")
      .def("_repr_html_",
           [](const py::object& result) { return py::module_::import("parley.looks").attr("result")(result); })
      .def("__repr__", [](const StudyResult& result) {
        return "<parley.Result " + result.study.slug + ": " + std::to_string(result.arms.size()) + " policies, " +
               std::to_string(result.replicates.size()) + " of " + std::to_string(result.study.replicates) +
               " replicates>";
      });

  module.def(
      "run_study",
      [](const std::shared_ptr<Study>& study, int threads, const std::string& record, bool daily, std::int64_t panel,
         const py::object& progress, const std::shared_ptr<Keeper>& keeper, int look, int looks,
         const std::string& precision) {
        if (threads < 0) throw py::value_error("threads must be 0 (as many as the machine has) or more");
        RunOptions options;
        options.threads = threads;
        const auto* journal = dynamic_cast<const StudyJournal*>(keeper.get());
        options.record = journal != nullptr ? journal->header().record : recording_of(record, daily, panel);
        options.keeper = keeper.get();
        options.look = look;
        options.looks = looks;
        options.precision = precision;
        std::optional<py::error_already_set> raised;
        std::shared_ptr<StudyResult> result;
        work_listening(
            [&](auto tell, const std::atomic<bool>* stop) {
              options.progress = std::move(tell);
              options.stop = stop;
              result = std::make_shared<StudyResult>(run_study(*study, options));
            },
            progress, raised);
        let_pass(raised);
        return py::make_tuple(result, raised.has_value());
      },
      py::arg("study"), py::kw_only(), py::arg("threads") = 0, py::arg("record") = "cases", py::arg("daily") = false,
      py::arg("panel") = Recording{}.panel, py::arg("progress") = py::none(), py::arg("keeper") = py::none(),
      py::arg("look") = 0, py::arg("looks") = 1, py::arg("precision") = "",
      "Runs a study with the lock of Python released. Returns the result and whether Ctrl-C cut it short;\n"
      "progress(done, seconds, what) is called in the caller's thread. What is finished goes to the keeper; of a\n"
      "journal the way of recording then counts. Looks and precision are those of a study to which replicates are "
      "added.");

  module.def(
      "verify_file",
      [](const std::string& path, int sample, int threads, const std::string& program, const py::object& progress) {
        if (threads < 0) throw py::value_error("threads must be 0 (as many as the machine has) or more");
        VerifyOptions options;
        options.sample = sample;
        options.threads = threads;
        std::optional<py::error_already_set> raised;
        Verification found;
        work_listening(
            [&](auto tell, const std::atomic<bool>* stop) {
              options.progress = std::move(tell);
              options.stop = stop;
              found = verify_file(path, options);
            },
            progress, raised);
        let_pass(raised);
        py::dict answer;
        answer["same"] = found.same;
        answer["first_difference"] = found.first_difference;
        answer["digest"] = found.digest;
        answer["replicates"] = found.replicates;
        answer["replicates_in_file"] = found.replicates_in_file;
        answer["states"] = found.states;
        answer["seconds"] = found.seconds;
        answer["certificate"] = certificate_text(found, path, program);
        return py::make_tuple(answer, raised.has_value());
      },
      py::arg("path"), py::kw_only(), py::arg("sample") = 0, py::arg("threads") = 0, py::arg("program") = "",
      py::arg("progress") = py::none(),
      "Runs replicates of a file again and compares every state. Returns what was found and whether Ctrl-C cut it "
      "short.");
}

}  // namespace parley
