"""Real supplier files go through without a crash, every row accounted for, nobody accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.formats import open_source, parse_profile
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import Rejected
from laborscreen.screening.batch import TableScreener

SUPPLIERS = Path(__file__).parents[3] / "shared" / "data" / "suppliers"
LOW = BANDS.index("low")

PARTICIPANTS = """
profile: tatarstan-participants
columns:
  id: [applications.inn]
  name: [applications.inn]
  identifiers.RU-INN: [applications.inn]
  addresses.street: [applications.postAddress]
constants:
  country: RU
"""
"""A small mapping: the file has no names, so the tax number stands for one."""

FILES = [
    "apple_supplier_list_2012_2022.csv",
    "ru_zakupki_tatarstan_customers.utf8.csv",
    "moldova_ocds_suppliers.tsv",
    "ru_zakupki_tatarstan_participants.utf8.csv",
    *(f"open_supply_hub_lists/{number}.csv" for number in range(2, 16)),
]


def screened(day, path, profile=None):
    source = open_source(path, profile=profile)
    read = 0
    results = []
    for batch in source.batches():
        read += batch.rows_read
        results += TableScreener(day).screen(len(batch), batch.columns)
        results += batch.rejects
    return read, results


@pytest.mark.parametrize("name", FILES)
def test_no_row_of_a_real_file_is_above_low(screener, name):
    """Factories, electronics makers, public buyers: no axis rises above low, and no row is lost."""
    path = SUPPLIERS / name
    if not path.exists():
        pytest.skip("the shared supplier files are not there")
    profile = parse_profile(PARTICIPANTS, "participants.yaml") if "participants" in name else None
    read, results = screened(screener.on(), path, profile)
    judged = [one.model.assessment for one in results if hasattr(one, "model")]

    assert read == len(results) > 0
    assert not any(isinstance(one, Rejected) for one in results)
    above = [
        one.record_id for one in judged if any(BANDS.index(axis.band) > LOW for axis in one.axes.values())
    ]
    assert above == []
