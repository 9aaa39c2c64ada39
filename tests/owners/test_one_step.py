"""
Owners told elsewhere come into records in one step, so that every door gives the same assessments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen import Record, Screener
from laborscreen.errors import RecordError
from laborscreen.formats import open_source
from laborscreen.owners import MAX_OWNERS, Held, Key, OwnersIndex, into_record
from laborscreen.record import nested
from laborscreen.screening import Rejected
from tests.delta.nights import watchlist_of
from tests.formats.gleif_files import CHILD, OTHER, PARENT

DAY = date(2026, 6, 30)
NAMES = ("Mokran Bau", "Ri Chol", "Amur Holding", "n/a", "=1+1")
SCREENER = Screener(as_of=DAY, watchlists=watchlist_of("Mokran Bau", dprk_related=True), when_stale="warn")


def screener_with(owners: OwnersIndex) -> Screener:
    """Return the same screener with owners; its rules are not compiled anew."""
    made = object.__new__(Screener)
    made.__dict__.update(SCREENER.__dict__, _owners=owners)
    return made


def entries(names: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, object]]:
    """Draw what a file tells of one owner."""
    share = st.one_of(st.none(), st.sampled_from(["60", "12,5", "n/a", "half", 40, 0.5]))
    told = st.fixed_dictionaries(
        {
            "name": names,
            "share_percent": share,
            "country": st.sampled_from([None, "KP", "Korea"]),
            "holds": st.sampled_from([None, None, "Amur Holding", "amur holding", "Ri Chol"]),
        }
    )
    return told.map(lambda one: {name: value for name, value in one.items() if value is not None})


keys = st.sampled_from(
    [
        Key("Iv-1"), Key("Iv-2"), Key("Irow-3"), Key(f"L{CHILD}"), Key(f"L{OTHER}"), Key("N7707083893", "RU-INN"),
        Key("N7707083893"), Key("N7707083893", "DE-HRB"),
    ]
)  # fmt: skip
indexes = st.lists(
    st.builds(
        Held,
        st.lists(keys, min_size=1, max_size=2).map(tuple),
        st.sampled_from(["", "RU", "Frankreich", "Korea"]),
        st.dictionaries(
            st.sampled_from(["owners", "people"]), st.lists(entries(st.sampled_from(NAMES)), min_size=1, max_size=3),
            min_size=1,
        ).map(
            lambda groups: {
                group: [{k: v for k, v in one.items() if group == "owners" or k not in {"country", "holds"}} for one in told]
                for group, told in groups.items()
            }
        ),
    ),
    max_size=4,
).map(OwnersIndex)  # fmt: skip
rows = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["V-1", " v-2", "V-4", "row-3", CHILD]),
            "name": st.sampled_from(["Duval", "Mokran Bau"]),
            "country": st.sampled_from(["", "n/a", "RU", "France", "Korea"]),
            "identifiers.scheme": st.sampled_from(["", "LEI", "ИНН", "tax", "KPP"]),
            "identifiers.value": st.sampled_from(["", CHILD, "77 0708-3893", "7707083893", "12", PARENT]),
            "owners.name": st.sampled_from(["", "n/a", "Mokran Bau", "Own One"]),
            "owners.share_percent": st.sampled_from(["", "5", "60"]),
            "owners[1].name": st.sampled_from(["", "Own Two"]),
        }
    ),
    min_size=1,
    max_size=4,
)


def written(folder: Path, table: list[dict[str, str]]) -> Iterator[Path]:
    """Write rows as a flat and as a nested file."""
    lines = [",".join(table[0]), *(",".join(row[name] for name in table[0]) for row in table)]
    (folder / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    yield folder / "a.csv"
    (folder / "a.jsonl").write_bytes(b"".join(orjson.dumps(nested(row)) + b"\n" for row in table))
    yield folder / "a.jsonl"


def in_file(screener: Screener, path: Path, owners: OwnersIndex) -> list[str]:
    """Return the assessments of a file whose source joins the owners."""
    from laborscreen.screening.batch import TableScreener

    found = []
    for batch in open_source(path, owners=owners).batches():
        assert not batch.rejects
        if batch.nested is not None:
            found += [screener.screen(one).to_json() for one in batch.nested]
        else:
            results = TableScreener(screener.on()).screen(len(batch), batch.columns)
            found += [one.assessment.to_json() for one in results if not isinstance(one, Rejected)]
    return found


@settings(max_examples=25, deadline=None)
@given(table=rows, owners=indexes)
def test_every_door_gives_the_same_assessments(
    tmp_path: Path, table: list[dict[str, str]], owners: OwnersIndex
) -> None:
    """
    Mapping, record, frames flat and nested, and files, read with the same owners, give the same bytes.
    """
    told = [nested(row) for row in table]
    screener = screener_with(owners)
    wanted = [screener.screen(one).to_json() for one in told]
    groups = dict.fromkeys(name for one in told for name in one)
    as_groups = {name: [one.get(name) for one in told] for name in groups}

    assert [screener.screen(Record.model_validate(one)).to_json() for one in told] == wanted
    assert [one.to_json() for one in screener.screen_many(told)] == wanted  # type: ignore[union-attr]
    for frame in (
        pl.DataFrame(table),
        pd.DataFrame(table),
        pa.table({name: [row[name] for row in table] for name in table[0]}),
        pd.DataFrame(as_groups),
        pa.table({name: pa.array(column) for name, column in as_groups.items()}),
    ):
        found = screener.screen_frame(frame)["assessment"]
        assert (found.to_pylist() if isinstance(frame, pa.Table) else list(found)) == wanted
    for path in written(tmp_path, table):
        assert in_file(SCREENER, path, owners) == wanted, path


def test_owners_are_those_a_record_tells_itself() -> None:
    """
    A record with owners joined is assessed as one that tells them itself, after its own.
    """
    mokran = {"name": "Mokran Bau", "share_percent": "60"}
    owners = OwnersIndex([Held((Key("Iv-1"),), "", {"owners": [mokran]})])
    told = {"id": "V-1", "name": "Duval", "owners": [{"name": "Own One", "share_percent": "5"}]}
    itself = {**told, "owners": [*told["owners"], mokran]}  # type: ignore[misc] # a list

    found = screener_with(owners).screen(told)

    assert found.to_json() == SCREENER.screen(itself).to_json()
    assert "LS-COR-002" in {flag.rule for flag in found.flags}
    assert "LS-COR-002" not in {flag.rule for flag in SCREENER.screen(told).flags}


@pytest.mark.parametrize("odd", ["Ivan, 50 %", ["Ivan", {"name": "Own One"}], 7])
def test_owners_come_in_where_the_record_tells_none_that_can_be_read(odd: object) -> None:
    """
    What is no list of owners hides none that are told elsewhere, in whatever form the record comes.
    """
    owners = OwnersIndex(
        [Held((Key("Iv-1"),), "", {"owners": [{"name": "Mokran Bau", "share_percent": 60}]})]
    )
    told = {"id": "V-1", "name": "Duval", "owners": odd}
    screener = screener_with(owners)
    wanted = screener.screen(told).to_json()
    frame = pd.DataFrame([told])

    assert "LS-COR-002" in wanted
    assert screener.screen_frame(frame)["assessment"][0] == wanted


def test_too_many_owners_are_refused_everywhere() -> None:
    """
    One owner more than the bound, and the record is refused in words; with as many as the bound it is screened.
    """

    def index(count: int) -> OwnersIndex:
        return OwnersIndex([Held((Key("Iv-1"),), "", {"owners": [{"name": f"H {n}"} for n in range(count)]})])

    told: dict[str, Any] = {"id": "V-1", "name": "Duval", "owners": [{"name": "Own"}]}
    (rejected,) = screener_with(index(MAX_OWNERS)).screen_many([told], on_error="collect")
    frame = screener_with(index(MAX_OWNERS)).screen_frame(
        pl.DataFrame({"id": ["V-1", "V-2"], "name": ["A", "B"], "owners": [told["owners"], None]})
    )

    assert isinstance(rejected, Rejected)
    assert (rejected.record_id, rejected.field) == ("V-1", "owners")
    assert "MAX_OWNERS" in rejected.reason
    assert frame["rejected"].to_list() == [rejected.reason, None]
    assert (
        into_record(index(MAX_OWNERS - 1), Record.model_validate(told)).owners[-1].name
        == f"H {MAX_OWNERS - 2}"
    )
    with pytest.raises(RecordError, match="owners"):
        screener_with(index(MAX_OWNERS)).screen(told)


def test_a_screener_with_owners_can_be_pickled() -> None:
    """
    The owners go with it.
    """
    import pickle

    owners = OwnersIndex([Held((Key("Iv-1"),), "", {"owners": [{"name": "Mokran Bau"}]})])
    screener = screener_with(owners)
    told: Mapping[str, object] = {"id": "V-1", "name": "Duval"}

    assert pickle.loads(pickle.dumps(screener)).screen(told).to_json() == screener.screen(told).to_json()
    assert json.loads(screener.screen(told).to_json()) != json.loads(SCREENER.screen(told).to_json())
