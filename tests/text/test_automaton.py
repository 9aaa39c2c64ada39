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
    An automaton that has made its table finds what it found before.
    """
    made = Automaton(LITERALS, {4}, first=3)
    before = made.find(text), made.find_all(text).tolist()
    made.make_table()

    assert (made.find(text), made.find_all(text).tolist()) == before


def test_a_table_is_made_once_enough_plain_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    It is made for bytes when so many were read, and never for characters, where it would be no faster.
    """
    monkeypatch.setattr(automaton, "WORTH_A_TABLE", 20)
    made = Automaton(LITERALS)
    found = [made.find("not a korean")]
    links = made._ascii
    found += [made.find("not a korean") for _ in range(2)]
    table = made._ascii

    assert found == [[(1, 0, 3), (0, 6, 12)]] * 3
    assert table is not links
    assert made.find("паспорт korean " * 9)[:2] == [(2, 0, 7), (0, 8, 14)]
    assert made._ascii is table
