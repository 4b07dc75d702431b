"""The verbs that say how far an answer, or a place, may be trusted."""

from __future__ import annotations

import argparse
import shlex
import sys

from parley.cli import DONE


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
    from parley.analysis import answer as answers

    found = answers.answer(
        arguments.study, modes=arguments.modes, replicates=arguments.replicates, years=arguments.years,
        burn_in=arguments.burn_in, seed=arguments.seed, draws=arguments.draws, split_replicates=arguments.split,
        draw_years=arguments.draw_years, draw_replicates=arguments.draw_replicates, folder=arguments.folder, progress=not arguments.quiet,
        command=_asked(arguments),
    )  # fmt: skip
    if arguments.page:
        print(f"page     {found.write(arguments.page)}")
    else:
        print(found)
    return DONE


def programme(arguments: argparse.Namespace) -> int:
    from parley.analysis import programme as programmes
    from parley.errors import Fault, ScenarioError

    try:
        found = programmes.programme(
            arguments.study, pairs=not arguments.alone, replicates=arguments.replicates, years=arguments.years,
            burn_in=arguments.burn_in, seed=arguments.seed, draws=arguments.draws, draw_years=arguments.draw_years,
            draw_replicates=arguments.draw_replicates, folder=arguments.folder, threads=arguments.threads,
            progress=not arguments.quiet, command=_asked(arguments),
        )  # fmt: skip
    except ValueError as error:  # nothing to compare
        fault = Fault(arguments.study, 0, 0, "", str(error))
        raise ScenarioError(str(fault), [fault]) from error
    if arguments.page:
        print(f"page     {found.write(arguments.page)}")
    else:
        print(found)
    return DONE


def provision(arguments: argparse.Namespace) -> int:
    from parley.analysis import provision as service
    from parley.errors import Fault, ScenarioError

    try:
        found = service.provision(
            arguments.study, modes=arguments.modes, replicates=arguments.replicates, years=arguments.years,
            burn_in=arguments.burn_in, seed=arguments.seed, folder=arguments.folder, threads=arguments.threads,
            progress=not arguments.quiet, command=_asked(arguments),
        )  # fmt: skip
    except ValueError as error:  # nothing to compare
        fault = Fault(arguments.study, 0, 0, "", str(error))
        raise ScenarioError(str(fault), [fault]) from error
    if arguments.page:
        print(f"page     {found.write(arguments.page)}")
    else:
        print(found)
    return DONE


def _asked(arguments: argparse.Namespace) -> str:
    """The command without what says where something is put, which is no part of what was asked."""
    words = [word for word in arguments.words if word != "--quiet"]
    for option in ("--page", "--folder"):
        if option in words:
            position = words.index(option)
            del words[position : position + 2]
    return shlex.join(["parley", *words])


def patterns(arguments: argparse.Namespace) -> int:
    from parley.analysis import patterns as table

    if arguments.markdown:
        print(table.markdown(), end="")
        return DONE
    chosen = table.of_place(arguments.place) if arguments.place else list(table.PATTERNS.values())
    for p in chosen:
        print(f"{p.id:<16} {p.use:<11} {p.low:g} to {p.high:g}  {p.statement} [{p.source}]")
    return DONE
