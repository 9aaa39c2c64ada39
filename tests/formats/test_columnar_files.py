"""
Parquet and Arrow in, Parquet out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import Position, load_profile, open_source
from laborscreen.formats.writers import open_writer
from tests.formats.conftest import read_all
from tests.formats.test_writers import assessment

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

Save = Callable[[Any, Path], None]


def as_parquet(table: Any, path: Path) -> None:
    pq.write_table(table, path, row_group_size=3)


def as_arrow_file(table: Any, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as raw, pa.ipc.new_file(raw, table.schema) as file:
        file.write_table(table, max_chunksize=3)


def as_arrow_stream(table: Any, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as raw, pa.ipc.new_stream(raw, table.schema) as file:
        file.write_table(table, max_chunksize=3)


KINDS = pytest.mark.parametrize(
    ("suffix", "save"),
    [(".parquet", as_parquet), (".arrow", as_arrow_file), (".feather", as_arrow_file), (".arrows", as_arrow_stream)],
)  # fmt: skip


@KINDS
def test_headers_go_through_the_mapping_of_flat_files(tmp_path: Path, suffix: str, save: Save) -> None:
    """Synonyms are known, values keep their meaning, columns nobody mapped are named."""
    table = pa.table(
        {
            "vendor id": ["007", "8"],
            "Firma": pa.array(["ООО Востокстрой", "B"]).dictionary_encode(),
            "country": ["RU", None],
            "headcount": [40.0, float("nan")],
            "work start": [date(2019, 12, 1), None],
            "work end": [datetime(2020, 1, 2, 3, 4, tzinfo=UTC), None],
            "shoe size": [1, 2],
        }
    )
    save(table, tmp_path / f"a{suffix}")
    rows, rejects, _ = read_all(tmp_path / f"a{suffix}")
    assert rows[0] == {
        "id": "007", "name": "ООО Востокстрой", "country": "RU", "workforce.headcount": 40,
        "workforce.starts": "2019-12-01", "workforce.ends": "2020-01-02 03:04:00+00:00",
    }  # fmt: skip
    assert rows[1] == {"id": "8", "name": "B"}
    assert not rejects
    assert any("shoe size" in note for note in open_source(tmp_path / f"a{suffix}").notes)


@KINDS
def test_reading_goes_on_after_any_position(tmp_path: Path, suffix: str, save: Save) -> None:
    """From the position of each batch on come the rows that followed, with their numbers."""
    path = tmp_path / f"a{suffix}"
    save(pa.table({"id": [str(n) for n in range(10)], "name": ["A"] * 10}), path)
    source = open_source(path)
    batches = list(source.batches(2))
    assert [row for batch in batches for row in batch.rows] == list(range(1, 11))
    for number, batch in enumerate(batches):
        assert batch.position is not None
        later = [list(one.columns["id"]) for one in source.batches(2, Position(batch.position.row))]
        left = [cell for one in batches[number + 1 :] for cell in one.columns["id"]]
        assert [cell for column in later for cell in column] == left


def test_columns_of_lists_are_read_as_nested_records(tmp_path: Path) -> None:
    """A list of groups becomes the record's groups; a row without a name is rejected with its number."""
    groups = [[{"nationality": "KP", "headcount": 40.0, "starts": None}], None]
    as_parquet(pa.table({"id": ["1", "2"], "name": ["A", None], "workforce": groups}), tmp_path / "a.parquet")
    rows, rejects, _ = read_all(tmp_path / "a.parquet")
    assert rows == [{"id": "1", "name": "A", "workforce": [{"nationality": "KP", "headcount": 40}]}]
    assert [(one.row, one.id) for one in rejects] == [(2, "2")]


def test_a_column_of_plain_lists_stays_flat(tmp_path: Path) -> None:
    """Several aliases in one cell are several aliases."""
    as_parquet(pa.table({"id": ["1"], "name": ["A"], "aliases": [["B", "C"]]}), tmp_path / "a.parquet")
    assert read_all(tmp_path / "a.parquet")[0] == [{"id": "1", "name": "A", "aliases": ["B", "C"]}]


def test_lists_where_one_value_belongs_are_refused(tmp_path: Path) -> None:
    """Two nationalities of one group cannot be told apart; tools used from afar may be several."""
    table = pa.table({"id": ["1"], "name": ["A"], "remote_work.remote_tools": [["AnyDesk", "RustDesk"]]})
    as_parquet(table, tmp_path / "a.parquet")
    assert read_all(tmp_path / "a.parquet")[0][0]["remote_work.remote_tools"] == ["AnyDesk", "RustDesk"]
    as_parquet(table.append_column("workforce.nationality", [[["RU", "KP"]]]), tmp_path / "b.parquet")
    with pytest.raises(InputError, match=r"workforce\.nationality"):
        open_source(tmp_path / "b.parquet")


def test_rows_without_a_name_and_with_monstrous_cells_are_rejected(tmp_path: Path) -> None:
    """Each bad row is told with its number and reason, and the good ones stay."""
    table = pa.table({"id": ["1", "2", "3"], "name": ["A", None, "x" * 1_000_001]})
    as_parquet(table, tmp_path / "a.parquet")
    rows, rejects, batches = read_all(tmp_path / "a.parquet")
    assert [row["id"] for row in rows] == ["1"]
    assert [(one.row, one.id) for one in rejects] == [(2, "2"), (3, "3")]
    assert "MAX_CELL" in rejects[1].reason
    assert sum(batch.rows_read for batch in batches) == 3


