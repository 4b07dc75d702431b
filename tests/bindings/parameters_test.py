"""One description feeds Python too: attributes, docstrings, the list."""

import math

import pytest

import parley

PARAMETERS = parley.parameters()


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: f"{parameter.kind}:{parameter.address}")
def test_every_parameter_is_described(parameter):
    assert parameter.symbol and parameter.unit and parameter.source
    assert len(parameter.meaning) > 5 and not parameter.meaning.endswith(".")
    assert parameter.confidence in ("A", "A*", "B", "C")
    assert parameter.type in ("float", "int", "bool", "choice")
    assert parameter.low < parameter.high
    assert parameter.address.endswith(parameter.label or parameter.name)
    if parameter.type == "choice":
        assert len(parameter.choices) == parameter.high - parameter.low + 1
        assert parameter.default in parameter.choices and parameter.value in parameter.choices
        return
    assert parameter.choices == []
    assert parameter.low <= parameter.default <= parameter.high
    assert math.isfinite(parameter.value)


def test_addresses_are_unique_and_both_kinds_are_there():
    assert len({(p.kind, p.address) for p in PARAMETERS}) == len(PARAMETERS)
    assert {p.kind for p in PARAMETERS} == {"parameter", "lever"}


def test_groups_have_documented_attributes():
    groups = parley.groups()
    for parameter in PARAMETERS:
        group = getattr(groups, parameter.group or "levers")
        value = getattr(group, parameter.name)
        assert (value[parameter.label] if parameter.label else value) == parameter.value
        text = getattr(type(group), parameter.name).__doc__
        for part in (parameter.symbol, parameter.meaning, parameter.source):
            assert part in text
        if parameter.unit != "1" and parameter.type != "bool":
            assert parameter.unit in text
        assert parameter.name in type(group).__doc__


def test_every_address_can_be_set():
    """What the list calls a parameter, --set takes; a lever by that name alone would be set in every mode."""
    for parameter in PARAMETERS:
        if parameter.label:
            continue  # the elements of an array may have to add up to one
        prefix = "status_quo." if parameter.kind == "lever" else ""
        value = "true" if parameter.type == "bool" else str(parameter.default)
        parley.study("toy", modes=["backing"], set=[f"{prefix}{parameter.address}={value}"])


def test_values_of_a_place():
    mine = {p.address: p for p in parley.parameters("toy") if p.kind == "parameter"}
    rate = mine["encounter.adverse_event_rate"]
    assert rate.value == 0.12 and rate.default < rate.value
    assert parley.groups("toy").encounter.adverse_event_rate == 0.12
    assert "adverse_event_rate=0.12" in repr(parley.groups("toy").encounter)


def test_a_choice_is_asked_for_and_shown_by_name():
    protocol = next(p for p in parley.parameters() if p.address == "customs.protocol")
    assert (protocol.type, protocol.default) == ("choice", "concession")
    assert protocol.choices == ["concession", "screening", "alternating_offers"]
    assert "concession, screening, alternating_offers" in protocol.sentence()
    assert parley.groups().customs.protocol == "concession"
    study = parley.study("toy", modes=["backing"], set=["customs.protocol=screening"])
    assert "protocol: screening" in study.text()
