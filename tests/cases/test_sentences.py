"""The shipped term lists: what they find in sentences as people write them, in four languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from laborscreen.rulebook import load_rulebook
from laborscreen.text import Standing, TermList, TermScanner

SENTENCES: Mapping[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "sentences" / "sentences.yaml").read_text(encoding="utf-8")
)
SCORING = sorted({*SENTENCES["told"], "dprk_parties", "no_contact", "deception", "crowding_sanitation"})
"""The lists whose mention scores; those of sectors, places and occupations are context."""


@lru_cache(maxsize=1)
def scanner() -> TermScanner:
    """Return a scanner over the shipped lists that score."""
    lists = load_rulebook().lists
    return TermScanner([TermList(name, lists[name].texts) for name in SCORING])


def found(sentence: str) -> dict[str, Standing]:
    """Return the lists that find something in a sentence, and how it is put."""
    return {SCORING[number]: standing for number, standing in scanner().scan(sentence)}


@pytest.mark.parametrize(
    ("name", "sentence"), [(name, sentence) for name, told in SENTENCES["told"].items() for sentence in told]
)
def test_a_list_finds_what_is_said(name: str, sentence: str) -> None:
    """A plain statement is found by its list, as stated."""
    assert found(sentence).get(name) is Standing.STATED


@pytest.mark.parametrize("sentence", SENTENCES["not_told"])
def test_no_list_finds_what_is_not_said(sentence: str) -> None:
    """A denial, a rule, a condition, another subject or another matter is found by no list that scores."""
    assert found(sentence) == {}


HELD_OUT: Mapping[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "sentences" / "held_out.yaml").read_text(encoding="utf-8")
)
RIGHT_AT_LEAST = {
    "first": (43, 44),
    "second": (35, 31),
    "third": (32, 33),
    "fourth": (19, 20),
    "fifth": (48, 12),
    "sixth": (37, 18),
    "seventh": (121, 37),
    "eighth": (88, 42),
    "ninth": (102, 153),
    "neutral": (0, 38),
}
"""How many sentences told, and not told, were read right when the figures were last raised; they may rise and not fall."""


@pytest.mark.parametrize("name", HELD_OUT)
def test_the_accuracy_on_sentences_nobody_wrote_a_term_for_does_not_fall(
    name: str, tell: Callable[[str], None]
) -> None:
    """The sentences of audits and complaints that are read right are counted, printed and kept from falling."""
    told, not_told = HELD_OUT[name]["told"], HELD_OUT[name]["not_told"]
    right = (
        sum(found(sentence).get(of) is Standing.STATED for of, sentence in told),
        sum(not found(sentence) for sentence in not_told),
    )
    tell(f"{name} sentences: {right[0]} of {len(told)} told, {right[1]} of {len(not_told)} not told")
    assert all(now >= least for now, least in zip(right, RIGHT_AT_LEAST[name], strict=True)), right


def test_each_list_is_tried_in_more_than_one_language() -> None:
    """Nearly every list that scores is tried in Latin, Cyrillic, Hangul or Chinese letters, at least two of them."""

    def scripts(sentences: list[str]) -> set[str]:
        letters = "".join(sentences)
        return {
            name
            for name, first, last in (
                ("ru", "а", "я"),
                ("ko", "가", "힣"),
                ("zh", "一", "鿿"),
                ("en", "a", "z"),
            )
            if any(first <= letter <= last for letter in letters)
        }

    thin = [name for name, told in SENTENCES["told"].items() if len(scripts(told)) < 2]
    assert thin == ["korean_crew_adverts"]
