// The parts of the module, in the order in which they must be registered.
#pragma once
#include <pybind11/pybind11.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "sim/engine/results.hpp"
#include "sim/engine/watch.hpp"

namespace py = pybind11;

namespace parley {

void bind_errors(py::module_& module);
void bind_scenario(py::module_& module);
void bind_journal(py::module_& module);
void bind_run(py::module_& module);
void bind_record(py::module_& module);
void bind_sweep(py::module_& module);

// Works in a thread of its own to the end or to a stop; `work` gets what to tell of its progress and when to stop. An
// exception of Python (a signal handler, the progress callback) stops the work, is waited out and comes back in
// `raised`.
void work_listening(const std::function<void(std::function<void(const Progress&)>, const std::atomic<bool>*)>& work,
                    const py::object& progress, std::optional<py::error_already_set>& raised);
// Raises it, unless it is Ctrl-C, of which the caller tells otherwise.
void let_pass(const std::optional<py::error_already_set>& raised);

// What to record, in the words of Python; ValueError where they say something else.
Recording recording_of(const std::string& level, bool daily, std::int64_t panel);

}  // namespace parley
