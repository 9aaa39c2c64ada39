"""
What a person decides about an assessment.

The words say what was done with it. None of them refuses or accepts a party; that stays with people and their contracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laborscreen.errors import UsageError

_LONGEST_NAME = 200  # characters of a name, a role or a reference
_LONGEST_TEXT = 20_000  # characters of a reason or a note


class DecisionWord(StrEnum):
    """What was done with an assessment."""

    ESCALATED = "escalated"
    CLEARED = "cleared"
    KEPT_ON_HOLD = "kept-on-hold"
    FALSE_POSITIVE = "false-positive"
    INFORMATION_REQUESTED = "information-requested"


SETTLES = frozenset({DecisionWord.CLEARED, DecisionWord.FALSE_POSITIVE})
"""Words that end a case, so that the proof must be named."""


@dataclass(frozen=True, slots=True)
class Decision:
    """
    One decision of one person about one assessment.

    Args:
        assessment: the assessment's number in the ledger.
        word: what was done.
        by: the person who decides.
        role: what the person is in the house (compliance officer, buyer ...).
        reason: why, in words.
        contest: how the party can contest it, or what it said against it.
        evidence: where the proof is kept; needed to clear and to call a hit false.

    Raises:
        UsageError: something that is needed is empty, or too long.

    >>> Decision(12, DecisionWord.ESCALATED, "M. Okafor", "compliance", "the roster names the sender").word.value
    'escalated'
    """

    assessment: int
    word: DecisionWord
    by: str
    role: str
    reason: str
    contest: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        named("the person who decides", self.by)
        named("the role of who decides", self.role)
        if not self.reason.strip():
            raise UsageError("a decision needs a reason")
        if self.word in SETTLES and not self.evidence.strip():
            raise UsageError(
                f"{self.word.value} needs evidence", hint="say where the proof is kept: a file, a case number"
            )
        for text in (self.reason, self.contest, self.evidence):
            if len(text) > _LONGEST_TEXT:
                raise UsageError(f"a text of a decision is longer than {_LONGEST_TEXT:,} characters")


def named(what: str, text: str) -> str:
    """
    Return a name or a short reference with plain spaces.

    Args:
        what: what it is, as the beginning of a message.
        text: the text.

    Raises:
        UsageError: it is empty, too long or holds control characters.

    >>> named("the reviewer", "  Mary   Okafor ")
    'Mary Okafor'
    """
    plain = " ".join(text.split())
    if not plain:
        raise UsageError(f"{what} is not named")
    if len(plain) > _LONGEST_NAME:
        raise UsageError(f"{what} is longer than {_LONGEST_NAME} characters")
    if not plain.isprintable():
        raise UsageError(f"{what} holds characters that cannot be seen")
    return plain
