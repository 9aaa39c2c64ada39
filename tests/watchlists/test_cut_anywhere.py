"""
Real lists, cut short at every kilobyte.

`tests.watchlists.cutting` reads each file once and cuts it at every place on the way. What must hold at each: the list is
refused in words that name the file, or it is read and says that it may not be whole; then every entry is as in the
whole file, but for what stood in the rows that are gone.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.listfile import ListFile
from tests.watchlists.cutting import described
from tests.watchlists.lists import FIXTURES, REAL, SHARED, shared, written

ROOT = Path(__file__).parents[2]
KILOBYTE = 1024
EVERY = int(os.environ.get("EVERY_KILOBYTE") or 16)
"""Kilobytes from cut to cut in `make soak`; EVERY_KILOBYTE=1 leaves none out."""

FILES = {
    # Each file of each list, with the files it is read with.
    file: files
    for files, *_ in REAL.values()
    for file in files
} | {
    # Lists broken on purpose, and one that its converter gave a form of his own: the whole file is refused.
    file: (file,)
    for file in (
        *(f"invalid/{name}.csv" for name in ("add", "alt", "csl", "sdn", "sdn_comments")),
        "uk/uk_sanctions_list_ammitto.jsonl.gz",
    )
}
NO_LINE = (".gz", ".xlsx", "invalid/add.csv", "invalid/alt.csv")
"""Files in which a refusal names no line: packed ones, and parts of a set that are refused for want of their entries."""
XML = tuple(file for file in FILES if file.endswith(".xml.gz"))
NO_END = (".csv", ".txt", ".json")
"""Forms that do not say, or not always, where a file ends; in any other no cut file is read."""

BIS_MAPPING = """
list: bis-by-mapping
columns:
  name: Name
  addresses: [Street_Address, City]
  countries: Country
  remarks: FR_Citation
