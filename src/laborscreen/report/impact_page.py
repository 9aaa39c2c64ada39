"""
The page on what a change of the rules would do: one HTML file that needs nothing but itself and runs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from laborscreen.formats.writers import Target
from laborscreen.report.html_report import block_digest, environment, page_part
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES
from laborscreen.screening.result import AXIS_NAMES


def write_impact_page(path: Path, told: Mapping[str, Any]) -> None:
    """
    Write the page, whole or not at all.

    Args:
        path: where it will stand.
        told: what ``rules impact --format json`` tells.

    Raises:
        OutputError: the file cannot be written.
    """
    style = page_part("page.css") + page_part("impact.css")
    page = (
        environment()
        .get_template("impact.html.j2")
        .render(
            told=told,
            axes=AXIS_NAMES,
            outcomes=OUTCOMES,
            bands=tuple(reversed(BANDS)),
            sides=("before", "after"),
            differing=_differing,
            style=style,
            style_digest=block_digest(style),
        )
    )
    with Target(path) as target:
        target.write(page.encode("utf-8", "replace"))


def _differing(example: Mapping[str, Any], side: str) -> list[Mapping[str, Any]]:
    """Return the flags of one side that the other has not, or not with the same points."""
    other = example["after" if side == "before" else "before"]["flags"]
    known = {flag["rule"]: (flag["points"], flag["status"]) for flag in other}
    return [
        flag for flag in example[side]["flags"] if known.get(flag["rule"]) != (flag["points"], flag["status"])
    ]
