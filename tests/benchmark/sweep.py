"""What sending runs to workers costs: the same sweep on two Dask workers and on two threads of one process.

Prints the ratio of their times, both measured in one call and in turn; the better of several rounds of each. With
PARLEY_ALL_TESTS the sweep has 10,000 runs. No time is a failure; other bytes are.
"""

import os
import sys
import time

import numpy as np
from dask.distributed import Client

import parley
from parley import design

WORKERS, ROUNDS = 2, 3
RUN = dict(replicates=2, years=3, burn_in=1)


def seconds(work) -> tuple[float, object]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def main() -> int:
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
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
