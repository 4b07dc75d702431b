"""Progress on the error stream: a bar with the remaining time on a terminal, a line for each tenth when piped."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Listener = Callable[[float, float, str], None]
"""Called with the share done (0 to 1), the seconds since the start and what is being done."""

BAR_WIDTH = 30
SETTLING_SECONDS = 2.0
"""Too early to say how long the rest will take."""


def clock(seconds: float) -> str:
    """``1:05`` for 65 seconds, ``2:03:00`` beyond an hour."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


class Progress:
    """Call it with (share done, seconds, what); use it in a ``with`` so that the line is left clean."""

    def __init__(self, stream: TextIO | None = None):
        self._stream = stream if stream is not None else sys.stderr
        self._terminal = bool(getattr(self._stream, "isatty", lambda: False)())
        self._tenth = -1
        self._phase = ""
        self._phase_start = (0.0, 0.0)  # share done and seconds when this phase began
        self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, done: float, seconds: float, what: str) -> None:
        done = min(1.0, max(0.0, done))
        if what != self._phase or done < self._phase_start[0]:
            self._phase, self._phase_start, self._tenth = what, (done, seconds), -1
        text = f"{what}  " if what else ""
        if self._terminal:
            filled = int(done * BAR_WIDTH)
            line = f"{text}[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done:4.0%}  {self._remaining(done, seconds)}"
            width = shutil.get_terminal_size().columns
            self._stream.write("\r" + line[: max(10, width - 1)] + "\x1b[K")
            self._stream.flush()
            self._drawn = True
        elif int(done * 10) > self._tenth:
            self._tenth = int(done * 10)
            self._stream.write(f"{text}{self._tenth * 10} %  {self._remaining(done, seconds)}\n")
            self._stream.flush()

    def _remaining(self, done: float, seconds: float) -> str:
        advanced, elapsed = done - self._phase_start[0], seconds - self._phase_start[1]
        if done >= 1:
            return f"{clock(seconds)} in all"
        if advanced <= 0 or elapsed < SETTLING_SECONDS:
            return f"{clock(seconds)} so far"
        return f"{clock(elapsed / advanced * (1 - done))} left"


@contextmanager
def shown(progress: bool | Listener | None) -> Iterator[Listener | None]:
    """What to tell of progress: a bar for True, a function as it is, None for nothing."""
    if progress is True:
        with Progress() as bar:
            yield bar
    else:
        yield progress or None
