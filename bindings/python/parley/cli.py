"""The command line. Only argparse is loaded until a verb needs more, so that help answers at once.

Exit codes: 0 done, 1 a fault of Parley itself, 2 something asked for is wrong, 3 a verified
file differs, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

DONE, OUR_FAULT, YOUR_FAULT, DIFFERENT, STOPPED = 0, 1, 2, 3, 130
LARGEST_SEED = 2**63 - 1

EXAMPLES = """
examples
  parley compare chongqing                                  the study as it is: table, file, picture
  parley compare chongqing --replicates 4 --years 2         a quick look
  parley compare chongqing --set encounter.adverse_event_rate=0.08
  parley run chongqing --mode backing                       one policy alone
  parley show chongqing.h5                                  the table again, from the file
  parley show chongqing.h5 --flow                           from admissions to court, forum by forum
  parley params --find trust                                what can be set, its range and its source
  parley measures                                           what is reported, its unit and its definition
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _main(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("\nparley: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _main(words: list[str]) -> int:
    parser, known = _parser()
    if not words:
        parser.print_help()
        return DONE
    verb = next((word for word in words if not word.startswith("-")), None)
    if verb is not None and words[0] == verb and verb not in known:
        parser.fail(f"there is no verb {verb!r}{_nearest(verb, known)}; the verbs are {', '.join(known)}")
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        mine = known.get(arguments.verb, parser)
        options = [option for action in mine._actions for option in action.option_strings]
        word = next((word for word in unknown if word.startswith("-")), unknown[0])
        if word.startswith("-"):
            mine.fail(f"there is no option {word.split('=')[0]}{_nearest(word.split('=')[0], options)}")
        mine.fail(f"{word!r} is one word too many")
    if arguments.verb == "show":
        _check_show(arguments, known["show"])
    arguments.words = words
    from parley import destinations, errors, verbs

    try:
        destinations.check(arguments)
        return verbs.ACTS[arguments.verb](arguments)
    except errors.ScenarioError as error:
        print(error, file=sys.stderr)
        count = len(error.faults)
        print(f"parley: {'one fault' if count == 1 else f'{count} faults'}; nothing was run", file=sys.stderr)
        return YOUR_FAULT
    except errors.BrokenLaw as error:
        print(f"parley: {error}\nThis is a fault of Parley itself, not of what you asked. Please report it with the "
              "command and the scenario.", file=sys.stderr)  # fmt: skip
        return OUR_FAULT
    except errors.ParleyError as error:
        print(f"parley: {error}", file=sys.stderr)
        return YOUR_FAULT


# ---- what can be asked ------------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    """argparse with one-sentence errors."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        message = message.replace("the following arguments are required: ", "missing: ")
        self.fail(message.removeprefix("argument "))

    def fail(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}\n({self.prog} --help tells the rest)", file=sys.stderr)
        sys.exit(YOUR_FAULT)


def _check_show(arguments: argparse.Namespace, parser: Parser) -> None:
    """Options that belong to one of the views of show."""
    if not (arguments.flow or arguments.network):
        for option in ("policy", "out", "place"):
            if getattr(arguments, option) is not None:
                parser.fail(f"--{option} needs {'--network' if option == 'place' else '--flow or --network'}")
    elif arguments.png is not None:
        parser.fail(f"the picture of --{'flow' if arguments.flow else 'network'} is named by --out, not by --png")
    elif arguments.flow and arguments.place is not None:
        parser.fail("--place needs --network")


def _whole(low: int, high: int | None = None):
    def read(text: str) -> int:
        allowed = f"a whole number from {low}" + (f" to {high}" if high is not None else "")
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"must be {allowed}, not {text!r}") from None
        if value < low or (high is not None and value > high):
            raise argparse.ArgumentTypeError(f"must be {allowed}, not {text}")
        return value

    return read


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _parser() -> tuple[Parser, dict[str, Parser]]:
    from parley import interior_verb  # which needs this module

    parser = Parser(
        prog="parley",
        description="A policy laboratory for disputes between patients and hospitals: simulate a place under several "
        "ways of\ngoverning and see what changes, how sure that is, and who pays.",
        epilog=EXAMPLES,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say the version and leave")
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)
    subparsers.required = True
    known: dict[str, Parser] = {}

    def verb(name: str, text: str, more: str = "", examples: str = "") -> Parser:
        made = subparsers.add_parser(name, help=text, description=text[0].upper() + text[1:] + "." + more,
                                     epilog=examples)  # fmt: skip
        known[name] = made
        return made

    made = verb("run", "run one place under one policy",
                "\n\nPrints a table of means, writes one HDF5 file and a picture.")  # fmt: skip
    made.add_argument("place", metavar="PLACE", help="name or file of a place")
    made.add_argument("--mode", metavar="M", help="name or file of a mode (default: the status quo of the place)")
    _running_options(made)

    made = verb("compare", "run several policies as twins and print their differences",
                "\n\nPrints a table of paired differences, writes one HDF5 file and a picture.")  # fmt: skip
    made.add_argument("study", metavar="STUDY|PLACE", help="name or file of a study, or of a place with --modes")
    made.add_argument("--modes", metavar="A,B", type=_names, help="modes to compare (default: those of the study)")
    made.add_argument(
        "--baseline", metavar="M", help="the mode that is subtracted (default: the study's, or the first)"
    )
    made.add_argument("--precision", metavar="MEASURE=W", action="append", default=[],
                      help="add replicates until the 95 %% interval of this difference is ± W (a share as a fraction: 0.01 "
                      "is one percentage point; parley measures lists them); may be repeated")  # fmt: skip
    made.add_argument("--budget", metavar="N", type=_whole(1),
                      help="with --precision: replicates at most (default: 16 times --replicates)")  # fmt: skip
    made.add_argument(
        "--posterior", metavar="FILE", help="a calibration's posterior: each replicate has a draw of its own"
    )
    _running_options(made)

    made = verb("sweep", "run a place at many points of parameters and levers",
                "\n\nWrites one HDF5 file: metrics over (policy, point, replicate). Every point has the same luck, and the file "
                "the\nsame bytes, whoever runs it.",
                "examples\n"
                "  parley sweep toy --over authority=0,0.5,1 --over encounter.adverse_event_rate=0.05,0.1\n"
                "  parley sweep chenggong --over authority=0:1 --over claim.patient_bias=0.1:0.3 --points 100 --executor processes\n"
                "  mpiexec -n 8 python -m mpi4py.futures -m parley sweep toy --over authority=0:1 --executor mpi\n")  # fmt: skip
    made.add_argument("place", metavar="PLACE", help="name or file of a place")
    made.add_argument("--over", metavar="KEY=…", action="append", default=[],
                      help="what is varied: KEY=LOW:HIGH, or KEY=VALUE,VALUE for a grid; repeated for each key")  # fmt: skip
    made.add_argument("--design", choices=("grid", "latin_hypercube", "sobol", "saltelli", "morris"),
                      help="how points are chosen (default: latin_hypercube, or grid where values are listed)")  # fmt: skip
    made.add_argument("--points", metavar="N", type=_whole(1),
                      help="points; of saltelli the base sample, of morris the trajectories")  # fmt: skip
    made.add_argument("--design-seed", metavar="N", type=_whole(0), default=1, help="of the design alone (default: 1)")
    made.add_argument("--mode", metavar="A,B", type=_names, help="modes, on the same luck (default: the status quo)")
    _scenario_options(made)
    how = made.add_argument_group("how")
    how.add_argument("--executor", choices=("threads", "processes", "dask", "mpi"), default="threads",
                     help="who runs it (default: threads); results do not depend on it")  # fmt: skip
    how.add_argument("--workers", metavar="N", type=_whole(1), help="processes or Dask workers (default: all cores)")
    how.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that is running")
    _threads(how)
    how.add_argument("--out", metavar="FILE", help="result file (default: the place's name, -sweep.h5, in this folder)")
    _force(how)
    how.add_argument("--json", action="store_true", help="print the numbers as one JSON object instead of the table")
    how.add_argument("--quiet", action="store_true", help="print neither progress nor table")

    made = verb("resume", "finish a run or a sweep that was interrupted",
                "\n\nWhat was finished stands in the journal beside the file (FILE.journal); the result has the digest that\n"
                "the run would have had.")  # fmt: skip
    made.add_argument("file", metavar="FILE", help="the result file that was to be written")
    _threads(made)
    _answering_options(made)

    made = verb("verify", "run replicates of a result file again and compare every state",
                "\n\nPrints a certificate of one page; names the first month that differs. Exit code 3 where one does.")  # fmt: skip
    made.add_argument("file", metavar="FILE", help="what run or compare wrote")
    made.add_argument(
        "--sample", metavar="N", type=_whole(1), help="so many replicates, evenly over the file (default: all)"
    )
    _threads(made)
    made.add_argument("--json", action="store_true", help="what was found as one JSON object")
    made.add_argument("--quiet", action="store_true", help="print nothing; the exit code tells")

    made = verb("validate", "compare a place with the published figures that speak of it",
                "\n\nRuns the place under its status quo. Each pattern has a band, and is marked as used for calibration or held "
                "back for\nvalidation; docs/reference/patterns.md lists them.")  # fmt: skip
    made.add_argument("place", metavar="PLACE", help="name or file of a place")
    made.add_argument("--replicates", metavar="N", type=_whole(1), default=20, help="default: 20")
    made.add_argument("--years", metavar="N", type=_whole(1), default=5, help="default: 5")
    made.add_argument("--burn-in", metavar="N", type=_whole(0), help="years before them")
    made.add_argument("--seed", metavar="N", type=_whole(0, LARGEST_SEED), help="where all luck comes from")
    made.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="another value for a parameter")
    _threads(made)
    made.add_argument(
        "--page", metavar="FILE", help="write the same as a page (Markdown), with what the place's file moved"
    )
    made.add_argument("--json", action="store_true", help="as one JSON object")
    made.add_argument("--quiet", action="store_true", help="no progress")

    made = verb("programme", "try the modes of a study alone, in pairs and all together",
                "\n\nEach mode against the study's baseline on common luck, what two do together beyond the sum of both, and with --draws "
                "over how\nmany joint draws of everything uncertain the sign of each stands.")  # fmt: skip
    made.add_argument("study", metavar="STUDY", help="name or file of a study; its baseline is where nothing is done")
    made.add_argument("--alone", action="store_true", help="no pairs, and not all together")
    made.add_argument("--replicates", metavar="N", type=_whole(2), help="of each (default: those of the study)")
    _lengths(made)
    _draws(made, 0)
    _threads(made)
    _page(made)

    made = verb("provision", "look at a service year by year: whom providers take, what they report, who is replaced",
                "\n\nThe last mode of a study against its baseline on common luck; cream-skimming, parking, inflated reports, turnover, and "
                "how well\nthe evaluation goes with welfare. Several contract terms need ten years and more.")  # fmt: skip
    made.add_argument("study", metavar="STUDY|PLACE", help="name or file of a study, or of a place with --modes")
    made.add_argument("--modes", metavar="A,B", type=_names, help="baseline and mode (default: those of the study)")
    made.add_argument("--replicates", metavar="N", type=_whole(2), help="of each (default: those of the study)")
    _lengths(made)
    _threads(made)
    _page(made)

    made = verb(interior_verb.NAME, interior_verb.HELP, interior_verb.MORE)
    interior_verb.options(made)

    made = verb("answer", "answer a study on one page: what changes, how sure, who pays, why, and what would change it",
                "\n\nRuns the comparison, splits it by lever (Shapley values), and repeats it over joint draws of everything that the "
                "evidence\nleaves open. Files stand in --folder; a call that was interrupted goes on.")  # fmt: skip
    made.add_argument("study", metavar="STUDY|PLACE", help="name or file of a study, or of a place with --modes")
    made.add_argument("--modes", metavar="A,B", type=_names, help="modes to compare (default: those of the study)")
    made.add_argument("--replicates", metavar="N", type=_whole(2), help="pairs of runs (default: those of the study)")
    _lengths(made)
    _draws(made, 1000)
    made.add_argument("--split", metavar="N", type=_whole(0), default=20,
                      help="replicates of each combination of levers (default: 20; 0: no split)")  # fmt: skip
    made.add_argument(
        "--split-years", metavar="N", type=_whole(1), help="years of each combination (default: those of the study)"
    )
    _threads(made)
    _page(made)

    made = verb("patterns", "list the target patterns", "")
    made.add_argument("place", metavar="PLACE", nargs="?", help="those that speak of this place")
    made.add_argument("--markdown", action="store_true", help="as the table of the pattern page")

    made = verb("show", "print the table of a result file again")
    made.add_argument("file", metavar="FILE", help="what run or compare wrote")
    view = made.add_mutually_exclusive_group()
    view.add_argument("--flow", action="store_true",
                      help="instead: from admissions to court, and the ways of disputes through the forums")  # fmt: skip
    view.add_argument("--statistics", action="store_true",
                      help="instead: each difference in full, with t and bootstrap intervals, quantiles, and what pairing saves")  # fmt: skip
    view.add_argument("--follow", action="store_true",
                      help="watch a run that is going on: the table again whenever replicates were finished")  # fmt: skip
    view.add_argument("--network", action="store_true",
                      help="instead: the institutional graph, and what happens to hand-offs on the way")  # fmt: skip
    made.add_argument("--policy", metavar="A,B", type=_names,
                      help="policies of --flow (two at most) or --network (default: the first modes of the file)")  # fmt: skip
    made.add_argument("--place", metavar="DISTRICT", help="the district of --network, its parties one by one")
    made.add_argument("--out", metavar="PNG",
                      help="picture of --flow or --network (default: beside FILE, its name with -flow or -network)")  # fmt: skip
    made.add_argument("--json", action="store_true", help="the same numbers as one JSON object")
    made.add_argument("--png", metavar="FILE", help="draw the picture of the table too")

    made = verb("export", "write a table of a result file for other programs",
                "\n\nThe ending of OUT says how: .csv, .parquet or .arrow.")  # fmt: skip
    made.add_argument("file", metavar="FILE", help="what run, compare or sweep wrote")
    made.add_argument("out", metavar="OUT", help="the table: cases.csv, cases.parquet, cases.arrow")
    made.add_argument("--table", choices=("metrics", "cases", "stages", "ledger", "runs"),
                      help="which (default: cases; metrics where none were recorded; runs of a sweep)")  # fmt: skip

    made = verb("check", "read scenario files and tell all their faults")
    made.add_argument("files", metavar="FILE", nargs="+", help="place, mode or study")

    made = verb("list", "list the places, modes and studies that names lead to",
                "\n\nNames are looked up in $PARLEY_SCENARIOS, ./scenarios and Parley's own folder.")  # fmt: skip
    made.add_argument("--json", action="store_true", help="as one JSON array")

    made = verb("params", "list every parameter and lever: range, default, meaning, source")
    made.add_argument("place", metavar="PLACE", nargs="?", help="show the values of this place")
    made.add_argument("--find", metavar="WORD", help="only those whose name, meaning or source holds the word")
    how = made.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as one JSON array")
    how.add_argument("--markdown", action="store_true", help="as the tables of the parameter page")

    made = verb("measures", "list every measure that tables and --precision know: name, unit, definition")
    made.add_argument("--find", metavar="WORD", help="only those whose name or definition holds the word")
    made.add_argument("--json", action="store_true", help="as one JSON array")

    made = verb("layout", "list every dataset that a result file may hold")
    made.add_argument("--sweep", action="store_true", help="of the file of a sweep instead")
    how = made.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as one JSON array")
    how.add_argument("--markdown", action="store_true", help="as the tables of the page on the record")

    made = verb("digest", "print the digest of a result file",
                "\n\nIt is equal for any number of threads, compiler and machine, and covers all but how it was run.")  # fmt: skip
    made.add_argument("files", metavar="FILE", nargs="+", help="what run or compare wrote")

    made = verb("bench", "time the simulator",
                "\n\nPrints simulated people-days per second and nanoseconds per adverse event.")  # fmt: skip
    made.add_argument("place", metavar="PLACE", nargs="?", default="chongqing", help="default: chongqing")
    made.add_argument("--mode", metavar="M", help="default: the status quo")
    made.add_argument("--years", metavar="N", type=_whole(1), default=1, help="default: 1")
    made.add_argument("--burn-in", metavar="N", type=_whole(0), default=1, help="default: 1")
    made.add_argument("--replicates", metavar="N", type=_whole(1), default=2, help="default: 2")
    made.add_argument("--repeat", metavar="N", type=_whole(1), default=3, help="the best of N is reported; default: 3")
    made.add_argument("--threads", metavar="N", type=_whole(0), default=0, help="default: all")
    made.add_argument("--json", action="store_true", help="as one JSON object")
    return parser, known


