"""Runs the suites of `./bootstrap test`: one line each while they run, then what failed, minutes per suite and a count.

A suite is a function that returns the number of cases passed, failed and skipped; what it prints goes to
build/tests/SUITE.log and is shown when something failed.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "tests"
TOOLS = Path(sys.executable).parent  # the environment's bin: ruff, clang-format, pytest
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()

# The address sanitizer's slice of every run: the cheapest of the simulator's tests that together take this long in the
# release build (about ten times that with the sanitizer). --all takes all of them.
SANITIZED_SECONDS = 15

# Names of the theory suite's tests, as a filter: published results, and the engine against the reference of plain loops.
THEORY = "Theory*:Reference*"


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


class Suite:
    """One run of one suite: where it writes, and whether the long parts are wanted."""

    def __init__(self, name: str, everything: bool):
        self.name, self.everything = name, everything
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log_path = LOGS / f"{name}.log"
        self.log_path.write_text("")

    def command(self, *words: str | Path, environment: dict[str, str] | None = None) -> int:
        """Runs a command into the log and returns its exit status; one that cannot be started counts as failed."""
        words = tuple(str(word) for word in words)
        with self.log_path.open("a") as log:
            log.write("$ " + " ".join(words) + "\n")
            log.flush()
            try:
                return subprocess.run(
                    words, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                    env={**os.environ, **(environment or {})}, check=False,
                ).returncode  # fmt: skip
            except OSError as error:
                log.write(f"{error}\n")
                return 127

    def check(self, *words: str | Path, environment: dict[str, str] | None = None) -> Count:
        """A command that is one case: passed when it exits with 0."""
        return Count(passed=1) if self.command(*words, environment=environment) == 0 else Count(failed=1)

    def build(self, preset: str, *targets: str) -> bool:
        """Configures (once) and builds a preset in build/PRESET."""
        if not (ROOT / "build" / preset / "build.ninja").exists() and self.command("cmake", "--preset", preset) != 0:
            return False
        wanted = ["--target", *targets] if targets else []
        return self.command("cmake", "--build", f"build/{preset}", *wanted) == 0

    def asked(self) -> dict[str, str]:
        """What tests with a long and a short form are told."""
        return {"PARLEY_ALL_TESTS": "1"} if self.everything else {}

    def pytest(self, *folders: str, environment: dict[str, str] | None = None) -> Count:
        report = LOGS / f"{self.name}.xml"
        report.unlink(missing_ok=True)
        status = self.command(sys.executable, "-m", "pytest", "-q", "--durations=5", f"--junitxml={report}", *folders,
                              environment=environment)  # fmt: skip
        return counted(report, status)

    def gtest(self, preset: str, *arguments: str, environment: dict[str, str] | None = None) -> Count:
        report = LOGS / f"{self.name}-{preset}.xml"
        report.unlink(missing_ok=True)
        program = ROOT / "build" / preset / "parley_tests"
        status = self.command(
            program, "--gtest_brief=1", f"--gtest_output=xml:{report}", *arguments, environment=environment
        )
        return counted(report, status)


def counted(report: Path, status: int) -> Count:
    """Cases of a JUnit report. A runner that failed without failing a case (a crash, no test at all) is one failure."""
    count = Count()
    if report.exists():
        for case in ElementTree.parse(report).iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                count.failed += 1
            elif case.find("skipped") is not None or case.get("result") == "skipped":
                count.skipped += 1
            elif case.get("status") != "notrun":
                count.passed += 1
    if (status != 0 and count.failed == 0) or count == Count():
        count.failed += 1
    return count


# --- The suites, in the order in which they run ----------------------------------------------------------------------


def structure(suite: Suite) -> Count:
    if not suite.build("release", "parley_sim"):  # no_libm reads the library
        return Count(failed=1)
    return suite.pytest("tests/structure")


def format(suite: Suite) -> Count:
    sources = sorted(
        str(path.relative_to(ROOT))
        for folder in ("sim", "bindings", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".hpp", ".cpp")
    )
    return (
        suite.check(TOOLS / "clang-format", "--dry-run", "-Werror", *sources)
        + suite.check(TOOLS / "ruff", "check", ".")
        + suite.check(TOOLS / "ruff", "format", "--check", ".")
        + suite.check(TOOLS / "shellcheck", "bootstrap", ".ci/run")
    )


def simulator(suite: Suite) -> Count:
    if not suite.build("release", "parley_tests"):
        return Count(failed=1)
    return suite.gtest("release", f"--gtest_filter=-{THEORY}")


def theory(suite: Suite) -> Count:
    """Closed forms, the checks of the superset, and the reference engine: 200 random scenarios, with --all 2,000."""
    if not suite.build("release", "parley_tests"):
        return Count(failed=1)
    return suite.gtest("release", f"--gtest_filter={THEORY}", environment=suite.asked())


def python(suite: Suite) -> Count:
    if not suite.build("release", "parley-sim"):  # for the kills
        return Count(failed=1)
    folders = ("bindings", "analysis", "cli", "kills", "traceability")
    return suite.pytest(*(f"tests/{folder}" for folder in folders), environment=suite.asked())


def digests(suite: Suite) -> Count:
    report = LOGS / "digests.json"
    report.unlink(missing_ok=True)
    wanted = ["--require-wasm"] if suite.everything else []
    status = suite.command(sys.executable, "tests/digests/run.py", f"--json={report}", *wanted)
    if not report.exists():
        return Count(failed=1)
    count = Count(**json.loads(report.read_text()))
    return count if status == 0 or count.failed else count + Count(failed=1)


def cheap_tests() -> str:
    """The simulator's cheapest tests, as a filter."""
    cases = ElementTree.parse(LOGS / "simulator-release.xml").iter("testcase")
    costs = sorted((float(case.get("time")), f"{case.get('classname')}.{case.get('name')}") for case in cases)
    chosen, spent = [], 0.0
    for seconds, name in costs:
        spent += seconds
        if spent <= SANITIZED_SECONDS:
            chosen.append(name)
    return ":".join(chosen)


