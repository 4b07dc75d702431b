"""Files that were damaged, and files that were made to mislead: one sentence each, never a crash, never wrong numbers."""

import contextlib
import fcntl
import hashlib
import json
import os
import random
import subprocess
import sys
import zlib
from pathlib import Path

import h5py
import numpy as np
import pytest

import parley
from parley.analysis import guard, load
from parley.errors import FileError

DISPUTES = "disputes"


@pytest.fixture(scope="module")
def real_file(tmp_path_factory) -> Path:
    """What Parley writes: every group, sealed."""
    path = tmp_path_factory.mktemp("guard") / "real.h5"
    parley.run("toy", "backing", years=1, burn_in=0, replicates=1, record="full", panel=3).write(path)
    return path


@pytest.fixture
def bait(real_file, tmp_path) -> Path:
    """A copy to do mischief to. HDF5 cuts the seal off when it edits a file."""
    path = tmp_path / "bait.h5"
    path.write_bytes(real_file.read_bytes())
    return path


@contextlib.contextmanager
def edited(path: Path):
    with h5py.File(path, "r+", libver=("earliest", "v110")) as file:
        yield file


def everything(path: Path) -> None:
    """All that can be asked of a file."""
    results = parley.open(path)
    for name in results.metric_names:
        results.metric(name)
    results.metrics, results.cases(), results.stages(), results.ledger(), results.graph(), results.parameters()
    results.snapshot("hospitals"), results.provenance, results.contrasts, results.seed, results.years, results.title
    results.meanings("cases/outcome")


def refused(path: Path, what: str) -> str:
    with pytest.raises(FileError, match=what) as caught:
        everything(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ") and "\n" not in text and text.isprintable() and len(text) < 500
    return text


# ---- Files that are fine ----------------------------------------------------------------------------------------------


def test_a_real_file_is_read(real_file):
    everything(real_file)


def test_an_edited_file_is_read(bait):
    with edited(bait) as file:
        file.attrs["title"] = "retitled"
        file.attrs["note"] = "added, with a tab\tand a new\nline"
        file["cases/weight"] = np.ones(file["cases/opened"].shape)
    assert parley.open(bait).title == "retitled"
    everything(bait)


def test_bytes_are_hashed_once(bait, monkeypatch):
    counted = []
    plain = guard._hash
    monkeypatch.setattr(guard, "_hash", lambda *words: counted.append(1) or plain(*words))
    results = parley.open(bait)
    results.metric(DISPUTES), results.cases(), results.metrics
    assert len(counted) == 1
    os.utime(bait, ns=(0, 0))  # it may be another file now
    results.graph()
    assert len(counted) == 2


def test_a_file_that_was_exchanged_is_looked_over_again(bait):
    results = parley.open(bait)
    with edited(bait) as file:
        file["extra"] = h5py.SoftLink("/population")
    with pytest.raises(FileError, match="points to somewhere else"):
        results.metric(DISPUTES)


def test_a_file_exchanged_at_the_last_moment_is_noticed(bait, real_file, tmp_path, monkeypatch):
    """Between the look at the bytes and the opening by HDF5."""
    other = tmp_path / "other.h5"
    other.write_bytes(real_file.read_bytes())
    plain = guard._examined

    def exchanged(*words):
        state = plain(*words)
        os.replace(other, bait)
        return state

    monkeypatch.setattr(guard, "_examined", exchanged)
    refused(bait, "replaced while it was being opened")


def test_what_a_journal_holds_is_looked_over_too(bait, monkeypatch):
    """While a run goes on, the file is bytes that were never saved."""
    content = bait.read_bytes()
    monkeypatch.setattr(load, "_finished_so_far", lambda path: content)
    bait.unlink()
    everything(bait)
    content = content[:5000] + b"?" + content[5001:]
    refused(bait, "do not match its seal")
    with h5py.File(bait, "w") as file:
        file.attrs["parley_format"] = "1.0"
        file["extra"] = h5py.SoftLink("/x")
    content = bait.read_bytes()
    refused(bait, "points to somewhere else")


def test_plugins_are_put_back(bait):
    table = h5py.h5pl
    table.append(b"/somewhere/plugins")
    before = [table.get(index) for index in range(table.size())]
    try:
        everything(bait)
        assert [table.get(index) for index in range(table.size())] == before
        with guard._without_plugins(h5py):
            assert table.size() == 0
    finally:
        table.remove(before.index(b"/somewhere/plugins"))


# ---- What is no result file -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "there is no such file"),
        (b"", "not an HDF5 file"),
        (b"a,b\n1,2\n", "not an HDF5 file"),
        (guard.SIGNATURE, "not what HDF5 writes"),
        (guard.SIGNATURE + bytes([0]), "not what HDF5 writes"),
        (guard.SIGNATURE + bytes([9]) + bytes(200), "not what HDF5 writes"),
        (guard.SIGNATURE + bytes(200), "not what HDF5 writes"),
        (bytes(100), "not an HDF5 file"),
    ],
)
def test_no_hdf5(tmp_path, content, what):
    path = tmp_path / "thing.h5"
    if content is not None:
        path.write_bytes(content)
    refused(path, what)


