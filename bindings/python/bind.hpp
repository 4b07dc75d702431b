// The parts of the module, in the order in which they must be registered.
#pragma once
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace parley {

void bind_errors(py::module_& module);
void bind_scenario(py::module_& module);
void bind_run(py::module_& module);
void bind_record(py::module_& module);

}  // namespace parley
