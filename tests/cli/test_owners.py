"""
``screen --owners``: who owns a supplier is told in another file, joined, compared with lists, and accounted for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from laborscreen.cli import screen as screen_verb
from laborscreen.cli import screening_run, work
from laborscreen.formats import bytes_in, open_source
from laborscreen.formats.owners import load_owners
from laborscreen.owners import MAX_OWNERS
from laborscreen.screening import Screener
from tests.cli.conftest import Call
from tests.cli.test_interrupted import stop_after
from tests.delta.nights import list_of, told
from tests.formats.gleif_files import CHILD, OTHER, PARENT, TOP, as_csv, as_xml, entity, relation

DAY = ("--as-of", "2026-06-30", "--stale-lists", "warn")
SUPPLIERS = f"""id,name,country,LEI,registration number,INN
V-1,Vostok,RU,{CHILD},,
V-2,Papeterie Duval,FR,{OTHER},,
V-3,Atelier Nord,FR,,77 0708-3893,
V-4,Cedar Mill,CA,,,
"""


@pytest.fixture
def suppliers(tmp_path: Path) -> Path:
    """Four suppliers: two with an LEI, one with a number in a register, one with its id alone."""
    path = tmp_path / "suppliers.csv"
    path.write_text(SUPPLIERS, encoding="utf-8")
    return path


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A list with one party, related to the DPRK."""
    return list_of(tmp_path / "ours.lsw", "Mokran Bau", dprk_related=True)


def put(path: Path, text: str) -> Path:
    """Write a file and return its path."""
    path.write_text(text, encoding="utf-8")
    return path


def flags(out: Path) -> dict[str, list[str]]:
    """Return the raised rules of each record that are about listed parties."""
    return {
        str(one["record_id"]): [flag["rule"] for flag in one["flags"] if flag["group"] == "lists"]  # type: ignore[attr-defined]
        for one in told(out)
    }


def gaps(out: Path, record: str) -> set[str]:
    """Return the rules that a record could not be answered for."""
    return {gap["rule"] for one in told(out) if one["record_id"] == record for gap in one["gaps"]}  # type: ignore[attr-defined]


def test_a_listed_parent_is_found_through_level_2(
    call: Call, tmp_path: Path, suppliers: Path, lists: Path
) -> None:
    """The supplier whose parent has a listed name is referred to it; one whose parent merely sounds alike is not."""
    links = put(tmp_path / "rr.csv", as_csv(relation(CHILD, PARENT), relation(OTHER, TOP)))
    names = put(
        tmp_path / "lei2.xml", as_xml(entity(PARENT, "Mokran Bau", "DE"), entity(TOP, "Morgan Bau", "DE"))
    )
    out = tmp_path / "out.jsonl"
    before = call("screen", suppliers, "-o", tmp_path / "bare.jsonl", "--watchlist", lists, *DAY)
    ended = call(
        "screen", suppliers, "-o", out, "--owners", links, "--owners", names, "--watchlist", lists,
        "--summary", tmp_path / "summary.json", *DAY,
    )  # fmt: skip
    summary = json.loads((tmp_path / "summary.json").read_bytes())["owners"]

    assert (before.code, ended.code) == (0, 0)
    assert flags(tmp_path / "bare.jsonl")["V-1"] == []
    assert flags(out) == {"V-1": ["LS-COR-020"], "V-2": [], "V-3": [], "V-4": []}
    assert "LS-COR-002" in gaps(out, "V-1")  # consolidation is no share: whether it owns half cannot be told
    assert (summary["companies"], summary["matched"], summary["unmatched"]) == (2, 2, 0)
    assert "2 of 2 companies were met in the records" in " ".join(ended.err.split())