"""


def cut_everywhere(*, patch: str = "", **job: Any) -> dict[str, Any]:
    """
    Return what came of cutting a file, in a process of its own.

    Args:
        patch: statements that are run first.
        job: the fields of the `Job`, and ``without_lxml``.
    """
    code = f"{patch}\nfrom tests.watchlists import cutting\ncutting.main()"
    run = subprocess.run(
        [sys.executable, "-c", code, json.dumps(job)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    outcome: dict[str, Any] = json.loads(run.stdout)
    return outcome


def proved(file: str, **job: Any) -> dict[str, Any]:
    """Cut a file everywhere and return what came of it, once nothing that must not be did."""
    outcome = cut_everywhere(**job)
    shown = {name: value for name, value in outcome.items() if name not in ("answers", "causes")}
    print(file, shown)  # seen with `pytest -rP`
    assert not outcome["faults"], outcome["shown"]
    assert outcome["cuts"] + outcome["beyond"] == outcome["places"] > 0
    assert outcome["refused"] + outcome["told"] + outcome["whole"] == outcome["cuts"]
    assert not outcome["told"] or file.endswith(NO_END)
    return outcome


def of_real(file: str, every: int) -> dict[str, Any]:
    """Return the job that cuts a real file, *every* so many kilobytes."""
    files = FILES[file]
    return {
        "files": [str(shared(name)) for name in files],
        "cut": files.index(file),
        "every": every * KILOBYTE,
        "rows_apart": len(files) > 1,
        "lines": not file.endswith(NO_LINE),
    }


def unpacked(folder: Path, file: str, every: int) -> dict[str, Any]:
    """Return the job that cuts a packed real file as its publisher gives it, not packed."""
    plain = written(folder, Path(file).stem, gzip.decompress(shared(file).read_bytes()))
    return {"files": [str(plain)], "every": every * KILOBYTE, "lines": True}


def test_no_real_file_is_left_out() -> None:
    """
    Every file among the real lists is one of those that are cut.
    """
    if not SHARED.exists():
        pytest.skip("the shared data is not there")

    assert {path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*") if path.is_file()} == set(FILES)


@pytest.mark.soak
@pytest.mark.parametrize("file", FILES)
def test_a_real_file_cut_at_any_kilobyte_never_passes_in_silence(file: str) -> None:
    """
    Each real file, cut on disk at every kilobyte, is refused in words, or says that it may not be whole.
    """
    proved(file, **of_real(file, EVERY))


@pytest.mark.soak
@pytest.mark.parametrize("file", XML)
def test_a_real_xml_list_cut_at_any_kilobyte_is_refused(tmp_path: Path, file: str) -> None:
    """
    Each real XML list, unpacked, is refused at every kilobyte with the line where it ends.
    """
    outcome = proved(file, **unpacked(tmp_path, file, EVERY), sips=True)

    assert outcome["refused"] == outcome["cuts"]


@pytest.mark.soak
@pytest.mark.parametrize("without_lxml", [False, True])
@pytest.mark.parametrize("file", XML)
def test_a_real_xml_list_cut_anywhere_is_refused_by_both_parsers(
    tmp_path: Path, file: str, without_lxml: bool
) -> None:
    """
    The same holds for both parsers, fed as they are in use, at every eighth of these places.
    """
    outcome = proved(file, **unpacked(tmp_path, file, EVERY * 8), without_lxml=without_lxml)

    assert outcome["refused"] == outcome["cuts"]


@pytest.mark.parametrize(
    ("file", "every"),
    [("us_bis/csl_small.csv", 1), ("us_bis/dpl.txt", 4), ("us_ofac/cons_2024-05-06.xml.gz", 16)],
)
def test_a_small_real_file_cut_at_any_kilobyte_never_passes_in_silence(file: str, every: int) -> None:
    """
    The small real lists are cut in the same way every day.
    """
    proved(file, **of_real(file, every))


@pytest.mark.parametrize("without_lxml", [False, True])
def test_a_small_real_xml_list_cut_anywhere_is_refused_by_both_parsers(
    tmp_path: Path, without_lxml: bool
) -> None:
    """
    A small real XML list, unpacked, is refused wherever it is cut, with the line, whichever parser reads it.
    """
    file = "us_ofac/cons_2024-05-06.xml.gz"
    outcome = proved(file, **unpacked(tmp_path, file, 48), without_lxml=without_lxml)

    assert outcome["refused"] == outcome["cuts"]


def test_a_table_read_with_a_mapping_cut_at_any_kilobyte_never_passes_in_silence(tmp_path: Path) -> None:
    """
    A real table that is read with a mapping is refused or says that it may not be whole, as with its own importer.
    """
    mapping = written(tmp_path, "bis.yaml", BIS_MAPPING)

    outcome = proved("us_bis/dpl.txt", **of_real("us_bis/dpl.txt", 4), mapping=str(mapping))

    assert outcome["refused"] > outcome["told"]


@pytest.mark.parametrize(
    ("name", "every"),
    [
        ("uk_sanctions_list.csv", 16), ("uk_sanctions_list.xml", 16), ("targets.simple.csv", 4),
        ("entities.ftm.json", 8), ("sdn_advanced.xml", 32),
    ],
)  # fmt: skip
@pytest.mark.soak
def test_a_list_written_by_hand_cut_at_any_byte_never_passes_in_silence(name: str, every: int) -> None:
    """
    Lists of which no real file may be had are cut at every few bytes, at every one with EVERY_KILOBYTE=1.
    """
    proved(name, files=[str(FIXTURES / name)], every=1 if EVERY == 1 else every, rows_apart=True)


@pytest.mark.parametrize(
    ("file", "places"),
    [
        ("us_bis/csl_small.csv", range(0, 47 * KILOBYTE, 5 * KILOBYTE)),
        ("us_bis/dpl.txt", range(105 * KILOBYTE, 109 * KILOBYTE, KILOBYTE)),
        ("us_ofac/cons_2024-05-06.xml.gz", range(9 * KILOBYTE, 68 * KILOBYTE, 20 * KILOBYTE)),
        ("us_ofac/cons_2025/cons_alt.csv", range(11 * KILOBYTE, 66 * KILOBYTE, 11 * KILOBYTE)),
        ("jp/mof_shisantouketsu20260305.xlsx", range(60 * KILOBYTE, 1000 * KILOBYTE, 400 * KILOBYTE)),
    ],
)
def test_a_cut_in_passing_is_a_cut_on_disk(tmp_path: Path, file: str, places: range) -> None:
    """
    What a process is told that is cut in passing is, to the letter, what is told of a file that is cut on disk.
    """
    job = of_real(file, places.step // KILOBYTE) | {"first": places.start, "last": places.stop}
    outcome = cut_everywhere(**job, keep=True)
    data = shared(file).read_bytes()
    others = [Path(name) for name in job["files"] if not name.endswith(file)]

    for answer, place in zip(outcome["answers"], places, strict=True):
        cut = written(tmp_path, Path(file).name, data[:place])
        try:
            said = described(list(import_lists([ListFile(path) for path in (*others, cut)])))
        except WatchlistError as refusal:
            said = described(refusal)
        assert (answer["place"], answer["said"]) == (place, said)


SILENT = {
    # What an importer might do wrong: the statement that makes it do so, the file, the job, what is told of it.
    "an XML list that ends early is taken as whole": (
        (
            "from lxml import etree; plain = etree.iterparse\n"
            "etree.iterparse = lambda source, **how: plain(source, **{**how, 'recover': True})"
        ),
        "un/un_consolidated_2026-02-27.xml.gz",
        {},
        "read in silence",
    ),
    "a table does not say that its form tells no end": (
        (
            "from laborscreen.watchlists.importers.importer import ListReading; plain = ListReading.of\n"
            "ListReading.of = lambda *what, **how: plain(*what, **{**how, 'tells_its_end': True})"
        ),
        "us_bis/dpl.txt",
        {"first": 107 * KILOBYTE, "last": 108 * KILOBYTE},
        "read in silence",
    ),
    "a torn last line is not told of": (
        "from laborscreen.watchlists.listfile import ListFile; ListFile.torn_line = 0",
        "us_bis/dpl.txt",
        {"first": 107 * KILOBYTE, "last": 108 * KILOBYTE},
        "torn",
    ),
    "rows that are cut short are filled up": (
        (
            "from laborscreen.watchlists.importers import us_csl_csv; plain = us_csl_csv.table_rows\n"
            "us_csl_csv.table_rows = lambda file: ((line, row + [''] * (28 - len(row))) for line, row in plain(file))"
        ),
        "us_bis/csl_small.csv",
        {},
        "more than its last cell",
    ),
    "an alias that stands twice moves to another party": (
        (
            "from laborscreen.watchlists.importers import ofac_csv; plain = ofac_csv._rows_of\n"
            "odd = lambda parts: len(parts['aliases'].rows) % 2\n"
            "ofac_csv._rows_of = lambda parts, part, number: plain(parts, part, str(int(number) - odd(parts)))"
        ),
        "us_ofac/cons_2025/cons_alt.csv",
        {},
        "none of its rows was cut off",
    ),
    "a cut ends in a fault of the program": (
        "from laborscreen.watchlists import xml_stream; xml_stream._broken = None",
        "us_ofac/cons_2024-05-06.xml.gz",
        {},
        "TypeError",
    ),
    "a cut ends the process": (
        "import os; from laborscreen.watchlists import xml_stream\nxml_stream._broken = lambda *_: os._exit(3)",
        "us_ofac/cons_2024-05-06.xml.gz",
        {},
        "the process died",
    ),
    "a refusal does not say which file": (
        (
            "from laborscreen.errors import WatchlistError; from laborscreen.watchlists.listfile import ListFile\n"
            "ListFile.refuse = lambda *_, **__: WatchlistError('the list is broken')"
        ),
        "us_bis/csl_small.csv",
        {"every": 8 * KILOBYTE},
        "does not name the file",
    ),
    "a refusal does not say where": (
        (
            "from laborscreen.watchlists.listfile import ListFile; plain = ListFile.refuse\n"
            "ListFile.refuse = lambda file, message, **_: plain(file, message)"
        ),
        "us_bis/csl_small.csv",
        {"every": 8 * KILOBYTE},
        "does not name the line",
    ),
}


@pytest.mark.parametrize("fault", SILENT)
def test_an_importer_that_lets_a_cut_pass_is_found_out(tmp_path: Path, fault: str) -> None:
    """
    Importers made to do wrong, one at a time, are found out by the cuts, and what they did is told.
    """
    patch, file, changes, told = SILENT[fault]
    job = of_real(file, 1)
    if file in XML:
        job = unpacked(tmp_path, file, 400) | {"first": 400 * KILOBYTE}
    outcome = cut_everywhere(patch=patch, **(job | changes))

    assert outcome["faults"] > 0
    assert any(told in shown for shown in outcome["shown"]), outcome["shown"]
