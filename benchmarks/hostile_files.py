"""
Files made to hurt: each must be refused, or its rows rejected, with a message, within 10 seconds and 500 MB.

    python benchmarks/hostile_files.py          # a table; exit code 1 when a file breaks a bound

Every file is screened by the command line in a process of its own; processor seconds and greatest memory are its own.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 10.0
MOST_MEGABYTES = 500.0

_RUN = """
import re, sys, time
from laborscreen.cli import main
sys.argv = ["laborscreen", "screen", sys.argv[1], "--as-of", "2026-06-30"]
try:
    main()
finally:
    peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
    print("spent", time.process_time(), peak, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, the exit codes that are right for it, and a word its message must hold."""

    name: str
    data: bytes
    codes: tuple[int, ...]
    word: str


def files() -> Iterator[Hostile]:
    """Yield the files one after another."""
    yield Hostile("bomb.xlsx", _workbook(b"\0" * 400_000_000), (2,), "MAX_UNPACKED_RATIO")
    yield Hostile("huge.xlsx", _workbook(b"\0" * 700_000_000), (2,), "MAX_SHEET_UNPACKED")
    yield Hostile("lying.xlsx", _lying(_workbook(b"<row/>" * 5_000_000)), (2,), "damaged")
    yield Hostile("many-parts.xlsx", _many_parts(), (2,), "MAX_SHEET_UNPACKED")
    yield Hostile("entities.xlsx", _workbook(_SHEET, _BILLION_LAUGHS), (2,), "")
    yield Hostile("formulas.xlsx", _formulas(), (3,), "has no value yet")
    yield Hostile("password.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000_000, (2,), "password")
    parquet = _parquet()
    yield Hostile("whole-end-missing.parquet", parquet[:-100], (2,), "cut off")
    yield Hostile("middle-missing.parquet", parquet[: len(parquet) // 3] + parquet[-4_000:], (2,), "damaged")
    package = _package()
    yield Hostile("cut.json", package[: len(package) // 2], (2,), "cut off")
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in json.loads(package)["releases"][:3_000])
    yield Hostile("cut-ocds.jsonl", lines[:-30], (3,), "cut off")
    yield Hostile("cut.json.gz", gzip.compress(package)[:-1_000], (2,), "cut off")
    yield Hostile("one-string.json", b'{"releases": [{"ocid": "' + b"x" * 60_000_000, (2,), "cut off")
    yield Hostile("deep.json", b'{"releases": [{"ocid": ' + b"[" * 5_000_000, (2,), "cut off")
    flat = b"id,name\n" + b"1,A\n" * 60_000_000
    yield Hostile("bomb.csv.gz", gzip.compress(flat), (2,), "MAX_UNPACKED_RATIO")
    yield Hostile("bomb.csv.bz2", bz2.compress(flat), (2,), "MAX_UNPACKED_RATIO")
    yield Hostile("bomb.csv.xz", lzma.compress(flat, preset=0), (2,), "MAX_UNPACKED_RATIO")
    yield Hostile("endless-line.csv", b"id,name\n1," + b"x" * 60_000_000, (2, 3), "MAX_")


_SHEET = b"<worksheet/>"
_BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><workbook>&j;</workbook>"
)


def _workbook(sheet: bytes, book: bytes = b"<workbook/>") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return made.getvalue()


def _lying(workbook: bytes) -> bytes:
    """Return a workbook whose directory says that its sheet is small."""
    size = (30_000_000).to_bytes(4, "little")
    assert workbook.count(size) >= 1
    return workbook.replace(size, (3_000).to_bytes(4, "little"))


def _many_parts() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(10_100):
            archive.writestr(f"xl/media/{number}.png", b"")
    return made.getvalue()


def _formulas() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    for number in range(3_000):
        book.active.append([number, '=HYPERLINK("http://example.org","x")'])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = io.BytesIO()
    names = [f"Firm {number * 7_919}" for number in range(200_000)]
    pq.write_table(pa.table({"id": [str(number) for number in range(200_000)], "name": names}), made)
    return made.getvalue()


def _package() -> bytes:
    releases = [
        {"ocid": f"x-{number}", "parties": [{"id": "S", "name": f"Firm {number}", "roles": ["supplier"]}]}
        for number in range(20_000)
    ]
    return json.dumps({"uri": "u", "releases": releases}).encode()


def tried(one: Hostile, folder: Path) -> tuple[int, float, float, str]:
    """Screen a file and return the exit code, the processor seconds, the greatest memory in MB, and what was said."""
    path = folder / one.name
    path.write_bytes(one.data)
    ended = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)], capture_output=True, text=True, check=False
    )
    path.unlink()
    said, _, spent = ended.stderr.rpartition("spent ")
    seconds, kilobytes = spent.split()
    return ended.returncode, float(seconds), int(kilobytes) / 1_024, said + ended.stdout


def main() -> int:
    """Print the table; return 1 when a file breaks a bound."""
    broken = 0
    print(f"{'file':28} {'exit':>4} {'seconds':>8} {'MB':>5}")
    with tempfile.TemporaryDirectory() as folder:
        for one in files():
            code, seconds, megabytes, said = tried(one, Path(folder))
            good = (
                code in one.codes
                and one.word in said
                and "Traceback" not in said
                and seconds <= MOST_SECONDS
                and megabytes <= MOST_MEGABYTES
            )
            broken += not good
            message = next(
                (line for line in said.splitlines() if one.word and one.word in line), said.strip()[:120]
            )
            fault = "" if good else "BROKEN "
            print(f"{one.name:28} {code:>4} {seconds:>8.1f} {megabytes:>5.0f} {fault}{message.strip()[:150]}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
