"""What stands between a file and its reader: the file is looked over, whole, before any number of it is believed.

A result file may come from anywhere. It may be damaged, and a damaged file can bring HDF5 down; or it may be made to
mislead: name other files of this machine, ask for plugins, claim to be larger than any disk. So bytes come first (the
seal, the size that the file gives itself), then everything it holds is walked over without reading a number. What Parley
would not write is refused, in one sentence; what other tools make of Parley's files when they save them again is read.
The limits are those of the C++ reader, `sim/record/hdf5_file.cpp`.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import stat
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import numpy as np

from parley.errors import FileError, need

if TYPE_CHECKING:
    from collections.abc import Iterator

    import h5py

FORMAT = "1"
"""First number of the layout that is read here."""

DEEPEST_GROUP = 8
MOST_OBJECTS = 10_000
DEFLATE_LIMIT = 1040  # deflate cannot shrink anything further than 1032 : 1
MOST_AXES = 8
LARGEST_CHUNK = 64 << 20  # Parley's have half a MiB; a chunk is decoded whole, even for one number of it
LARGEST_ATTRIBUTE = 1 << 20
TEXT_ENTRY = 16  # a text's length, and where in the file its characters stand

SEAL_WORD = b"\nparley-sha256 "
SEAL_SIZE = len(SEAL_WORD) + 64 + 1
SIGNATURE = b"\x89HDF\r\n\x1a\n"
BARE_DIMENSION = b"This is a netCDF dimension but not a netCDF variable."
WHAT_TO_DO = "run the study again or take another copy of the file"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # could move the cursor of a terminal
_FAULTS_OF_READING = (OSError, RuntimeError, ValueError, TypeError, LookupError, OverflowError, MemoryError)


class Guard:
    """One file that is opened for each look. It is looked over at the first, and again whenever it has changed."""

    def __init__(self, path: Path, content: bytes | None = None):
        self.path = path
        self._content = content  # instead of what stands at `path`
        self._sound: tuple[int, ...] | None = None  # the state in which the file was looked over

    @contextmanager
    def open(self) -> Iterator[h5py.File]:
        """The file, looked over. Whatever goes wrong while it is read is a FileError of one line."""
        file = self._opened()
        try:
            yield file
        except KeyError:
            raise  # a name that the caller asked for
        except _FAULTS_OF_READING as error:
            raise self._unreadable(error) from error
        finally:
            file.close()

    def _opened(self) -> h5py.File:
        h5py = need("h5py", "reading a result file")
        source: BytesIO | Path
        options: dict[str, Any]
        state: tuple[int, ...]
        if self._content is not None:
            source, options, state = BytesIO(self._content), {}, (len(self._content),)
            if self._sound is None:
                _examine(self.path, source)
        else:
            # The driver is named, because an environment variable may otherwise choose one that opens more files.
            source, options = self.path, {"driver": "sec2"}
            state = _examined(self.path, self._sound)
        try:
            file = h5py.File(source, "r", **options)
        except BlockingIOError as error:
            raise FileError(
                f"{self.path}: another program has it open for writing; close it there, then read it"
            ) from error
        except _FAULTS_OF_READING as error:
            raise self._unreadable(error) from error
        try:
            if self._content is None and _state(os.fstat(file.id.get_vfd_handle())) != state:
                raise FileError(f"{self.path}: it was replaced while it was being opened; open it again")
            if self._sound != state:
                with _without_plugins(h5py):
                    _Inspection(self.path, state[0], _reader(file, self._content)).file(file)
                self._sound = state
        except BaseException as error:
            file.close()
            if isinstance(error, _FAULTS_OF_READING):
                raise self._unreadable(error) from error
            raise
        return file

    def _unreadable(self, error: BaseException) -> FileError:
        reason = " ".join(str(error).split()) or type(error).__name__
        return FileError(f"{self.path}: not a file of Parley, or damaged ({reason[:200]}); {WHAT_TO_DO}")


# ---- The bytes ------------------------------------------------------------------------------------------------------


def _state(info: os.stat_result) -> tuple[int, ...]:
    return info.st_size, info.st_mtime_ns, info.st_dev, info.st_ino


def _examined(path: Path, sound: tuple[int, ...] | None) -> tuple[int, ...]:
    """The state of the file, whose bytes are examined unless it is the one known to be sound."""
    try:
        # Without O_NONBLOCK a FIFO would be waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except PermissionError as error:
        raise FileError(f"{path}: no permission to read it") from error
    except FileNotFoundError as error:
        near = nearest(path.name, [p.name for p in path.parent.glob("*.h5")])
        raise FileError(f"{path}: there is no such file{near}") from error
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: it cannot be opened ({getattr(error, 'strerror', None) or error})") from error
    info = os.fstat(handle)
    if not stat.S_ISREG(info.st_mode):
        os.close(handle)
        what = "this is a folder" if stat.S_ISDIR(info.st_mode) else "it is not an ordinary file"
        raise FileError(f"{path}: {what}, not a result file")
    with os.fdopen(handle, "rb") as file:
        if _state(info) != sound:
            try:
                _examine(path, file)
            except OSError as error:
                raise FileError(f"{path}: it cannot be read ({error.strerror})") from error
    return _state(info)


def _examine(path: Path, file: BinaryIO) -> None:
    """What can be told without HDF5: the file is all there, and its seal, if it has one, is whole."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(64)
    if not head.startswith(SIGNATURE):
        raise FileError(f"{path}: not a file of Parley: it is not an HDF5 file")
    base, end = _extent(path, head)
    if base != 0:
        raise FileError(f"{path}: not a file of Parley: HDF5 does not begin at its first byte")
    if end > size:
        raise FileError(f"{path}: not a file of Parley, or damaged: {size:,} of {end:,} bytes are there; {WHAT_TO_DO}")
    if end == size:
        return  # saved by another tool, which cuts the seal off
    file.seek(end)
    seal = file.read(SEAL_SIZE + 1)
    if end + SEAL_SIZE != size or not seal.startswith(SEAL_WORD):
        raise FileError(f"{path}: it is damaged: something other than Parley's seal follows its end; {WHAT_TO_DO}")
    if seal != SEAL_WORD + _hash(file, end).encode() + b"\n":
        raise FileError(f"{path}: it is damaged: its bytes do not match its seal; {WHAT_TO_DO}")


