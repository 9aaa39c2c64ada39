"""
Cells of a roster that list or count citizenships, in records and in flat tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen import Record, Screener
from laborscreen.record import nested
from laborscreen.screening.batch import TableScreener
from laborscreen.screening.digests import digest_table
from laborscreen.screening.result import Rejected
from laborscreen.screening.verdicts import TableVerdicts

CELLS = st.sampled_from(
    (
        "", "n/a", "КНДР", "КНДР (12)", "КНДР (12), Узбекистан (28)", "China and Nepal", "朝鲜30人、中国12人", "UZ; KP",
        "Korea, DPRK", "mostly DPRK", "no DPRK", "RU", "see roster",
    )
)  # fmt: skip
HEADS = st.sampled_from(("", "40", "42", "about 40", "n/a"))


@pytest.fixture(scope="module")
def screener() -> Screener:
    """The shipped rulebook on a fixed day, without lists."""
    return Screener(as_of=date(2026, 6, 30), watchlists=())


def crews(**group: str) -> list[tuple[str, int | None, str | None]]:
    """Return citizenship, headcount and visa of each group that one group as written becomes."""
    record = Record.model_validate({"id": "1", "name": "A", "workforce": [group, {"visa": "tourist"}]})
    return [(one.nationality or "", one.headcount, one.visa) for one in record.workforce]


def test_citizenships_in_one_cell_are_groups_of_their_own() -> None:
    """
    The first stays in its place, the others come last; what else is told of the group is told of each.
    """
    assert crews(nationality="КНДР (12), Узбекистан (28)", visa="учебная") == [
        ("KP", 12, "student"),
        ("", None, "tourist"),
        ("UZ", 28, "student"),
    ]


def test_a_headcount_of_all_is_a_headcount_of_none() -> None:
    """
    Counts in the cell are used where the headcount is their sum; another headcount is kept as written, with a note.
    """
    assert crews(nationality="КНДР (12), Узбекистан (28)", headcount="40")[0] == ("KP", 12, None)
    assert crews(nationality="КНДР (12)", headcount="40")[0] == ("KP", 40, None)
    assert crews(nationality="КНДР и Узбекистан", headcount="40")[0] == ("KP", None, None)
    record = Record.model_validate(
        {"id": "1", "name": "A", "workforce": [{"nationality": "КНДР и Узбекистан", "headcount": 40}]}
    )
    assert [note.field for note in record.notes()] == ["workforce[0].headcount", "workforce[1].headcount"]
    assert "“up to 40” is a bound" in next(iter(record.notes())).note


def test_what_is_no_list_of_citizenships_stays_one_group() -> None:
    """
    An alternative, a bare Korea beside the DPRK, and an ethnic group are not divided.
    """
    for cell in ("DPRK or China", "Korea, DPRK", "朝鲜族, 汉族", "see roster"):
        assert len(crews(nationality=cell)) == 2


def test_dprk_nationals_among_others_are_found(screener: Screener) -> None:
    """
    A roster that counts them beside others refers the record; look-alikes with counts do not.
    """

    def outcome(cell: str) -> str:
        return screener.screen(
            {"id": "1", "name": "A", "country": "FR", "workforce": [{"nationality": cell}]}
        ).outcome

    assert [outcome(cell) for cell in ("КНДР (12) Узбекистан (28)", "30 из КНДР", "Uzbekistan, DPRK")] == [
        "refer"
    ] * 3
    assert [outcome(cell) for cell in ("mostly DPRK", "DPRK or China")] == ["incomplete"] * 2
    assert [outcome(cell) for cell in ("South Korea (12), Uzbekistan (28)", "朝鲜族 (12)", "Nepal (8)")] == [
        "routine"
    ] * 3


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"workforce.nationality": CELLS, "workforce.headcount": HEADS},
            optional={"workforce[1].nationality": CELLS, "workforce[1].visa": st.sampled_from(("", "work"))},
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_table_divides_as_a_record_does(screener: Screener, rows: list[Mapping[str, str]]) -> None:
    """
    Assessments, verdicts and digests of a table are those of its rows as records.
    """
    told = [{"id": f"V-{at}", "name": "A", "country": "RU"} | row for at, row in enumerate(rows)]
    columns = {
        path: [row.get(path) for row in told] for path in sorted({path for row in told for path in row})
    }
    day = screener.on(None)
    expected = [day.screen(Record.model_validate(nested(row))) for row in told]

    found = list(TableScreener(day).screen(len(told), columns))
    verdicts = TableVerdicts(day)
    numbers = verdicts.of(verdicts.table(len(told), columns)).tolist()

    assert [None if isinstance(one, Rejected) else one.assessment for one in found] == expected
    assert [verdicts.known[number].outcome for number in numbers] == [one.outcome for one in expected]
    assert digest_table(len(told), columns) == [one.provenance.input for one in expected]


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "country": st.sampled_from(("RU", "Atlantis", "Atlantis 2", "")),
                "industries.code": st.sampled_from(("41.20", "14.13", "")),
                "workforce.headcount": st.sampled_from(("40", "40+", "-4", "")),
                "founded": st.sampled_from(("2019", "03/04/2019", "30 February 2020", "")),
            }
        ),
        min_size=2,
        max_size=12,
    )
)
def test_rows_with_unreadable_values_share_what_they_have_in_common(
    screener: Screener, rows: list[Mapping[str, str]]
) -> None:
    """
    What could not be read is told of its own row, word for word, however many rows are alike otherwise.
    """
    told = [{"id": f"V-{at}", "name": "A"} | row for at, row in enumerate(rows)]
    columns = {path: [row[path] for row in told] for path in told[0]}
    day = screener.on(None)

    table = TableScreener(day).screen_table(len(told), columns)

    assert [table[at].assessment for at in range(len(told))] == [  # type: ignore[union-attr]
        day.screen(Record.model_validate(nested(row))) for row in told
    ]
    assert len(table.models) <= len({tuple(row.values()) for row in rows})
