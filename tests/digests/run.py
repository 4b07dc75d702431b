"""The same digest from every build: compilers, optimisation levels, thread counts, processor features, WebAssembly.

Each build is of parley_smoke alone, which prints one digest (its argument is the number of threads). With oneTBB in, it
runs with 1, 2, 3 and 8 threads; one more run masks FMA and AVX2 from libm, which would show a leak of libm into results.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "digests"
THREADS = (1, 2, 3, 8)
SMOKE_ONLY = [f"-DPARLEY_{part}=OFF" for part in ("WITH_HDF5", "WITH_YAML", "BUILD_CLI", "BUILD_TESTS", "BUILD_PYTHON")]
MASKED = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4"}


def build(name: str, *options: str, through: tuple[str, ...] = (), environment: dict[str, str] | None = None) -> Path:
    """Configures (once) and builds parley_smoke in build/digests/NAME."""
    folder = BUILD / name
    surroundings = {**os.environ, **(environment or {})}
    if not (folder / "build.ninja").exists():
        subprocess.run(
            [*through, "cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", *SMOKE_ONLY, *options],
            check=True, env=surroundings,
        )  # fmt: skip
    subprocess.run(["cmake", "--build", folder, "--target", "parley_smoke"], check=True, env=surroundings)
    return folder


def release() -> list[str]:
    """What users run: gcc (or the machine's own compiler) with -O3."""
    if not (ROOT / "build" / "release" / "build.ninja").exists():
        subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True)
    subprocess.run(["cmake", "--build", "build/release", "--target", "parley_smoke"], cwd=ROOT, check=True)
    return [str(ROOT / "build" / "release" / "parley_smoke")]


def native(name: str, compiler: str, flags: str) -> list[str]:
    folder = build(name, f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=None", f"-DCMAKE_CXX_FLAGS={flags}")
    return [str(folder / "parley_smoke")]


def wasm() -> list[str]:
    """Debian's emscripten, with Boost's headers through a folder that holds nothing else of the system."""
    boost = boost_headers()
    only_boost = BUILD / "only_boost"
    only_boost.mkdir(parents=True, exist_ok=True)
    link = only_boost / "boost"
    if not link.exists():
        link.symlink_to(boost / "boost", target_is_directory=True)
    scratch = BUILD / "scratch"  # emscripten's own: neither its cache nor its settings go into the home folder
    scratch.mkdir(exist_ok=True)
    flags = "-fwasm-exceptions"
    folder = build(
        "wasm", "-DCMAKE_BUILD_TYPE=None", "-DPARLEY_WITH_TBB=OFF",
        f"-DBoost_INCLUDE_DIR={only_boost}", f"-DCMAKE_CXX_FLAGS=-O2 {flags}",
        # One file: this emscripten cannot load a separate .wasm on newer Nodes.
        f"-DCMAKE_EXE_LINKER_FLAGS={flags} -sSINGLE_FILE=1 -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=node -sEXIT_RUNTIME=1",
        through=("emcmake",),
        environment={"TMPDIR": str(scratch), "NODE_PATH": "/usr/share/nodejs:/usr/lib/nodejs"},
    )  # fmt: skip
    return ["node", str(folder / "parley_smoke.js")]


def boost_headers() -> Path:
    """The folder that holds boost/, of the same Boost as in the release build."""
    cache = (ROOT / "build" / "release" / "CMakeCache.txt").read_text()
    found = re.search(r"^Boost_INCLUDE_DIR:PATH=(.+)$", cache, re.MULTILINE)
    folders = [found[1]] if found else []
    for folder in map(
        Path, [*folders, f"{os.environ.get('CONDA_PREFIX', '/usr')}/include", "/usr/include", "/usr/local/include"]
    ):
        if (folder / "boost" / "version.hpp").is_file():
            return folder
    sys.exit("Boost's headers were not found")


class Table:
    """Digests as they come, and how many of them agree with the first."""

    def __init__(self) -> None:
        self.first, self.passed, self.failed, self.skipped = "", 0, 0, 0

    def run(self, name: str, program: list[str], threads: int = 1, environment: dict[str, str] | None = None) -> None:
        ran = subprocess.run(
            [*program, str(threads)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **(environment or {})},
        )
        digest = ran.stdout.strip()
        good = ran.returncode == 0 and re.fullmatch(r"[0-9a-f]{16,}", digest) is not None
        self.first = self.first or (digest if good else "")
        same = good and digest == self.first
        self.passed, self.failed = self.passed + same, self.failed + (not same)
        print(f"{name:<28}{threads:>2} threads  {digest or '(nothing)'}{'' if same else '  DIFFERENT'}", flush=True)
        if ran.returncode != 0 or not good:
            print(ran.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the counts here")
    parser.add_argument("--require-wasm", action="store_true", help="no WebAssembly compiler is a failure")
    arguments = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)

    table = Table()
    builds = {
        "release": release,
        "gcc-O0": lambda: native("gcc-O0", "g++", "-O0"),
        "clang-O3": lambda: native("clang-O3", "clang++", "-O3 -DNDEBUG"),
        "clang-O0": lambda: native("clang-O0", "clang++", "-O0"),
    }
    for name, program_of in builds.items():
        try:
            program = program_of()
        except subprocess.CalledProcessError as error:
            print(f"{name}: {error}", flush=True)
            table.failed += 1
            continue
        for threads in THREADS:
            table.run(name, program, threads)
        table.run(f"{name} without FMA, AVX2", program, environment=MASKED)
    if shutil.which("em++") and shutil.which("node"):
        try:
            table.run("emscripten, node", wasm())
        except subprocess.CalledProcessError as error:
            print(f"emscripten: {error}", flush=True)
            table.failed += 1
    elif arguments.require_wasm:
        print("em++ and node are needed for the WebAssembly build")
        table.failed += 1
    else:
        print("no em++ or no node here: the WebAssembly build is left out (./bootstrap test --all brings them)")
        table.skipped += 1

    counts = {"passed": table.passed, "failed": table.failed, "skipped": table.skipped}
    if arguments.json:
        arguments.json.write_text(json.dumps(counts))
    print(counts)
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
