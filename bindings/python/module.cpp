// The module parley._parley: what Python needs of the simulator, and nothing that Python can do by itself.
#include "bindings/python/bind.hpp"

PYBIND11_MODULE(_parley, module, py::mod_gil_not_used()) {
  module.doc() = "The simulator of Parley as Python sees it; use the package parley, which wraps it.";
  module.attr("version") = PARLEY_VERSION;
  module.attr("commit") = PARLEY_COMMIT;
  module.attr("compiler") = PARLEY_COMPILER;
  parley::bind_errors(module);
  parley::bind_scenario(module);
  parley::bind_journal(module);
  parley::bind_run(module);
  parley::bind_record(module);
  parley::bind_sweep(module);
}
