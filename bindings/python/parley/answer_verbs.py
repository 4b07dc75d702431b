"""The verbs that say how far an answer, or a place, may be trusted."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from parley.cli import DONE

PLACES_OF_FILES = ("--page", "--folder", "--out")
"""Options that say where something is put, which is no part of what was asked."""


def validate(arguments: argparse.Namespace) -> int:
    from parley.analysis import validate as validation

    found = validation.validate(
        arguments.place, replicates=arguments.replicates, years=arguments.years, burn_in=arguments.burn_in,
        seed=arguments.seed, set=arguments.set, threads=arguments.threads, progress=not arguments.quiet,
    )  # fmt: skip
    if arguments.json:
        import json

        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        print(found)
    if arguments.page:
        print(f"\npage     {found.write(arguments.page)}", file=sys.stderr)
    return DONE


def answer(arguments: argparse.Namespace) -> int:
    from parley import scenario
    from parley.analysis import answer as answers

    study = scenario.study(arguments.study, modes=arguments.modes)
    scenario.require_two_modes(study, "--modes" if arguments.modes else arguments.study, no_more=True)
    with plainly(arguments.study):
        found = answers.answer(
            arguments.study, modes=arguments.modes, replicates=arguments.replicates, years=arguments.years,
            burn_in=arguments.burn_in, seed=arguments.seed, draws=arguments.draws, split_replicates=arguments.split,
            split_years=arguments.split_years, draw_years=arguments.draw_years, draw_replicates=arguments.draw_replicates, folder=arguments.folder,
            threads=arguments.threads, progress=not arguments.quiet, command=asked(arguments),
        )  # fmt: skip
    return _told(found, arguments.page)


def programme(arguments: argparse.Namespace) -> int:
    from parley.analysis import programme as programmes

    with plainly(arguments.study):
        found = programmes.programme(
            arguments.study, pairs=not arguments.alone, replicates=arguments.replicates, years=arguments.years,
            burn_in=arguments.burn_in, seed=arguments.seed, draws=arguments.draws, draw_years=arguments.draw_years,
            draw_replicates=arguments.draw_replicates, folder=arguments.folder, threads=arguments.threads,
            progress=not arguments.quiet, command=asked(arguments),
        )  # fmt: skip
    return _told(found, arguments.page)


def provision(arguments: argparse.Namespace) -> int:
    from parley.analysis import provision as service

    with plainly(arguments.study):
        found = service.provision(
            arguments.study, modes=arguments.modes, replicates=arguments.replicates, years=arguments.years,
            burn_in=arguments.burn_in, seed=arguments.seed, folder=arguments.folder, threads=arguments.threads,
            progress=not arguments.quiet, command=asked(arguments),
        )  # fmt: skip
    return _told(found, arguments.page)


def _told(found: Any, page: str | None) -> int:
    """Write the page of an answer, or print it."""
    if page:
        print(f"page     {found.write(page)}")
    else:
        print(found)
    return DONE


def asked(arguments: argparse.Namespace) -> str:
    """The command without what says where something is put, which is no part of what was asked."""
    words = [word for word in arguments.words if word != "--quiet"]
    for option in PLACES_OF_FILES:
        if option in words:
            position = words.index(option)
            del words[position : position + 2]
    return shlex.join(["parley", *words])


@contextmanager
def plainly(study: str) -> Iterator[None]:
    """What an analysis finds too small, too short or too little to answer from is a fault of what was asked."""
    from parley.errors import Fault, ParleyError, ScenarioError

    try:
        yield
    except ParleyError:  # which says already whose fault it is
        raise
    except ValueError as error:
        fault = Fault(study, 0, 0, "", str(error))
        raise ScenarioError(str(fault), [fault]) from error


def patterns(arguments: argparse.Namespace) -> int:
    from parley.analysis import patterns as table

    if arguments.markdown:
        print(table.markdown(), end="")
        return DONE
    print(table.listing(arguments.place))
    return DONE
