// Sweeps: a batch of runs, the journal that batches go into, and the file at the end.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bindings/python/bind.hpp"
#include "sim/engine/sweep.hpp"
#include "sim/record/sweep_journal.hpp"
#include "sim/scenario/override.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/write.hpp"

namespace parley {
namespace {

using Reals = py::array_t<double, py::array::c_style | py::array::forcecast>;

Points points_of(std::vector<std::string> keys, const Reals& rows) {
  Points points;
  if (rows.ndim() != 2 || rows.shape(1) != static_cast<py::ssize_t>(keys.size()))
    throw py::value_error("points must have a row for each point and a column for each of the " +
                          std::to_string(keys.size()) + " keys");
  points.keys = std::move(keys);
  for (py::ssize_t r = 0; r < rows.shape(0); ++r)
    points.rows.emplace_back(rows.data(r, 0), rows.data(r, 0) + rows.shape(1));
  return points;
}

std::vector<double> flat(const Reals& values) { return {values.data(), values.data() + values.size()}; }

Reals array_of(const std::vector<double>& values) {
  return Reals(static_cast<py::ssize_t>(values.size()), values.data());
}

}  // namespace

void bind_sweep(py::module_& module) {
  py::list names;
  for (const MetricInfo& metric : metric_table) names.append(metric.name);
  names.append("days_median");
  module.attr("summary_names") = py::tuple(names);
  module.attr("points_of_a_burn_in") = points_of_a_burn_in;

  module.def(
      "run_points",
      [](const std::shared_ptr<Study>& study, std::vector<std::string> keys, const Reals& rows, std::int64_t first,
         std::int64_t count, int threads, const py::object& progress) -> py::tuple {
        if (threads < 0) throw py::value_error("threads must be 0 (as many as the machine has) or more");
        const Points points = points_of(std::move(keys), rows);
        if (first < 0 || count < 0 || first + count > static_cast<std::int64_t>(points.rows.size()) * study->replicates)
          throw py::value_error("there are no such runs in this design");
        SweepOptions options;
        options.threads = threads;
        std::optional<py::error_already_set> raised;
        std::vector<std::vector<RunSummary>> runs;
        work_listening(
            [&](auto tell, const std::atomic<bool>* stop) {
              options.progress = std::move(tell);
              options.stop = stop;
              runs = run_points(*study, points, first, count, options);
            },
            progress, raised);
        let_pass(raised);
        const std::size_t modes = study->modes.size();
        Reals values({static_cast<py::ssize_t>(count), static_cast<py::ssize_t>(modes),
                      static_cast<py::ssize_t>(numbers_of_a_summary)});
        double* into = values.mutable_data();
        for (const std::vector<RunSummary>& run : runs) {
          if (run.size() != modes) return py::make_tuple(py::none(), true);
          for (const RunSummary& one : run) {
            into = std::copy(one.metrics.begin(), one.metrics.end(), into);
            *into++ = one.days_median;
          }
        }
        return py::make_tuple(values, raised.has_value());
      },
      py::arg("study"), py::arg("keys"), py::arg("rows"), py::arg("first"), py::arg("count"), py::kw_only(),
      py::arg("threads") = 0, py::arg("progress") = py::none(),
      "Runs first … first + count − 1 of points × replicates: values over (run, mode, summary_names), and whether "
      "Ctrl-C\n"
      "cut it short; then the values are None.");

  module.def(
      "study_of_text",
      [](const std::string& text) { return std::make_shared<Study>(read_study_text(text, "the file")); },
      py::arg("text"), "A study from the text that Study.text() gives.");

  module.def(
      "check_points",
      [](const std::shared_ptr<Study>& study, std::vector<std::string> keys, const Reals& rows) {
        const Points points = points_of(std::move(keys), rows);
        const py::gil_scoped_release release;
        const KeyTable meanings(points.keys, *study);
        for (std::size_t row = 0; row < points.rows.size(); ++row) at_point(*study, meanings, points, row);
      },
      py::arg("study"), py::arg("keys"), py::arg("rows"), "ScenarioError where a point cannot be run.");

  module.def(
      "levers_among",
      [](const std::shared_ptr<Study>& study, const std::vector<std::string>& keys) {
        const KeyTable meanings(keys, *study);
        std::vector<bool> out;
        for (std::size_t k = 0; k < keys.size(); ++k) out.push_back(meanings.is_lever(k));
        return out;
      },
      py::arg("study"), py::arg("keys"),
      "Which keys of a design are levers that are set on top of every mode, so that the burn-in is the same whatever "
      "their values.");

  py::class_<SweepJournal, std::shared_ptr<SweepJournal>>(
      module, "SweepJournal", "Where a sweep leaves batches of finished runs, beside the file that is to be written.")
      .def_property_readonly(
          "study", [](const SweepJournal& journal) { return std::make_shared<Study>(journal.header().study()); },
          "The study before any point is set.")
      .def_property_readonly(
          "keys", [](const SweepJournal& journal) { return journal.header().points.keys; }, "Keys of the points.")
      .def_property_readonly(
          "rows",
          [](const SweepJournal& journal) {
            const Points& points = journal.header().points;
            Reals rows({static_cast<py::ssize_t>(points.rows.size()), static_cast<py::ssize_t>(points.keys.size())});
            double* into = rows.mutable_data();
            for (const std::vector<double>& row : points.rows) into = std::copy(row.begin(), row.end(), into);
            return rows;
          },
          "Points, over (point, key).")
      .def_property_readonly(
          "design", [](const SweepJournal& journal) { return journal.header().design; }, "How the points were made.")
      .def(
          "keep",
          [](SweepJournal& journal, std::uint64_t first, const Reals& values) {
            const std::vector<double> numbers = flat(values);
            const py::gil_scoped_release release;
            journal.keep(first, numbers);
          },
          py::arg("first"), py::arg("values"), "Puts a batch on the disk.")
      .def(
          "batches",
          [](const SweepJournal& journal) {
            py::list out;
            for (const auto& [first, values] : journal.batches()) out.append(py::make_tuple(first, array_of(values)));
            return out;
          },
          "First run and values of each batch that is finished.")
      .def("remove", &SweepJournal::remove, "The file is written: the journal is not needed any more.");
  module.def(
      "begin_sweep_journal",
      [](const std::string& path, const std::shared_ptr<Study>& study, std::vector<std::string> keys, const Reals& rows,
         const std::string& design, const std::string& program, bool force) {
        return std::shared_ptr<SweepJournal>(
            SweepJournal::open(path, {write_study(*study), points_of(std::move(keys), rows), design, program}, force));
      },
      py::arg("path"), py::arg("study"), py::arg("keys"), py::arg("rows"), py::arg("design"), py::arg("program"),
      py::arg("force") = false, "Begins the journal of a sweep, or goes on with one that asks the same.");
  module.def(
      "resume_sweep_journal",
      [](const std::string& path, const std::string& program) {
        return std::shared_ptr<SweepJournal>(SweepJournal::resume(path, program));
      },
      py::arg("path"), py::arg("program"), "Takes up the journal of a sweep that was not finished.");
  module.def("has_sweep_journal", &has_sweep_journal, py::arg("path"),
             "Whether the journal beside that file is one of a sweep.");
  module.def(
      "write_sweep",
      [](const std::string& path, const std::shared_ptr<Study>& study, std::vector<std::string> keys, const Reals& rows,
         const std::string& design, const Reals& values, const std::string& program, bool force) {
        const SweepResult result{*study, points_of(std::move(keys), rows), design, flat(values)};
        const py::gil_scoped_release release;
        write_file(result, path, program, force);
      },
      py::arg("path"), py::arg("study"), py::arg("keys"), py::arg("rows"), py::arg("design"), py::arg("values"),
      py::arg("program"), py::arg("force") = false, "Writes a finished sweep into one HDF5 file, whole or not at all.");
  module.def(
      "sweep_catalogue",
      [] {
        py::list rows;
        for (const CatalogueEntry& entry : sweep_catalogue())
          rows.append(py::make_tuple(entry.path, type_name(entry.type), entry.unit, entry.dimensions, entry.meaning));
        return rows;
      },
      "Rows of path, type, unit, dimensions and meaning: every dataset that the file of a sweep may hold.");
}

}  // namespace parley
