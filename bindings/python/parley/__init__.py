"""Parley: a policy laboratory for disputes between patients and hospitals.

    import parley

    result = parley.compare("chongqing", modes=["backing", "purchased"], replicates=4)
    answer = result.write("chongqing.h5")       # one HDF5 file; any reader opens it
    print(answer.table())                       # both policies, paired differences, 95 % intervals
    answer.metrics.open_disputes.sum("place")   # xarray

Everything is loaded when it is first used, so importing costs little and needs NumPy alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_HOME = {
    "errors": (
        "BrokenLaw",
        "Fault",
        "FileError",
        "Interrupted",
        "MissingExtra",
        "ParleyError",
        "ScenarioError",
        "NoSuchName",
        "WorkerLost",
        "WrongType",
        "WrongValue",
    ),
    "scenario": ("check", "scenarios", "study"),
    "describe": ("Parameter", "groups", "parameters"),
    "running": ("Verification", "compare", "digest", "resume", "run", "run_into", "verify", "write"),
    "_parley": ("Result", "Study"),
    "sweeping": ("sweep",),
    "ray_executor": ("RayExecutor",),
    "analysis.load": ("Results", "open"),
    "analysis.calibration": ("Calibration", "calibrate"),
    "analysis.answer": ("Answer", "answer"),
    "analysis.attribution": ("attribute",),
    "analysis.groups": ("by_group",),
    "analysis.index_validity": ("index_validity",),
    "analysis.interior": ("interior",),
    "analysis.programme": ("programme",),
    "analysis.provision": ("provision",),
    "analysis.robustness": ("robustness",),
    "analysis.welfare": ("welfare",),
    "analysis.validate": ("Validation", "validate"),
    "analysis.posterior": ("Posterior",),
    "analysis.sweep_results": ("SweepResults",),
}
_SUBMODULES = {"analysis": "analysis", "design": "analysis.design"}
"""Modules of the package that are part of what it offers, loaded when asked for."""
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = ["__version__", *sorted([*_MODULE_OF, *_SUBMODULES])]

if TYPE_CHECKING:  # "name as name" is how a type checker is told that a name is for others
    from parley import analysis as analysis
    from parley._parley import Result as Result
    from parley._parley import Study as Study
    from parley.analysis import design as design
    from parley.analysis.answer import Answer as Answer
    from parley.analysis.answer import answer as answer
    from parley.analysis.attribution import attribute as attribute
    from parley.analysis.calibration import Calibration as Calibration
    from parley.analysis.calibration import calibrate as calibrate
    from parley.analysis.groups import by_group as by_group
    from parley.analysis.index_validity import index_validity as index_validity
    from parley.analysis.interior import interior as interior
    from parley.analysis.load import Results as Results
    from parley.analysis.load import open as open
    from parley.analysis.posterior import Posterior as Posterior
    from parley.analysis.programme import programme as programme
    from parley.analysis.provision import provision as provision
    from parley.analysis.robustness import robustness as robustness
    from parley.analysis.sweep_results import SweepResults as SweepResults
    from parley.analysis.validate import Validation as Validation
    from parley.analysis.validate import validate as validate
    from parley.analysis.welfare import welfare as welfare
    from parley.describe import Parameter as Parameter
    from parley.describe import groups as groups
    from parley.describe import parameters as parameters
    from parley.errors import BrokenLaw as BrokenLaw
    from parley.errors import Fault as Fault
    from parley.errors import FileError as FileError
    from parley.errors import Interrupted as Interrupted
    from parley.errors import MissingExtra as MissingExtra
    from parley.errors import NoSuchName as NoSuchName
    from parley.errors import ParleyError as ParleyError
    from parley.errors import ScenarioError as ScenarioError
    from parley.errors import WorkerLost as WorkerLost
    from parley.errors import WrongType as WrongType
    from parley.errors import WrongValue as WrongValue
    from parley.ray_executor import RayExecutor as RayExecutor
    from parley.running import Verification as Verification
    from parley.running import compare as compare
    from parley.running import digest as digest
    from parley.running import resume as resume
    from parley.running import run as run
    from parley.running import run_into as run_into
    from parley.running import verify as verify
    from parley.running import write as write
    from parley.scenario import check as check
    from parley.scenario import scenarios as scenarios
    from parley.scenario import study as study
    from parley.sweeping import sweep as sweep

    __version__: str


def __getattr__(name: str):
    import importlib

    if name == "__version__":
        value = importlib.import_module("parley._parley").version
    elif name in _SUBMODULES:
        value = importlib.import_module(f"parley.{_SUBMODULES[name]}")
    elif name in _MODULE_OF:
        value = getattr(importlib.import_module(f"parley.{_MODULE_OF[name]}"), name)
    else:
        from difflib import get_close_matches

        near = get_close_matches(name, __all__, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise AttributeError(f"module 'parley' has no attribute {name!r}{hint}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
