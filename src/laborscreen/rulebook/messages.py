"""
The catalogue of messages: what each fault means, why it is one, and how it is written badly and well.

The examples stand in ``tables/messages.yaml``. They are run by a test, shown in ``docs/rule-messages.md``, and told by
``laborscreen rules check --explain ID``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from textwrap import indent
from typing import Any

import yaml

DAY = date(2026, 11, 23)
"""The day on which the examples are looked at: some of them are about sources and exceptions that grow old."""

_SOUND = """\
id: ACME-1
title: A rule
status: stable
version: 1
axis: concealment
group: own_group
strength: strong
when: {field: country, is: KP}
because: Something is on record
ask: What is it?
references: [{source: ilo-indicators, where: indicator 11, says: Something.}]
tests:
  - {name: one, expect: match, record: {country: KP}}
  - {name: two, expect: no_match, record: {country: FR}}
  - {name: three, expect: unknown, record: {role: supplier}}
"""
_KEY = re.compile(r"^[ \t]*(\w+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """
    One way to write something.

    Args:
        shown: the part that matters.
        files: the whole rulebook around it, path to text; None where it is told in words.
    """

    shown: str
    files: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Message:
    """
    What one id of a fault means.

    Args:
        id: as it stands in ``error[...]``.
        says: the fault in one sentence.
        why: why it is one.
        bad: an example that has it.
        good: the same, mended.
        besides: other faults that the bad example cannot avoid.
    """

    id: str
    says: str
    why: str
    bad: Example
    good: Example
    besides: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def message_catalogue() -> Mapping[str, Message]:
    """
    Return every message by id, in the order of the catalogue.

    >>> message_catalogue()["unknown-field"].says
    'A field is named that no record has.'
    """
    text = (files("laborscreen.rulebook") / "tables" / "messages.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe
    return {entry["id"]: _message(entry) for entry in entries}


def _message(entry: Mapping[str, Any]) -> Message:
    return Message(
        entry["id"],
        entry["says"],
        entry["why"],
        _example(entry, entry["bad"]),
        _example(entry, entry["good"]),
        frozenset(entry.get("besides", ())),
    )


def _example(entry: Mapping[str, Any], written: Any) -> Example:
    around = f"when: {entry['with']}\n" if "with" in entry else ""
    if "references" in entry:
        around += f"references: [{{source: {entry['references']}, where: whole, says: Something.}}]\n"
    match entry["in"]:
        case "words":
            return Example(written, None)
        case "file":
            return Example(written, {"rules.yaml": written})
        case "when":
            return Example(written, _rules(f"when:\n{indent(written, '  ')}"))
        case "rule":
            return Example(written, _rules(written))
        case "rules":
            return Example("\n".join(written), _rules(*written))
        case "more":
            return Example(written, {"rules.yaml": _rules(around)["rules.yaml"] + written})
        case _:
            shown = "\n".join(f"# {path}\n{text}" for path, text in written.items())
            return Example(shown, _rules(around) | written)


def _rules(*parts: str) -> dict[str, str]:
    """Return a file of sound rules in which the lines of *parts* take the place of those with the same keys."""
    return {"rules.yaml": "rules:\n" + "".join(map(_rule, parts))}


def _rule(part: str) -> str:
    own = set(_KEY.findall(part))
    kept = [
        lines for lines in re.split(r"(?m)^(?=\w)", _SOUND) if lines and lines.partition(":")[0] not in own
    ]
    text = indent("".join((*kept, part)), "    ")
    return f"  - {text[4:]}"
