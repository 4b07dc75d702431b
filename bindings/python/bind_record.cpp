// Files: writing a result, its digest.
#include <pybind11/stl.h>

#include <memory>
#include <string>

#include "bindings/python/bind.hpp"
#include "sim/record/catalogue.hpp"
#include "sim/record/estimate.hpp"
#include "sim/record/file.hpp"

namespace parley {

void bind_record(py::module_& module) {
  module.def(
      "expected_size",
      [](const std::shared_ptr<Study>& study, const std::string& record, bool daily, std::int64_t panel) {
        return expected_size(*study, recording_of(record, daily, panel));
      },
      py::arg("study"), py::arg("record") = "cases", py::arg("daily") = false, py::arg("panel") = Recording{}.panel,
      "About how many bytes the file of a study will take.");
  module.def(
      "catalogue",
      [] {
        py::list rows;
        for (const CatalogueEntry& entry : catalogue())
          rows.append(py::make_tuple(entry.path, type_name(entry.type), entry.unit, entry.dimensions, entry.meaning));
        return rows;
      },
      "Rows of path, type, unit, dimensions and meaning: every dataset that a file may hold.");
  module.def(
      "write_file",
      [](const std::shared_ptr<StudyResult>& result, const std::string& path, const std::string& command,
         const std::string& version, const std::string& commit, bool force) {
        WriteOptions options;
        options.command = command;
        options.version = version;
        options.commit = commit;
        options.force = force;
        const py::gil_scoped_release release;
        write_file(*result, path, options);
      },
      py::arg("result"), py::arg("path"), py::kw_only(), py::arg("command") = "", py::arg("version") = "",
      py::arg("commit") = "", py::arg("force") = false, "Writes a result into one HDF5 file, whole or not at all.");
  module.def("check_destination", &check_destination, py::arg("path"), py::arg("force") = false,
             "Raises what writing there would end in, before a long run.");
  module.def(
      "digest_file",
      [](const std::string& path) {
        const py::gil_scoped_release release;
        return digest_file(path);
      },
      py::arg("path"), "The digest of what a file holds.");
  module.def(
      "digest_result",
      [](const std::shared_ptr<StudyResult>& result) {
        const py::gil_scoped_release release;
        return digest_of(*result);
      },
      py::arg("result"), "The digest that the file of this result would have.");
}

}  // namespace parley
