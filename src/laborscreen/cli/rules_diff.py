"""
``laborscreen rules diff``: what changed between two rulebooks, in words.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.rulebook import Difference, Rulebook, RulebookDiff

_EFFECT_STYLE = {"matches more": "yellow", "sets aside more": "yellow"}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A rulebook folder or pack.")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="NEW", help="A rulebook folder or pack.", show_default="the shipped rules"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="End with 1 if a condition changed and its version was not raised."),
    ] = False,
) -> None:
    """Tell what changed between two rulebooks: what may move scores, what people read, what rules rest on."""
    from laborscreen.cli.terminal import console
    from laborscreen.rulebook import compare_rulebooks, load_rulebook

    before, after = load_rulebook(old), load_rulebook(new)
    found = compare_rulebooks(before, after)
    if as_json:
        _print_json(found)
    else:
        out = console()
        _heads(before, after, out)
        _show(found, out)
    if strict and found.not_raised:
        raise typer.Exit(ExitCode.MET)


def _print_json(found: RulebookDiff) -> None:
    import orjson

    told = {
        "old": found.old,
        "new": found.new,
        "differences": [
            {"kind": one.kind, "about": one.about, "words": one.words, "effect": one.effect}
            for one in found.differences
        ],
        "not_raised": list(found.not_raised),
    }
    typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())


def _heads(before: Rulebook, after: Rulebook, out: Console) -> None:
    from laborscreen.cli.terminal import safe

    for head, book in (("old", before), ("new", after)):
        made = book.pack
        told = f"{head}  rulebook {book.digest[:12]}"
        if made is not None:
            told += f", packed {made.made} by {made.author}, approved by {made.approver}: {made.reason}"
        out.print(safe(told, "dim"), soft_wrap=True)


def _show(found: RulebookDiff, out: Console) -> None:
    from laborscreen.cli.terminal import counted, safe
    from laborscreen.rulebook import KINDS

    if not found.differences:
        out.print("the two say the same")
        return
    for kind, title in KINDS.items():
        of_kind = found.of_kind(kind)
        if not of_kind:
            continue
        out.print()
        out.print(safe(f"{title[0].upper()}{title[1:]}: {counted(len(of_kind), 'change')}", "bold"))
        for about, changes in groupby(of_kind, key=lambda one: one.about):
            out.print(safe(f"  {about}"))
            for change in changes:
                _line(change, out)
    if found.not_raised:
        out.print()
        told = f"the version was not raised, though the condition changed: {', '.join(found.not_raised)}"
        out.print(safe(told, "bold yellow"), soft_wrap=True)


def _line(change: Difference, out: Console) -> None:
    from rich.padding import Padding

    from laborscreen.cli.terminal import safe

    line = safe(change.words)
    if change.effect:
        line.append(f"  [{change.effect}]", _EFFECT_STYLE.get(change.effect, "cyan"))
    out.print(Padding(line, (0, 0, 0, 4), expand=False))
