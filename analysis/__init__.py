"""From a result file to an answer: read, compare, print, draw. Everything here starts from the file alone.

Modules are loaded when they are first used: ``import parley; parley.analysis.export.to_polars(...)``.
"""

from __future__ import annotations

from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    import importlib

    if name in _modules():
        return importlib.import_module(f"{__name__}.{name}")
    from difflib import get_close_matches

    near = get_close_matches(name, _modules(), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_modules()})


def _modules() -> list[str]:
    from pkgutil import iter_modules

    return [found.name for found in iter_modules(__path__)]