def _extent(path: Path, head: bytes) -> tuple[int, int]:
    """Where HDF5 begins and ends, as its first block says."""
    version = head[8] if len(head) > 8 else -1
    # version → where the two sizes of numbers stand, where the beginning, where the end
    places = {0: (13, 24, 40), 1: (13, 28, 44), 2: (9, 12, 28), 3: (9, 12, 28)}.get(version)
    if places is None or len(head) < 64 or head[places[0] : places[0] + 2] != b"\x08\x08":
        raise FileError(f"{path}: not a file of Parley, or damaged: its first bytes are not what HDF5 writes")
    begin, end = (int.from_bytes(head[place : place + 8], "little") for place in places[1:])
    return begin, end


def _hash(file: BinaryIO, length: int) -> str:
    found = hashlib.sha256()
    file.seek(0)
    while length > 0 and (block := file.read(min(length, 1 << 20))):
        found.update(block)
        length -= len(block)
    return found.hexdigest()


def _reader(file: h5py.File, content: bytes | None):
    """Bytes of the file, by where they begin and how many they are."""
    if content is not None:
        return lambda begin, count: content[begin : begin + count]
    handle = file.id.get_vfd_handle()

    def read(begin: int, count: int) -> bytes:
        with os.fdopen(os.dup(handle), "rb") as copy:
            copy.seek(begin)
            return copy.read(count)

    return read


@contextmanager
def _without_plugins(h5py: Any) -> Iterator[None]:
    """No plugin is looked for while a file is looked over; afterwards it has been seen to need none."""
    table = h5py.h5pl
    paths = [table.get(index) for index in range(table.size())]
    for _ in paths:
        table.remove(0)
    try:
        yield
    finally:
        for path in paths:
            table.append(path)


# ---- What the file holds --------------------------------------------------------------------------------------------


