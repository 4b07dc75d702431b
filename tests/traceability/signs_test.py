"""What the seed documents name has a sign in the model: one value is moved, and a metric answers in the direction claimed.

The table is signs.yaml; docs/model/traceability.md says which row of which document each test stands for. Both values of a
test run on common luck, so a difference is taken within each replicate; it has to lie clear of zero on the side claimed. How
large it is, is no test: sizes are for calibration and validation.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

import parley
from parley import _parley

HERE = Path(__file__).parent
SIGNS = yaml.safe_load((HERE / "signs.yaml").read_text(encoding="utf-8"))
USUAL = {"place": "quarrelsome", "years": 1, "burn_in": 0, "replicates": 6}
KEYS = {
    "name",
    "change",
    "low",
    "high",
    "metric",
    "per",
    "then",
    "set",
    "since",
    "when",
    "district",
    "within",
}
SEED = 1
STANDARD_ERRORS = 2


def place_of(sign: dict) -> str:
    own = HERE / f"{sign.get('place', USUAL['place'])}.yaml"
    return str(own) if own.exists() else sign["place"]


@cache
def known(place: str) -> dict[str, parley.Parameter]:
    return {parameter.address: parameter for parameter in parley.parameters(place)}


def word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def mode_text(sign: dict, value: object) -> str:
    """A lever that is moved from a date on, under a condition or in one district alone needs a mode of its own."""
    lever, rest = sign["change"], f"levers: {{{sign['change']}: {word(sign['low'])}}}\n"
    if value != sign["low"]:
        if "district" in sign:
            rest += f"district_levers: {{{sign['district']}: {{{lever}: {word(value)}}}}}\n"
        else:
            until = f"when: {sign['when']}" if "when" in sign else f"from: {sign['since']}"
            rest += f"dated_levers: [{{lever: {lever}, value: {word(value)}, {until}}}]\n"
    return f"mode: moved\ntitle: Moved\nsources: [test]\n{rest}"


@cache
def totals(
    place: str, mode: str, settings: tuple, years: int, burn_in: int, replicates: int, folder: Path
) -> np.ndarray:
    """Metrics of one arm over (replicate, metric, district), summed over its months. Tests that share an arm share its run."""
    file = None
    if mode:
        file = folder / "moved.yaml"
        file.write_text(mode, encoding="utf-8")
    result = parley.run(
        place,
        file and str(file),
        years=years,
        burn_in=burn_in,
        replicates=replicates,
        seed=SEED,
        set=dict(settings),
        record="metrics",
    )
    return np.array([result.metrics(0, replicate).sum(axis=1) for replicate in range(replicates)], dtype=float)


def measured(sign: dict, value: object, folder: Path) -> np.ndarray:
    """The metric of a test in each replicate, at one of its two values."""
    settings = dict(sign.get("set", {}))
    special = bool({"since", "when", "district"} & set(sign))
    if not special:
        settings[sign["change"]] = value
    asked = {key: sign.get(key, usual) for key, usual in USUAL.items() if key != "place"}
    numbers = totals(
        place_of(sign), mode_text(sign, value) if special else "", tuple(settings.items()), **asked, folder=folder
    )
    if "within" in sign:
        district = list(parley.study(place_of(sign), modes=["status_quo"]).districts).index(sign["within"])
        numbers = numbers[:, :, [district]]
    sums = dict(zip(_parley.metric_names, numbers.sum(axis=2).T, strict=True))
    return sums[sign["metric"]] / sums[sign["per"]] if "per" in sign else sums[sign["metric"]]


def clear(difference: np.ndarray, then: str) -> bool:
    """Whether a paired difference lies on the side claimed, further from zero than luck explains."""
    claimed = difference.mean() * {"rises": 1, "falls": -1}[then]
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    return bool(claimed > STANDARD_ERRORS * error and claimed > 0)


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("modes")


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign["name"])
def test_sign(sign, folder):
    parameter = known(place_of(sign))[sign["change"]]
    for value in (sign["low"], sign["high"]):
        assert parameter.low <= float(value) <= parameter.high, f"{value} is outside the range described"
    low, high = measured(sign, sign["low"], folder), measured(sign, sign["high"], folder)
    assert clear(high - low, sign["then"]), (
        f"{sign['metric']} {sign['then']}? {low.mean():.6g} at {sign['low']}, {high.mean():.6g} at {sign['high']}; "
        f"differences {high - low}"
    )


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign["name"])
def test_entry(sign):
    assert set(sign) <= KEYS | set(USUAL), "a slip of the finger is no setting"
    assert float(sign["low"]) < float(sign["high"])
    assert sign["then"] in ("rises", "falls")


def test_names_are_used_once():
    names = [sign["name"] for sign in SIGNS]
    assert sorted(names) == sorted(set(names))


def test_the_check_sees_what_it_should():
    assert clear(np.array([3.0, 2.0, 4.0]), "rises") and clear(np.array([-1.0, -1.0]), "falls")
    assert not clear(np.zeros(4), "rises") and not clear(np.zeros(4), "falls")  # nothing happens
    assert not clear(np.array([3.0, 2.0, 4.0]), "falls")  # the wrong way
    assert not clear(np.array([3.0, -2.0, 4.0, -3.0]), "rises")  # luck
