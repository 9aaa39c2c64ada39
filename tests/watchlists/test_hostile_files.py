"""
Files that are broken, cut short, or made to do harm.
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from laborscreen.errors import WatchlistError
from laborscreen.watchlists import listfile, workbook
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.listfile import ListFile
from tests.watchlists.lists import FIXTURES, REAL, read_one, shared, written

SMALL = (
    "uk_sanctions_list.csv",
    "uk_sanctions_list.xml",
    "targets.simple.csv",
    "entities.ftm.json",
    "sdn_advanced.xml",
)
BOMB = """<?xml version="1.0"?>
<!DOCTYPE sdnList [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<sdnList><sdnEntry><uid>1</uid><lastName>&c;</lastName></sdnEntry></sdnList>"""
EXTERNAL = """<?xml version="1.0"?>
<!-- a comment first --><!DOCTYPE CONSOLIDATED_LIST SYSTEM "file:///etc/passwd">
<CONSOLIDATED_LIST/>"""


def refusal(*paths: Path) -> WatchlistError:
    """Return the error that refuses these files."""
    with pytest.raises(WatchlistError) as caught:
        read_one(*paths)
    return caught.value


@pytest.fixture(params=["lxml", "expat"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read XML with lxml, and again as if it were not installed."""
    if request.param == "expat":
        monkeypatch.setitem(sys.modules, "lxml", None)
    return str(request.param)


@pytest.mark.parametrize("text", [BOMB, EXTERNAL, BOMB.replace("<?xml", "\n<?pi ?><?xml")])
def test_a_document_type_is_refused_before_it_is_parsed(tmp_path: Path, parser: str, text: str) -> None:
    """
    Entity bombs and external entities need a document type, which no list has: the file is refused at its line.
    """
    error = refusal(written(tmp_path, "list.xml", text))

    assert "DOCTYPE" in error.message
    assert error.location is not None
    assert error.location.line > 0


def test_a_document_type_packed_in_gzip_is_refused_too(tmp_path: Path, parser: str) -> None:
    """
    Packing a bomb does not hide it.
    """
    assert "DOCTYPE" in refusal(written(tmp_path, "list.xml.gz", gzip.compress(BOMB.encode()))).message


@pytest.mark.parametrize("encoding", ["UTF-7", "utf-16", "cp037"])
def test_an_encoding_that_could_hide_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    """
    XML in an encoding other than UTF-8 and its close kin is not read.
    """
    text = f'<?xml version="1.0" encoding="{encoding}"?><sdnList/>'

    assert "encoding" in refusal(written(tmp_path, "list.xml", text)).message


def test_utf_16_with_a_mark_is_no_known_list(tmp_path: Path) -> None:
    """
    A file in real UTF-16 is refused, not read as something else.
    """
    refusal(written(tmp_path, "list.xml", "<sdnList/>".encode("utf-16")))


def test_an_undeclared_entity_is_refused_with_line_and_column(tmp_path: Path, parser: str) -> None:
    """
    An entity nobody declared breaks the file at its place.
    """
    text = "<sdnList>\n<sdnEntry><uid>1</uid><lastName>&bomb;</lastName></sdnEntry>\n</sdnList>"

    error = refusal(written(tmp_path, "list.xml", text))

    assert error.location is not None
    assert error.location.line == 2


def test_elements_nested_without_end_are_refused(tmp_path: Path, parser: str) -> None:
    """
    A million opened elements are refused at the limit of depth.
    """
    error = refusal(written(tmp_path, "list.xml", "<sdnList>" + "<a>" * 1_000_000))

    assert "nested" in error.message or "depth" in error.message.casefold()


def test_the_number_of_entries_a_list_promises_is_held_against_it(tmp_path: Path, parser: str) -> None:
    """
    An OFAC list that says it has two entries and has one is not whole.
    """
    text = (
        "<sdnList><publshInformation><Publish_Date>05/07/2024</Publish_Date><Record_Count>2</Record_Count>"
        "</publshInformation><sdnEntry><uid>1</uid><lastName>A</lastName></sdnEntry></sdnList>"
    )

    assert "2 entries" in refusal(written(tmp_path, "list.xml", text)).message


def test_one_id_for_two_entries_is_refused(tmp_path: Path) -> None:
    """
    Two entries with one id cannot be told apart, so the list is refused.
    """
    entry = "<sdnEntry><uid>1</uid><lastName>A</lastName></sdnEntry>"

    assert (
        "two entries" in refusal(written(tmp_path, "list.xml", f"<sdnList>{entry}{entry}</sdnList>")).message
    )


def test_an_archive_that_never_ends_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A small archive that unpacks beyond the limit is refused when the limit is reached.
    """
    monkeypatch.setattr(listfile, "MAX_BYTES", 200_000)
    bomb = gzip.compress(b"<sdnList>" + b" " * 5_000_000 + b"</sdnList>")

    assert len(bomb) < 10_000
    assert "limit" in refusal(written(tmp_path, "list.xml.gz", bomb)).message


def test_a_workbook_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    An XLSX archive is measured before it is unpacked.
    """
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "告示番号" + " " * 5_000_000)

    assert "limit" in refusal(written(tmp_path, "list.xlsx", packed.getvalue())).message


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    """
    A workbook with one byte turned over is refused, whichever part it stands in.
    """
    data = bytearray(shared(REAL["jp"][0][0]).read_bytes())
    data[200_000] ^= 0xFF

    refusal(written(tmp_path, "list.xlsx", bytes(data)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xml", b""),
        ("empty.csv.gz", gzip.compress(b"", mtime=0)),
        ("noise.bin", bytes(range(256)) * 50),
        ("page.html", b"<html><body>Sign in</body></html>"),
        ("prose.txt", b"There is nothing here that is a list."),
        ("half.gz", gzip.compress(b"<sdnList>" * 10_000, mtime=0)[:200]),
        ("notgzip.xml.gz", b"\x1f\x8b\x08 and then something else"),
        ("zip.xlsx", b"PK\x03\x04 cut"),
        ("only-a-comment.xml", b"<!-- " + b"x" * 100_000),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """
    Empty files, pages of a web site, noise and halves of archives are refused by name.
    """
    error = refusal(written(tmp_path, name, content))

    assert name in str(error)


def test_files_that_are_not_there_and_folders_are_refused(tmp_path: Path) -> None:
    """
    A missing file and a folder are told apart in words.
    """
    assert "opened" in refusal(tmp_path / "missing.xml").message
    assert "folder" in refusal(tmp_path).message


def test_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    """
    A table in another encoding is not guessed at.
    """
    text = '36,"CAF\xc9",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'

    error = refusal(written(tmp_path, "sdn.csv", text.encode("latin-1")))

    assert "UTF-8" in error.message
    assert error.location is not None
    assert error.location.line == 1


def small_cut(name: str) -> tuple[bytes, ...]:
    """Return the first entries of a real list in its own form, whole: the files of a set each."""
    files = [shared(file) for file in REAL[name][0]]
    if files[0].suffix == ".xlsx":
        return (files[0].read_bytes(),)
    if files[0].suffix != ".gz":
        rows = [file.read_bytes().rstrip(b"\x1a").splitlines(keepends=True) for file in files]
        if len(files) == 1:
            return (b"".join(rows[0][:20]),)
        numbers = {row.partition(b",")[0] for row in rows[0][:20]}
        parts = [[row for row in part if row.partition(b",")[0] in numbers] for part in rows]
        return tuple(b"".join(part) + b"\x1a" for part in parts if part)
    text = gzip.decompress(files[0].read_bytes())
    last, tail = {
        "us": (b"</sdnEntry>", b"</sdnList>"),
        "un": (b"</INDIVIDUAL>", b"</INDIVIDUALS></CONSOLIDATED_LIST>"),
        "eu": (b"</sanctionEntity>", b"</export>"),
    }[name[:2] if name[:2] in ("un", "eu") else "us"]
    place = 0
    for _ in range(4):
        place = text.index(last, place) + len(last)
    return (re.sub(rb"<Record_Count>\d+", b"<Record_Count>4", text[:place]) + tail,)


def cuts(length: int) -> Iterator[int]:
    """Yield where to cut: at every kilobyte, at every byte near the end, and at odd places between."""
    yield from sorted({*range(0, length, 1024), *range(0, length, 997), *range(max(0, length - 160), length)})


def told_of_cuts(folder: Path, contents: Sequence[bytes]) -> None:
    """Cut each file of a list anywhere: it is refused in words, or what was read says that it may not be whole."""
    whole = [written(folder, f"whole{place}", content) for place, content in enumerate(contents)]
    entries = len(read_one(*whole).entries)
    for place, content in enumerate(contents):
        for end in cuts(len(content)):
            cut = written(folder, "cut", content[:end])
            try:
                (reading,) = import_lists(
                    [ListFile(path) for path in (*whole[:place], cut, *whole[place + 1 :])]
                )
            except WatchlistError as error:
                refused = error
            else:
                refused = None
            if refused is not None:
                line = refused.location.line if refused.location else 0
                assert refused.message
                assert line > 0 or end < 64 or not content.lstrip().startswith(b"<"), end
                continue
            warned = any("whole" in warning for warning in reading.provenance.warnings)
            assert warned or len(reading.entries) == entries, (end, reading.provenance)
            assert len(reading.entries) <= entries


@pytest.mark.parametrize("name", SMALL)
def test_a_list_cut_anywhere_is_refused_or_says_that_it_may_be_cut(
    tmp_path: Path, parser: str, name: str
) -> None:
    """
    Cut at any place a list is refused; a table that ends with a row tells that its end cannot be told. Never silence.
    """
    told_of_cuts(tmp_path, [(FIXTURES / name).read_bytes()])


@pytest.mark.parametrize("name", [name for name in REAL if name != "jp"])
def test_the_first_entries_of_a_real_list_cut_anywhere_never_pass_in_silence(
    tmp_path: Path, name: str
) -> None:
    """
    The same holds for the first entries of every real list in its own form, at every kilobyte and every byte near the end.
    """
    told_of_cuts(tmp_path, small_cut(name))


def test_a_real_workbook_cut_anywhere_is_refused(tmp_path: Path) -> None:
    """
    A workbook has its table of contents at the end, so that no cut of it passes.
    """
    (whole,) = small_cut("jp")
    for end in (*range(1, len(whole), 32 * 1024), *range(len(whole) - 24, len(whole))):
        assert refusal(written(tmp_path, "cut.xlsx", whole[:end])).message
