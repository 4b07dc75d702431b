// C++ exceptions become those of parley.errors, faults included.
#include <pybind11/stl.h>

#include <exception>

#include "bindings/python/bind.hpp"
#include "sim/base/error.hpp"
#include "sim/scenario/read.hpp"

namespace parley {
namespace {

// A message may quote a file that is not UTF-8: its bytes are told as \xff, and the error is not lost for another.
py::object decoded(const std::string& text) {
  return py::reinterpret_steal<py::object>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "backslashreplace"));
}

void raise(const char* type, const char* text) {
  const py::object error = py::module_::import("parley.errors").attr(type);
  PyErr_SetObject(error.ptr(), decoded(text).ptr());
}

void raise_scenario_error(const ScenarioError& error) {
  py::list rows;
  for (const Fault& fault : error.faults())
    rows.append(
        py::make_tuple(decoded(fault.file), fault.line, fault.column, decoded(fault.key), decoded(fault.message)));
  const py::object made = py::module_::import("parley.errors").attr("_scenario_error")(decoded(render(error)), rows);
  PyErr_SetObject(py::type::of(made).ptr(), made.ptr());
}

}  // namespace

void bind_errors(py::module_&) {
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const ScenarioError& error) {
      raise_scenario_error(error);
    } catch (const FileError& error) {
      raise("FileError", error.what());
    } catch (const BrokenLaw& error) {
      raise("BrokenLaw", error.what());
    }
  });
}

}  // namespace parley
