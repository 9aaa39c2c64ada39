"""
A rulebook as its files say it, before anybody chooses which of its rules score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laborscreen.rulebook.model import ExceptionEntry, Guard, Rates, Rule, Source, ValueList
from laborscreen.rulebook.policy import Policy


@dataclass(frozen=True, slots=True)
class Parts:
    """
    A rulebook put together.

    Args:
        own_lists: ids of lists that the folder itself defines.
        own_rules: ids of all its rules as written, those that could not be read too.
        starts: file and line on which each of its entries begins, those that could not be read too.
    """

    rules: tuple[Rule, ...]
    lists: Mapping[str, ValueList]
    guards: tuple[Guard, ...]
    policy: Policy | None
    exceptions: tuple[ExceptionEntry, ...]
    sources: Mapping[str, Source]
    rates: Rates | None
    digest: str
    own_lists: frozenset[str]
    own_rules: frozenset[str]
    starts: tuple[tuple[str, int], ...]
