"""
Evidence packs: whole, checkable, and honest about what they cannot show.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.report import read_results, verify_pack, write_pack
from laborscreen.rulebook import Rulebook
from laborscreen.screening import Screener
from laborscreen.screening.screened import Screened


@pytest.fixture
def pack(tmp_path: Path, screener: Screener, screened: tuple[Screened, ...]) -> Path:
    """
    A pack of the referred record, with an attachment.
    """
    attached = tmp_path / "decision.txt"
    attached.write_text("held", encoding="utf-8")
    path = tmp_path / "pack.zip"
    line = screened[0].json().rstrip()
    write_pack(path, line, screened[0].assessment, screener.rulebook, [attached])
    return path


def test_a_pack_holds_the_exceptions_of_its_record(tmp_path: Path) -> None:
    """
    What a person excepted this record from is enclosed as it was written, with who approved it; that of others is not.
    """
    rules = tmp_path / "rules"
    shutil.copytree(Path(__file__).parents[2] / "rules", rules)
    entry = "  - {{rule: LS-WRK-001, record: {}, reason: {}, approver: Head, expires: 2027-03-31}}\n"
    text = "exceptions:\n" + entry.format("V-8", "huts of another") + entry.format("V-9", "huts seen")
    (rules / "exceptions.yaml").write_text(text, encoding="utf-8")
    screener = Screener(rules=rules, as_of=date(2026, 6, 30))
    crew = {"headcount": 4, "lodging": "container"}
    assessment = screener.screen({"id": "V-9", "name": "Works", "country": "UZ", "workforce": [crew]})
    path = tmp_path / "pack.zip"

    write_pack(path, assessment.to_json().encode(), assessment, screener.rulebook)

    assert "excepted" in {flag.status for flag in assessment.flags}
    with zipfile.ZipFile(path) as archive:
        enclosed = {name: archive.read(name).decode() for name in archive.namelist() if "exceptions/" in name}
    assert list(enclosed) == ["exceptions/1-LS-WRK-001.yaml"]
    assert "huts seen" in enclosed["exceptions/1-LS-WRK-001.yaml"]


def rewritten(pack: Path, *, without: str = "", change: dict[str, bytes] | None = None) -> Path:
    """
    Return the pack with files left out, changed or added.
    """
    path = pack.with_name("changed.zip")
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(path, "w") as new:
        files = {name: old.read(name) for name in old.namelist() if name != without} | (change or {})
        for name, data in files.items():
            new.writestr(name, data)
    return path


def test_a_pack_holds_what_explains_the_result(pack: Path, screened: tuple[Screened, ...]) -> None:
    """
    The result byte for byte, a page, the text of every rule that had a part in it, and what was attached.
    """
    with zipfile.ZipFile(pack) as archive:
        names = set(archive.namelist())
        result = archive.read("result.json")
        rule = archive.read(f"rules/{screened[0].assessment.flags[0].rule}.yaml").decode()

    assert result == screened[0].json()
    assert {f"rules/{flag.rule}.yaml" for flag in screened[0].assessment.flags} <= names
    assert {"manifest.json", "report.html", "explanation.txt", "attached/decision.txt"} <= names
    assert rule.lstrip().startswith(f"- id: {screened[0].assessment.flags[0].rule}")
    assert rule.count("- id: LS-") == 1
    assert "when:" in rule


def test_a_whole_pack_is_found_whole(pack: Path) -> None:
    """
    Every file agrees with the manifest, and the manifest with the digest that was noted.
    """
    with zipfile.ZipFile(pack) as archive:
        digest = hashlib.sha256(archive.read("manifest.json")).hexdigest()
        files = len(archive.namelist()) - 1

    found = verify_pack(pack, f"sha256:{digest}")

    assert (found.faults, found.files, found.record_id, found.manifest) == ((), files, "V-1", digest)


def test_the_same_result_gives_the_same_pack(
    pack: Path, screener: Screener, screened: tuple[Screened, ...]
) -> None:
    """
    A pack holds no clock.
    """
    again = pack.with_name("again.zip")
    write_pack(
        again,
        screened[0].json().rstrip(),
        screened[0].assessment,
        screener.rulebook,
        [pack.with_name("decision.txt")],
    )

    assert again.read_bytes() == pack.read_bytes()


def test_a_changed_byte_is_found_in_every_file(pack: Path) -> None:
    """
    Whatever file is changed by one byte, the check names it.
    """
    with zipfile.ZipFile(pack) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    for name, data in files.items():
        found = verify_pack(rewritten(pack, change={name: bytes([data[0] ^ 1]) + data[1:]}))
        assert [fault.partition(":")[0] for fault in found.faults] == [name]


def test_a_missing_and_an_added_file_are_found(pack: Path) -> None:
    """
    A file too few and a file too many are named.
    """
    assert verify_pack(rewritten(pack, without="result.json")).faults == ("result.json: it is missing",)
    assert verify_pack(rewritten(pack, change={"extra.txt": b""})).faults == (
        "extra.txt: the manifest does not know it",
    )


def test_a_rewritten_manifest_is_found_by_the_digest_noted(pack: Path) -> None:
    """
    Who changes a file and the manifest with it is found out by the digest noted elsewhere, and only by that.
    """
    noted = verify_pack(pack).manifest
    with zipfile.ZipFile(pack) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    for one in manifest["files"]:
        if one["path"] == "attached/decision.txt":
            one["sha256"] = hashlib.sha256(b"other").hexdigest()
    forged = rewritten(
        pack, change={"attached/decision.txt": b"other", "manifest.json": json.dumps(manifest).encode()}
    )

    assert verify_pack(forged).faults == ()
    assert len(verify_pack(forged, noted).faults) == 1


@pytest.mark.parametrize("cut", [0, 10, 1_000, -1, -30])
def test_a_truncated_pack_is_refused(pack: Path, cut: int) -> None:
    """
    A pack cut off anywhere is refused, not half believed.
    """
    broken = pack.with_name("broken.zip")
    broken.write_bytes(pack.read_bytes()[:cut])

    with pytest.raises(InputError, match=r"broken\.zip"):
        verify_pack(broken)


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside", "a/../../b"])
def test_a_manifest_that_points_outside_is_refused(pack: Path, name: str) -> None:
    """
    Names in a manifest lead nowhere but into the pack.
    """
    told = {"format": "laborscreen-evidence 1", "files": [{"path": name, "sha256": ""}]}

    with pytest.raises(InputError, match="its manifest names"):
        verify_pack(rewritten(pack, change={"manifest.json": json.dumps(told).encode()}))


def test_another_rulebook_is_refused(
    tmp_path: Path, screened: tuple[Screened, ...], screener: Screener
) -> None:
    """
    Rule texts are enclosed only if they are those the result was made with.
    """
    book = screener.rulebook
    other = Rulebook(
        **{**{name: getattr(book, name) for name in Rulebook.__dataclass_fields__}, "digest": "sha256:0"}
    )

    with pytest.raises(UsageError, match="sha256:0"):
        write_pack(tmp_path / "pack.zip", b"{}", screened[0].assessment, other)


def test_results_are_read_back_as_they_were(tmp_path: Path, screened: tuple[Screened, ...]) -> None:
    """
    Reading a results file gives each line's bytes and an assessment equal to the one that was written.
    """
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"".join(one.json() for one in screened))

    found = list(read_results(path))

    assert [line + b"\n" for line, _ in found] == [one.json() for one in screened]
    assert [one for _, one in found] == [one.assessment for one in screened]


def test_a_line_that_is_no_result_is_named(tmp_path: Path, screened: tuple[Screened, ...]) -> None:
    """
    The line and the first thing that is wrong with it are told.
    """
    path = tmp_path / "results.jsonl"
    path.write_bytes(screened[1].json() + b'{"record_id": 7}\n')

    with pytest.raises(InputError, match=r"results\.jsonl:2.*no result"):
        list(read_results(path))