@KINDS
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, suffix: str, save: Save, share: float) -> None:
    """Nobody screens the first half of a file without being told."""
    path = tmp_path / f"a{suffix}"
    save(pa.table({"id": [str(n) for n in range(50)], "name": [f"Firm {n}" for n in range(50)]}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    if suffix == ".arrows" and _ends_between_messages(path):
        pytest.skip("cut exactly between two messages")
    with pytest.raises(InputError, match=r"cut off or damaged|no Parquet file"):
        read_all(path)


def _ends_between_messages(path: Path) -> bool:
    with pa.OSFile(str(path)) as raw:
        try:
            list(pa.ipc.open_stream(raw))
        except (pa.ArrowInvalid, OSError):
            return False
    return True


@pytest.mark.parametrize("at", range(4, 400, 9))
def test_a_damaged_file_is_refused_or_read_and_never_crashes(tmp_path: Path, at: int) -> None:
    """A flipped byte leads to a message or to values, not to another error."""
    path = tmp_path / "a.parquet"
    as_parquet(pa.table({"id": [str(n) for n in range(9)], "name": ["A"] * 9}), path)
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    with suppress(InputError):
        rows, rejects, _ = read_all(path)
        assert len(rows) + len(rejects) == 9


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.parquet", b"id,name\n1,A\n", "no Parquet file"),
        ("a.parquet", b"PK\x03\x04" + b"0" * 50, "zip archive"),
        ("a.arrow", b"id,name\n1,A\n" * 9, "cut off or damaged"),
        ("a.arrow", b"PAR1" + b"0" * 50, "Parquet file"),
        ("a.feather", b"FEA1" + b"0" * 50, "version 1"),
        ("a.parquet", b"", "empty"),
    ],
)
def test_what_is_no_such_file_is_refused(
    write: Callable[..., Path], name: str, content: bytes, says: str
) -> None:
    """The message says what the file is, or that it is none."""
    with pytest.raises(InputError, match=says):
        read_all(write(name, content))


@pytest.mark.parametrize("kind", ["map", "duration", "bytes"])
@pytest.mark.parametrize("nested", [False, True])
def test_a_type_that_is_no_value_is_refused_where_it_is_meant(
    tmp_path: Path, kind: str, nested: bool
) -> None:
    """A map, a span of time or bytes are no value of a field; in a column that nobody maps they are told and passed over."""
    cells = {
        "map": pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string())),
        "duration": pa.array([7], pa.duration("s")),
        "bytes": pa.array([b"\xff\x00"]),
    }[kind]
    table = {"id": ["1"], "name": ["A"], **({"workforce": [[{"nationality": "KP"}]]} if nested else {})}
    as_parquet(pa.table({**table, "extra": cells}), tmp_path / "extra.parquet")
    as_parquet(pa.table({**table, "land": cells}), tmp_path / "meant.parquet")
    rows, rejects, _ = read_all(tmp_path / "extra.parquet")
    source = open_source(tmp_path / "extra.parquet")
    list(source.batches())

    assert not rejects
    assert rows[0]["name"] == "A"
    assert any("nobody mapped" in note and '"extra"' in note for note in source.notes)
    with pytest.raises(InputError, match=r"land|UTF8"):
        read_all(tmp_path / "meant.parquet")


def test_a_profile_maps_the_columns(tmp_path: Path) -> None:
    """The shipped profile of SAP reads LFA1 as it reads the flat extract."""
    as_parquet(pa.table({"LIFNR": ["1"], "NAME1": ["A"], "LAND1": ["RU"]}), tmp_path / "a.parquet")
    rows, _, _ = read_all(tmp_path / "a.parquet", profile=load_profile("sap-lfa1"))
    assert rows[0]["id"] == "1"
    assert rows[0]["country"] == "RU"


def test_results_as_parquet_hold_the_whole_assessment(tmp_path: Path) -> None:
    """Columns for people, the JSON for programs, one row a record, nothing under the final name before the end."""
    path = tmp_path / "out.parquet"
    writer = open_writer(path)
    writer.write(assessment("V-1"))
    writer.write_json(json.dumps(assessment("V-2")).encode() + b"\n")
    assert not path.exists()
    writer.finish()
    rows = pq.read_table(path).to_pylist()
    assert [row["record_id"] for row in rows] == ["V-1", "V-2"]
    assert rows[0]["dprk_nexus_score"] == 35.0
    assert json.loads(rows[1]["assessment"]) == assessment("V-2")


def test_an_empty_parquet_result_has_its_columns(tmp_path: Path) -> None:
    """No records give no rows, and a file that can be read."""
    open_writer(tmp_path / "out.parquet").finish()
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0


def test_a_parquet_result_cannot_be_gone_on_with(tmp_path: Path) -> None:
    """Saying so is better than a damaged file."""
    with pytest.raises(UsageError, match="gone on with"):
        open_writer(tmp_path / "out.parquet", keep=10)
