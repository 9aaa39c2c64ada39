"""
The summary a person reads after a run: who needs looking at, why, and what is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from laborscreen.cli.tally import RunSummary
from laborscreen.cli.terminal import BAND_STYLE, OUTCOME_STYLE, counted, safe, shortened
from laborscreen.screening import OUTCOMES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_MEANING = {
    "refer": "refer to compliance; hold until a person has decided",
    "review": "a second person, a second source",
    "incomplete": "not enough is known; ask the supplier",
    "routine": "little or nothing found, enough known; not an approval",
}
_FLAGS_SHOWN = 8
_GAPS_SHOWN = 6
_FIELDS_SHOWN = 3
_REJECTS_SHOWN = 5
_NARROW = 80
_WIDEST_BAR = 16


def show_summary(summary: RunSummary, console: Console) -> None:
    """Print a *summary*; the last line accounts for every row."""
    narrow = console.width < _NARROW
    console.print(_heading(summary))
    console.print(_outcomes(summary, narrow=narrow))
    if summary.tally.worst:
        console.print(_worst(summary, narrow=narrow))
    if summary.tally.flags:
        console.print(_flags(summary, narrow=narrow))
    if summary.tally.gaps:
        console.print(_gaps(summary))
    _rejects(summary, console)
    _notes(summary, console)
    console.print(safe(summary.accounts, "bold"))


def _heading(summary: RunSummary) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("screened", safe(f"{', '.join(one.file for one in summary.files)} on {summary.screened_on}"))
    grid.add_row(
        "rulebook", safe(f"{counted(summary.rules, 'rule')}, {summary.rulebook[:19]} ({summary.software})")
    )
    for one in summary.lists:
        grid.add_row("watchlist", safe(f"{one.list} of {one.date or 'unknown date'}, {one.digest[:19]}"))
    return grid


def _titled(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(
        title=title,
        title_style="bold",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        header_style="dim",
        pad_edge=False,
    )


def _outcomes(summary: RunSummary, *, narrow: bool) -> Table:
    from rich.text import Text

    tally = summary.tally
    table = _titled(f"\n{counted(tally.records, 'record')} screened")
    table.add_column("outcome", no_wrap=True)
    table.add_column("records", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    if not narrow:
        table.add_column("what it means")
    for word in OUTCOMES:
        number = tally.outcomes[word]
        bar = "█" * max(round(_WIDEST_BAR * number / tally.records), 1) if number else ""
        style = OUTCOME_STYLE[word] if number else "dim"
        row = [Text(word, style), Text(f"{number:,}", style), Text(bar, style)]
        table.add_row(*row, *([] if narrow else [Text(_MEANING[word], "dim")]))
    return table


def _worst(summary: RunSummary, *, narrow: bool) -> Table:
    from rich.text import Text

    table = _titled("Look at these first")
    table.add_column("record", overflow="fold", max_width=18 if narrow else 30)
    table.add_column("outcome", overflow="fold", max_width=13 if narrow else None)
    table.add_column("first reason", ratio=1)
    for one in summary.tally.worst:
        called = safe(shortened(one.name, 60)).append("\n").append_text(safe(shortened(one.id, 40), "dim"))
        outcome = Text(one.outcome, OUTCOME_STYLE[one.outcome])
        more = f" and {counted(one.more, 'more flag')}" if one.more else ""
        outcome.append(f"\n{one.axis.replace('_', ' ')}: ", "dim").append(one.band, BAND_STYLE[one.band])
        table.add_row(called, outcome, safe(shortened(one.because, 160)).append(f"\n{one.rule}{more}", "dim"))
    return table


def _flags(summary: RunSummary, *, narrow: bool) -> Table:
    tally = summary.tally
    table = _titled("Flags raised most")
    table.add_column("records", justify="right", no_wrap=True)
    table.add_column("rule", no_wrap=True)
    table.add_column("title", ratio=1)
    if not narrow:
        table.add_column("axis", no_wrap=True, style="dim")
        table.add_column("strength", no_wrap=True, style="dim")
    for one in tally.flags[:_FLAGS_SHOWN]:
        extra = () if narrow else (one.axis.replace("_", " "), one.strength)
        table.add_row(f"{one.records:,}", one.rule, safe(one.title), *extra)
    left = len(tally.flags) - _FLAGS_SHOWN
    if left > 0:
        table.caption = f"and {counted(left, 'more rule')}\n"
        table.caption_justify = "left"
    return table


def _gaps(summary: RunSummary) -> Table:
    from rich.text import Text

    tally = summary.tally
    table = _titled("Missing most")
    table.add_column("records", justify="right", no_wrap=True)
    table.add_column("not known", overflow="fold", ratio=2)
    table.add_column("ask the supplier", ratio=3)
    for one in tally.gaps[:_GAPS_SHOWN]:
        fields = [safe(field) for field in one.fields[:_FIELDS_SHOWN]]
        if len(one.fields) > _FIELDS_SHOWN:
            fields.append(safe(f"and {len(one.fields) - _FIELDS_SHOWN} more", "dim"))
        table.add_row(f"{one.records:,}", Text("\n").join(fields), safe(shortened(one.ask, 160)))
    left = len(tally.gaps) - _GAPS_SHOWN
    if left > 0:
        table.caption = f"and {counted(left, 'more question')}\n"
        table.caption_justify = "left"
    return table


def _rejects(summary: RunSummary, console: Console) -> None:
    tally = summary.tally
    if not tally.rejected:
        return
    console.print(safe(f"{counted(tally.rejected, 'row')} rejected", "bold red"))
    for one in tally.first_rejects[:_REJECTS_SHOWN]:
        called = f", id {shortened(one.id, 40)}" if one.id else ""
        console.print(safe(f"  {one.file}: row {one.row} (line {one.line}){called}: {one.reason}"))
    if tally.rejected > _REJECTS_SHOWN:
        where = f"; all of them are in {summary.rejects_out}" if summary.rejects_out else ""
        console.print(safe(f"  and {tally.rejected - _REJECTS_SHOWN:,} more{where}"))
    console.print()


def _notes(summary: RunSummary, console: Console) -> None:
    notes = [f"{one.file}: {note}" for one in summary.files for note in one.notes]
    notes += summary.owners.in_words() if summary.owners else []
    notes += [summary.tally.repeated.note] if summary.tally.repeated.records else []
    notes += summary.notes
    if summary.tally.set_aside:
        notes.append(
            f"{counted(summary.tally.set_aside, 'flag')} set aside by guards or exceptions; they stay visible"
        )
    if notes:
        console.print(safe("Notes", "bold"))
        for note in notes:
            console.print(safe(f"  {note}"))
        console.print()
    written = [one for one in (summary.out, summary.rejects_out) if one]
    if written:
        console.print(safe(f"written: {', '.join(written)}"))