def sanitizers(suite: Suite) -> Count:
    if not suite.build("asan", "parley_tests"):
        return Count(failed=1)
    # A file of one build is proved by another.
    made = LOGS / "made_by_release.h5"
    if not suite.build("release", "parley-sim") or suite.command(
        "build/release/parley-sim", "run", "toy", "--years", "1", "--burn-in", "1", "--replicates", "3", "--quiet",
        "--force", "--out", made,
    ):  # fmt: skip
        return Count(failed=1)
    options = {"ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1", "PARLEY_VERIFY_FILE": str(made)}
    if not suite.everything:
        if not (LOGS / "simulator-release.xml").exists():
            simulator(Suite("simulator", False))
        return suite.gtest("asan", f"--gtest_filter={cheap_tests()}", environment=options)
    count = suite.gtest("asan", environment=options)
    if not suite.build("tsan", "parley_tests"):
        return count + Count(failed=1)
    return count + suite.gtest("tsan", environment={"TSAN_OPTIONS": "halt_on_error=1"})


def benchmark(suite: Suite) -> Count:
    if not suite.build("release", "parley-sim"):
        return Count(failed=1)
    # They print figures; no time is ever a failure.
    count = suite.check("build/release/parley-sim", "bench")
    count += suite.check("build/release/parley-sim", "bench", "--ledger", "10000000")
    count += suite.check(sys.executable, "tests/benchmark/sweep.py", environment=suite.asked())
    print("".join(f"    {line}\n" for line in suite.log_path.read_text().splitlines()[-16:]), end="")
    return count


SUITES = {
    suite.__name__: suite for suite in (structure, format, simulator, theory, python, digests, sanitizers, benchmark)
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./bootstrap test", description="Runs the checks.")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"only these: {' '.join(SUITES)}")
    parser.add_argument("--all", action="store_true", help="also what takes long or needs the WebAssembly compiler")
    parser.add_argument("--setup-seconds", type=float, default=0, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    unknown = [name for name in arguments.suites if name not in SUITES]
    if unknown:
        parser.error(f"no such suite: {', '.join(unknown)}; there are: {', '.join(SUITES)}")

    # A runner in the background of a shell has Ctrl-C switched off, and so have its children; some tests press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

    minutes, total, failed = [("set-up", arguments.setup_seconds / 60, "")], Count(), []
    for name in arguments.suites or SUITES:
        print(f"{name} …", flush=True)
        suite, begun = Suite(name, arguments.all), time.monotonic()
        try:
            count = SUITES[name](suite)
        except Exception as error:  # a fault of the runner itself is a failure of its suite, and the others still run
            with suite.log_path.open("a") as log:
                log.write(f"{type(error).__name__}: {error}\n")
            count = Count(failed=1)
        total += count
        outcome = f"{count.passed} passed, {count.failed} failed" + (
            f", {count.skipped} skipped" if count.skipped else ""
        )
        minutes.append((name, (time.monotonic() - begun) / 60, outcome))
        print(f"{name}: {outcome}", flush=True)
        if count.failed:
            failed.append(name)
            print(f"--- end of {suite.log_path.relative_to(ROOT)}")
            print("\n".join(suite.log_path.read_text(errors="replace").splitlines()[-80:]))
            print("---", flush=True)

    print("\nsuite          minutes")
    for name, spent, outcome in minutes:
        print(f"{name:<14}{spent:>8.1f}   {outcome}".rstrip())
    print(f"{'sum':<14}{sum(spent for _, spent, _ in minutes):>8.1f}   on {CORES} cores\n")
    if failed:
        print(f"failed: {', '.join(failed)}")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