def test_a_folder(tmp_path):
    path = tmp_path / "x.h5"
    path.mkdir()
    refused(path, "this is a folder")


def test_a_fifo_is_not_waited_for(tmp_path):
    path = tmp_path / "x.h5"
    os.mkfifo(path)
    refused(path, "not an ordinary file")


def test_a_device():
    refused(Path("/dev/zero"), "not an ordinary file")


def test_a_name_that_no_file_can_have(tmp_path):
    with pytest.raises(FileError, match="cannot be opened"):
        parley.open(tmp_path / ("x" * 300 + ".h5"))


def test_no_permission(bait):
    bait.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may read everything
    try:
        refused(bait, "no permission to read it")
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_is_being_written(bait):
    with bait.open("rb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        refused(bait, "another program has it open for writing")


def test_hdf5_behind_other_bytes(real_file, tmp_path):
    """HDF5 looks for its beginning further on; what stands before it could be anything, a program for instance."""
    path = tmp_path / "bait.h5"
    with h5py.File(path, "w", userblock_size=512) as file:
        file.attrs["parley_format"] = "1.0"
    refused(path, "not an HDF5 file")
    path.write_bytes(real_file.read_bytes()[:512] + real_file.read_bytes())
    refused(path, "damaged")
    content = bytearray(real_file.read_bytes())
    content[24] = 1  # the first block names another beginning
    path.write_bytes(content)
    refused(path, "does not begin at its first byte")


def test_one_of_several_files(tmp_path):
    with h5py.File(tmp_path / "part%d.h5", "w", driver="family", memb_size=4096) as file:
        file.attrs["parley_format"] = "1.0"
        file["x"] = np.zeros(10_000)
    refused(tmp_path / "part0.h5", "damaged|not a file of Parley")


@pytest.mark.parametrize("libver", ["earliest", "v108", "v110", "latest"])
def test_all_formats_of_hdf5_are_told_apart(tmp_path, libver):
    """A file of somebody else, whole and cut short, in each of the layouts that HDF5 has."""
    path = tmp_path / "other.h5"
    with h5py.File(path, "w", libver=(libver, "latest")) as file:
        file["x"] = np.arange(1000)
    refused(path, "not a result of Parley")
    path.write_bytes(path.read_bytes()[:-1])
    refused(path, "bytes are there")


def test_something_behind_the_end(real_file, tmp_path):
    path = tmp_path / "bait.h5"
    path.write_bytes(real_file.read_bytes() + b"\n")
    refused(path, "follows its end")
    path.write_bytes(real_file.read_bytes()[: -guard.SEAL_SIZE] + b"x" * guard.SEAL_SIZE)
    refused(path, "follows its end")


# ---- Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["extra", "cases/extra", "provenance/run/extra"])
@pytest.mark.parametrize(
    "link", [h5py.SoftLink("/population"), h5py.SoftLink("/nowhere"), h5py.ExternalLink("/etc/passwd", "/")], ids=str
)
def test_links_are_not_followed(bait, where, link):
    with edited(bait) as file:
        file[where] = link
    refused(bait, f"/{where} points to somewhere else")


@pytest.mark.parametrize("target", ["/", "/cases", "/round", "/population"])
def test_a_second_name(bait, target):
    """Groups within themselves have no end; datasets of many names could be read many times."""
    with edited(bait) as file:
        file.create_group("round")
        file["round/again"] = file[target]
    refused(bait, "another name of something")


def test_deep_nesting(bait):
    with edited(bait) as file:
        group = file
        for _ in range(1000):
            group = group.create_group("g")
    refused(bait, "nested too deeply")


def test_as_deep_as_the_c_reader_goes(bait):
    with edited(bait) as file:
        file.create_group("g/" * guard.DEEPEST_GROUP)
    everything(bait)
    with edited(bait) as file:
        file.create_group("g/" * guard.DEEPEST_GROUP + "g")
    refused(bait, "nested too deeply")


def test_too_many_objects(bait):
    with h5py.File(bait, "r+", libver="latest") as file:
        group = file.create_group("many")
        for number in range(200_000):
            group.id.links.create_hard(b"%d" % number, file.id, b"population")
    refused(bait, "/many holds too many objects")


# ---- Storage ----------------------------------------------------------------------------------------------------------


def test_nothing_is_read_from_another_file(bait, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret" * 100)
    with edited(bait) as file:
        file.create_dataset("extra", (8,), "i8", external=[(str(tmp_path / "secret"), 0, 64)])
    refused(bait, "/extra is stored in another file")


def test_views_of_other_datasets_are_refused(bait, tmp_path):
    with edited(bait) as file:
        layout = h5py.VirtualLayout((3,), "i8")
        layout[:] = h5py.VirtualSource(str(tmp_path / "other.h5"), "x", (3,))
        file.create_virtual_dataset("extra", layout)
    refused(bait, "/extra is stored elsewhere")


@pytest.mark.parametrize("options", [{"chunks": (2**16,)}, {}, {"chunks": (2**16,), "fillvalue": 7}], ids=str)
def test_more_data_than_the_file_can_hold(bait, options):
    if not options:  # without chunks nothing is set aside before the first number is written
        properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        properties.set_alloc_time(h5py.h5d.ALLOC_TIME_LATE)
        with edited(bait) as file:
            space = h5py.h5s.create_simple((2**40,))
            h5py.h5d.create(file.id, b"extra", h5py.h5t.STD_I64LE, space, properties)
    else:
        with edited(bait) as file:
            file.create_dataset("extra", (2**40,), "i8", **options)
    refused(bait, "/extra claims more data than the file can hold")


def test_claims_are_added_up(bait):
    with edited(bait) as file:
        each = guard.DEFLATE_LIMIT * bait.stat().st_size // 8 // 5
        for number in range(6):
            file.create_dataset(f"extra{number}", (each,), "i8", chunks=(1024,))
    refused(bait, "claims more data than the file can hold")


def test_an_axis_without_numbers_may_be_long(bait):
    with edited(bait) as file:
        scale = file.create_dataset("extra", (2**40,), ">f4", chunks=(1024,))
        scale.make_scale(guard.BARE_DIMENSION.decode() + f"{2**40:10}")
    everything(bait)


def test_datasets_on_top_of_each_other(bait):
    """Two more datasets that claim the bytes of a first one."""
    size = 4_000_000
    with edited(bait) as file:
        file["more/first"] = np.zeros(size, np.uint8)
        begin = file["more/first"].id.get_offset()
        for name in ("more/second", "more/third"):
            file.create_dataset(name, (size,), np.uint8)  # has no place until it is written
    nowhere, there = (
        bytes([3, 1]) + place + size.to_bytes(8, "little") for place in (b"\xff" * 8, begin.to_bytes(8, "little"))
    )
    content = bait.read_bytes()
    assert content.count(nowhere) == 2
    bait.write_bytes(content.replace(nowhere, there))
    with h5py.File(bait) as file:
        assert file["more/third"].id.get_offset() == begin
    refused(bait, "claims more bytes of the file than there are")


def test_a_chunk_that_inflates_beyond_its_size(bait):
    """HDF5 inflates whatever it finds, before it looks at how much was wanted: here 200 MB for 80 bytes."""
    with edited(bait) as file:
        data = file.create_dataset("extra", (10,), "i8", chunks=(10,), compression="gzip")
        data.id.write_direct_chunk((0,), zlib.compress(bytes(200_000_000)))
    refused(bait, "/extra has a chunk of 194,")


def test_incompressible_numbers_are_read(bait):
    with edited(bait) as file:
        noise = np.frombuffer(random.Random(1).randbytes(8 * 5000), "i8")
        file.create_dataset("more/extra", data=noise, chunks=(64,), compression="gzip", fletcher32=True)
    everything(bait)


def test_chunks_are_not_huge(bait):
    with edited(bait) as file:
        file.create_dataset("extra", (8,), "i8", chunks=(2**24,), maxshape=(None,))
    refused(bait, "/extra is cut into chunks")


ADD_WITH_FILTERS = """
import sys
import h5py
with h5py.File(sys.argv[1], "r+") as file:
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((10,))
    for number in map(int, sys.argv[2:]):
        properties.set_filter(number, h5py.h5z.FLAG_OPTIONAL, (1, 2) if number != 2 else ())
    h5py.h5d.create(file.id, b"extra", h5py.h5t.STD_I64LE, h5py.h5s.create_simple((10,)), properties)
"""


def with_filters(path: Path, *filters: int) -> None:
    # In a process of its own: once netCDF4 has been imported, a plugin may be loaded and look at what it is given here;
    # and it tells the processes begun later where its plugins are.
    words = [sys.executable, "-c", ADD_WITH_FILTERS, str(path), *map(str, filters)]
    nowhere = {**os.environ, "HDF5_PLUGIN_PATH": os.devnull}
    subprocess.run(words, check=True, capture_output=True, env=nowhere)


# Blosc, zstd, bzip2, ZFP, LZF (which h5py brings along), a number nobody has; n-bit and scale-offset, built in.
@pytest.mark.parametrize("number", [32001, 32015, 307, 32013, 32000, 65000, 5, 6])
def test_plugins_are_not_asked_for(bait, number):
    with_filters(bait, number)
    refused(bait, f"compressed in an unusual way .filters {number}")


LOOK_FOR_PLUGINS = """
import sys
import h5py, netCDF4                       # which brings plugins along and tells HDF5 of them
import parley
from parley.analysis import guard
assert h5py.h5pl.size() > 0
try:
    parley.open(sys.argv[1])
except parley.FileError as error:
    print(error)
with guard._without_plugins(h5py):
    print(h5py.h5z.filter_avail(32001))
print(any("/plugins/" in line for line in open("/proc/self/maps")))
"""


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="what a process has loaded is told by Linux alone")
def test_no_plugin_is_loaded(bait):
    pytest.importorskip("netCDF4")
    with_filters(bait, 32001)
    done = subprocess.run([sys.executable, "-c", LOOK_FOR_PLUGINS, bait], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    message, available, loaded = done.stdout.splitlines()
    assert "compressed in an unusual way" in message and available == loaded == "False"


def test_deflate_upon_deflate(bait):
    """A million to one."""
    with_filters(bait, 1, 1)
    refused(bait, "compressed in an unusual way .filters 1, 1")


# ---- Types and shapes -------------------------------------------------------------------------------------------------

ODD_TYPES = {
    "compound": np.dtype([("a", "i4"), ("b", "f8")]),
    "enum": h5py.enum_dtype({"no": 0, "yes": 1}),
    "bool": np.dtype(bool),
    "complex": np.dtype(complex),
    "reference": h5py.ref_dtype,
    "region": h5py.regionref_dtype,
    "fixed text": np.dtype("S4"),
    "opaque": np.dtype("V8"),
    "float16": np.dtype("f2"),
    "vlen": h5py.vlen_dtype(np.int32),
    "array": np.dtype(("i4", (2, 2))),
}


@pytest.mark.parametrize("kind", ODD_TYPES.values(), ids=ODD_TYPES)
def test_types_that_parley_does_not_write(bait, kind):
    with edited(bait) as file:
        if kind.subdtype:
            h5py.h5d.create(file.id, b"extra", h5py.h5t.py_create(kind), h5py.h5s.create_simple((2,)))
        else:
            file.create_dataset("extra", (2,), kind)
    refused(bait, "/extra (has an unusual type|holds text of fixed length)")


@pytest.mark.parametrize("kind", ["compound", "enum", "reference", "vlen", "array"])
def test_attributes_of_types_that_parley_does_not_write(bait, kind):
    with edited(bait) as file:
        file["cases"].attrs.create("extra", np.zeros(2, ODD_TYPES[kind]) if kind == "compound" else None,
                                   (2,), ODD_TYPES[kind]) if kind == "compound" else h5py.h5a.create(
            file["cases"].id, b"extra", h5py.h5t.py_create(ODD_TYPES[kind], logical=True), h5py.h5s.create_simple((2,))
        )  # fmt: skip
    refused(bait, "the attribute extra of /cases has an unusual type")


def test_named_types(bait, real_file):
    with edited(bait) as file:
        file["extra"] = np.dtype("f8")
    refused(bait, "/extra is neither a group nor a dataset")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        kind = h5py.h5t.STD_I64LE.copy()
        kind.commit(file.id, b"kind")
        h5py.h5d.create(file.id, b"extra", kind, h5py.h5s.create_simple((2,)))
        del file["kind"]
    refused(bait, "/extra has an unusual type: a named one")


def test_shapes_that_parley_does_not_write(bait, real_file):
    for shape, what in ((None, "none"), ((1,) * 9, "9 axes")):
        bait.write_bytes(real_file.read_bytes())
        with edited(bait) as file:
            file["extra"] = h5py.Empty("f8") if shape is None else np.zeros(shape)
        refused(bait, f"/extra has an unusual shape.*{what}")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        file.create_dataset("extra", (2, 2), h5py.string_dtype())
    refused(bait, "/extra has an unusual shape: text over 2 axes")


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (np.zeros((2, 2)), "has an unusual shape"),
        (h5py.Empty("f8"), "has an unusual shape"),
        (["a", "b"], "has an unusual shape: 2 texts"),
        ("x" * (guard.LARGEST_ATTRIBUTE + 1), "is too large"),
        (np.zeros(100_000_000, np.uint8), r"is too large \(100,000,000 bytes\)"),
    ],
    ids=["matrix", "nothing", "texts", "long text", "100 MB"],
)
def test_attributes_that_parley_does_not_write(bait, value, what):
    with h5py.File(bait, "r+", libver="latest") as file:  # only there may an attribute be larger than 64 kB
        group = file.create_group("extra")
        group.attrs["odd"] = value
    refused(bait, f"the attribute odd of /extra {what}")


