"""
The lists of a rule's test, made of the parties that stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from laborscreen.rulebook.listed_examples import DEFAULT_LIST
from laborscreen.rulebook.model import ListedExample
from laborscreen.rulebook.policy import Policy
from laborscreen.screening.parties import ListedParties

if TYPE_CHECKING:
    from laborscreen.watchlists.entry import Entry, EntryKind


def lists_of(examples: Sequence[ListedExample], policy: Policy) -> ListedParties:
    """
    Return lists that hold the *examples*; a list with nobody on it is a list all the same.

    Args:
        examples: the parties that stand under ``listed``.
        policy: the thresholds.
    """
    from laborscreen.watchlists import Provenance, Watchlist

    names = dict.fromkeys(one.list for one in examples) or {DEFAULT_LIST: None}
    provenance = [Provenance(name, name, "", "", "", "", "", len(examples)) for name in names]
    lists = Watchlist([_entry(number, one) for number, one in enumerate(examples, 1)], provenance)
    return ListedParties([lists], policy.name_thresholds, policy.listed_share)


def _entry(number: int, one: ListedExample) -> Entry:
    from laborscreen.watchlists.entry import Entry, Identifier, ListedName
    from laborscreen.watchlists.relevance import dprk_reasons

    names = [ListedName(one.name, kind="primary")]
    names += [ListedName(text) for text in one.aliases]
    names += [ListedName(text, strength="weak") for text in one.weak_aliases]
    reasons = dprk_reasons(
        programmes=one.programmes, countries=one.countries, nationalities=one.nationalities
    )
    return Entry(
        str(number),
        one.list,
        cast("EntryKind", one.kind),
        tuple(names),
        one.programmes,
        one.countries,
        one.nationalities,
        tuple(Identifier("", value) for value in one.identifiers),
        one.birth_dates,
        dprk_related=bool(reasons),
        dprk_reasons=reasons,
    )
