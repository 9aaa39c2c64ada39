"""
The digest of an input: the same from a row of a table and from the record it makes.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.record import Record, nested
from laborscreen.screening.digests import digest_table, input_digest

texts = st.sampled_from(["A", "A; B", "n/a", "", " x ", '["A"]', "Восток"])
cells = st.none() | texts | st.lists(st.none() | texts, max_size=3)
rows = st.fixed_dictionaries(
    {"id": st.just("1"), "name": st.just("N")},
    optional={
        "aliases": cells,
        "remote_work.login_countries": cells,
        "remote_work.vpn": st.none() | texts,
        "country": st.none() | texts,
        "owners.name": st.none() | texts,
        "owners[1].name": st.none() | texts,
    },
)


@settings(max_examples=150)
@given(st.lists(rows, min_size=1, max_size=3))
def test_a_row_and_its_record_have_one_digest(told: list[dict[str, object]]) -> None:
    """Whatever a row tells, several values in one cell among it, its digest is that of the record made of it."""
    paths = dict.fromkeys(path for row in told for path in row)
    columns = {path: [row.get(path) for row in told] for path in paths}

    assert digest_table(len(told), columns) == [
        input_digest(Record.model_validate(nested({path: row.get(path) for path in paths}))) for row in told
    ]
