"""One file, many readers, the same numbers."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray

import parley


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("everywhere") / "toy.h5"
    parley.run("toy", "backing", years=1, burn_in=0, replicates=2, record="full", panel=5).write(path)
    return path


@pytest.fixture(scope="module")
def disputes(file) -> np.ndarray:
    with h5py.File(file) as opened:
        return opened["disputes"][...]


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
@pytest.mark.parametrize(
    "group", [None, "cases", "stages", "ledger", "snapshots/hospitals", "snapshots/patients", "certificate", "graph"]
)
def test_xarray(file, disputes, engine, group):
    with xarray.open_dataset(file, engine=engine, group=group) as opened:
        opened.load()
        if group is None:
            assert opened.disputes.dims == ("policy", "replicate", "time", "place")
            np.testing.assert_array_equal(opened.disputes, disputes)
            assert str(opened.time.values[0])[:10] == "2015-01-01"
        if group == "snapshots/hospitals":
            assert opened.safety.dims == ("policy", "replicate", "month", "hospital")
            assert float(opened.safety.min()) > 0


def test_pandas(file, disputes):
    answer = parley.open(file)
    cases = answer.cases()
    assert (cases.opened >= 0).sum() == disputes.sum()
    stages, ledger = answer.stages(), answer.ledger()
    assert set(stages.case) >= set(cases.id)
    assert ledger.yuan.min() > 0
    paid = ledger[ledger.reason == "compensation"].groupby(["replicate", "case"]).yuan.sum()
    merged = cases.set_index(["replicate", "id"]).paid
    np.testing.assert_allclose(paid.reindex(merged.index).fillna(0), merged)
    hospital = ledger[ledger["from"].astype(str).str.startswith("hospital")]
    assert set(hospital.reason) >= {"premium", "compensation"}
    assert answer.snapshot("patients").trust.dims == ("policy", "replicate", "month", "patient", "object")
    with pytest.raises(KeyError, match="did you mean 'hospitals'"):
        answer.snapshot("hospital")


def test_ncdump(file):
    text = subprocess.run([tool("ncdump"), "-h", file], capture_output=True, text=True, check=True).stdout
    assert "int64 disputes(policy, replicate, time, place)" in text
    assert "group: cases" in text and "group: patients" in text
    values = subprocess.run([tool("ncdump"), "-v", "period_days", file], capture_output=True, text=True, check=True)
    assert re.search(r"period_days = 31, 28, 31", values.stdout)


def test_h5dump(file, disputes):
    text = subprocess.run([tool("h5dump"), "-d", "/disputes", "-y", file], capture_output=True, text=True, check=True)
    numbers = re.search(r"DATA \{(.*?)\}", text.stdout, re.DOTALL)
    assert [int(n) for n in re.findall(r"\d+", numbers[1])] == disputes.ravel().tolist()


def test_r(file, disputes):
    program = (
        'suppressMessages(library(hdf5r)); f <- H5File$new(commandArgs(TRUE)[1], "r"); '
        'x <- f[["disputes"]][,,,]; cat(sum(x), length(x), f[["cases/paid"]]$dims, f[["policy"]][])'
    )
    if subprocess.run([tool("Rscript"), "-e", "library(hdf5r)"], capture_output=True, check=False).returncode != 0:
        pytest.skip("R has no package hdf5r")
    words = subprocess.run(["Rscript", "-e", program, file], capture_output=True, text=True, check=True).stdout.split()
    assert words[:2] == [str(disputes.sum()), str(disputes.size)]
    assert words[3] == "backing"


def test_json_of_the_layout_names_what_the_file_holds(file, capsys):
    from parley import cli

    cli.main(["layout", "--json"])
    known = {row["path"]: row for row in json.loads(capsys.readouterr().out)}
    with h5py.File(file) as opened:

        def visit(name, item):
            if isinstance(item, h5py.Dataset) and not (item.is_scale and item.dtype == np.dtype(">f4")):
                row = known[f"/{name}"]
                assert item.attrs["long_name"] == row["meaning"]
                assert item.attrs.get("units", "") == row["unit"] or row["unit"].startswith("days since"), name

        opened.visititems(visit)