class _Inspection:
    """One walk over everything in a file. Low-level calls, because these follow nothing of their own accord."""

    def __init__(self, path: Path, size: int, read: Any):
        import h5py

        self.h5 = h5py
        self.path, self.size, self.read = path, size, read
        self.objects = self.decoded = self.stored = self.characters = 0
        self.axes: dict[int, tuple[int, ...]] = {}  # shape of every object by address; a group has ()
        self.scaled: list[tuple[Any, str]] = []
        kinds = [f"{sign}{bits}" for sign in "IU" for bits in (8, 16, 32, 64)]
        numbers = [f"STD_{kind}{order}" for kind in kinds for order in ("LE", "BE")]
        numbers += [f"IEEE_F{bits}{order}" for bits in (32, 64) for order in ("LE", "BE")]
        self.numbers = [getattr(h5py.h5t, name) for name in numbers]

    def refuse(self, where: str, why: str, instead: str) -> NoReturn:
        raise FileError(f"{self.path}: {where} {why}; {instead}, so this is not what Parley wrote")

    def file(self, file: Any) -> None:
        root = self.h5.h5g.open(file.id, b"/")
        if not self.h5.h5a.exists(root, b"parley_format"):
            raise FileError(
                f"{self.path}: an HDF5 file, but not a result of Parley (it has no attribute parley_format); "
                "parley run and parley compare write such files"
            )
        self.attributes(root, "/")
        found = str(plain(file.attrs["parley_format"]))
        if found.split(".")[0] != FORMAT:
            raise FileError(f"{self.path}: written in layout {found[:40]}; this Parley reads layout {FORMAT}")
        self.axes[self.h5.h5o.get_info(root).addr] = ()
        self.group(root, "", 0)
        for dataset, where in self.scaled:
            self.scales(dataset, where)

    def group(self, group: Any, path: str, depth: int) -> None:
        shown = path or "/"
        if depth > DEEPEST_GROUP:
            self.refuse(
                shown, "is nested too deeply", f"Parley puts groups into each other {DEEPEST_GROUP} deep at most"
            )
        self.objects += group.get_num_objs()
        if self.objects > MOST_OBJECTS:
            self.refuse(shown, "holds too many objects", f"Parley writes {MOST_OBJECTS:,} at most")
        members: list[tuple[bytes, int]] = []
        group.links.iterate(lambda name, link: members.append((name, link.type)), info=True)
        for name, kind in members:
            child = f"{path}/{self.text(name, f'the name {name[:80]!r} in {shown}')}"
            if kind != self.h5.h5l.TYPE_HARD:
                self.refuse(
                    child, "points to somewhere else, by name or in another file", "Parley writes no such links"
                )
            found = self.h5.h5o.open(group, name)
            address = self.h5.h5o.get_info(found).addr
            if address in self.axes:
                self.refuse(child, "is another name of something in this file", "Parley gives everything one name")
            self.axes[address] = ()
            if isinstance(found, self.h5.h5g.GroupID):
                self.attributes(found, child)
                self.group(found, child, depth + 1)
            elif isinstance(found, self.h5.h5d.DatasetID):
                self.axes[address] = self.dataset(found, child)
            else:
                self.refuse(child, "is neither a group nor a dataset", "Parley writes nothing else")

    # ---- datasets

    def dataset(self, dataset: Any, where: str) -> tuple[int, ...]:
        space = dataset.get_space()
        if space.get_simple_extent_type() == self.h5.h5s.NULL:
            self.refuse(where, "has an unusual shape: none", "Parley's datasets hold one number or have axes")
        shape = space.get_simple_extent_dims()
        if len(shape) > MOST_AXES:
            self.refuse(where, f"has an unusual shape of {len(shape)} axes", f"Parley writes {MOST_AXES} at most")
        kind = dataset.get_type()
        is_text = self.is_text(kind, where)
        if is_text and kind.get_class() == self.h5.h5t.STRING and not kind.is_variable_str():
            self.refuse(where, "holds text of fixed length", "Parley's text has any length")
        if is_text and len(shape) > 1:
            self.refuse(
                where, f"has an unusual shape: text over {len(shape)} axes", "Parley's text has one axis at most"
            )
        properties = dataset.get_create_plist()
        self.storage(properties, where)
        self.sizes(dataset, properties, shape, TEXT_ENTRY if is_text else kind.get_size(), where)
        self.attributes(dataset, where)
        if is_text:
            self.texts(dataset, properties, math.prod(shape), where)
        if self.h5.h5a.exists(dataset, b"DIMENSION_LIST"):
            self.scaled.append((dataset, where))
        return shape

    def storage(self, properties: Any, where: str) -> None:
        """Data must lie in the file itself, behind filters that every HDF5 has built in, each at most once."""
        layouts, filters = self.h5.h5d, self.h5.h5z
        if properties.get_external_count() != 0:
            self.refuse(where, "is stored in another file", "Parley writes one file")
        if properties.get_layout() not in (layouts.CONTIGUOUS, layouts.CHUNKED, layouts.COMPACT):
            self.refuse(
                where, "is stored elsewhere, as a view of other datasets", "Parley writes all numbers themselves"
            )
        used = [properties.get_filter(index)[0] for index in range(properties.get_nfilters())]
        known = {filters.FILTER_SHUFFLE, filters.FILTER_DEFLATE, filters.FILTER_FLETCHER32}
        if not known.issuperset(used) or len(set(used)) != len(used):
            shown = ", ".join(map(str, used[:8]))
            self.refuse(
                where,
                f"is compressed in an unusual way (filters {shown})",
                "Parley uses shuffle, deflate and fletcher32",
            )

    def sizes(self, dataset: Any, properties: Any, shape: tuple[int, ...], size: int, where: str) -> None:
        stored = dataset.get_storage_size()
        if stored == 0 and len(shape) == 1 and self.is_bare(dataset):
            return  # an axis without numbers, of which nothing is ever read
        claimed = math.prod(shape) * size
        if properties.get_layout() == self.h5.h5d.CHUNKED:
            chunk = math.prod(properties.get_chunk()) * size
            if chunk > LARGEST_CHUNK:
                self.refuse(where, f"is cut into chunks of {chunk:,} bytes", f"{LARGEST_CHUNK:,} are allowed")
            if stored > 0:
                self.chunks(dataset, chunk, where)
            claimed = max(claimed, chunk if claimed and stored else 0)
        self.decoded += claimed
        if self.decoded > DEFLATE_LIMIT * self.size:
            self.refuse(
                where,
                f"claims more data than the file can hold ({claimed:,} bytes)",
                "Parley writes all that it claims",
            )
        self.stored += stored
        if self.stored > self.size:
            self.refuse(where, "claims more bytes of the file than there are", "Parley stores everything once")

    def chunks(self, dataset: Any, size: int, where: str) -> None:
        """A chunk that takes more room than its numbers would inflate into more than it claims."""
        most = size + (size >> 12) + (size >> 14) + 64
        largest = 0

        def see(chunk: Any) -> None:
            nonlocal largest
            largest = max(largest, chunk.size)

        dataset.chunk_iter(see)
        if largest > most:
            self.refuse(where, f"has a chunk of {largest:,} bytes for {size:,}", "Parley's chunks become smaller")

    def is_bare(self, dataset: Any) -> bool:
        scales = self.h5.h5ds
        return scales.is_scale(dataset) and scales.get_scale_name(dataset).startswith(BARE_DIMENSION)

    def texts(self, dataset: Any, properties: Any, count: int, where: str) -> None:
        if count == 0:
            return
        data = self.h5.Dataset(dataset)
        if properties.get_layout() == self.h5.h5d.CONTIGUOUS:
            begin = dataset.get_offset()
            if begin is None:
                self.refuse(where, "was never written", "Parley fills in all its text")
            # Each text is a length and where it stands; many may stand in one place, so lengths are added up first.
            entries = np.frombuffer(self.read(begin, TEXT_ENTRY * count), dtype=[("length", "<u4"), ("place", "V12")])
            self.spend(int(entries["length"].sum(dtype=np.uint64)), where)
            values = [data[()]] if data.shape == () else list(data[...])
        else:  # saved by another tool: one by one, for the same reason
            values = []
            for index in range(count):
                values.append(data[index] if data.shape else data[()])
                self.spend(len(values[-1]), where)
        for value in values:
            self.text(value, f"a text in {where}")

    def spend(self, characters: int, where: str) -> None:
        self.characters += characters
        if self.characters > self.size:
            self.refuse(where, "claims more data than the file can hold (as text)", "Parley writes all that it claims")

    def scales(self, dataset: Any, where: str) -> None:
        """Every axis has one scale, of its length."""
        shape = dataset.shape
        lists = self.h5.Dataset(dataset).attrs["DIMENSION_LIST"]
        fits = len(lists) == len(shape) and all(len(references) == 1 for references in lists)
        for length, references in zip(shape, lists if fits else (), strict=False):
            try:
                if not references[0]:
                    continue  # what copying one dataset alone leaves of its axes
                # A reference is an address, so it may lead anywhere; only where the walk has been is anything sound.
                scale = self.h5.h5r.dereference(references[0], dataset)
                fits = fits and self.axes.get(self.h5.h5o.get_info(scale).addr) == (length,)
            except _FAULTS_OF_READING:
                fits = False
        if not fits:
            self.refuse(where, "has an axis whose scale is missing or of another length", "Parley's axes have one each")

    # ---- attributes, types, text

    def attributes(self, thing: Any, where: str) -> None:
        attributes, types, spaces = self.h5.h5a, self.h5.h5t, self.h5.h5s
        for index in range(attributes.get_num_attrs(thing)):
            attribute = attributes.open(thing, index=index)
            shown = f"the attribute {self.text(attribute.name, f'the name of an attribute of {where}')} of {where}"
            kind, space = attribute.get_type(), attribute.get_space()
            if space.get_simple_extent_type() == spaces.NULL or space.get_simple_extent_ndims() > 1:
                self.refuse(
                    shown, "has an unusual shape", "Parley's attributes are a number, a text or a row of numbers"
                )
            count = space.get_simple_extent_npoints()
            if count * kind.get_size() > LARGEST_ATTRIBUTE:
                self.refuse(
                    shown, f"is too large ({count * kind.get_size():,} bytes)", f"{LARGEST_ATTRIBUTE:,} are allowed"
                )
            if attribute.name == b"DIMENSION_LIST":
                if kind.get_class() != types.VLEN or not kind.get_super().equal(types.STD_REF_OBJ):
                    self.refuse(shown, "has an unusual type", "Parley's names the scales of the axes")
            elif attribute.name == b"REFERENCE_LIST":
                if kind.get_class() != types.COMPOUND:
                    self.refuse(shown, "has an unusual type", "Parley's names the axes of the scale")
            elif self.is_text(kind, shown):
                if count != 1:
                    self.refuse(shown, f"has an unusual shape: {count} texts", "Parley's attributes hold one text")
                value = self.h5.AttributeManager(_Holder(thing))[attribute.name]
                value = value.reshape(-1)[0] if isinstance(value, np.ndarray) else value
                self.text(value, shown)
                if len(value) > LARGEST_ATTRIBUTE:
                    self.refuse(shown, f"is too large ({len(value):,} bytes)", f"{LARGEST_ATTRIBUTE:,} are allowed")

    def is_text(self, kind: Any, where: str) -> bool:
        """Text or numbers; anything else is refused."""
        if kind.committed():
            self.refuse(where, "has an unusual type: a named one", "Parley's types have no names")
        if kind.get_class() == self.h5.h5t.STRING:
            return True
        if not any(kind.equal(number) for number in self.numbers):
            self.refuse(
                where, "has an unusual type", "Parley writes text, whole numbers of 8 to 64 bits, floats of 32 and 64"
            )
        return False

    def text(self, value: bytes | str, where: str) -> str:
        try:
            # h5py turns bytes that are not UTF-8 into lone surrogates, which do not turn back.
            text = value.decode() if isinstance(value, bytes) else value.encode().decode()
        except UnicodeError:
            self.refuse(where, "is not UTF-8", "Parley's text is")
        if _UNPRINTABLE.search(text):
            self.refuse(where, "holds unprintable characters", "Parley's text holds none")
        return text


class _Holder:
    """What h5py asks of the owner of attributes."""

    def __init__(self, identifier: Any):
        self.id = identifier


def plain(value: Any) -> Any:
    """A single value as Python has it, whatever it was wrapped in."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, np.ndarray) and value.size == 1:
        return plain(value.reshape(-1)[0])
    if isinstance(value, np.generic):
        return plain(value.item())
    return value


def nearest(name: str, known: list[str]) -> str:
    """A hint for a message, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
