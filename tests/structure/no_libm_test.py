"""The simulator's numbers never pass through libm's transcendental functions, whose last bits differ between machines."""

import re
import shutil
import subprocess

import pytest
from house import ROOT, bare_code, named, under

LIBRARY = ROOT / "build" / "release" / "libparley_sim.a"
# Exactly rounded by IEEE 754 or exact by nature; everything else that libm offers is out.
EXACT = {"sqrt", "floor", "ceil", "trunc", "rint", "nearbyint", "round", "lround", "llround", "lrint", "llrint", "fabs",
         "fmin", "fmax", "copysign", "ldexp", "scalbn", "scalbln", "frexp", "modf", "ilogb", "logb", "nextafter", "fmod",
         "remainder", "fdim", "nan"}  # fmt: skip
FUNCTIONS = (
    "exp exp2 exp10 expm1 log log2 log10 log1p pow sin cos tan sincos asin acos atan atan2 sinh cosh tanh asinh acosh "
    "atanh erf erfc tgamma lgamma gamma cbrt hypot fma j0 j1 jn y0 y1 yn"
).split()
SYMBOL = re.compile(rf"^(?:__)?(?:{'|'.join(FUNCTIONS)})[fl]?(?:_r|_finite)?$")
CALL = re.compile(rf"\bstd::(?:{'|'.join(FUNCTIONS)}|\w+_distribution|random_device|mt19937(?:_64)?)\b")


def test_the_lists_do_not_overlap():
    assert not EXACT & set(FUNCTIONS)


def test_library_calls_no_transcendental():
    if not LIBRARY.exists():
        pytest.fail("build/release/libparley_sim.a is not built: cmake --preset release && cmake --build build/release")
    nm = shutil.which("nm")
    assert nm, "nm is needed (it comes with the compiler)"
    listing = subprocess.run([nm, "-u", "-A", LIBRARY], capture_output=True, text=True, check=True).stdout
    called = [line for line in listing.splitlines() if SYMBOL.match(line.split()[-1].split("@")[0])]
    assert "U " in listing, "nm listed nothing"
    assert not called, "\n".join(called)


@pytest.mark.parametrize("path", under("sim", suffixes=(".hpp", ".cpp")), ids=named)
def test_source_names_none(path):
    code = bare_code(path.read_text())
    found = [f"{named(path)}:{code.count(chr(10), 0, m.start()) + 1}: {m[0]}" for m in CALL.finditer(code)]
    assert not found, "\n".join(found)