def _scenario_options(parser: Parser) -> None:
    what = parser.add_argument_group("what is run")
    what.add_argument("--years", metavar="N", type=_whole(1), help="years recorded")
    what.add_argument("--burn-in", metavar="N", type=_whole(0), help="years before them under the status quo")
    what.add_argument("--replicates", metavar="N", type=_whole(1), help="replicates, each with its own luck")
    what.add_argument("--seed", metavar="N", type=_whole(0, LARGEST_SEED), help="where all luck comes from")
    what.add_argument("--set", metavar="KEY=VALUE", action="append", default=[],
                      help="another value for a parameter, a number of the place or a lever; may be repeated")  # fmt: skip


def _running_options(parser: Parser) -> None:
    _scenario_options(parser)
    how = parser.add_argument_group("how")
    _threads(how)
    how.add_argument("--record", choices=("metrics", "cases", "full"), default="cases",
                     help="metrics alone, one row per dispute too (default), or every stage, transfer and snapshot")  # fmt: skip
    how.add_argument("--daily", action="store_true", help="metrics by day instead of by month")
    how.add_argument("--panel", metavar="N", type=_whole(0), default=200,
                     help="patients followed in the snapshots of --record full (default: 200)")  # fmt: skip
    how.add_argument("--out", metavar="FILE", help="result file (default: the study's name, .h5, in this folder)")
    _answering_options(how)


