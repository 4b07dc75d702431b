"""What each verb of the command line does; answers go to standard output, everything said on the way to the error stream."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley import answer_verbs, destinations, interior_verb
from parley.cli import DIFFERENT, DONE, STOPPED, YOUR_FAULT

if TYPE_CHECKING:
    from parley._parley import Journal, Result, Study
    from parley.analysis.compare import Comparison
    from parley.analysis.load import Results
    from parley.analysis.precision import Precision

WIDTH_WITHOUT_TERMINAL, NARROWEST, WIDEST = 116, 60, 160

# ---- run and compare --------------------------------------------------------------------------------------------------


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    return dict(years=arguments.years, burn_in=arguments.burn_in, replicates=arguments.replicates, seed=arguments.seed,
                set=arguments.set)  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    from parley import scenario

    study = scenario.single(arguments.place, arguments.mode, **_options(arguments))
    mode = study.modes[0] if study.modes else "status_quo"
    return _execute(arguments, study, f"{study.slug}-{mode}.h5")


def compare(arguments: argparse.Namespace) -> int:
    from parley import scenario

    study = scenario.study(arguments.study, modes=arguments.modes, baseline=arguments.baseline, **_options(arguments))
    if arguments.posterior:
        from parley import running

        asked = _precision(arguments, study)
        study = running.with_posterior(study, arguments.posterior, asked.budget if asked else None)
    scenario.require_two_modes(study, "--modes" if arguments.modes else arguments.study)
    return _execute(arguments, study, f"{study.slug}.h5")


def sweep(arguments: argparse.Namespace) -> int:
    from parley import sweep_verb

    return sweep_verb.sweep(arguments)


def _execute(arguments: argparse.Namespace, study: Study, default_name: str) -> int:
    from parley import _parley, running

    how: dict[str, Any] = dict(record=arguments.record, daily=arguments.daily, panel=arguments.panel)
    asked = _precision(arguments, study)
    out = destinations.of_run(arguments.out, default_name, study, asked, arguments.force, **how)
    _parley.check_destination(str(out), arguments.force)  # before the work, not after it
    journal = _parley.begin_journal(study, str(out), program=running.program(), force=arguments.force,
                                    precision=asked.as_json() if asked else "", command=shlex.join(["parley", *arguments.words]), **how)  # fmt: skip
    if not arguments.quiet and not arguments.json:
        print(f"parley: the file will take about {size_text(_parley.expected_size(study, **how))}", file=sys.stderr)
    return _run_into(arguments, study, out, journal)


def _precision(arguments: argparse.Namespace, study: Study) -> Precision | None:
    from parley import running
    from parley.errors import Fault, ScenarioError

    words = getattr(arguments, "precision", None) or []
    budget = getattr(arguments, "budget", None)
    if not words and budget is None:
        return None
    from parley.analysis.precision import parse  # which needs more than the simulator does

    try:
        return running.precision_of(study, parse(words) or None, budget)
    except (ValueError, TypeError) as error:
        fault = Fault("--precision", 0, 0, "", str(error))
        raise ScenarioError(str(fault), [fault]) from error


def resume(arguments: argparse.Namespace) -> int:
    from parley import _parley, running, sweep_verb

    if _parley.has_sweep_journal(arguments.file):
        return sweep_verb.resume(arguments)
    out = Path(arguments.file)
    journal = _parley.resume_journal(str(out), running.program())
    _parley.check_destination(str(out), arguments.force)
    return _run_into(arguments, journal.study, out, journal)


def _run_into(arguments: argparse.Namespace, study: Study, out: Path, journal: Journal) -> int:
    from parley import running
    from parley.errors import Interrupted

    if journal.replicates and not arguments.quiet:
        print(f"parley: {journal.replicates} of {study.replicates} replicates were finished before", file=sys.stderr)
    code, whole = DONE, out
    try:
        result = running.execute(study, threads=arguments.threads, progress=not arguments.quiet, keeper=journal,
                                 precision=running.asked_of(journal))  # fmt: skip
    except Interrupted as stopped:
        code, result = STOPPED, stopped.result
        kept = len(result.replicates)
        if kept == 0:
            if journal.holds_work:
                print(f"parley: stopped; go on from the last checkpoint with parley resume {whole}", file=sys.stderr)
            else:
                journal.remove()
                print("parley: stopped before any replicate was finished; nothing was written", file=sys.stderr)
            return code
        if out.exists():  # a whole result is worth more than a part of one
            out = out.with_name(f"{out.stem}-stopped{out.suffix}")
        print(
            f"parley: stopped; writing the {kept} of {study.replicates} replicates that were finished to {out}; "
            f"finish the rest with parley resume {whole}",
            file=sys.stderr,
        )
    results = running.write(result, out, force=arguments.force, command=journal.command)
    if code == DONE:
        journal.remove()
    elif not arguments.png:
        arguments.no_png = True  # who stops a run wants the prompt back; parley show FILE --png draws it
    drawn = _answer(arguments, results, result)
    return code if drawn or code != DONE else YOUR_FAULT


def _answer(arguments: argparse.Namespace, results: Results, result: Result) -> bool:
    """Table or JSON from the file alone, and the picture. Without the extras the file stands all the same.

    False where a picture was to be written and could not be.
    """
    from parley.errors import FileError, MissingExtra

    try:
        comparison = results.compare()
    except MissingExtra as error:
        print(f"parley: {results.path} is written, but the table is not: {error}", file=sys.stderr)
        return True
    picture, drawn = None, True
    if not arguments.no_png:
        try:
            picture = results_picture(comparison, arguments.png or results.path.with_suffix(".png"))
        except (FileError, MissingExtra) as error:
            drawn = isinstance(error, MissingExtra)
            print(f"parley: no picture: {error}", file=sys.stderr)
    if arguments.json:
        _print_json(comparison, picture)
    elif not arguments.quiet:
        print(table_text(comparison))
        print()
        print(_footer(comparison, picture, result))
    return drawn


def results_picture(comparison: Comparison, path: str | os.PathLike[str]) -> Path:
    """Draw and say where."""
    from parley.analysis.plots import picture

    return picture(comparison, path)


def table_text(comparison: Comparison) -> str:
    """The table in the width of the terminal."""
    import shutil

    from parley.analysis.table import table

    width = shutil.get_terminal_size((WIDTH_WITHOUT_TERMINAL, 24)).columns
    return table(comparison, width=max(NARROWEST, min(WIDEST, width)))


def _footer(comparison: Comparison, picture: Path | None, result: Result | None = None) -> str:
    results = comparison.results
    if results.running:
        rows = [
            (
                "journal",
                f"{results.path}.journal  ({len(results.replicates)} of {results.asked_replicates} replicates so far)",
            )
        ]
    else:
        rows = [("file", f"{results.path}  ({size_text(results.path.stat().st_size)}; any HDF5 reader opens it)"),
                ("digest", results.digest)]  # fmt: skip
    if picture is not None:
        rows.append(("picture", str(picture)))
    if result is not None:
        from parley.progress import clock

        rows.append(("run", f"{clock(result.seconds)} on {result.threads} thread{'' if result.threads == 1 else 's'}, "
                            f"{result.person_days:.3g} people-days, {result.adverse_events:,} adverse events"))  # fmt: skip
        rows.append(
            ("next", f"parley show {results.path}    parley params --find trust    --set KEY=VALUE --replicates N")
        )
    return "\n".join(f"{name:<8} {text}" for name, text in rows)


def size_text(size: float) -> str:
    """``43.1 MB``"""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} GB"


def _print_json(comparison: Comparison, picture: Path | None) -> None:
    import json

    from parley.analysis.compare import as_json

    print(
        json.dumps(as_json(comparison) | {"picture": str(picture) if picture else None}, ensure_ascii=False, indent=1)
    )


def show(arguments: argparse.Namespace) -> int:
    from parley.analysis import load

    if arguments.follow:
        return _follow(arguments)
    if arguments.flow or arguments.network:
        return _view(arguments, load.open_study(arguments.file))
    results = load.open(arguments.file)
    if not isinstance(results, load.Results):
        from parley import sweep_verb

        sweep_verb.show(results, arguments)
        return DONE
    comparison = results.compare()
    if arguments.statistics and not arguments.json:
        from parley.analysis import statistics

        print(statistics.table(comparison))
        return DONE
    picture = results_picture(comparison, arguments.png) if arguments.png else None
    if arguments.json:
        _print_json(comparison, picture)
    else:
        print(table_text(comparison))
        print()
        print(_footer(comparison, picture))
    return DONE


def _follow(arguments: argparse.Namespace) -> int:
    """The table of a study that is being run, again whenever replicates were finished, until its file is written."""
    import time

    from parley import _parley
    from parley.analysis import load
    from parley.errors import FileError

    seconds_between_looks = 1.0
    shown = -1
    while True:
        still_running = _parley.has_journal(arguments.file)
        try:
            results = load.open_study(arguments.file)
        except FileError:
            if not still_running:
                raise
            time.sleep(seconds_between_looks)  # nothing is finished yet, or it was renamed at this moment
            continue
        finished = len(results.replicates)
        if finished not in (0, shown) or not still_running:
            comparison = results.compare()
            if sys.stdout.isatty():
                print("\x1b[H\x1b[2J", end="")
            print(table_text(comparison))
            print()
            print(_footer(comparison, None), flush=True)
            shown = finished
        if not still_running:
            return DONE
        time.sleep(seconds_between_looks)


def _view(arguments: argparse.Namespace, results: Results) -> int:
    """One of the other views of a file: numbers on standard output, a picture beside the file."""
    from parley.analysis import flow, network
    from parley.errors import MissingExtra

    what, module = ("flow", flow) if arguments.flow else ("network", network)
    asked: list[Any] = [results, arguments.policy]
    if arguments.network:
        asked.append(arguments.place)
    numbers = (module.as_json if arguments.json else module.table)(*asked)
    out = Path(arguments.out) if arguments.out else results.path.with_name(f"{results.path.stem}-{what}.png")
    if arguments.out:
        destinations.ending("--out", out)
    picture: Path | None = None
    try:
        picture = module.picture(results, out, *asked[1:])
    except MissingExtra as error:
        print(f"parley: no picture: {error}", file=sys.stderr)
    if arguments.json:
        import json

        print(json.dumps(numbers | {"picture": str(picture) if picture else None}, ensure_ascii=False, indent=1))
    else:
        print(numbers)
        print()
        print(f"{'file':<8} {results.path}")
        if picture is not None:
            print(f"{'picture':<8} {picture}")
    return DONE


# ---- the smaller verbs ------------------------------------------------------------------------------------------------


def check(arguments: argparse.Namespace) -> int:
    from parley import scenario
    from parley.errors import ScenarioError

    faults = 0
    for file in arguments.files:
        try:
            print(f"{file}: a sound {scenario.check(file)}")
        except ScenarioError as error:
            print(error, file=sys.stderr)
            faults += len(error.faults)
    if faults:
        print(f"parley: {'one fault' if faults == 1 else f'{faults} faults'}", file=sys.stderr)
    return YOUR_FAULT if faults else DONE


def list_scenarios(arguments: argparse.Namespace) -> int:
    from parley import scenario

    found = scenario.scenarios()
    if arguments.json:
        import json

        print(json.dumps(found, ensure_ascii=False, indent=1))
        return DONE
    width = max((len(one["slug"]) for one in found), default=0)
    for kind, plural in (("study", "Studies"), ("place", "Places"), ("mode", "Modes")):
        print(plural)
        for one in found:
            if one["kind"] == kind:
                print(f"  {one['slug']:<{width}}  {one['title']}")
    print("\nparley compare STUDY    parley compare PLACE --modes MODE,MODE    parley run PLACE --mode MODE")
    return DONE


def params(arguments: argparse.Namespace) -> int:
    from parley import describe

    found = describe.parameters(arguments.place)
    if arguments.find:
        word = arguments.find.lower()
        found = [p for p in found if word in f"{p.address} {p.meaning} {p.source} {p.symbol}".lower()]
        if not found:
            print(f"parley: no parameter or lever speaks of {arguments.find!r}", file=sys.stderr)
            return YOUR_FAULT
    if arguments.json:
        import dataclasses
        import json

        print(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=1))
    elif arguments.markdown:
        print(_markdown(found), end="")
    else:
        width = max(len(one.address) for one in found)
        for one in found:
            unit = "" if one.unit == "1" else f" {one.unit}"
            span = f"[{one.span('–')}]{unit}"
            print(f"{one.address:<{width}}  {_value(one.value):>10}  {span}  {one.confidence}  {one.meaning}")
        print("\nset with --set NAME=VALUE; last letter: A published and read, A* from memory, B derived, C assumed")
    return DONE


def measures(arguments: argparse.Namespace) -> int:
    from parley.analysis.measures import MEASURES

    word = (arguments.find or "").lower()
    found = [m for m in MEASURES.values() if word in f"{m.name} {m.label} {m.section} {m.definition}".lower()]
    if not found:
        print(f"parley: no measure speaks of {arguments.find!r}", file=sys.stderr)
        return YOUR_FAULT
    if arguments.json:
        import json

        names = ("name", "unit", "better", "section", "definition")
        print(json.dumps([{name: getattr(m, name) for name in names} for m in found], ensure_ascii=False, indent=1))
        return DONE
    name, unit = (max(len(getattr(m, column)) for m in found) for column in ("name", "unit"))
    for m in found:
        print(f"{m.name:<{name}}  {m.unit:<{unit}}  {m.definition}")
    print(
        "\ncompare --precision NAME=W takes any of them; a share in % is asked for as a fraction there: 0.01 is one point"
    )
    return DONE


def _value(value: float | int | bool | str) -> str:
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _markdown(found: list[Any]) -> str:
    """The tables of the parameter page, one for each group."""
    lines: list[str] = []
    group: str | None = None
    for one in found:
        if one.group != group or (one.kind == "lever" and "## levers" not in lines):
            group = one.group
            title = "levers" if one.kind == "lever" else group
            lines += ["", f"## {title}", "", "| name | symbol | unit | range | default | meaning | source | confidence |",
                      "| --- | --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
        name = one.address.removeprefix(f"{one.group}.")
        cells = [
            f"`{name}`",
            one.symbol,
            one.unit,
            one.span(),
            _value(one.default),
            one.meaning,
            one.source,
            one.confidence,
        ]
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines).lstrip("\n") + "\n"


def verify(arguments: argparse.Namespace) -> int:
    from parley import running
    from parley.errors import Interrupted

    code = DONE
    try:
        found = running.verify(arguments.file, sample=arguments.sample, threads=arguments.threads,
                               progress=not arguments.quiet)  # fmt: skip
    except Interrupted as stopped:
        code, found = STOPPED, stopped.result
    if arguments.json:
        import dataclasses
        import json

        print(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=1))
    elif not arguments.quiet:
        print(found.certificate, end="")
    return code if found.same else DIFFERENT


def export(arguments: argparse.Namespace) -> int:
    from parley.analysis import export as tables
    from parley.analysis import load
    from parley.errors import FileError

    try:
        written = tables.export(load.open(arguments.file), arguments.out, arguments.table)
    except ValueError as error:
        raise FileError(str(error)) from error
    print(f"table    {written}  ({size_text(written.stat().st_size)})")
    print(f"columns  {tables.columns_file(written)}  (unit and meaning of each)")
    return DONE


def layout(arguments: argparse.Namespace) -> int:
    from parley import _parley

    rows = _parley.sweep_catalogue() if arguments.sweep else _parley.catalogue()
    if arguments.json:
        import json

        names = ("path", "type", "unit", "dimensions", "meaning")
        print(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
        return DONE
    if arguments.markdown:
        group: str | None = None
        for path, kind, unit, dimensions, meaning in rows:
            parent, _, name = path.rpartition("/")
            if parent != group:
                group = parent
                print(
                    f"\n## {parent or '/'}\n\n| dataset | type | unit | over | meaning |\n| --- | --- | --- | --- | --- |"
                )
            print(f"| `{name}` | {kind} | {unit} | {dimensions} | {meaning} |")
        return DONE
    width = max(len(path) for path, *_ in rows)
    for path, kind, unit, dimensions, meaning in rows:
        print(f"{path:<{width}}  {kind:<8} ({dimensions})  {meaning}{f' [{unit}]' if unit not in ('', '1') else ''}")
    return DONE


def digest(arguments: argparse.Namespace) -> int:
    from parley import running

    for file in arguments.files:
        digest = running.digest(file)
        print(digest if len(arguments.files) == 1 else f"{digest}  {file}")
    return DONE


def bench(arguments: argparse.Namespace) -> int:
    from parley import running, scenario

    study = scenario.single(arguments.place, arguments.mode, years=arguments.years, burn_in=arguments.burn_in,
                            replicates=arguments.replicates)  # fmt: skip
    runs = [running.execute(study, threads=arguments.threads, record="metrics") for _ in range(arguments.repeat)]
    best = min(runs, key=lambda run: run.seconds)
    numbers = {
        "place": study.place,
        "population": study.population,
        "years": study.years,
        "burn_in_years": study.burn_in_years,
        "replicates": study.replicates,
        "threads": best.threads,
        "seconds": best.seconds,
        "person_days": best.person_days,
        "adverse_events": best.adverse_events,
        "person_days_per_second": best.person_days / best.seconds,
        "nanoseconds_per_adverse_event": 1e9 * best.seconds * best.threads / max(1, best.adverse_events),
    }
    if arguments.json:
        import json

        print(json.dumps(numbers, indent=1))
        return DONE
    print(f"{study.place}: {study.population:,} people, {study.burn_in_years} + {study.years} years, "
          f"{study.replicates} replicates, {best.threads} threads; best of {len(runs)}")  # fmt: skip
    print(f"{numbers['person_days_per_second']:.3g} people-days per second")
    print(f"{numbers['nanoseconds_per_adverse_event']:.0f} nanoseconds of one core per adverse event")
    print(f"{best.seconds:.3f} s, {best.person_days:.3g} people-days, {best.adverse_events:,} adverse events")
    return DONE


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": run,
    "compare": compare,
    "sweep": sweep,
    "resume": resume,
    "verify": verify,
    "answer": answer_verbs.answer,
    "programme": answer_verbs.programme,
    "provision": answer_verbs.provision,
    "interior": interior_verb.interior,
    "validate": answer_verbs.validate,
    "patterns": answer_verbs.patterns,
    "show": show,
    "export": export,
    "check": check,
    "list": list_scenarios,
    "params": params,
    "measures": measures,
    "layout": layout,
    "digest": digest,
    "bench": bench,
}