# ---- Text -------------------------------------------------------------------------------------------------------------


def test_text_that_is_not_utf8(bait, real_file):
    with edited(bait) as file:
        file.create_dataset("extra", data=np.array([b"fine", b"\xff\xfe"], object), dtype=h5py.string_dtype())
    refused(bait, "a text in /extra is not UTF-8")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        file.attrs["title"] = np.array(b"caf\xe9", h5py.string_dtype())
    refused(bait, "the attribute title of / is not UTF-8")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        h5py.h5g.create(file.id, b"\xff")
    refused(bait, "the name .* is not UTF-8")


def test_text_that_would_steer_a_terminal(bait, real_file):
    with edited(bait) as file:
        file.attrs["title"] = "\x1b[2Jnothing to see"
    refused(bait, "the attribute title of / holds unprintable")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        file.create_group("\x1b]0;x\x07")
    refused(bait, "holds unprintable")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        file["policy"][0] = "a\x9bb"
    refused(bait, "a text in /policy holds unprintable")
    bait.write_bytes(real_file.read_bytes())
    with edited(bait) as file:
        file.attrs["note"] = np.bytes_(b"a\0b")
    refused(bait, "the attribute note of / holds unprintable")


@pytest.mark.parametrize("options", [{}, {"chunks": (2000,)}], ids=["row", "chunks"])
def test_one_long_text_told_many_times(bait, options):
    with edited(bait) as file:
        data = file.create_dataset(
            "more/extra", data=["x" * 50_000] + ["y"] * 1999, dtype=h5py.string_dtype(), **options
        )
        begin = data.id.get_chunk_info(0).byte_offset if options else data.id.get_offset()
    everything(bait)
    content = bytearray(bait.read_bytes())
    content[begin : begin + 16 * 2000] = content[begin : begin + 16] * 2000  # 100 MB of a file of 1 MB
    bait.write_bytes(content)
    refused(bait, "/more/extra claims more data than the file can hold .as text")


