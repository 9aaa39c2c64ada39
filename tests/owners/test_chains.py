"""
Ownership through others: OFAC's rule of 50 percent, followed step by step in records and in files of owners.

A company of which listed parties together own half is taken as listed itself, so that it counts with its whole share in
what it owns; shares are never multiplied. Source: OFAC, FAQ 401, https://ofac.treasury.gov/faqs/401. Examples 1 to 3 are
taken from its text; 4 and 5 are given from memory of the same page and could not be checked word by word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from laborscreen import Record, Screener
from laborscreen.conditions import Tracer
from laborscreen.formats import nest, open_source
from laborscreen.formats.owners import load_owners
from laborscreen.owners import FOLLOWED
from tests.delta.nights import watchlist_of

X, Y = "Mokran Bau", "Ryonhap Trading"
LISTED = watchlist_of(X, Y, dprk_related=True)
SCREENER = Screener(as_of=date(2026, 6, 30), watchlists=LISTED, when_stale="warn")
Stakes = Sequence[tuple[str, str, object]]
"""Who owns how much of whom; the party screened is called C."""

# The letters of the FAQ, with names that resemble nobody's. Each company's other owners are told, so that nothing is unknown.
A, B, C = "Amur Alpha", "Berg Beta", "C"
EXAMPLES = {
    "1: half of half": ([(X, A, 50), (A, C, 50)], "met"),
    "2: two quarters through two": ([(X, A, 50), (X, B, 50), (A, C, 25), (B, C, 25)], "met"),
    "3: a tenth beside forty through another": ([(X, A, 50), (X, C, 10), (A, C, 40)], "met"),
    "4: one of two is not held by half": ([(X, A, 50), (X, B, 25), (A, C, 25), (B, C, 25)], "not_met"),
    "5: neither is held by half": ([(X, A, 25), (X, B, 25), (A, C, 50), (B, C, 50)], "not_met"),
    "two listed parties hold the one between together": ([(X, A, 25), (Y, A, 25), (A, C, 50)], "met"),
    "most of a minority is not most": ([(X, A, 100), (A, C, 49)], "not_met"),
    "three steps": ([(X, A, 50), (A, B, 50), (B, C, 50)], "met"),
    "three steps, one too small": ([(X, A, 50), (A, B, 49), (B, C, 100)], "not_met"),
    "two that own each other": ([(A, B, 100), (B, A, 60), (X, A, 40), (B, C, 100)], "not_met"),
    "a step of which the share is not told": ([(X, A, None), (A, C, 60)], "cannot_tell"),
    "the same where the rest is somebody else's": ([(X, A, None), ("Cedar Mill", A, 60), (A, C, 60)], "not_met"),
}  # fmt: skip


def rest(stakes: Stakes) -> Stakes:
    """Give what is left of each company to somebody nobody lists."""
    left = {owned: 100 for _, owned, _ in stakes}
    for _, owned, share in stakes:
        left[owned] = left[owned] - share if isinstance(share, int) and left[owned] else 0
    return [*stakes, *((f"Holder of {owned}", owned, share) for owned, share in left.items() if share)]


def owner(name: str, owned: str, share: object) -> dict[str, object]:
    """Return a stake as an entry of the record of C."""
    entry: dict[str, object] = {"name": name} | ({} if share is None else {"share_percent": share})
    return entry if owned == C else entry | {"holds": owned}


def answer(record: Mapping[str, object]) -> str:
    """Return what rule LS-COR-002 says of a record; what is met is flagged, too."""
    found = Record.model_validate(record)
    day = SCREENER.on()
    truth = Tracer(day.evaluate(found)).trace(day.rulebook.by_id["LS-COR-002"].when).truth
    flagged = "LS-COR-002" in {flag.rule for flag in SCREENER.screen(record).flags}

    assert flagged is (truth is True)
    return {True: "met", False: "not_met", None: "cannot_tell"}[truth]


@pytest.mark.parametrize(("stakes", "wanted"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_of_ofac_in_a_record(stakes: Stakes, wanted: str) -> None:
    """
    A record whose owners say whom they hold gets the answer of the rule.
    """
    told = [owner(*one) for one in rest(stakes)]

    assert answer({"id": "V-1", "name": "Duval", "owners": told}) == wanted
    assert answer({"id": "V-1", "name": "Duval", "owners": told[::-1]}) == wanted


@pytest.mark.parametrize(("stakes", "wanted"), EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.parametrize("form", ["table", "bods", "ftm"])
def test_the_examples_of_ofac_in_files_of_owners(
    tmp_path: Path, stakes: Stakes, wanted: str, form: str
) -> None:
    """
    A table with the numbers of owners, BODS and FollowTheMoney are followed as far as they tell, to the same answer.
    """
    path = {"table": table, "bods": bods, "ftm": ftm}[form](tmp_path, rest(stakes))
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("id,name,registration number\nV-1,Duval,CC-10000\n", encoding="utf-8")
    (batch,) = open_source(suppliers, owners=load_owners(path)).batches()

    assert answer(nest({name: column[0] for name, column in batch.columns.items()})) == wanted


def number(name: str) -> str:
    """Return a made-up register number."""
    return "CC-10000" if name == C else f"{sum(map(ord, name)):05d}-{len(name):03d}"


def table(folder: Path, stakes: Stakes) -> Path:
    """Write a table, a row for each stake."""
    rows = [
        f"{number(owned)},{name},{number(name)},{'' if share is None else share}"
        for name, owned, share in stakes
    ]
    path = folder / "owners.csv"
    path.write_text(
        "registration number,owner,owner number,share\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return path


def bods(folder: Path, stakes: Stakes) -> Path:
    """Write statements of BODS 0.4: relationships first, because a file may name an owner before it tells of it."""
    said = {"statementDate": "2026-04-17", "recordStatus": "new", "declarationSubject": C}
    parties = dict.fromkeys(name for one in stakes for name in one[:2])
    told: list[dict[str, object]] = [
        {**said, "statementId": f"r{place}", "recordId": f"r{place}", "recordType": "relationship", "recordDetails": {
            "subject": owned, "interestedParty": name, "interests": [
                {"type": "shareholding", "directOrIndirect": "direct"}
                | ({} if share is None else {"share": {"exact": share}})
            ]}}
        for place, (name, owned, share) in enumerate(stakes)
    ]  # fmt: skip
    told += [
        {**said, "statementId": name, "recordId": name, "recordType": "entity", "recordDetails": {
            "name": name, "identifiers": [{"scheme": "REG", "id": number(name)}]}}
        for name in parties
    ]  # fmt: skip
    path = folder / "bods.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def ftm(folder: Path, stakes: Stakes) -> Path:
    """Write entities of FollowTheMoney."""
    parties = dict.fromkeys(name for one in stakes for name in one[:2])
    told: list[dict[str, object]] = [
        {
            "id": name,
            "schema": "Company",
            "properties": {"name": [name], "registrationNumber": [number(name)]},
        }
        for name in parties
    ]
    told += [
        {"id": f"o{place}", "schema": "Ownership", "properties": {"owner": [name], "asset": [owned]} | (
            {} if share is None else {"percentage": [str(share)]})}
        for place, (name, owned, share) in enumerate(stakes)
    ]  # fmt: skip
    path = folder / "entities.ftm.json"
    path.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    return path


def test_a_file_of_suppliers_in_bods_tells_its_own_chains(tmp_path: Path) -> None:
    """
    Screened by itself, a company of BODS statements has those who own its owners, too.
    """
    path = bods(tmp_path, rest([(X, A, 50), (A, C, 50)]))
    (batch,) = open_source(path).batches()
    assert batch.nested is not None
    found = {str(one["name"]): answer(one) for one in batch.nested}

    assert found == {
        A: "met",
        C: "met",
        X: "cannot_tell",
        f"Holder of {A}": "cannot_tell",
        f"Holder of {C}": "cannot_tell",
    }


def test_an_indirect_share_is_not_counted_beside_its_steps(tmp_path: Path) -> None:
    """
    Forty percent called indirect, told together with the company between, are no forty percent more.
    """
    path = bods(tmp_path, rest([(X, A, 40), (A, C, 40)]))
    told = json.loads(path.read_text(encoding="utf-8"))
    told.append({
        "statementId": "i", "statementDate": "2026-04-17", "recordStatus": "new", "declarationSubject": C, "recordId": "i",
        "recordType": "relationship", "recordDetails": {"subject": C, "interestedParty": X, "interests": [
            {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 60}}]},
    })  # fmt: skip
    path.write_text(json.dumps(told), encoding="utf-8")
    (batch,) = open_source(path).batches()
    assert batch.nested is not None
    firm = next(one for one in batch.nested if one["name"] == C)

    assert answer(firm) == "not_met"
    assert [(one["name"], one.get("holds")) for one in firm["owners"] if one["name"] == X] == [(X, A)]  # type: ignore[attr-defined]


def test_the_evidence_tells_each_step() -> None:
    """
    Who reads the flag sees the company between, who holds it, and how much.
    """
    told = [owner(*one) for one in rest([(X, A, 50), (A, C, 60)])]
    flag = next(
        one
        for one in SCREENER.screen({"id": "V-1", "name": "Duval", "owners": told}).flags
        if one.rule == "LS-COR-002"
    )

    assert (
        f"{A} is itself owned by listed parties and holds 60 percent of the record's party; "
        f"{X} is listed and holds 50 percent of {A}"
    ) in flag.evidence[-1].note


def test_holders_who_are_not_named_leave_it_open() -> None:
    """
    Of a company between it is known that it has a holder, and not who: whether that one is listed cannot be told.
    """
    between = {"name": A, "share_percent": 100}
    unnamed = {"not_named": "natural persons hold it", "holds": A}

    assert answer({"id": "V-1", "name": "Duval", "owners": [between]}) == "not_met"
    assert answer({"id": "V-1", "name": "Duval", "owners": [between, unnamed]}) == "cannot_tell"


@pytest.mark.parametrize("form", [table, bods])
def test_more_owners_than_are_followed_leave_it_open(tmp_path: Path, form: object) -> None:
    """
    A company between with very many holders is not followed; nobody is left out in silence, and the row is no reject.
    """
    many = [(f"Holder {n}", A, None) for n in range(FOLLOWED)]
    path = form(tmp_path, [(A, C, 100), *many])  # type: ignore[operator]
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("id,name,registration number\nV-1,Duval,CC-10000\n", encoding="utf-8")
    (batch,) = open_source(suppliers, owners=load_owners(path)).batches()

    assert not batch.rejects
    assert batch.columns["owners.name"] == [A]
    assert "more than" in str(batch.columns["owners[1].not_named"][0])
    assert batch.columns["owners[1].holds"] == [A]