@pytest.mark.parametrize(
    ("share", "rules", "open_"),
    [("60", ["LS-COR-002", "LS-COR-020"], False), ("10", ["LS-COR-020"], True), ("", ["LS-COR-020"], True)],
)
def test_a_table_of_owners_is_joined_by_id_number_and_lei(
    call: Call, tmp_path: Path, suppliers: Path, lists: Path, share: str, rules: list[str], open_: bool
) -> None:
    """However the company is known, the owner counts with its share; one that is not told may be anything."""
    table = put(
        tmp_path / "owners.csv",
        "supplier id,company lei,registration number,owner,owner country,share\n"
        f"V-4,,,Mokran Bau,DE,{share}\n,,7707083893,Mokran Bau,DE,{share}\n,{OTHER},,Mokran Bau,DE,{share}\n",
    )
    out = tmp_path / "out.jsonl"
    ended = call("screen", suppliers, "-o", out, "--owners", table, "--watchlist", lists, *DAY)

    assert ended.code == 0
    assert flags(out) == {"V-1": [], "V-2": rules, "V-3": rules, "V-4": rules}
    assert ("LS-COR-002" in gaps(out, "V-4")) is open_


def test_owner_rows_that_meet_nobody_are_told(call: Call, tmp_path: Path, suppliers: Path) -> None:
    """Rows used, left out and rejected add up; companies that no record is are counted and the first are named."""
    table = put(
        tmp_path / "owners.csv",
        "supplier id,registration number,owner,share\nV-9,,Amur,60\nV-8,,Amur,60\nV-1,,Amur,20\nV-1,,Selena,x\n,,Nobody,5\n"
        "V-2,,,\n,12,Short,5\n",
    )
    ended = call(
        "screen", suppliers, "--owners", table, "--watchlist", "none", "--summary", tmp_path / "s.json", *DAY
    )
    summary = json.loads((tmp_path / "s.json").read_bytes())["owners"]
    (read,) = summary["files"]

    assert ended.code == 3  # rows of the owners were rejected
    assert (read["rows"], read["used"], read["left_out"], read["rejected"]) == (
        7,
        4,
        {"tell of no owner": 1},
        2,
    )
    assert "nothing says which company is meant" in read["first_rejects"][0]["reason"]
    assert (summary["companies"], summary["matched"], summary["first_unmatched"]) == (3, 1, ["v-9", "v-8"])
    assert "row-1" not in ended.err  # the rows of a table of owners need no id of their own
    assert "not met: 2 (v-9, v-8)" in " ".join(ended.err.split())


def test_a_number_of_several_companies_joins_none(
    call: Call, tmp_path: Path, suppliers: Path, lists: Path
) -> None:
    """A number that two companies bear, in registers nobody names, is told and joined to neither; a country decides."""
    table = "registration number,company country,supplier id,owner,share\n"
    rows = "7707083893,{},X-1,Mokran Bau,60\n7707083893,{},X-2,Selena,60\n"
    unclear = put(tmp_path / "unclear.csv", table + rows.format("", ""))
    decided = put(tmp_path / "decided.csv", table + rows.format("DE", "FR"))
    ended = call(
        "screen", suppliers, "--owners", unclear, "-o", tmp_path / "a.jsonl", "--watchlist", lists, *DAY
    )
    call("screen", suppliers, "--owners", decided, "-o", tmp_path / "b.jsonl", "--watchlist", lists, *DAY)

    assert "1 records bear a number that is that of several companies" in " ".join(ended.err.split())
    assert flags(tmp_path / "a.jsonl")["V-3"] == flags(tmp_path / "b.jsonl")["V-3"] == []
    assert load_owners([decided]).of(_keys("V-3", "7707083893"), "FR").groups == {
        "owners": [{"name": "Selena", "share_percent": "60"}]
    }


def _keys(record: str, number: str) -> list[Any]:
    from laborscreen.owners import keys_of

    return keys_of(record, [("REG", number)])


