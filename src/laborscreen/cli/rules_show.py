"""
``laborscreen rules show``: one rule as its author wrote it, with what it rests on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.rulebook import Rule, Rulebook


def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.")],
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules", metavar="DIR", help="A rulebook folder or pack.", show_default="the shipped rules"
        ),
    ] = None,
) -> None:
    """Show one rule: what it asks, why, on what ground, and its tests."""
    from laborscreen.cli.terminal import console
    from laborscreen.record import did_you_mean
    from laborscreen.rulebook import load_rulebook

    book = load_rulebook(rules)
    found = book.by_id.get(rule_id) or book.by_id.get(rule_id.upper())
    if found is None:
        hint = did_you_mean(rule_id.upper(), book.by_id) or "`laborscreen rules list` lists them"
        raise UsageError(f"there is no rule {rule_id!r}", hint=hint)
    _show(found, book, console())


def _show(rule: Rule, book: Rulebook, out: Console) -> None:
    from laborscreen.cli.terminal import safe
    from laborscreen.rulebook import in_english

    out.print(safe(f"{rule.id}  {rule.title}", "bold"))
    out.print(safe(f"{rule.location}", "dim"), soft_wrap=True)
    dates = [f"from {rule.valid_from}"] if rule.valid_from else []
    dates += [f"until {rule.valid_to}"] if rule.valid_to else []
    facts = [rule.axis.replace("_", " "), f"group {rule.group.replace('_', ' ')}", rule.strength, rule.status]
    out.print(safe(", ".join([*facts, f"version {rule.version}", *dates])))
    for axis, band in rule.floor.items():
        out.print(safe(f"lifts {axis.replace('_', ' ')} to at least {band}"))
    if rule.applies_when is not None:
        _block("Applies when", in_english(rule.applies_when, book.lists), out)
    _block("Matches when", in_english(rule.when, book.lists), out)
    _block("Because", [rule.because], out)
    _block("Ask", [rule.ask], out)
    _block("Could also be", rule.false_positives, out)
    sources = [
        f"{book.sources[one.source].title}, {one.where}: {one.says} {book.sources[one.source].url}"
        for one in rule.references
    ]
    _block("Rests on", sources, out)
    if rule.legal_basis:
        _block("Legal basis for reading a personal attribute", [rule.legal_basis], out)
    guards = [f"{one.id}  {one.title}" for one in book.guards if {rule.id, rule.group} & set(one.suppresses)]
    _block("Set aside by", guards, out)
    _block("Tests", [f"{test.expect.replace('_', ' ')}: {test.name}" for test in rule.tests], out)


def _block(title: str, lines: list[str] | tuple[str, ...], out: Console) -> None:
    from rich.padding import Padding

    from laborscreen.cli.terminal import safe

    if not lines:
        return
    out.print()
    out.print(safe(title, "dim"))
    for line in lines:
        depth = len(line) - len(line.lstrip())
        out.print(Padding(safe(line.lstrip()), (0, 0, 0, 2 + depth), expand=False))
