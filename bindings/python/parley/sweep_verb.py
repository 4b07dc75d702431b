"""The verb sweep: words of a command line to a design and an executor."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.cli import DONE
from parley.errors import Fault, ScenarioError, WrongValue, need

if TYPE_CHECKING:
    from parley.analysis.design import Design
    from parley.analysis.sweep_results import SweepResults

SAMPLED = ("latin_hypercube", "sobol", "saltelli", "morris")
DEFAULT_POINTS = {"latin_hypercube": 64, "sobol": 64, "saltelli": 64, "morris": 10}


def sweep(arguments: argparse.Namespace) -> int:
    from parley import destinations, scenario, sweeping

    design = _design(arguments)
    asked: dict[str, Any] = dict(years=arguments.years, burn_in=arguments.burn_in, replicates=arguments.replicates,
                                 seed=arguments.seed, set=arguments.set)  # fmt: skip
    if arguments.mode:
        study = scenario.study(arguments.place, modes=arguments.mode, **asked)
    else:
        study = scenario.single(arguments.place, **asked)
    out = destinations.of_sweep(arguments.out, f"{Path(arguments.place).stem}-sweep.h5", study, design, arguments.force)
    with _executor(arguments) as executor:
        results = sweeping.sweep(
            study, design, executor=executor, threads=arguments.threads, path=out, force=arguments.force,
            progress=not arguments.quiet,
        )  # fmt: skip
    show(results, arguments)
    return DONE


def resume(arguments: argparse.Namespace) -> int:
    from parley import sweeping

    results = sweeping.resume(arguments.file, threads=arguments.threads, force=arguments.force,
                              progress=not arguments.quiet)  # fmt: skip
    show(results, arguments)
    return DONE


def show(results: SweepResults, arguments: argparse.Namespace) -> None:
    """Means at each point, or all numbers as JSON."""
    if arguments.json:
        import json

        print(json.dumps(as_json(results), ensure_ascii=False, indent=1))
    elif not getattr(arguments, "quiet", False):
        print(results.table())
        print(f"\nfile     {results.path}  (any HDF5 reader opens it)\ndigest   {results.digest}\n"
              f"next     python: parley.open({str(results.path)!r}).to_pandas()")  # fmt: skip


def as_json(results: SweepResults) -> dict[str, Any]:
    import numpy as np

    from parley.analysis.measures import MEASURES

    def plain(values: np.ndarray) -> list[Any]:
        return [None if not np.isfinite(value) else float(value) for value in values]

    return {
        "file": str(results.path),
        "digest": results.digest,
        "policies": results.policies,
        "replicates": results.replicates,
        "design": results.design.kind,
        "keys": list(results.design.keys),
        "points": results.design.points.tolist(),
        "measures": {
            name: {policy: [plain(row) for row in results.measure(name, policy)] for policy in results.policies}
            for name in MEASURES
        },
    }


def _design(arguments: argparse.Namespace) -> Design:
    from parley.analysis import design

    listed: dict[str, list[Any]] = {}
    ranges: dict[str, tuple[float, float]] = {}
    for text in arguments.over:
        key, equals, values = text.partition("=")
        if not equals or not values:
            raise _fault("--over", f"{text!r} is not KEY=LOW:HIGH or KEY=VALUE,VALUE")
        try:
            if ":" in values:
                low, high = values.split(":")
                ranges[key] = (float(low), float(high))
            else:
                listed[key] = [_value(word) for word in values.split(",")]
        except ValueError:
            raise _fault("--over", f"{text!r} is not KEY=LOW:HIGH or KEY=VALUE,VALUE") from None
    if listed and ranges:
        raise _fault(
            "--over", "values for one key and a range for another do not make a design; give all of them one way"
        )
    if not listed and not ranges:
        raise _fault("--over", "nothing is varied; give --over KEY=LOW:HIGH, or KEY=VALUE,VALUE for a grid")
    kind = arguments.design or ("grid" if listed else "latin_hypercube")
    if (kind == "grid") != bool(listed):
        raise _fault("--design", f"{kind} needs {'KEY=VALUE,VALUE' if kind == 'grid' else 'KEY=LOW:HIGH'} after --over")
    try:
        if kind == "grid":
            return design.grid(listed)
        over = design.space(ranges)
        count = arguments.points or DEFAULT_POINTS[kind]
        return getattr(design, kind)(over, count, seed=arguments.design_seed)
    except ValueError as error:
        raise _fault("--over", str(error)) from error


def _value(word: str) -> Any:
    try:
        return float(word)
    except ValueError:
        return {"true": 1.0, "false": 0.0}.get(word, word)


def _fault(where: str, message: str) -> ScenarioError:
    fault = Fault(where, 0, 0, "", message)
    return ScenarioError(str(fault), [fault])


def _executor(arguments: argparse.Namespace) -> AbstractContextManager[Any]:
    """None for threads of the simulator; else an executor that is closed at the end."""
    if arguments.executor == "processes":
        from concurrent.futures import ProcessPoolExecutor

        return nullcontext(lambda: ProcessPoolExecutor(arguments.workers or None))
    if arguments.executor == "dask":
        distributed = need("dask.distributed", "--executor dask", "cluster")
        if arguments.scheduler:
            try:
                client = distributed.Client(arguments.scheduler)
            except (OSError, ValueError) as error:  # nobody answers there; no such sort of address
                raise WrongValue(
                    f"--scheduler {arguments.scheduler}: no Dask cluster answers there ({error})"
                ) from None
        else:
            client = distributed.Client(n_workers=arguments.workers or None, threads_per_worker=1,
                                        dashboard_address=None)  # fmt: skip
        return _Closing(client)
    if arguments.executor == "mpi":
        futures = need("mpi4py.futures", "--executor mpi", "cluster")
        if arguments.workers:
            print("parley: --workers is for processes and dask; mpiexec -n decides here", file=sys.stderr)
        return futures.MPIPoolExecutor()
    return nullcontext(None)


class _Closing:
    """A Dask client as an executor."""

    def __init__(self, client: Any):
        self._client = client

    def __enter__(self) -> Any:
        return self._client.get_executor()

    def __exit__(self, *_: object) -> None:
        self._client.close()
