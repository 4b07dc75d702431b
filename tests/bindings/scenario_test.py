"""Studies by name, by file, with other values; faults come back whole."""

from pathlib import Path

import numpy as np
import pytest

import parley


def test_a_study_by_name():
    study = parley.study("chongqing")
    assert (study.place, study.baseline, study.years, study.replicates) == ("chongqing", "backing", 5, 20)
    assert study.modes == ["backing", "purchased"]
    assert study.contrasts == ["bundle", "contract_only", "equal_spending"]
    assert study.population == sum(study.districts.values()) > 30_000_000
    assert "chongqing" in repr(study)


def test_other_values():
    study = parley.study("toy", modes=["purchased", "backing"], baseline="backing", years=2, burn_in=0, replicates=7,
                         seed=2**63 - 1, set={"encounter.adverse_event_rate": np.float64(0.1), "place.committees": 2})  # fmt: skip
    assert (study.modes, study.baseline) == (["purchased", "backing"], "backing")
    assert (study.years, study.burn_in_years, study.replicates, study.seed) == (2, 0, 7, 2**63 - 1)
    assert study.parameters.encounter.adverse_event_rate == 0.1
    assert study.parameters.place.committees == 2
    assert parley.study("toy", modes="backing", set="encounter.adverse_event_rate=0.1").parameters.encounter


def test_the_text_of_a_study_is_the_study(tmp_path):
    study = parley.study("toy", modes=["backing", "purchased"], set={"encounter.adverse_event_rate": 0.1})
    path = tmp_path / "again.yaml"
    path.write_text(study.text(), encoding="utf-8")
    assert parley.study(path).text() == study.text()
    assert parley.check(path) == "study"


def test_where_scenarios_are_looked_for(tmp_path, monkeypatch):
    toy = next(one["file"] for one in parley.scenarios() if one["kind"] == "place" and one["slug"] == "toy")
    for folder in ("named", "here/scenarios"):
        (tmp_path / folder / "places").mkdir(parents=True)
    text = Path(toy).read_text(encoding="utf-8")
    (tmp_path / "here/scenarios/places/toy.yaml").write_text(text.replace("title: Toy", "title: Toy of the folder"))
    monkeypatch.chdir(tmp_path / "here")
    assert parley.study("toy", modes=["backing"]).place_title == "Toy of the folder"
    (tmp_path / "named/places/toy.yaml").write_text(text.replace("title: Toy", "title: Toy of the variable"))
    monkeypatch.setenv("PARLEY_SCENARIOS", str(tmp_path / "named"))
    assert parley.study("toy", modes=["backing"]).place_title == "Toy of the variable"


def test_every_scenario_that_comes_with_parley_is_sound():
    found = parley.scenarios()
    assert {one["kind"] for one in found} == {"place", "mode", "study"}
    for one in found:
        assert parley.check(one["file"]) == one["kind"]


def test_all_faults_at_once(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "place: wrong\n"
        "title: Wrong\n"
        "title: Twice\n"
        "numbers:\n"
        "  comittees: 3\n"
        "parameters:\n"
        "  encounter:\n"
        "    adverse_event_rate: 7\n"
        "districts:\n"
        "  - {slug: a, population: 100}\n"
    )
    with pytest.raises(parley.ScenarioError) as caught:
        parley.study(path, modes=["backing"])
    faults = caught.value.faults
    assert len(faults) >= 3
    assert all(isinstance(fault, parley.Fault) and fault.file == str(path) for fault in faults)
    by_line = {fault.line: fault for fault in faults}
    assert "title" in by_line[3].message or by_line[3].key == "title"
    assert "committees" in by_line[5].message  # the nearest name
    assert by_line[8].column > 0 and "0.12" in by_line[8].message  # what is allowed
    assert isinstance(caught.value, parley.ParleyError)
    assert f"{path}:8" in str(caught.value)


def test_errors_survive_pickling():
    import pickle

    error = parley.ScenarioError("text", [parley.Fault("a.yaml", 1, 2, "key", "message")])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.faults) == (str(error), error.faults)


def test_a_name_that_is_not_there():
    with pytest.raises(parley.ScenarioError, match="chongqing"):
        parley.study("chonqing")
    with pytest.raises(parley.ScenarioError, match="backing"):
        parley.study("toy", modes=["baking"])


def test_a_study_is_read_only():
    study = parley.study("toy", modes=["backing"])
    with pytest.raises(AttributeError):
        study.years = 3
    with pytest.raises(AttributeError, match="set="):
        study.parameters.encounter.adverse_event_rate = 0.1


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"years": "2"}, TypeError, "years must be a whole number, not '2'"),
        ({"years": True}, TypeError, "years must be a whole number, not True"),
        ({"replicates": 2.5}, TypeError, "replicates must be a whole number, not 2.5"),
        ({"seed": -1}, ValueError, "seed must be a whole number from 0 to 9223372036854775807, not -1"),
        ({"years": 10**30}, ValueError, "years must be a whole number from"),
        ({"mode": 3}, TypeError, "mode must be a name or the path of a file, not 3"),
        ({"set": 3}, TypeError, "set must be a dict or a list of texts KEY=VALUE, not 3"),
    ],
)
def test_a_wrong_argument_is_told_in_words(asked, kind, said):
    with pytest.raises(kind) as raised:
        parley.run("toy", **asked)
    assert isinstance(raised.value, parley.ParleyError) and said in str(raised.value)


def test_any_whole_number_will_do():
    assert parley.study("toy", modes=["backing"], years=np.int64(2)).years == 2


def test_a_name_that_is_not_there_is_told_without_quotation_marks():
    error = parley.NoSuchName("the sweep has no policy 'a'")
    assert isinstance(error, KeyError) and str(error) == "the sweep has no policy 'a'"


def test_a_study_asked_of_other_modes_is_named_by_its_place(tmp_path):
    same = parley.compare("chenggong", replicates=2, years=1, burn_in=0).write(tmp_path / "same.h5")
    assert same.title == "Backing against purchased services in Chenggong" and same.question
    other = parley.compare("chenggong", modes=["backing", "ceded"], replicates=2, years=1, burn_in=0)
    found = other.write(tmp_path / "other.h5")
    assert "against" not in found.title and "Chenggong" in found.title and not found.question
