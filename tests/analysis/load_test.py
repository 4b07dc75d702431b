"""Opening files: Parley's own, through plain readers too, and everything that is not Parley's."""

import h5py
import numpy as np
import pytest
import synthetic
import xarray

from parley.analysis import load
from parley.errors import FileError


def test_what_a_file_says(study_file):
    results = load.open(study_file)
    assert results.policies == synthetic.POLICIES
    assert results.modes == ["backing", "purchased"]
    assert results.replicates == list(range(20)) and results.asked_replicates == 20 and results.complete
    assert (results.months, results.years, results.place, results.seed) == (60, 5, "toy_town", 1)
    assert results.dates[0] == np.datetime64("2015-01-01")
    assert results.population.sum() == 32_000_000
    assert results.metric("disputes").shape == (5, 20, 60, 6)
    assert results.parameters() == {"harm.adverse_event_rate": 0.1}
    assert [c.policy for c in results.contrasts] == ["purchased", "purchased:contract_only", "purchased:equal_spending"]
    assert results.contrasts[2].solved_lever == "unit_price" and results.contrasts[2].solved_value == 3150
    assert "20 replicates" in repr(results)


def test_metrics_are_an_xarray_dataset(study_file):
    metrics = load.open(study_file).metrics
    assert isinstance(metrics, xarray.Dataset)
    assert metrics.disputes.dims == ("policy", "replicate", "time", "place")
    assert metrics.time.dtype.kind == "M"
    assert metrics.disputes.sel(policy="backing").sum() > 0


def test_cases_are_a_table_with_names(study_file):
    cases = load.open(study_file).cases()
    assert len(cases) == 5 * 20 * 400 and "case" not in cases
    assert set(cases.severity.cat.categories) == {"minor", "moderate", "permanent", "death"}
    assert list(cases.policy.cat.categories) == synthetic.POLICIES
    assert cases.negligent.dtype == bool
    assert cases.paid.max() < 100_000  # yuan, not cents
    raw = load.open(study_file).case_columns("closed")["closed"]
    assert cases.closed.isna().sum() == (raw == synthetic.NOT_CLOSED).sum() > 0
    assert cases.closed.min() >= 0


def test_a_file_stays_free_for_the_next_run(study_file, tmp_path):
    copy = tmp_path / "copy.h5"
    copy.write_bytes(study_file.read_bytes())
    results = load.open(copy)
    results.metric("disputes"), results.cases(), results.metrics
    with h5py.File(copy, "r+") as file:  # HDF5 would refuse while another handle is open
        file.attrs["title"] = "again"


def test_names_that_are_not_there(study_file):
    results = load.open(study_file)
    with pytest.raises(KeyError, match="did you mean 'disputes'"):
        results.metric("disputs")
    with pytest.raises(KeyError, match="did you mean 'severity'"):
        results.case_columns("severty")


def test_without_cases(small_file):
    results = load.open(small_file)
    assert not results.has_cases
    with pytest.raises(FileError, match="--record cases"):
        results.cases()


def test_no_file(tmp_path, study_file):
    with pytest.raises(FileError, match="there is no such file"):
        load.open(tmp_path / "none.h5")
    with pytest.raises(FileError, match=r"did you mean 'study\.h5'"):
        load.open(study_file.with_name("stdy.h5"))
    with pytest.raises(FileError, match="is a folder"):
        load.open(tmp_path)


def test_not_hdf5(tmp_path):
    path = tmp_path / "text.h5"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FileError, match="not a file of Parley"):
        load.open(path)


def test_cut_off(tmp_path, small_file):
    path = tmp_path / "cut.h5"
    path.write_bytes(small_file.read_bytes()[:5000])
    with pytest.raises(FileError, match="not a file of Parley"):
        load.open(path)


def test_hdf5_of_somebody_else(tmp_path):
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file["x"] = [1, 2]
    with pytest.raises(FileError, match="not a result of Parley"):
        load.open(path)


def test_another_layout(tmp_path, small_file):
    path = tmp_path / "new.h5"
    path.write_bytes(small_file.read_bytes())
    with h5py.File(path, "r+") as file:
        file.attrs["parley_format"] = "2.0"
    with pytest.raises(FileError, match=r"layout 2\.0"):
        load.open(path)


def test_something_missing(tmp_path, small_file):
    path = tmp_path / "hole.h5"
    path.write_bytes(small_file.read_bytes())
    with h5py.File(path, "r+") as file:
        del file["population"]
    with pytest.raises(FileError, match="/population is missing"):
        load.open(path)


@pytest.mark.parametrize("kind", ["link", "storage"])
def test_other_files_are_not_followed(tmp_path, small_file, kind):
    """A file may ask a reader to open any other file of this machine; nothing of the kind is done."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"12345678" * 8)
    path = tmp_path / "bait.h5"
    path.write_bytes(small_file.read_bytes())
    with h5py.File(path, "r+") as file:
        del file["population"]
        if kind == "link":
            file["population"] = h5py.ExternalLink(str(secret), "/x")
        else:
            file.create_dataset("population", shape=(6,), dtype="i8", external=[(str(secret), 0, 48)])
    with pytest.raises(FileError, match=r"somewhere else|another file"):
        load.open(path)


def test_metrics_are_kept_within_a_bound(study_file, monkeypatch):
    from parley.analysis import load

    results = load.open(study_file)
    one = results.metric("disputes")
    assert results.metric("disputes") is one
    monkeypatch.setattr(load, "MOST_KEPT", 3 * one.nbytes)
    for name in ("closed", "paid", "disputes", "owed"):
        results.metric(name)
    assert list(results._read) == ["paid", "disputes", "owed"] and results.metric("disputes") is one
    assert (results.metric("closed") == load.open(study_file).metric("closed")).all()
