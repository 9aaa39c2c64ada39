"""
One change between two rulebooks, and how it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

Kind = Literal["judgement", "wording", "ground"]

KINDS: Final[Mapping[str, str]] = {
    "judgement": "may change how records are judged",
    "wording": "what people read",
    "ground": "what rules rest on, and their tests",
}

NAMED: Final = 12
"""Names that one sentence tells; the rest is counted."""

_Named = TypeVar("_Named")


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One change.

    Args:
        kind: one of `KINDS`.
        about: the id of the rule, list, guard, source or exception, or the name of the policy's entry.
        words: what changed, in words.
        effect: "matches more" or "matches fewer" where that is certain, else empty.
    """

    kind: Kind
    about: str
    words: str
    effect: str = ""


def by_name(entries: Iterable[_Named], name: Callable[[_Named], str]) -> dict[str, _Named]:
    """Return entries by what names them."""
    return {name(one): one for one in entries}


def shown(value: object) -> str:
    """Return a value as a sentence tells it."""
    match value:
        case None | "" | () | []:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case tuple() | list():
            return ", ".join(map(shown, value))
        case str():
            return f"“{value}”" if " " in value else value
        case _:
            return str(value)


def enumerated(names: Sequence[str]) -> str:
    """Return names as an enumeration, the first few of them."""
    shown = ", ".join(names[:NAMED])
    return f"{shown} and {len(names) - NAMED:,} more" if len(names) > NAMED else shown
