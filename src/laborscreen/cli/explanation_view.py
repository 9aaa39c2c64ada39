"""
One assessment as a person reads it: where every point comes from, what is not known, and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from laborscreen.cli.terminal import BAND_STYLE, OUTCOME_STYLE, counted, safe, shortened
from laborscreen.screening import Assessment, Axis, Flag

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_LONGEST_SEEN = 300
_NARROW = 80
_BASIS = len("circumstantial 15 × 0.25")


def show_heading(assessment: Assessment, name: str, console: Console) -> None:
    """Print who was screened and what came of it."""
    from rich.text import Text

    line = Text()
    line.append_text(safe(assessment.record_id, "bold")).append("  ").append_text(safe(name)).append("  ")
    line.append(assessment.outcome, OUTCOME_STYLE[assessment.outcome])
    console.print(line)
    provenance = assessment.provenance
    told = (
        f"screened on {provenance.screened_on}, exposure {assessment.exposure}, "
        f"{assessment.coverage:.0%} of the rules that apply could be answered"
    )
    console.print(safe(told, "dim"))
    for one in provenance.lists:
        console.print(safe(f"compared with {one.list} of {one.date or 'unknown date'}", "dim"))
    if provenance.rules_note:
        console.print(safe(provenance.rules_note, "yellow"))
    if provenance.lists_note:
        console.print(safe(provenance.lists_note, "dim"))


def show_scores(assessment: Assessment, console: Console) -> None:
    """Print each axis as a sum that can be redone by hand: flags, groups, caps, gates."""
    show_section("Scores", console)
    for name, axis in assessment.axes.items():
        flags = [
            flag for flag in assessment.flags if flag.axis == name and flag.status == "raised" and flag.points
        ]
        _show_axis(name, axis, flags, console)


def _show_axis(name: str, axis: Axis, flags: list[Flag], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    head = Text(name.replace("_", " "), "bold").append("  ").append(axis.band, BAND_STYLE[axis.band])
    if not axis.groups:
        head.append("  no points", "dim")
    console.print(head)
    narrow = console.width < _NARROW
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True, min_width=9)
    if not narrow:
        table.add_column(no_wrap=True, style="dim", min_width=_BASIS)
    table.add_column(ratio=1)

    def row(points: str, basis: str, told: Text) -> None:
        if narrow and basis:
            told = told.append(f"\n{basis}", "dim")
        table.add_row(points, *([] if narrow else [basis]), told)

    for group in axis.groups:
        for flag in (one for one in flags if one.group == group.group):
            row(f"+{flag.points:g}", worth(flag), safe(f"{flag.rule}  {flag.heading}"))
        told = safe(f"from {group.group.replace('_', ' ')}", "italic")
        if group.counted < group.points:
            told.append(f", capped: its flags come to {group.points:g}", "magenta")
        row(f"{group.counted:g}", "", told)
    if axis.groups:
        row(f"= {axis.score:g}", "", Text("points", "bold"))
    if axis.held:
        row("", "", safe(f"gate: {axis.held}", "magenta"))
    console.print(table)


def worth(flag: Flag) -> str:
    """
    Return what a flag counts as, with the figures its points are made of: strong 35 × 0.8.

    A flag that stays direct keeps its full points; any other is multiplied by the quality of its evidence.
    """
    words = flag.counts_as
    if flag.counts_as != flag.strength:
        words = f"{flag.strength} as {flag.counts_as}"
    if flag.counts_as == "direct" or not flag.points:
        return words
    return f"{words} {flag.points / flag.quality:g} × {flag.quality:g}"


def show_guards(assessment: Assessment, console: Console) -> None:
    """Print which flags were set aside, by what and why."""
    if not assessment.guards:
        return
    show_section("Guards", console)
    for guard in assessment.guards:
        console.print(safe(f"{guard.guard}  {guard.title}", "bold"))
        console.print(_indented(safe(f"{guard.because}. Sets aside {', '.join(guard.suppressed)}.")))


def show_gaps(assessment: Assessment, console: Console) -> None:
    """Print what is not known and the question that would settle it."""
    if not assessment.gaps:
        return
    from rich.table import Table
    from rich.text import Text

    show_section(f"Not known ({counted(len(assessment.gaps), 'question')})", console)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", overflow="fold", ratio=2)
    table.add_column(ratio=3)
    table.add_column(style="dim", no_wrap=True)
    for gap in assessment.gaps:
        table.add_row(
            Text("\n").join(map(safe, gap.fields or ["the signs it combines"])), safe(gap.ask), gap.rule
        )
    console.print(table)


def show_notes(assessment: Assessment, console: Console) -> None:
    """Print values that could not be read, or only with a doubt."""
    if not assessment.notes:
        return
    show_section("Values that could not be read", console)
    for note in assessment.notes:
        console.print(safe(f"{note.field}: “{shortened(note.written, 80)}”: {note.note}"))


def show_next_steps(assessment: Assessment, console: Console) -> None:
    """Print what to do next."""
    show_section("Next", console)
    for step in assessment.next_steps:
        console.print(safe(step))


def show_flag(flag: Flag, console: Console) -> None:
    """Print one flag: its reason, the evidence as written and as read, its sources, and innocent explanations."""
    mark = {"raised": "", "suppressed": "  suppressed", "excepted": "  excepted"}[flag.status]
    console.print(safe(f"{flag.rule}  {flag.heading}", "bold").append(mark, "magenta"))
    facts = f"{flag.axis.replace('_', ' ')}, {flag.group.replace('_', ' ')}, version {flag.version}: "
    console.print(_indented(safe(f"{facts}{flag.points:g} points ({worth(flag)})", "dim")))
    console.print(_indented(safe(f"{flag.because}.")))
    if flag.set_aside_by:
        console.print(
            _indented(safe(f"set aside by {flag.set_aside_by}: {flag.set_aside_because}", "magenta"))
        )
    for one in flag.evidence:
        console.print(_indented(_evidence_line(one.field, one.seen, one.span)))
        read = ""
        if one.span is not None:
            read = f"words: {_in_words(one.value)}; "
        elif one.value is not None and _in_words(one.value) != one.seen:
            read = f"read as {_in_words(one.value)}; "
        source = f"; {one.source_type.replace('_', ' ')}" if one.source_type else ""
        alike = f"; {one.similarity:.0%} alike, list entry {one.entry}" if one.similarity is not None else ""
        note = f"; {one.note}" if one.note else ""
        console.print(_indented(safe(f"{read}{one.wanted}{source}{alike}{note}", "dim"), 6))
    for citation in flag.references:
        console.print(_indented(safe(f"source: {citation.title}, {citation.where}: {citation.says}", "blue")))
    for other in flag.false_positives:
        console.print(_indented(safe(f"could also be: {other}", "dim")))
    console.print(_indented(safe(f"ask: {flag.ask}", "cyan")))


def _evidence_line(field: str, seen: str, span: tuple[int, int] | None) -> Text:
    """Return a field with what stood in it; of a text, the words found stand out among their neighbours."""
    line = safe(f"{field}: ", "bold")
    if span is None:
        return line.append_text(safe(f"“{shortened(seen, _LONGEST_SEEN)}”" if seen else "not told"))
    start, end = span
    around = max((_LONGEST_SEEN - (end - start)) // 2, 40)
    left, right = max(0, start - around), min(len(seen), end + around)
    line.append_text(safe(("“…" if left else "“") + seen[left:start]))
    line.append_text(safe(seen[start:end], "reverse"))
    return line.append_text(safe(seen[end:right] + ("…”" if right < len(seen) else "”")))


def show_section(title: str, console: Console) -> None:
    """Print the heading of a section."""
    console.print()
    console.rule(safe(title, "bold"), align="left", style="dim")


def _indented(text: Text, by: int = 4) -> object:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, by), expand=False)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
