"""
What a change of the rules would do, on a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from laborscreen.cli.terminal import BAND_STYLE, OUTCOME_STYLE, counted, safe, shortened
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from laborscreen.screening import Assessment
    from laborscreen.trials import Example, Impact

_RULES_SHOWN = 25
_FLAGS_SHOWN = 6
_LONGEST = 90


def show_impact(found: Impact, old: str, new: str, exceeded: Sequence[str], console: Console) -> None:
    """Print the counts first, then the rules, the groups, the gravest changes, and last the bounds exceeded."""
    console.print(safe(f"{old} → {new}", "bold"), soft_wrap=True)
    told = f"{counted(found.records, 'record')} judged by both, {found.changed:,} judged otherwise"
    if found.rescored:
        told += f", {found.rescored:,} with another score alone"
    if found.rejected:
        told += f"; {counted(found.rejected, 'row')} cannot be screened"
    console.print(safe(told))
    for what, ids in (("added", found.added), ("removed", found.removed)):
        if ids:
            more = f" and {len(ids) - 12:,} more" if len(ids) > 12 else ""
            console.print(safe(f"{counted(len(ids), 'rule')} {what}: {', '.join(ids[:12])}{more}", "dim"))
    _totals(found, console)
    _moves("Outcome moves", {"": found.outcomes}, OUTCOMES, OUTCOME_STYLE, console)
    _moves("Band moves", found.bands, tuple(reversed(BANDS)), BAND_STYLE, console)
    _rules(found, console)
    _groups(found, console)
    if found.examples:
        console.print()
        console.rule(safe("The gravest changes", "bold"), align="left", style="dim")
        for one in found.examples:
            _example(one, console)
    for bound in exceeded:
        console.print(safe(f"exceeded: {bound}", "bold red"))


def _totals(found: Impact, console: Console) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("outcome")
    for name in ("before", "after", "change"):
        table.add_column(name, justify="right")
    for word, (before, after) in found.totals.items():
        table.add_row(
            Text(word, OUTCOME_STYLE[word]),
            f"{before:,}",
            f"{after:,}",
            f"{after - before:+,}" if after != before else "",
        )
    console.print(table)


def _moves(
    title: str,
    counts: Mapping[str, Mapping[tuple[str, str], int]],
    order: Sequence[str],
    style: Mapping[str, str],
    console: Console,
) -> None:
    from rich.text import Text

    lines = []
    for what, moves in counts.items():
        for (before, after), count in sorted(
            moves.items(), key=lambda one: (order.index(one[0][1]), order.index(one[0][0]))
        ):
            if before == after:
                continue
            line = Text(f"  {count:>9,}  ").append_text(
                safe(f"{what.replace('_', ' ')}  " if what else "", "dim")
            )
            lines.append(line.append(before, style[before]).append(" → ").append(after, style[after]))
    if lines:
        console.print(safe(title, "bold"))
        for line in lines:
            console.print(line)


def _rules(found: Impact, console: Console) -> None:
    from rich import box
    from rich.table import Table

    if not found.rules:
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("rule", no_wrap=True)
    table.add_column("title", ratio=1)
    for name in ("before", "after", "newly raised", "no longer"):
        table.add_column(name, justify="right")
    for one in found.rules[:_RULES_SHOWN]:
        title = safe(one.title).append("  context" if one.strength == "context" else "", "dim")
        table.add_row(
            one.rule, title, f"{one.before:,}", f"{one.after:,}", _figure(one.newly), _figure(one.no_longer)
        )
    console.print(table)
    if len(found.rules) > _RULES_SHOWN:
        console.print(
            safe(f"and {len(found.rules) - _RULES_SHOWN:,} more rules; --format json has all", "dim")
        )


def _groups(found: Impact, console: Console) -> None:
    from rich import box
    from rich.table import Table

    if not found.groups:
        return
    console.print(safe("To be reviewed or referred, by group", "bold"))
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("group", overflow="fold")
    for name in ("records", "before", "after", "newly", "no longer"):
        table.add_column(name, justify="right")
    moved = [one for one in found.groups if one.newly or one.no_longer]
    for one in moved:
        table.add_row(
            safe(one.group),
            f"{one.records:,}",
            f"{one.before:,} ({one.rate_before:.1f}%)",
            f"{one.after:,} ({one.rate_after:.1f}%)",
            _figure(one.newly),
            _figure(one.no_longer),
        )
    if moved:
        console.print(table)
    same = len(found.groups) - len(moved)
    if same:
        console.print(safe(f"  {counted(same, 'group')} with the same records as before", "dim"))


def _figure(number: int) -> str:
    return f"{number:,}" if number else ""


def _example(one: Example, console: Console) -> None:
    from rich.table import Table

    more = f"; {counted(one.like_it - 1, 'more record')} alike" if one.like_it > 1 else ""
    head = safe(f"{one.before.record_id}  {one.name}", "bold")
    console.print(head.append_text(safe(f"  {one.file}, row {one.row:,}{more}", "dim")))
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(safe("before", "dim"), safe("after", "dim"))
    table.add_row(
        safe(one.before.outcome, OUTCOME_STYLE[one.before.outcome]),
        safe(one.after.outcome, OUTCOME_STYLE[one.after.outcome]),
    )
    for axis, before in one.before.axes.items():
        after = one.after.axes[axis]
        if before != after:
            table.add_row(_axis(axis, before.band, before.score), _axis(axis, after.band, after.score))
    table.add_row(_flags(one.before, one.after, "red"), _flags(one.after, one.before, "green"))
    console.print(table)
    console.print()


def _axis(name: str, band: str, score: float) -> Text:
    return (
        safe(f"{name.replace('_', ' ')}: ")
        .append(band, BAND_STYLE[band])
        .append(f", {score:g} points", "dim")
    )


def _flags(here: Assessment, there: Assessment, style: str) -> Text:
    """Return the flags of one side that the other has not, or not with the same points."""
    from rich.text import Text

    known = {flag.rule: (flag.points, flag.status) for flag in there.flags}
    only = [flag for flag in here.flags if known.get(flag.rule) != (flag.points, flag.status)]
    lines = []
    for flag in only[:_FLAGS_SHOWN]:
        mark = "" if flag.status == "raised" else f" {flag.status}"
        lines.append(
            safe(flag.rule, style)
            .append(f" {flag.points:g}{mark}  ", "dim")
            .append_text(safe(shortened(flag.because, _LONGEST)))
        )
    if len(only) > _FLAGS_SHOWN:
        lines.append(safe(f"and {len(only) - _FLAGS_SHOWN} more", "dim"))
    return Text("\n").join(lines)
