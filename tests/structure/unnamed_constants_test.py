"""No unnamed number decides anything in a mechanism or an instrument.

Inside function bodies only 0, 1 and 2 may stand as literals. Named constants (`constexpr`), default values of members
and the rows of describe() are where numbers live: there they have a name, and parameters a source. The explicit index
of a draw, first argument of draw.uniform(…) and its like, is an address and not a quantity.
"""

import re

import pytest
from house import FAMILIES, bare_code, named, under

ALLOWED = {0.0, 1.0, 2.0}
LITERAL = re.compile(r"(?<![\w.])(?:0[xX][0-9a-fA-F']+|(?:\d[\d']*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[a-zA-Z]*")
TYPE = re.compile(r"\b(struct|class|union|enum|namespace)\b[^()]*$")
FUNCTION = re.compile(r"\)\s*(const|noexcept|mutable|override|requires\b.*|->.*|:.*|\s)*$", re.DOTALL)


def function_bodies(code: str):
    """(name, start, end) of each outermost function body of a text without comments and strings."""
    stack, head, body = [], 0, None
    for at, character in enumerate(code):
        if character == "{":
            before = code[head:at]
            if body is None and FUNCTION.search(before) and not TYPE.search(before):
                name = re.findall(r"([\w~]+|operator\S+)\s*\(", before)
                body = (name[0] if name else "", at, len(stack))
            stack.append(at)
            head = at + 1
        elif character == "}":
            stack.pop()
            head = at + 1
            if body is not None and len(stack) == body[2]:
                yield body[0], body[1], at
                body = None
        elif character == ";":
            head = at + 1


def value(literal: str) -> float:
    digits = literal.replace("'", "")
    if digits[:2].lower() == "0x":
        return float(int(digits.rstrip("uUlL"), 16))
    return float(re.sub(r"[a-df-zA-DF-Z]+$", "", digits))


def unnamed_constants(text: str) -> list[tuple[int, str]]:
    code, found = bare_code(text), []
    for name, start, end in function_bodies(code):
        if name == "describe":
            continue
        for match in LITERAL.finditer(code, start, end):
            if re.search(r"\bdraw\.\w+\(\s*$", code[start : match.start()]):
                continue
            statement = code[max(code.rfind(mark, start, match.start()) for mark in ";{}") + 1 : match.start()]
            if value(match[0]) not in ALLOWED and not re.match(r"\s*(static\s+)?constexpr\b", statement):
                found.append((code.count("\n", 0, match.start()) + 1, match[0]))
    return found


@pytest.mark.parametrize("path", under(*(f"sim/{f}" for f in FAMILIES), suffixes=(".hpp", ".cpp")), ids=named)
def test_no_unnamed_constants(path):
    lines = path.read_text().splitlines()
    found = unnamed_constants(path.read_text())
    assert not found, "\n".join(
        f"{named(path)}:{line}: {literal} in: {lines[line - 1].strip()}" for line, literal in found
    )


def test_the_check_sees_what_it_should():
    text = """
    // 77 in a comment
    inline constexpr double week = 7;
    struct Talks {
      struct Params { double patience = 0.9; std::array<double, 3> shares = {0.2, 0.3, 0.5}; };
      static void describe(auto& field, auto& p) { field("patience", p.patience, Field{"d", "1", 0.5, 1}); }
      static double decide(double x, const Params& p) const noexcept {
        constexpr double hour = 24;
        const auto half = [&](double y) { return y / 3 + draw.normal(4, 5); };
        if (x > 0.25) return 1'000 * x;
        return x < 1e-3 ? -1.0 : half(x + 2) + 0x10 + "99"[0];
      }
    };"""
    assert [literal for _, literal in unnamed_constants(text)] == ["3", "5", "0.25", "1'000", "1e-3", "0x10"]
