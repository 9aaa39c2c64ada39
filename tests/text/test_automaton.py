"""One automaton in two forms: quick to make, and quick to run."""

from __future__ import annotations

import pytest

from laborscreen.text import automaton
from laborscreen.text.automaton import Automaton

LITERALS = ("korean", "not", "паспорт", "북한")
TEXTS = ("no korean is not known", "паспорт korean", "북한 노동자", "")


@pytest.mark.parametrize("text", TEXTS)
def test_both_forms_find_the_same(text: str) -> None:
    """
    An automaton that has made its tables finds what it found before.
    """
    made = Automaton(LITERALS, {4}, first=3)
    before = made.find(text), made.find_all(text).tolist()
    made.make_tables()

    assert (made.find(text), made.find_all(text).tolist()) == before


def test_tables_are_made_once_enough_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The table for characters is made when so many were read, and that for bytes is not made for them.
    """
    monkeypatch.setattr(automaton, "WORTH_A_TABLE", 20)
    made = Automaton(LITERALS)
    found = [made.find("паспорт korean")]
    links = made._full
    found += [made.find("паспорт korean") for _ in range(2)]

    assert found == [[(2, 0, 7), (0, 8, 14)]] * 3
    assert made._full is not links
    assert made._ascii is None
