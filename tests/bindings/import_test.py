"""Importing is cheap, and what is promised at the top is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import parley


def loaded_after(statement: str) -> set[str]:
    program = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_import_loads_nothing_heavy():
    modules = loaded_after("import parley")
    heavy = {"numpy", "h5py", "xarray", "pandas", "scipy", "matplotlib", "parley._parley"}
    assert not modules & heavy


def test_the_simulator_needs_numpy_alone():
    modules = loaded_after(
        "import parley; r = parley.run('toy', 'backing', years=1, burn_in=0, replicates=1); r.metrics(0, 0); r.cases(0, 0)"
    )
    assert "numpy" in modules
    assert not modules & {"h5py", "xarray", "pandas", "scipy", "matplotlib"}


@pytest.mark.parametrize("name", parley.__all__)
def test_what_is_promised_is_there(name):
    assert getattr(parley, name) is not None
    assert name in dir(parley)


def test_the_modules_of_the_analysis_come_when_asked_for():
    program = "import parley; parley.analysis.export.to_polars; parley.analysis.flow.table; assert 'welfare' in dir(parley.analysis)"
    subprocess.run([sys.executable, "-c", program], check=True)
    with pytest.raises(AttributeError, match="did you mean 'export'"):
        parley.analysis.exprot  # noqa: B018


def test_every_name_of_the_guide_is_there():
    """Each `parley.…` of the snippets and the text, and each import, in an interpreter that imported nothing else."""
    text = (Path(__file__).parents[2] / "docs/guide/python.md").read_text(encoding="utf-8")
    names = sorted(set(re.findall(r"\bparley(?:\.[A-Za-z_]+)+(?=[(\x60,]| as )", text)))
    assert "parley.analysis.export.to_polars" in names and "parley.programme" in names
    for name in names:
        subprocess.run([sys.executable, "-c", f"import parley; {name}"], check=True, capture_output=True)
    for line in re.findall(r"^(?:from|import) parley.*$", text, re.MULTILINE):
        subprocess.run([sys.executable, "-c", line], check=True, capture_output=True)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="did you mean 'compare'"):
        parley.comapre  # noqa: B018


@pytest.mark.parametrize("order", [("parley._parley", "h5py", "netCDF4"), ("h5py", "parley._parley", "netCDF4"),
                                   ("netCDF4", "h5py", "parley._parley"), ("netCDF4", "parley._parley", "h5py")])  # fmt: skip
def test_hdf5_libraries_live_together(order, small_file):
    """Each of the three brings its own HDF5; every order of importing them reads the file."""
    program = "".join(f"import {name}\n" for name in order) + (
        "import sys, parley\n"
        "path = sys.argv[1]\n"
        "one = parley.digest(path)\n"
        "with h5py.File(path) as file: two = file['provenance/run/digest'][()].decode()\n"
        "with netCDF4.Dataset(path) as file: three = str(file['provenance/run/digest'][...])\n"
        "assert one == two == three, (one, two, three)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(small_file)], check=True)
