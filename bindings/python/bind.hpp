// The parts of the module, in the order in which they must be registered.
#pragma once
#include <pybind11/pybind11.h>

#include <cstdint>
#include <string>

#include "sim/engine/results.hpp"

namespace py = pybind11;

namespace parley {

void bind_errors(py::module_& module);
void bind_scenario(py::module_& module);
void bind_journal(py::module_& module);
void bind_run(py::module_& module);
void bind_record(py::module_& module);

// What to record, in the words of Python; ValueError where they say something else.
Recording recording_of(const std::string& level, bool daily, std::int64_t panel);

}  // namespace parley
