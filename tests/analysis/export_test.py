"""Tables for other programs: the same rows, whatever the format."""

import pandas
import pytest

import parley
from parley import MissingExtra
from parley.analysis import export, load


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    result = parley.compare("toy", modes=["backing", "purchased"], years=1, burn_in=1, replicates=2)
    return result.write(tmp_path_factory.mktemp("export") / "a.h5")


def test_cases_in_every_format(results, tmp_path):
    pytest.importorskip("pyarrow")
    expected = results.cases()
    readers = {".csv": pandas.read_csv, ".parquet": pandas.read_parquet, ".arrow": pandas.read_feather}
    assert set(readers) == set(export.ENDINGS)
    for ending, read in readers.items():
        found = read(export.export(results, tmp_path / f"cases{ending}"))
        assert list(found) == list(expected) and len(found) == len(expected)
        assert found["paid"].sum() == pytest.approx(expected["paid"].sum())
        assert found["outcome"].astype(str).tolist() == expected["outcome"].astype(str).tolist()


def test_metrics_and_sweeps(results, tmp_path):
    metrics = export.table(results, "metrics")
    assert len(metrics) == len(results.policies) * 2 * 12 * 3
    assert metrics["disputes"].sum() == results.metric("disputes").sum()
    sweep = parley.sweep("toy", {"authority": [0, 1]}, replicates=2, years=1)
    assert len(export.table(sweep)) == 4 and "authority" in export.table(sweep, "runs")


def test_money_is_in_yuan_and_units_stand_beside_the_table(results, tmp_path):
    frame = export.table(results, "metrics")
    assert frame["public_outlay"].sum() == pytest.approx(results.metric("public_outlay").sum() / 100)
    path = export.export(results, tmp_path / "metrics.csv", "metrics")
    columns = pandas.read_csv(export.columns_file(path), keep_default_na=False).set_index("column")
    assert columns.index.tolist() == list(pandas.read_csv(path).columns)
    assert (
        columns.loc["public_outlay", "unit"] == "yuan" and "public budgets" in columns.loc["public_outlay", "meaning"]
    )
    assert "millionths" not in columns.loc["trust", "meaning"]
    assert export.columns(results, "cases").set_index("column").loc["paid", "unit"] == "yuan"


def test_polars(results):
    pytest.importorskip("polars")
    frame = export.to_polars(results, "cases")
    assert frame.height == len(results.cases()) and "outcome" in frame.columns


def test_faults(results, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match=r"\.csv, \.parquet, \.arrow"):
        export.export(results, tmp_path / "cases.xlsx")
    with pytest.raises(ValueError, match="did you mean 'cases'"):
        export.table(results, "case")
    with pytest.raises(load.FileError, match="record full"):
        export.table(results, "stages")
    monkeypatch.setattr(export, "need", lambda module, *_: (_ for _ in ()).throw(MissingExtra(f"{module} is missing")))
    with pytest.raises(MissingExtra, match="pyarrow"):
        export.export(results, tmp_path / "cases.parquet")


def test_the_verb(results, tmp_path, capsys):
    from parley import cli

    assert cli.main(["export", str(results.path), str(tmp_path / "m.csv"), "--table", "metrics"]) == 0
    assert "m.csv" in capsys.readouterr().out and (tmp_path / "m.csv").exists()
    assert cli.main(["export", str(results.path), str(tmp_path / "m.xls")]) == 2
