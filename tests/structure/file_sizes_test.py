"""Lengths to keep an eye on: a mechanism 150 lines, any other file 400. Printed, never a failure."""

from house import files, named

SOURCES = (".hpp", ".cpp", ".py")


def test_file_sizes(capsys):
    long = []
    for path in files():
        name = named(path)
        limit = 150 if name.startswith(("sim/mechanisms/", "sim/instruments/")) else 400
        if path.suffix in SOURCES and (lines := len(path.read_text().splitlines())) > limit:
            long.append(f"{lines:>6} lines, {limit} would be good: {name}")
    with capsys.disabled():
        print("\n".join(["", *sorted(long, reverse=True)]))
