"""
Small rulebooks for tests.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from laborscreen.errors import Problem
from laborscreen.rulebook import Rule, check_rulebook, load_rulebook

DAY = date(2026, 11, 23)

RULE = """\
  - id: {id}
    title: A rule
    status: {status}
    version: 1
    axis: concealment
    group: own_group
    strength: {strength}
    when: {when}
    because: Something is on record
    ask: What is it?
    references: [{{source: ilo-indicators, where: indicator 11, says: Something.}}]
    tests:
      - {{name: one, expect: match, record: {{country: KP}}}}
      - {{name: two, expect: no_match, record: {{country: FR}}}}
      - {{name: three, expect: unknown, record: {{role: supplier}}}}
"""


def rule(when: str, *, id: str = "ACME-1", status: str = "stable", strength: str = "strong") -> str:  # noqa: A002
    """Return one rule in YAML with the given condition."""
    return RULE.format(id=id, status=status, strength=strength, when=when)


def pack(folder: Path, *rules: str, more: str = "", name: str = "rules.yaml") -> Path:
    """Write a rulebook of some rules."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("rules:\n" + "".join(rules) + more, encoding="utf-8")
    return folder


def only_rule(folder: Path, when: str) -> Rule:
    """Return the rule with a condition, loaded."""
    (found,) = load_rulebook(pack(folder, rule(when))).rules
    return found


def told(folder: Path) -> list[Problem]:
    """Return what is wrong with a rulebook."""
    return list(check_rulebook(folder, today=DAY))
