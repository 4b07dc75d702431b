"""Files that were made to mislead, and files that were damaged: one sentence each, never a crash, never wrong numbers."""

import multiprocessing
import random
import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest

import parley
from parley.errors import FileError


@pytest.fixture(scope="module")
def real_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("guard") / "real.h5"
    parley.run("toy", "backing", years=1, burn_in=0, replicates=1, record="full", panel=3).write(path)
    return path


@pytest.fixture
def bait(real_file, tmp_path):
    """A real file without its seal, open for mischief; h5py cuts the seal off when it edits."""
    path = tmp_path / "bait.h5"
    shutil.copy(real_file, path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        results = parley.open(path)
        results.metric("disputes"), results.cases(), results.provenance, results.graph()
    text = str(caught.value)
    assert str(path) in text and "\n" not in text
    return text


def test_an_edited_file_that_stays_sound_is_read(bait):
    with h5py.File(bait, "r+") as file:
        file.attrs["title"] = "retitled"
    assert parley.open(bait).title == "retitled"


@pytest.mark.parametrize("where", ["extra", "cases/extra"])
def test_links_are_not_followed(bait, where):
    with h5py.File(bait, "r+") as file:
        file[where] = h5py.SoftLink("/population")
    assert "points to somewhere else" in refused(bait)
    with h5py.File(bait, "r+") as file:
        del file[where]
        file[where] = h5py.ExternalLink("/etc/passwd", "/")
    assert "points to somewhere else" in refused(bait)


def test_nothing_is_read_from_another_file(bait, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret" * 100)
    with h5py.File(bait, "r+") as file:
        file.create_dataset("extra", (8,), "i8", external=[(str(tmp_path / "secret"), 0, 64)])
    assert "stored in another file" in refused(bait)


def test_virtual_datasets_are_refused(bait, tmp_path):
    with h5py.File(bait, "r+") as file:
        layout = h5py.VirtualLayout((3,), "i8")
        layout[:] = h5py.VirtualSource(str(tmp_path / "other.h5"), "x", (3,))
        file.create_virtual_dataset("extra", layout)
    assert "stored elsewhere" in refused(bait)


def test_a_group_within_itself(bait):
    with h5py.File(bait, "r+") as file:
        group = file.create_group("round")
        group["round"] = group
    assert "nested too deeply" in refused(bait)


def test_deep_nesting(bait):
    with h5py.File(bait, "r+") as file:
        group = file
        for _ in range(300):
            group = group.create_group("g")
    assert "nested too deeply" in refused(bait)


def test_too_many_objects(bait):
    with h5py.File(bait, "r+", libver="latest") as file:
        group = file.create_group("many")
        first = group.create_group("0")
        for number in range(1, 10_001):
            group[str(number)] = first
    assert "too many objects" in refused(bait)


def test_more_data_than_the_file_can_hold(bait):
    with h5py.File(bait, "r+") as file:
        file.create_dataset("extra", (2**45,), "u1", chunks=(2**20,))
    assert "claims more data than the file can hold" in refused(bait)


def test_plugins_are_not_loaded(bait):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((10,))
    properties.set_filter(32001, h5py.h5z.FLAG_OPTIONAL, (1, 2))  # Blosc, which only a plugin knows
    with h5py.File(bait, "r+") as file:
        space = h5py.h5s.create_simple((10,))
        h5py.h5d.create(file.id, b"extra", h5py.h5t.STD_I64LE, space, properties)
    assert "compressed in an unusual way" in refused(bait)


@pytest.mark.parametrize(
    "kind",
    [
        np.dtype([("a", "i4"), ("b", "f8")]),
        h5py.enum_dtype({"no": 0, "yes": 1}),
        h5py.ref_dtype,
        np.dtype("S4"),
        np.dtype(">i8"),
        np.dtype("f2"),
        h5py.vlen_dtype(np.int32),
        np.dtype(("i4", (2, 2))),
    ],
    ids=str,
)
def test_types_that_parley_does_not_write(bait, kind):
    with h5py.File(bait, "r+") as file:
        file.create_dataset("extra", (2,), kind)
    text = refused(bait)
    assert "unusual type" in text or "fixed length" in text


def test_a_named_type_is_no_dataset(bait):
    with h5py.File(bait, "r+") as file:
        file["extra"] = np.dtype("f8")
    assert "neither a group nor a dataset" in refused(bait)


def test_attributes_of_unusual_kinds(bait):
    with h5py.File(bait, "r+") as file:
        file.attrs["pair"] = np.zeros((2, 2))
    assert "unusual" in refused(bait)


@pytest.mark.parametrize("make", ["folder", "fifo", "empty", "text", "missing"])
def test_what_is_no_file_of_ours(tmp_path, make):
    path = tmp_path / "thing.h5"
    if make == "folder":
        path.mkdir()
    elif make == "fifo":
        import os

        os.mkfifo(path)
    elif make != "missing":
        path.write_text("" if make == "empty" else "hello\n" * 100)
    refused(path)


def _look(job: tuple[str, bytes]) -> str:
    """What a process of its own makes of these bytes: "refused", or the numbers that it read."""
    path, content = job
    Path(path).write_bytes(content)
    try:
        results = parley.open(path)
        return str((results.metric("disputes").sum(), results.cases()["paid"].sum(), results.title))
    except FileError as error:
        assert "\n" not in str(error)
        return "refused"


def test_damage_is_told_and_never_read(real_file, tmp_path):
    whole = real_file.read_bytes()
    luck = random.Random(5)
    jobs = []
    for number in range(300):
        broken = bytearray(whole)
        broken[luck.randrange(len(whole))] ^= 1 << luck.randrange(8)
        jobs.append((str(tmp_path / f"{number}.h5"), bytes(broken)))
    for number in range(50):
        jobs.append((str(tmp_path / f"cut{number}.h5"), whole[: luck.randrange(len(whole))]))
    truth = _look((str(tmp_path / "whole.h5"), whole))
    with multiprocessing.get_context("spawn").Pool(2) as pool:  # a crash of one would be seen here as a failure
        answers = pool.map_async(_look, jobs, chunksize=10).get(timeout=300)
    # A seal that is cut off or no longer recognised leaves a file that HDF5 itself may still read, whole.
    assert set(answers) <= {"refused", truth}
    assert answers.count("refused") > 330
