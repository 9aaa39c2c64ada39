"""
Flag rates per group.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from laborscreen.errors import InputError
from laborscreen.screening import Screener
from laborscreen.trials.fairness import GroupRate, group_rates, read_members


def test_each_group_is_counted_on_its_own(tmp_path: Path) -> None:
    """A warning sign in one group leaves the other group's rate alone."""
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"id": "1", "group": "b", "record": {"id": "1", "name": "Atelier", "country": "FR"}}\n'
        '{"id": "2", "group": "a", "record": {"id": "2", "name": "Vostok", "workforce": [{"nationality": "KP"}]}}\n',
        encoding="utf-8",
    )

    rates = group_rates(Screener(watchlists=(), as_of=date(2026, 6, 1)), read_members(path))

    assert rates == (GroupRate("a", 1, 1, 1), GroupRate("b", 1, 0, 0))


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1", "group": "a"}', '{"id": "1", "record": {}}'])
def test_a_line_that_is_no_member_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    """A faulty line is refused with its place, whatever is wrong with it."""
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"group": "a", "record": {{}}}}\n{line}\n', encoding="utf-8")

    with pytest.raises(InputError, match=r"set\.jsonl:2"):
        read_members(path)
