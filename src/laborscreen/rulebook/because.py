"""
The sentence of a rule, with ``{field}`` where the values that made the match go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from laborscreen.conditions.tree import Condition, Figure, Operator, Test, walk
from laborscreen.record import Catalogue
from laborscreen.rulebook.faults import Faults, listed
from laborscreen.rulebook.nodes import Node
from laborscreen.source import Location

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_FIELD = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
LONGEST = 600
"""Characters of a sentence; a report has no room for more."""


class Piece(NamedTuple):
    """A run of text, or the name of a field to be filled in."""

    text: str
    is_field: bool


def pieces_of(sentence: str) -> tuple[Piece, ...]:
    """
    Return a sentence cut into text and fields; ``{{`` and ``}}`` are plain braces.

    Anything else in braces is text: nothing is ever looked up in it.

    >>> [(piece.text, piece.is_field) for piece in pieces_of("{hours_per_day} hours {{a day}}")]
    [('hours_per_day', True), (' hours {a day}', False)]
    """
    found: list[Piece] = []
    text, start = "", 0
    for piece in _PIECE.finditer(sentence):
        text += sentence[start : piece.start()]
        start = piece.end()
        if piece[1] is not None and _FIELD.fullmatch(piece[1]):
            if text:
                found.append(Piece(text, is_field=False))
            found.append(Piece(piece[1], is_field=True))
            text = ""
        else:
            text += {"{{": "{", "}}": "}"}.get(piece[0], piece[0])
    text += sentence[start:]
    if text:
        found.append(Piece(text, is_field=False))
    return tuple(found)


def places_read(condition: Condition, catalogue: Catalogue) -> Iterator[tuple[str, Location]]:
    """Yield the full path of every field a condition reads, with the place of the test that reads it."""
    for node, group in walk(condition):
        match node:
            case Test():
                names = [node.field]
                if node.operator is Operator.DIFFERS_FROM:
                    names.append(str(node.wanted))
            case Figure():
                names = [f"{node.group}.{name}" for name in (node.field, node.by) if name]
            case _:
                continue
        for name in names:
            field = catalogue.find(name, group)
            if field is not None:
                yield field.path, node.location


def fields_read(condition: Condition, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the full paths of the fields a condition reads, each once, in order."""
    return tuple(dict.fromkeys(path for path, _ in places_read(condition, catalogue)))


def check_because(
    sentence: str, at: Node, read: Collection[str], faults: Faults, *, whole: bool = True
) -> None:
    """
    Tell of everything in a sentence that could not be filled in.

    Args:
        sentence: as written.
        at: its place.
        read: full paths of the fields that the rule's condition reads.
        faults: collects what is wrong.
        whole: whether that condition could be read; where not, *read* is every field there is.
    """
    if len(sentence) > LONGEST:
        hint = "shorten it; details belong in the references"
        faults.error("long-sentence", at, f"`because` has more than {LONGEST} characters", hint)
        return
    names = {name for path in read for name in (path, path.rpartition(".")[2])}
    for piece in _PIECE.finditer(sentence):
        if piece[0] in {"{{", "}}"}:
            continue
        if piece[1] is None:
            faults.error(
                "odd-brace",
                at,
                f"a brace stands alone in `because` (character {piece.start() + 1})",
                f"write {piece[0] * 2} for a plain brace",
            )
        elif not _FIELD.fullmatch(piece[1]):
            faults.error(
                "odd-template",
                at,
                f"`{piece[0][:60]}` is not the name of a field",
                "write {field} or {list.field}, and nothing else between the braces",
            )
        elif piece[1] not in names:
            if not whole:
                hint = faults.meant(piece[1], names) or "`laborscreen fields` lists them"
                faults.error("unknown-field", at, f"`{piece[0]}` is not a record field", hint)
                continue
            hint = faults.meant(piece[1], names) or (
                f"use {listed(sorted(read), most=6)}"
                if read
                else "the condition reads no field itself; write the sentence without braces"
            )
            faults.error(
                "unread-field", at, f"`{piece[0]}` is not a field that the rule's `when` reads", hint
            )
