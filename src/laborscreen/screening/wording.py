"""
An assessment in plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laborscreen.screening.result import Assessment, Evidence  # they ask for their words themselves


def as_text(assessment: Assessment) -> str:
    """Return an assessment as plain text that can be read aloud."""
    lines = [f"{assessment.record_id}: {assessment.outcome}"]
    for name, axis in assessment.axes.items():
        held = f" ({axis.held})" if axis.held else ""
        lines.append(f"  {name}: {axis.band}, {axis.score:g} points{held}")
    for flag in assessment.flags:
        mark = "" if flag.status == "raised" else f" [{flag.status}: {flag.set_aside_because}]"
        lines.append(f"  {flag.rule} {flag.heading}: {flag.because}. {flag.points:g} points{mark}")
        lines += [f"      {one.field}: {_seen(one)} ({one.wanted})" for one in flag.evidence]
        lines += [f"      {one.title}, {one.where}: {one.says}" for one in flag.references]
    for gap in assessment.gaps:
        lines.append(f"  not known: {', '.join(gap.fields) or gap.rule}. {gap.ask}")
    lines += [f"  {step}" for step in assessment.next_steps]
    made = assessment.provenance
    lines += [f"  {note}" for note in (made.rules_note, made.lists_note) if note]
    return "\n".join(lines)


def _seen(evidence: Evidence) -> str:
    return f"“{evidence.seen}”" if evidence.seen else evidence.note