def test_bods_statements_are_owners_of_a_file_of_suppliers(
    call: Call, tmp_path: Path, suppliers: Path, lists: Path
) -> None:
    """A relationship of BODS, joined by LEI, is screened as if the supplier file had told it."""
    said = {"statementDate": "2026-04-17", "recordStatus": "new", "declarationSubject": "e"}
    statements = [
        {**said, "statementId": "1", "recordId": "e", "recordType": "entity", "recordDetails": {
            "name": "Vostok", "identifiers": [{"scheme": "XI-LEI", "id": CHILD}]}},
        {**said, "statementId": "2", "recordId": "h", "recordType": "entity", "recordDetails": {"name": "Mokran Bau"}},
        {**said, "statementId": "3", "recordId": "r", "recordType": "relationship", "recordDetails": {
            "subject": "e", "interestedParty": "h",
            "interests": [{"type": "shareholding", "share": {"minimum": 25, "maximum": 75}}]}},
    ]  # fmt: skip
    bods = put(tmp_path / "bods.json", json.dumps(statements))
    out = tmp_path / "out.jsonl"
    call("screen", suppliers, "-o", out, "--owners", bods, "--watchlist", lists, *DAY)

    assert flags(out) == {"V-1": ["LS-COR-020"], "V-2": [], "V-3": [], "V-4": []}
    assert "LS-COR-002" in gaps(out, "V-1")


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_joined_records_are_those_that_tell_it_themselves(tmp_path: Path, form: str) -> None:
    """Table or objects, the assessment is that of a record that tells its owners itself, after those told already."""
    rows: list[dict[str, Any]] = [
        {"id": "V-1", "name": "Vostok", "owners.name": "Own One", "owners.share_percent": "5"},
        {"id": "V-2", "name": "Duval", "owners.name": "", "owners.share_percent": ""},
    ]
    path = tmp_path / f"suppliers.{form}"
    if form == "csv":
        lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
        put(path, "\n".join(lines) + "\n")
    elif form == "jsonl":
        path.write_bytes(b"".join(orjson.dumps({k: v for k, v in row.items() if v}) + b"\n" for row in rows))
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for line in [list(rows[0]), *(list(row.values()) for row in rows)]:
            book.active.append(line)
        book.save(path)
    table = put(
        tmp_path / "owners.csv", "supplier id,owner,share\nV-1,Amur,20\nV-1,Mokran Bau,70\nV-2,Selena,n/a\n"
    )
    owners = load_owners([table])
    screener = Screener(as_of=__import__("datetime").date(2026, 6, 30), watchlists=())
    (batch,) = open_source(path, owners=owners).batches()
    if batch.nested is None:
        import polars as pl

        frame = pl.DataFrame(
            {name: [None if c is None else str(c) for c in column] for name, column in batch.columns.items()}
        )
        made = [json.loads(one) for one in screener.screen_frame(frame)["assessment"]]
    else:
        made = [screener.screen(one).to_dict() for one in batch.nested]
    wanted = [
        {"id": "V-1", "name": "Vostok", "owners": [
            {"name": "Own One", "share_percent": "5"}, {"name": "Amur", "share_percent": "20"},
            {"name": "Mokran Bau", "share_percent": "70"}]},
        {"id": "V-2", "name": "Duval", "owners": [{"name": "Selena"}]},
    ]  # fmt: skip

    assert [orjson.loads(orjson.dumps(one)) for one in made] == [
        orjson.loads(screener.screen(one).to_json()) for one in wanted
    ]


def test_more_owners_than_a_record_may_have_reject_the_row(
    call: Call, tmp_path: Path, suppliers: Path
) -> None:
    """Nobody is left out in silence: the row is rejected with the bound, and the others are screened."""
    rows = "".join(f"V-1,Holder {n},0.4\n" for n in range(MAX_OWNERS + 1))
    table = put(tmp_path / "owners.csv", "supplier id,owner,share\n" + rows)
    ended = call(
        "screen", suppliers, "-o", tmp_path / "o.jsonl", "--owners", table, "--watchlist", "none", *DAY
    )

    assert ended.code == 3
    assert "MAX_OWNERS" in (tmp_path / "o.jsonl.rejects.csv").read_text(encoding="utf-8")
    assert ended.err.rstrip().endswith("rows read 4 = screened 3 + rejected 1")


