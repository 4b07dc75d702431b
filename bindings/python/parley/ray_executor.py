"""Ray as an executor for sweeps."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from parley.errors import MissingExtra


class RayExecutor(Executor):
    """Any `concurrent.futures` caller on a Ray cluster; lost workers' tasks are run again by Ray itself.

    Parameters
    ----------
    address
        Of a cluster that is running; a new one on this machine where none is given and Ray was not begun before.
    workers
        Processors of a new one; all of the machine where none are named.

    Raises
    ------
    MissingExtra
        Ray is not installed: ``pip install ray``.
    """

    def __init__(self, address: str | None = None, workers: int | None = None):
        try:
            import ray
        except ImportError as error:
            raise MissingExtra("sweeps on Ray need the package ray, which is not installed: pip install ray") from error
        self._ray = ray
        self._mine = not ray.is_initialized()
        if self._mine:
            ray.init(address=address, num_cpus=workers, include_dashboard=False, log_to_driver=False)
        self._max_workers = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._call = ray.remote(_call)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future:
        return self._call.remote(function, arguments, named).future()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self._mine:
            self._ray.shutdown()


def _call(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    return function(*arguments, **named)
