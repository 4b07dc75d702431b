"""Executors that cancel what they were given lose a worker; they do not end the sweep by an error of their own."""

from concurrent.futures import Executor, Future

import pytest

import parley
from parley import sweeping

SMALL = dict(replicates=2, years=1, burn_in=1, seed=3)


class Cancels(Executor):
    """The first batches are cancelled, the others done at once."""

    def __init__(self, cancelled: int):
        self.left = cancelled

    def submit(self, work, *given, **named):
        future = Future()
        if self.left > 0:
            self.left -= 1
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_result(work(*given, **named))
        return future


def test_what_was_cancelled_once_is_done_again():
    asked = {"encounter.adverse_event_rate": [0.06, 0.08]}
    found = parley.sweep("toy", asked, executor=Cancels(1), **SMALL)
    plain = parley.sweep("toy", asked, **SMALL)
    assert (found.measure("disputes") == plain.measure("disputes")).all()


def test_what_is_always_cancelled_is_a_worker_lost():
    with pytest.raises(parley.errors.WorkerLost, match=f"lost {sweeping.MOST_TRIES} times"):
        parley.sweep("toy", {"encounter.adverse_event_rate": [0.06]}, executor=Cancels(10**6), **SMALL)
