"""
What a file is: by suffix, by content, by what the user says; packed or not.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import Format, limits, open_source
from tests.formats.conftest import read_all

Write = Callable[..., Path]
TABLE = b"id,name\n1,A\n2,B\n"


def zipped(**members: bytes) -> bytes:
    """Return a zip archive of some files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv.gz", gzip.compress(TABLE)),
        ("a.csv.bz2", bz2.compress(TABLE)),
        ("a.csv.xz", lzma.compress(TABLE)),
        ("a.csv.xz", lzma.compress(TABLE[:9]) + lzma.compress(TABLE[9:])),
        ("a.csv.zip", zipped(whatever=TABLE)),
        ("a.zip", zipped(a_csv=TABLE)),
        ("A.TSV.GZ", gzip.compress(TABLE.replace(b",", b"\t"))),
        ("a.jsonl.bz2", bz2.compress(b'{"id": "1", "name": "A"}\n{"id": "2", "name": "B"}\n')),
        ("a.json.xz", lzma.compress(b'[{"id": "1", "name": "A"}, {"id": "2", "name": "B"}]')),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_packed_files_are_read(write: Write, name: str, data: bytes) -> None:
    """Text files may be packed in four ways."""
    rows, rejects, _ = read_all(write(name, data))
    assert [(row["id"], row["name"]) for row in rows] == [("1", "A"), ("2", "B")]
    assert not rejects


LONG = TABLE + b"".join(b"%d,Firm of number %d\n" % (n, n * 7_919) for n in range(3, 9_000))


def bomb() -> bytes:
    """Return 120 MB that pack to next to nothing; rows of one letter are what bz2 packs soonest."""
    return b"id,name\n" + (b"1," + b"A" * 1_021 + b"\n") * 120_000


# Packed when the test runs: a bomb takes a second to make, and every process collects every test.
@pytest.mark.parametrize(
    ("name", "pack", "message"),
    [
        ("a.csv.bz2", lambda: bz2.compress(LONG)[:-30], "cut off"),
        ("a.csv.xz", lambda: lzma.compress(LONG)[:-30], "cut off"),
        ("a.csv.xz", lambda: lzma.compress(LONG)[:400] + b"\xff" * 900, "damaged"),
        ("a.csv.zip", lambda: zipped(a_csv=TABLE, b_csv=TABLE), "holds 2 files"),
        ("a.csv.zip", zipped, "holds 0 files"),
        ("a.csv.zip", lambda: zipped(a_csv=LONG)[:-30], "cannot be read"),
        ("a.csv.bz2", lambda: bz2.compress(bomb()), "MAX_UNPACKED_RATIO"),
        ("a.csv.xz", lambda: lzma.compress(bomb(), preset=0), "MAX_UNPACKED_RATIO"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_packed_files_are_refused(
    write: Write, name: str, pack: Callable[[], bytes], message: str
) -> None:
    """Cut off, damaged, an archive of several files, a bomb: refused with the reason."""
    with pytest.raises(InputError, match=message):
        read_all(write(name, pack()))


def test_an_xz_file_cannot_ask_for_memory(write: Write) -> None:
    """A header that asks for a window of more than the limit refuses the file."""
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 4 * limits.MAX_UNPACKER_MEMORY // 3}]
    packer = lzma.LZMACompressor(filters=[{**filters[0], "mf": lzma.MF_HC3, "mode": lzma.MODE_FAST}])
    with pytest.raises(InputError, match=r"(?i)memory"):
        read_all(write("a.csv.xz", packer.compress(TABLE) + packer.flush()))


def test_the_user_may_say_what_a_file_is(write: Write) -> None:
    """Without a suffix the format is asked for, and what is said is obeyed."""
    path = write("export", TABLE)
    with pytest.raises(UsageError, match="--format"):
        open_source(path)
    source = open_source(path, format_name="csv")
    assert (source.format, len(read_all(path, format_name="csv")[0])) == ("csv", 2)
    with pytest.raises(UsageError, match="did you mean `csv`"):
        open_source(path, format_name="cvs")


def test_json_lines_under_the_name_of_json_are_read(write: Write) -> None:
    """A file of one object a line is read as such, whatever it is called; a list is still a list."""
    lines = write("a.json", '{"id": "1", "name": "A"}\n{"id": "2", "name": "B"}\n')
    assert open_source(lines).format == "jsonl"
    assert open_source(write("b.json", '{"id": "1",\n "name": "A"}\n')).format == "json"
    assert (
        open_source(write("c.json", '[\n{"id": "1", "name": "A"},\n{"id": "2", "name": "B"}\n]')).format
        == "json"
    )


def test_a_text_that_names_a_standard_does_not_make_it_one(write: Write) -> None:
    """A record whose words quote OCDS keys is a record."""
    rows, _, _ = read_all(write("a.json", r'[{"id": "1", "name": "A", "activities": "\"ocid\": \"x\""}]'))
    assert rows[0]["activities"] == '"ocid": "x"'


def test_every_format_has_a_reader() -> None:
    """No format is named that nobody reads."""
    from laborscreen.formats.reading import _READERS

    assert set(_READERS) == set(Format)