def test_text_that_was_never_written(bait):
    with edited(bait) as file:
        file.create_dataset("extra", (20,), h5py.string_dtype(), fillvalue="x" * 50_000)
    refused(bait, "/extra was never written|claims more data than the file can hold")


# ---- What Parley's own numbers must be --------------------------------------------------------------------------------


def replaced(file: h5py.File, name: str, values) -> None:
    attributes = dict(file[name].attrs)
    del file[name]
    file[name] = values
    for key in ("units", "flag_values", "flag_meanings"):
        if key in attributes:
            file[name].attrs[key] = attributes[key]


MISFITS = {
    "a metric of other lengths": (lambda f: replaced(f, DISPUTES, np.zeros((1, 1, 12, 4), int)), "/disputes has the shape"),
    "a population of others": (lambda f: replaced(f, "population", np.ones(7)), "/population has the shape"),
    "columns of several lengths": (lambda f: replaced(f, "cases/paid", np.ones(1)), "/cases/paid has the shape|has the shape"),
    "no codes": (lambda f: f["cases/outcome"].attrs.__delitem__("flag_values"), "no attribute flag_values"),
    "no meanings": (lambda f: f["cases/outcome"].attrs.__delitem__("flag_meanings"), "no attribute flag_meanings"),
    "codes without meaning": (lambda f: f["cases/outcome"].attrs.modify("flag_meanings", "open"), "8 codes with 1 meaning"),
    "codes that are texts": (lambda f: f["cases/outcome"].attrs.create("flag_values", "0"), "codes with"),
    "no start date": (lambda f: f["time"].attrs.__delitem__("units"), "/time has no attribute units"),
    "a start that is no date": (lambda f: f["time"].attrs.modify("units", "days since yesterday"), "damaged"),
    "an unfinished start": (lambda f: f["time"].attrs.modify("units", "days"), "damaged"),
    "a group for a dataset": (lambda f: (f.__delitem__("population"), f.create_group("population")), "is not a dataset"),
    "a dataset for a group": (lambda f: (f.__delitem__("graph"), f.create_dataset("graph", data=1)), "is not a group"),
    "no replicates": (lambda f: f.__delitem__("replicate"), "an axis whose scale is missing"),
    "an axis of another length": (lambda f: f[DISPUTES].dims[3].attach_scale(f["time"]), "an axis whose scale is missing or"),
    "an axis with two scales": (lambda f: (f.create_dataset("more/scale", data=range(3)).make_scale(), f[DISPUTES].dims[3].attach_scale(f["more/scale"])), "an axis whose scale is missing or"),
    "a seed that is no number": (lambda f: replaced(f, "provenance/seed", "many"), "/provenance/seed is 'many'"),
    "a ledger without amounts": (lambda f: f.__delitem__("ledger/cents"), "ledger/cents is missing"),
    "accounts of nobody": (lambda f: replaced(f, "accounts/index", np.zeros(2)), "damaged"),
    "transfers that are text": (lambda f: replaced(f, "ledger/from", ["a"] * f["ledger/from"].size), "damaged"),
    "a graph without names": (lambda f: f.__delitem__("graph/node_name"), "graph/node_name is missing"),
    "endless years": (lambda f: replaced(f, "provenance/years", np.inf), "/provenance/years is inf"),
    "no seed": (lambda f: f.__delitem__("provenance/seed"), "/provenance/seed is missing"),
    "a scale that xarray cannot use": (lambda f: f["trust"].attrs.create("scale_factor", "two"), "xarray cannot read"),
    "contrasts of other policies": (
        lambda f: (f.__delitem__("contrasts"), [f.create_dataset(f"contrasts/{name}", data=[value]) for name, value in
                   {"contrast": "a", "title": "b", "policy": "c", "baseline": "d", "solved_lever": "", "solved_value": 0.0}
                   .items()]),
        "/contrasts names the policy 'c'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "what"), MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit(bait, change, what):
    with edited(bait) as file:
        change(file)
    refused(bait, what)


def test_a_dataset_copied_alone(bait):
    with edited(bait) as file:
        file.copy("cases/paid", file.create_group("more"), "paid")
        assert file["more/paid"].attrs["DIMENSION_LIST"].size == 1
    everything(bait)


def test_a_reference_into_the_void(bait):
    """References to scales are addresses; one that leads to no object that the walk met is refused."""
    with edited(bait) as file:
        group = file.create_group("gone")
        group["scale"] = np.arange(3)
        group["scale"].make_scale("scale")
        file["extra"] = np.arange(3)
        file["extra"].dims[0].attach_scale(group["scale"])
        del file["gone"]
    refused(bait, "an axis whose scale is missing or of another length")


# ---- Damage -----------------------------------------------------------------------------------------------------------

READ_MANY = """
import hashlib, json, sys
import parley
for path in json.load(sys.stdin):
    try:
        results = parley.open(path)
        found = hashlib.sha256()
        for name in results.metric_names:
            found.update(results.metric(name).tobytes())
        for column in results.case_columns().values():
            found.update(column.tobytes())
        found.update(repr([sorted(results.provenance.items()), results.contrasts, results.title, results.places]).encode())
        answer = found.hexdigest()
    except parley.FileError as error:
        answer = f"refused {error}"
    print(json.dumps(answer), flush=True)
"""


def read_elsewhere(paths: list[Path]) -> list[str]:
    """What another process makes of these files, which may kill it."""
    done = subprocess.run(
        [sys.executable, "-c", READ_MANY], input=json.dumps([str(path) for path in paths]), capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"{paths[len(answers)]}: status {done.returncode}\n{done.stderr[-2000:]}"
    assert all("\n" not in answer for answer in answers) and len(answers) == len(paths)
    return answers


def flipped(whole: bytes, luck: random.Random) -> bytes:
    broken = bytearray(whole)
    broken[luck.randrange(len(whole))] ^= 1 << luck.randrange(8)
    return bytes(broken)


def written(folder: Path, contents: list[bytes]) -> list[Path]:
    paths = [folder / f"{number}.h5" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


@pytest.fixture(scope="module")
def plain_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "plain.h5"
    parley.run("toy", "backing", years=1, burn_in=0, replicates=1).write(path)
    return path


def test_flipped_bits_are_noticed(plain_file, tmp_path):
    whole, luck = plain_file.read_bytes(), random.Random(5)
    answers = read_elsewhere(written(tmp_path, [whole, *(flipped(whole, luck) for _ in range(300))]))
    assert not answers[0].startswith("refused")
    assert all(answer.startswith("refused") for answer in answers[1:])


def test_every_byte_of_the_seal_counts(plain_file, tmp_path):
    whole = plain_file.read_bytes()
    for place in range(len(whole) - guard.SEAL_SIZE, len(whole)):
        path = tmp_path / "bait.h5"
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 32]) + whole[place + 1 :])
        with pytest.raises(FileError, match="it is damaged"):
            parley.open(path)


def test_cut_files_are_noticed(plain_file, tmp_path):
    """Where the seal alone is lost, all that HDF5 needs is there, as in a file that another tool saved."""
    whole, luck = plain_file.read_bytes(), random.Random(6)
    body = len(whole) - guard.SEAL_SIZE
    lengths = [len(whole), body, 0, 1, 8, 9, 63, 64, body - 1, body + 1, len(whole) - 1]
    lengths += [luck.randrange(len(whole)) for _ in range(50)]
    answers = read_elsewhere(written(tmp_path, [whole[:length] for length in lengths]))
    assert answers[0] == answers[1] and not answers[0].startswith("refused")
    assert all(answer.startswith("refused") for answer in answers[2:])


def test_damage_without_a_seal_never_crashes(plain_file, tmp_path):
    """Some damage cannot be seen then; what cannot be read is told in one line all the same."""
    whole, luck = plain_file.read_bytes()[: -guard.SEAL_SIZE], random.Random(7)
    # Half of it where HDF5 keeps its own accounts: the beginning of the file, and the last third.
    contents = [flipped(whole, luck) for _ in range(50)]
    contents += [flipped(whole[:4096], luck) + whole[4096:] for _ in range(50)]
    answers = read_elsewhere(written(tmp_path, contents))
    assert any(answer.startswith("refused") for answer in answers)


def test_a_seal_made_anew_does_not_help(bait):
    """Whoever makes a misleading file can seal it as well."""
    with edited(bait) as file:
        file["extra"] = h5py.ExternalLink("/etc/passwd", "/")
    content = bait.read_bytes()
    bait.write_bytes(content + guard.SEAL_WORD + hashlib.sha256(content).hexdigest().encode() + b"\n")
    refused(bait, "points to somewhere else")
