// Journals: what a run leaves behind while it is going on.
#include <pybind11/stl.h>

#include <memory>
#include <string>

#include "bindings/python/bind.hpp"
#include "sim/engine/memory_keeper.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/record/recorder.hpp"
#include "sim/record/study_journal.hpp"
#include "sim/scenario/write.hpp"

namespace parley {

void bind_journal(py::module_& module) {
  py::class_<Keeper, std::shared_ptr<Keeper>>(module, "Keeper", "Takes what a run has finished.");
  py::class_<MemoryKeeper, Keeper, std::shared_ptr<MemoryKeeper>>(
      module, "MemoryKeeper", "Keeps what a run has finished in memory, for a run with more replicates.")
      .def(py::init<>());
  py::class_<StudyJournal, Keeper, std::shared_ptr<StudyJournal>>(
      module, "Journal", "Where a run leaves what is finished, beside the file that is to be written.")
      .def_property_readonly(
          "study", [](const StudyJournal& journal) { return std::make_shared<Study>(journal.header().study()); },
          "The study that it belongs to.")
      .def_property_readonly(
          "command", [](const StudyJournal& journal) { return journal.header().command; },
          "Command line or call that began it.")
      .def_property_readonly(
          "precision", [](const StudyJournal& journal) { return journal.header().precision; },
          "What is asked of its intervals, in JSON; empty where the number of replicates is fixed.")
      .def_property_readonly("replicates", &StudyJournal::replicates, "Replicates finished so far.")
      .def_property_readonly("holds_work", &StudyJournal::holds_work, "Whether a replicate or a checkpoint is in it.")
      .def("remove", &StudyJournal::remove, "The file is written: the journal is not needed any more.");
  module.def(
      "begin_journal",
      [](const std::shared_ptr<Study>& study, const std::string& path, const std::string& record, bool daily,
         std::int64_t panel, const std::string& program, const std::string& command, const std::string& precision,
         bool force) {
        return std::shared_ptr<StudyJournal>(StudyJournal::open(
            path, {write_study(*study), recording_of(record, daily, panel), program, command, precision}, force));
      },
      py::arg("study"), py::arg("path"), py::kw_only(), py::arg("record") = "cases", py::arg("daily") = false,
      py::arg("panel") = Recording{}.panel, py::arg("program") = "", py::arg("command") = "", py::arg("precision") = "",
      py::arg("force") = false, "Begins the journal beside a file, or goes on with one that asks the same.");
  module.def(
      "resume_journal",
      [](const std::string& path, const std::string& program) {
        return std::shared_ptr<StudyJournal>(StudyJournal::resume(path, program));
      },
      py::arg("path"), py::arg("program"), "Takes up the journal beside a file that was not finished.");
  module.def("has_journal", &has_journal, py::arg("path"), "Whether a journal stands beside that file.");
  module.def(
      "bytes_so_far",
      [](const std::string& path) {
        std::vector<std::uint8_t> bytes;
        {
          const py::gil_scoped_release release;
          bytes = hdf5_bytes(image_of(result_so_far(path)));
        }
        return py::bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      },
      py::arg("path"), "The HDF5 file of what a run has finished so far, read from its journal.");
}

}  // namespace parley