def test_owners_are_the_same_with_processes_and_after_an_interruption(
    call: Call, tmp_path: Path, lists: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes, or a run that was stopped and gone on with, write the same bytes and count the same companies."""
    monkeypatch.setattr(bytes_in, "CHUNK", 400)
    monkeypatch.setattr(screening_run, "_SAVED_EVERY", 0.0)
    monkeypatch.setattr(screen_verb, "_WORTH_SHARING", 0)
    monkeypatch.setattr(work, "ROWS_AT_ONCE", 5)
    path = put(tmp_path / "many.csv", "id,name\n" + "".join(f"V-{n},Supplier {n}\n" for n in range(120)))
    rows = "".join(f"V-{n},{'Mokran Bau' if n % 3 else 'Selena'},60\n" for n in range(0, 150, 2))
    table = put(tmp_path / "owners.csv", "supplier id,owner,share\n" + rows)

    def run(name: str, *more: object) -> tuple[int, bytes, dict[str, Any]]:
        out = tmp_path / f"{name}.jsonl"
        ended = call(
            "screen",
            path,
            "-o",
            out,
            "--owners",
            table,
            "--watchlist",
            lists,
            "--summary",
            tmp_path / name,
            *DAY,
            *more,
        )
        if ended.code:
            return ended.code, b"", {}
        return 0, out.read_bytes(), json.loads((tmp_path / name).read_bytes())["owners"]

    one = run("one", "--jobs", 1)
    two = run("two", "--jobs", 2)
    stop_after(monkeypatch, 3, KeyboardInterrupt())
    stopped = run("parts", "--jobs", 1)
    again = run("parts", "--jobs", 1, "--resume")

    assert stopped[0] == 130
    assert one == two == again
    assert (one[2]["matched"], one[2]["unmatched"]) == (60, 15)
    put(table, table.read_text(encoding="utf-8") + "V-1,One more,5\n")
    stop_after(monkeypatch, 3, KeyboardInterrupt())
    run("parts", "--jobs", 1)
    put(table, table.read_text(encoding="utf-8") + "V-1,And another,5\n")
    ended = call(
        "screen",
        path,
        "-o",
        tmp_path / "parts.jsonl",
        "--owners",
        table,
        "--watchlist",
        lists,
        *DAY,
        "--resume",
    )
    assert ended.code == 2
    assert "the files of owners differs" in " ".join(ended.err.split())


def test_an_explanation_knows_the_owners_too(
    call: Call, tmp_path: Path, suppliers: Path, lists: Path
) -> None:
    """``explain --owners`` tells of the record what ``screen --owners`` saw."""
    table = put(tmp_path / "owners.csv", "supplier id,owner,share\nV-4,Mokran Bau,60\n")
    ended = call(
        "explain", suppliers, "--id", "V-4", "--owners", table, "--watchlist", lists, "--as-of", "2026-06-30"
    )

    assert ended.code == 0
    assert "LS-COR-002" in ended.out
    assert "Mokran Bau" in ended.out


def test_a_file_of_owners_is_no_output(call: Call, tmp_path: Path, suppliers: Path) -> None:
    """A run that would write over its owners is refused."""
    table = put(tmp_path / "owners.jsonl", "")
    ended = call("screen", suppliers, "--owners", table, "-o", table)

    assert ended.code == 2
    assert "would overwrite" in " ".join(ended.err.split())


def test_an_owner_told_as_a_lone_entry_stays(tmp_path: Path) -> None:
    """
    A record may tell its only owner, and its only number, without a list; owners of the file come after it.
    """
    record = {
        "id": "V-4",
        "name": "Cedar Mill",
        "owners": {"name": "Mokran Bau", "share_percent": 60},
        "identifiers": {"scheme": "LEI", "value": CHILD},
    }
    records = put(tmp_path / "records.jsonl", json.dumps(record) + "\n")
    table = put(tmp_path / "owners.csv", f"company lei,owner\n{CHILD},Anna Berg\n")

    (batch,) = open_source(records, owners=load_owners([table])).batches()

    assert batch.nested is not None
    assert [owner["name"] for owner in batch.nested[0]["owners"]] == ["Mokran Bau", "Anna Berg"]  # type: ignore[attr-defined]


def test_a_change_of_rules_is_tried_on_records_with_their_owners(
    call: Call, tmp_path: Path, suppliers: Path
) -> None:
    """
    ``rules impact --owners`` judges what ``screen --owners`` would: a rule about owners finds the owner told elsewhere.
    """
    rule = """rules:
  - id: X-OWN-001
    title: An owner in France
    status: stable
    version: 1
    axis: concealment
    group: owners
    strength: strong
    when: {field: owners.country, is: COUNTRY}
    because: told
    ask: Which?
    false_positives: [a slip of the pen]
    references: [{source: own, where: whole, says: as told}]
    tests:
      - {name: a, expect: match, record: {owners: [{name: A, country: COUNTRY}]}}
      - {name: b, expect: no_match, record: {owners: [{name: A, country: BE}]}}
      - {name: c, expect: unknown, record: {}}
sources:
  - {id: own, title: Ours, issuer: us, date: 2020-01-01, url: 'https://example.org/a', supports: all, checked: 2026-01-01}
"""
    for name, country in (("old", "DE"), ("new", "FR")):
        (tmp_path / name).mkdir()
        put(tmp_path / name / "owners.yaml", rule.replace("COUNTRY", country))
    table = put(tmp_path / "owners.csv", "supplier id,owner,owner country\nV-4,Berg,FR\n,Nobody,FR\n")
    arguments = (
        "rules",
        "impact",
        tmp_path / "old",
        tmp_path / "new",
        "--on",
        suppliers,
        "--as-of",
        "2026-06-30",
    )
    bare = json.loads(call(*arguments, "--watchlist", "none", "--format", "json").out)
    ended = call(*arguments, "--watchlist", "none", "--owners", table, "--format", "json")
    found = json.loads(ended.out)

    assert bare["rules"] == []
    assert [one["file"] for one in found["owners"]] == [str(table)]
    assert [(one["rule"], one["newly"]) for one in found["rules"]] == [("X-OWN-001", 1)]
    assert "rejected" in ended.err


def test_an_owner_is_followed_from_one_file_to_another(
    call: Call, tmp_path: Path, suppliers: Path, lists: Path
) -> None:
    """
    The number of an owner leads to its own holders in another file; they are compared, told as such, and counted as met.
    """
    first = put(tmp_path / "first.csv", "supplier id,owner,owner number,share\nV-4,Holding,77-1234567,60\n")
    second = put(tmp_path / "second.csv", "registration number,owner,share\n771234567,Mokran Bau,50\n")
    summary, out = tmp_path / "summary.json", tmp_path / "out.jsonl"
    options = ("--owners", first, "--owners", second, "--watchlist", lists, "--summary", summary, *DAY)
    call("screen", suppliers, "-o", out, *options)
    met = json.loads(summary.read_bytes())["owners"]
    record = next(one for one in told(out) if one["record_id"] == "V-4")
    flag = next(flag for flag in record["flags"] if flag["rule"] == "LS-COR-020")  # type: ignore[attr-defined]

    assert flags(out)["V-4"] == ["LS-COR-002", "LS-COR-020"]
    assert (met["companies"], met["matched"]) == (2, 2)
    assert "it holds Holding, which is told as an owner" in flag["evidence"][0]["note"]
