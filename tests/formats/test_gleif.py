"""
GLEIF: level 1 as suppliers; level 2 and its exceptions as owners, in every form it is published in.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import load_profile, open_source
from laborscreen.formats.owners import Owners, load_owners
from laborscreen.owners import keys_of
from laborscreen.record import Record
from laborscreen.screening import Screener
from laborscreen.watchlists import Watchlist
from tests.delta.nights import list_of
from tests.formats.conftest import read_all
from tests.formats.gleif_files import (
    CHILD,
    FORMS,
    OTHER,
    PARENT,
    TOP,
    as_csv,
    as_json,
    as_xml,
    entity,
    exception,
    relation,
)

Write = Callable[..., Path]
ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"


def owners_of(owners: Owners, lei: str) -> list[dict[str, object]]:
    """Return the owners of the entity with an LEI."""
    return list(owners.of(keys_of(None, [("LEI", lei)])).groups.get("owners", []))


@pytest.mark.parametrize("form", ["json", "xml"])
def test_level_1_is_a_file_of_suppliers(write: Write, form: str) -> None:
    """Every entity is a row with its names, numbers and addresses; one that is not active any more is screened, and told."""
    text = FORMS[form](entity(CHILD, "Vostok & Sons"), entity(OTHER, "Duval", "FR", "INACTIVE"))
    path = write(f"lei2-golden-copy.{form}", text)
    source = open_source(path)
    rows, rejects, _ = read_all(path)

    assert source.format == "gleif"
    assert not rejects
    assert [row["id"] for row in rows] == [CHILD, OTHER]
    assert rows[0] == {
        "id": CHILD,
        "name": "Vostok & Sons",
        "aliases": ["Vostok & Sons Trading"],
        "country": "RU",
        "founded": "2011-05-01",
        "identifiers": [{"scheme": "LEI", "value": CHILD}, {"scheme": "REG", "value": "1022500000000"}],
        "addresses": [
            {"use": "registered", "street": "Quay 1, Office 2", "city": "Vladivostok", "country": "RU"},
            {"city": "Moscow", "country": "RU"},
        ],
    }
    assert not list(Record.model_validate(rows[0]).notes())
    list(source.batches())
    assert source.notes == ("1 entities are not active any more; they were screened all the same",)


def test_level_1_as_csv_names_the_same_entities(write: Write) -> None:
    """The table is read with its profile and tells who the entities are as the other forms do."""
    told = entity(CHILD, "Vostok")
    rows, _, _ = read_all(write("lei2.csv", as_csv(told)), profile=load_profile("gleif-lei"))
    other, _, _ = read_all(write("lei2.xml", as_xml(told)))

    assert [(row["id"], row["name"], row["country"]) for row in rows] == [
        (row["id"], row["name"], row["country"]) for row in other
    ]


@pytest.mark.parametrize("names", FORMS)
@pytest.mark.parametrize("links", FORMS)
def test_parents_become_owners(write: Write, links: str, names: str) -> None:
    """
    Whatever form the files have, the consolidating parents are owners with their names and LEI; the share is not told.

    Those who consolidate a parent follow, and say whom they hold.
    """
    relations = [relation(CHILD, PARENT), relation(CHILD, TOP, ULTIMATE), relation(PARENT, TOP)]
    top = {"name": "Top", "kind": "organization", "country": "KP", "number": TOP}
    named = [
        entity(PARENT, "Mokran Holding", "CY"),
        entity(TOP, "Top", "KP"),
        entity(OTHER, "Nobody's parent"),
    ]
    owners = load_owners(
        [write(f"lei2.{names}", FORMS[names](*named)), write(f"rr.{links}", FORMS[links](*relations))]
    )

    assert owners_of(owners, CHILD) == [
        {"name": "Mokran Holding", "kind": "organization", "country": "CY", "number": PARENT},
        top,
        {**top, "holds": "Mokran Holding"},
    ]
    assert owners_of(owners, PARENT) == [top]
    assert owners_of(owners, OTHER) == []
    assert [(one.used, dict(one.left_out), one.rejected) for one in owners.read] == [
        (3, {}, 0),
        (2, {"are no parents of anybody": 1}, 0),
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("record", "why"),
    [
        (relation(CHILD, PARENT, status="INACTIVE"), "are not active any more, or not yet"),
        (relation(CHILD, PARENT, registration="ANNULLED"), "are annulled, retired or told twice"),
        (relation(CHILD, PARENT, ended="2024-06-30T00:00:00Z"), "had ended when they were last updated"),
        (
            relation(CHILD, PARENT, "IS_FUND-MANAGED_BY"),
            "tell of the management of funds, which is no ownership",
        ),
    ],
    ids=["inactive", "annulled", "ended", "fund"],
)
def test_what_is_no_standing_relationship_is_left_out_and_counted(
    write: Write, form: str, record: dict[str, object], why: str
) -> None:
    """A relationship that does not stand makes no owner, and the row is told with its reason; the others are not touched."""
    owners = load_owners(
        [write(f"rr.{form}", FORMS[form](record, relation(OTHER, TOP, ended="2030-01-01T00:00:00Z")))]
    )

    assert owners_of(owners, CHILD) == []
    assert len(owners_of(owners, OTHER)) == 1
    assert (owners.read[0].rows, owners.read[0].used, dict(owners.read[0].left_out)) == (2, 1, {why: 1})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("told", "share"), [("75.5", 75.5), ("100", 100.0), ("1.00", None), ("0.6", None), ("150", None)]
)
def test_a_share_is_taken_only_where_a_percentage_is_told(
    write: Write, form: str, told: str, share: float | None
) -> None:
    """A quantifier above 1 is a percentage; 1.00 may be all or a hundredth, so the share stays unknown."""
    owners = load_owners([write(f"rr.{form}", FORMS[form](relation(CHILD, PARENT, share=told)))])

    assert owners_of(owners, CHILD)[0].get("share_percent") == share


@pytest.mark.parametrize("form", FORMS)
def test_an_exception_is_an_owner_nobody_names(write: Write, form: str) -> None:
    """Who declines to name a parent has an owner without a name, with the reason in words; never none."""
    told = [
        exception(CHILD, "NO_KNOWN_PERSON"),
        exception(OTHER, "NATURAL_PERSONS", category="ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"),
        exception(TOP, "LEGAL_OBSTACLES", "NON_PUBLIC"),
    ]
    owners = load_owners([write(f"repex.{form}", FORMS[form](*told))])

    assert [owners_of(owners, lei) for lei in (CHILD, OTHER, TOP)] == [
        [{"not_named": "direct parent: nobody is known who controls it (NO_KNOWN_PERSON)"}],
        [
            {
                "kind": "person",
                "not_named": "ultimate parent: natural persons hold it, without a legal entity that consolidates it "
                "(NATURAL_PERSONS)",
            }
        ],
        [{"not_named": "direct parent: LEGAL_OBSTACLES; the parent is not public (NON_PUBLIC)"}],
    ]
    assert owners.notes == ("3 owners are not named; why stands in `owners.not_named`",)


def test_an_owner_nobody_names_leaves_the_question_open(tmp_path: Path) -> None:
    """Whether an owner is listed is answered where all are named, and open where one is not; an exception raises nothing."""
    lists = Watchlist.load(list_of(tmp_path / "ours.lsw", "Mokran Bau", dprk_related=True))
    screener = Screener(as_of=date(2026, 6, 30), watchlists=lists, when_stale="warn")
    record = {
        "id": "A",
        "name": "Vostok",
        "country": "RU",
        "workforce": [{"nationality": "KP", "headcount": 40}],  # so that every open question is told
        "people": [{"name": "Ivan Orlov"}],
        "payments": [{"payee": "Amur"}],
        "owners": [{"name": "Amur", "share_percent": 100}],
    }
    reason = "direct parent: natural persons hold it, without a legal entity that consolidates it (NATURAL_PERSONS)"
    named = screener.screen(record)
    not_named = screener.screen({**record, "owners": [{"not_named": reason}]})

    on_lists = {"LS-COR-002", "LS-COR-020"}
    assert on_lists.isdisjoint(gap.rule for gap in named.gaps)
    assert on_lists <= {gap.rule for gap in not_named.gaps}
    assert [flag.rule for flag in not_named.flags if flag.group == "lists"] == []


def test_a_parent_without_its_level_1_record_is_not_named(write: Write) -> None:
    """Where no file tells who a parent is, its LEI stands in the reason."""
    (owner,) = owners_of(load_owners([write("rr.json", as_json(relation(CHILD, PARENT)))]), CHILD)

    assert "name" not in owner
    assert owner["not_named"] == f"direct parent {PARENT}: no level 1 record of it is among the files"


def test_one_parent_told_twice_is_one_owner(write: Write) -> None:
    """Who is direct and ultimate parent stands once, with the share where one of the records tells it."""
    relations = relation(CHILD, TOP), relation(CHILD, TOP, ULTIMATE, share="60")
    owners = load_owners([write("rr.json", as_json(*relations)), write("l.xml", as_xml(entity(TOP, "Top")))])

    assert owners_of(owners, CHILD) == [
        {"name": "Top", "kind": "organization", "country": "RU", "share_percent": 60.0, "number": TOP}
    ]


def test_level_2_is_no_file_of_suppliers(write: Write) -> None:
    """Screened by itself it is refused, with the option that takes it; level 1 by itself tells no owners."""
    with pytest.raises(UsageError, match="--owners"):
        open_source(write("rr.json", as_json(relation(CHILD, PARENT))))
    with pytest.raises(UsageError, match="relationship records"):
        load_owners([write("lei2.json", as_json(entity(CHILD, "Vostok")))])


@pytest.mark.parametrize(
    ("name", "cut", "words"),
    [
        ("rr.json", -30, "cut off"),
        ("rr.xml", -30, "broken or cut off"),
        ("rr.csv", 0, "holds no records"),
    ],
)
def test_a_file_that_is_cut_off_is_refused(write: Write, name: str, cut: int, words: str) -> None:
    """Owners are never taken from a part of a file; the message tells the place and the cure."""
    form = name.rpartition(".")[2]
    text = FORMS[form](*[relation(CHILD, PARENT)] * 40)
    whole = text[:cut] if cut else text.partition("\n")[0]
    with pytest.raises(InputError, match=words) as refused:
        load_owners([write(name, whole)])

    assert name in str(refused.value)
    assert "again" in str(refused.value) or "export" in str(refused.value)


def test_a_table_cut_in_a_row_rejects_that_row(write: Write) -> None:
    """The last row of a table that is cut off is told as rejected, and the rows before it are used."""
    text = as_csv(relation(CHILD, PARENT), relation(OTHER, TOP))
    (read,) = load_owners([write("rr.csv", text[:-120])]).read

    assert (read.rows, read.used, read.rejected) == (2, 1, 1)
    assert "quotation mark" in read.first_rejects[0].reason


def test_an_xml_bomb_is_refused(write: Write) -> None:
    """A document type, and with it any entity, is refused at once."""
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><LEIData><LEIRecords/></LEIData>'
    with pytest.raises(InputError, match="DOCTYPE"):
        list(open_source(write("lei2.xml", bomb)).batches())


def test_xml_deeper_than_any_record_is_refused(write: Write) -> None:
    """Nesting without end is refused with the bound."""
    deep = "<LEIData>" + "<a>" * 100_000
    with pytest.raises(InputError, match="MAX_DEPTH"):
        list(open_source(write("lei2.xml", deep)).batches())


def test_other_xml_is_refused_by_what_it_is(write: Write) -> None:
    """XML that is none of GLEIF's is not read as a list of suppliers."""
    with pytest.raises(InputError, match="none of GLEIF's files"):
        open_source(write("a.xml", "<catalogue><item/></catalogue>"))


def test_bad_records_are_rejected_and_the_others_read(write: Write) -> None:
    """A record that tells no nodes is rejected with its number; every row is accounted for."""
    text = json.dumps({"relations": [relation(CHILD, PARENT), {"Relationship": {}}, 7]})
    (read,) = load_owners([write("rr.json", text)]).read

    assert (read.rows, read.used, read.rejected) == (3, 1, 2)
    assert [one.row for one in read.first_rejects] == [2, 3]


def test_a_packed_golden_copy_is_read(tmp_path: Path) -> None:
    """The archive that GLEIF publishes is read as it is."""
    path = tmp_path / "20251011-0800-gleif-goldencopy-rr-golden-copy.csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rr.csv", as_csv(relation(CHILD, PARENT)))

    assert len(load_owners([path])) == 1
