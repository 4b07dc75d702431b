"""One file, many readers, the same numbers."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray

import parley

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "opening_files.md"


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


def r_has(package: str) -> None:
    program = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    if subprocess.run([tool("Rscript"), "-e", program], capture_output=True, check=False).returncode != 0:
        pytest.skip(f"R has no package {package}")


BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
R_BLOCKS = {re.search(r"library\((\w+)\)", text)[1]: text for language, text in BLOCKS if language == "r"}


@pytest.mark.parametrize("package", ["hdf5r", "rhdf5", "ncdf4"])
def test_r(file, disputes, package):
    """The page's own lines, and then what they have read."""
    r_has(package)
    report = """
cat("\n", sum(disputes), length(disputes), sum(paid), policies, "\n")
cat(c(disputes), "\n")
"""
    done = subprocess.run(
        ["Rscript", "-e", R_BLOCKS[package] + report], cwd=file.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    summary, numbers = (line.split() for line in done.stdout.splitlines()[-2:])
    with h5py.File(file) as opened:
        paid = opened["cases/paid"][...].sum()
    assert [float(word) for word in summary[:3]] == pytest.approx([disputes.sum(), disputes.size, paid])
    assert summary[3:] == ["backing"]
    assert [
        int(word) for word in numbers
    ] == disputes.ravel().tolist()  # axes the other way round: same order in memory


# ---- The page on opening files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [i for i, (language, _) in enumerate(BLOCKS) if language == "python"])
def test_python_on_the_page(file, disputes, monkeypatch, number):
    monkeypatch.chdir(file.parent)
    made: dict = {}
    exec(BLOCKS[number][1], made)  # the page is ours
    if "disputes" in made:
        total = made["disputes"].sum()
        assert int(total) == disputes.sum()
    if "policies" in made:
        assert list(made["policies"]) == ["backing"] and set(made["outcomes"]) <= set(made["words"])
    if "settled" in made:
        answer = parley.open(file).cases()
        assert len(made["settled"]) == (answer.outcome == "agreement").sum() > 0
        assert made["cases"].closed.isna().sum() == answer.closed.isna().sum() > 0


def test_commands_on_the_page(file):
    lines = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]
    assert len(lines) == 5
    for line in lines[1:]:
        words = line.split()
        done = subprocess.run(
            [tool(words[0]), *words[1:]], cwd=file.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 and len(done.stdout) > 100, f"{line}: {done.stderr}"


def test_the_run_on_the_page(file, tmp_path):
    """It is the run that the fixture makes."""
    words = next(text.split() for language, text in BLOCKS if language == "sh")
    subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, check=True, capture_output=True)
    assert parley.digest(tmp_path / "toy.h5") == parley.digest(file)


# ---- Saved again by other tools -----------------------------------------------------------------------------------------


def saved_by_h5repack(source: Path, target: Path) -> None:
    subprocess.run([tool("h5repack"), source, target], check=True, capture_output=True)


def saved_by_nccopy(source: Path, target: Path) -> None:
    subprocess.run([tool("nccopy"), source, target], check=True, capture_output=True)


def saved_by_h5py(source: Path, target: Path) -> None:
    shutil.copy(source, target)
    with h5py.File(target, "r+") as opened:
        opened.attrs["note"] = "looked at"


def saved_by_xarray(source: Path, target: Path) -> None:
    with xarray.open_datatree(source, engine="h5netcdf") as tree:
        tree.load().to_netcdf(target, engine="h5netcdf")


@pytest.mark.parametrize("save", [saved_by_h5repack, saved_by_nccopy, saved_by_h5py, saved_by_xarray])
def test_saved_again(file, disputes, tmp_path, save):
    path = tmp_path / "again.h5"
    save(file, path)
    before, after = parley.open(file), parley.open(path)
    np.testing.assert_array_equal(after.metric("disputes"), disputes)
    assert after.cases().paid.sum() == before.cases().paid.sum()
    assert after.metrics.sizes == before.metrics.sizes
    assert (after.seed, after.years, after.title) == (before.seed, before.years, before.title)
    assert after.meanings("cases/outcome") == before.meanings("cases/outcome")


# ---- The layout that is told ------------------------------------------------------------------------------------------


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
