"""
One assessment as a small table for a notebook, every text escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from laborscreen.text import visible

if TYPE_CHECKING:
    from laborscreen.screening.result import Assessment, Flag  # they ask for their table themselves


def as_html(assessment: Assessment) -> str:
    """
    Return an assessment as HTML without script, style or address, for ``_repr_html_``.

    >>> from laborscreen.screening import Screener
    >>> "<b>routine</b>" in as_html(Screener().screen({"id": "V-7", "name": "Duval", "country": "FR"}))
    True
    """
    axes = "".join(
        f"<tr><th>{_text(name.replace('_', ' '))}</th><td>{_text(axis.band)}</td><td>{axis.score:g}</td></tr>"
        for name, axis in assessment.axes.items()
    )
    flags = "".join(map(_flag, assessment.flags))
    gaps = "".join(f"<li>{_text(gap.ask)} ({_text(', '.join(gap.fields))})</li>" for gap in assessment.gaps)
    return (
        f"<p>{_text(assessment.record_id)}: <b>{_text(assessment.outcome)}</b>, "
        f"coverage {assessment.coverage:.1%}</p>"
        f"<table><thead><tr><th>axis</th><th>band</th><th>score</th></tr></thead><tbody>{axes}</tbody></table>"
        + (f"<table><tbody>{flags}</tbody></table>" if flags else "")
        + (f"<p>Not known:</p><ul>{gaps}</ul>" if gaps else "")
        + "".join(f"<p>{_text(step)}</p>" for step in assessment.next_steps)
    )


def _flag(flag: Flag) -> str:
    counted = f"{flag.points:g} points" if flag.status == "raised" else flag.status
    return (
        f"<tr><th>{_text(flag.rule)}</th><td>{_text(flag.heading)}</td>"
        f"<td>{_text(flag.because)}</td><td>{_text(counted)}</td></tr>"
    )


def _text(text: str) -> str:
    return escape(visible(text))
