"""What sending runs to workers costs: the same sweep on two Dask workers and on two threads of one process. And what points that
differ in a lever alone save by their common burn-in, and what it takes to read a point.

Prints ratios of times, all measured in one call and in turn; the better of several rounds of each. With
PARLEY_ALL_TESTS the sweep has 10,000 runs. No time is a failure; other bytes are.
"""

import os
import sys
import time

import numpy as np
from dask.distributed import Client

import parley
from parley import _parley, design

WORKERS, ROUNDS = 2, 3
RUN = dict(replicates=2, years=3, burn_in=1)


def seconds(work) -> tuple[float, object]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def best(work) -> tuple[float, object]:
    rounds = [seconds(work) for _ in range(ROUNDS)]
    return min(spent for spent, _ in rounds), rounds[0][1]


def shared_burn_in() -> bool:
    """Points of a lever one by one and together, three years of burn-in and two on record."""
    study = parley.study("toy", modes=["backing"], replicates=1, years=2, burn_in=3)
    rows = np.linspace(0, 1, 16)[:, None]

    def run(points):
        return _parley.run_points(study, ["authority"], points, 0, len(points), threads=1)[0]

    together, ones = best(lambda: run(rows))
    alone, others = best(lambda: np.concatenate([run(row[None]) for row in rows]))
    same = np.array_equal(ones, others, equal_nan=True)
    print(
        f"points of a lever: together {alone / together:.2f} times as fast as one by one; {'same numbers' if same else 'OTHER NUMBERS'}"
    )
    return same


def reading_points() -> None:
    """The share of a run of a joint draw of everything uncertain that goes into reading its point."""
    over = design.uncertain()
    points = design.latin_hypercube(over, 20)
    study = parley.study("toy", modes=["backing", "purchased"], replicates=1, years=1, burn_in=1)
    keys = list(points.keys)
    reading, _ = best(lambda: _parley.check_points(study, keys, points.points))
    running, _ = best(lambda: _parley.run_points(study, keys, points.points, 0, len(points), threads=1))
    print(f"points of {len(keys)} parameters: reading one takes {reading / running:.1%} of a run of two policies")


def main() -> int:
    sound = shared_burn_in()
    reading_points()
    runs = 10_000 if os.environ.get("PARLEY_ALL_TESTS") else 2_000
    over = design.space({"encounter.adverse_event_rate": (0.03, 0.12), "claim.formal_claim_probability": (0.01, 0.15),
                         "authority": (0.0, 1.0)})  # fmt: skip
    points = design.latin_hypercube(over, runs // RUN["replicates"])
    with Client(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as client:
        executor = client.get_executor()
        parley.sweep("toy", design.latin_hypercube(over, 20), executor=executor, **RUN)  # workers load Parley
        here, there = [], []
        for _ in range(ROUNDS):
            spent, one = seconds(lambda: parley.sweep("toy", points, threads=WORKERS, **RUN))
            here.append(spent)
            spent, other = seconds(lambda: parley.sweep("toy", points, executor=executor, **RUN))
            there.append(spent)
    same = all(np.array_equal(one.metric(name), other.metric(name), equal_nan=True) for name in one.metric_names)
    print(f"sweep of {runs:,} runs: {1e3 * min(here) / runs:.2f} ms a run on {WORKERS} threads, {1e3 * min(there) / runs:.2f} on "
          f"{WORKERS} Dask workers, efficiency {min(here) / min(there):.1%}; {'same numbers' if same else 'OTHER NUMBERS'}")  # fmt: skip
    return 0 if same and sound else 1


if __name__ == "__main__":
    sys.exit(main())