def _lengths(parser: Parser) -> None:
    parser.add_argument("--years", metavar="N", type=_whole(1), help="years recorded")
    parser.add_argument("--burn-in", metavar="N", type=_whole(0), help="years before them under the status quo")
    parser.add_argument("--seed", metavar="N", type=_whole(0, LARGEST_SEED), help="where all luck comes from")


def _draws(parser: Parser, usual: int) -> None:
    parser.add_argument("--draws", metavar="N", type=_whole(0), default=usual,
                        help=f"joint draws of parameters (default: {usual}; 0: none)")  # fmt: skip
    parser.add_argument(
        "--draw-years", metavar="N", type=_whole(1), help="years of each draw (default: those of the study)"
    )
    parser.add_argument(
        "--draw-replicates", metavar="N", type=_whole(1), default=2, help="replicates of each draw (default: 2)"
    )


def _page(parser: Parser) -> None:
    parser.add_argument(
        "--folder", metavar="DIR", default=".", help="where files are kept; it must exist (default: here)"
    )
    parser.add_argument("--page", metavar="FILE", help="write the page (Markdown) instead of printing it")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def _threads(parser: Any) -> None:
    parser.add_argument("--threads", metavar="N", type=_whole(0), default=0,
                        help="default: as many as the machine has; results do not depend on it")  # fmt: skip


def _force(how: Any) -> None:
    how.add_argument("--force", action="store_true",
                     help="replace the result file, whatever it holds (else one of another study is kept, and a default name gets "
                     "a number)")  # fmt: skip


def _answering_options(how: Any) -> None:
    how.add_argument("--png", metavar="FILE", help="picture (default: beside the result file)")
    how.add_argument("--no-png", action="store_true", help="draw no picture")
    _force(how)
    how.add_argument("--json", action="store_true", help="print the numbers as one JSON object instead of the table")
    how.add_argument("--quiet", action="store_true", help="print neither progress nor table")


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from parley import _parley

        print(f"parley {_parley.version} ({_parley.commit}, {_parley.compiler})")
        sys.exit(DONE)


def _nearest(word: str, known: Sequence[str] | dict[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else ""


if __name__ == "__main__":
    sys.exit(main())
