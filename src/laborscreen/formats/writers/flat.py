"""
A nested assessment as rows of a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

AXES = ("dprk_nexus", "forced_labour", "concealment")

RECORD_COLUMNS = (
    "record_id",
    "outcome",
    *(f"{axis}_{part}" for axis in AXES for part in ("score", "band")),
    "flags",
    "because",
    "missing",
    "coverage",
    "next_steps",
    "suppressed",
)
FLAG_COLUMNS = (
    "record_id", "outcome", "rule", "version", "title", "axis", "group", "strength", "points", "status", "because",
    "field", "seen", "value", "wanted", "ask", "false_positives", "references", "rule_status",
)  # fmt: skip
GAP_COLUMNS = ("record_id", "outcome", "rule", "fields", "ask")

Assessment = Mapping[str, Any]


def record_row(assessment: Assessment) -> list[object]:
    """Return one row for an assessment, in the order of `RECORD_COLUMNS`."""
    axes = assessment.get("axes", {})
    flags = assessment.get("flags", ())
    raised = [flag for flag in flags if flag.get("status") == "raised"]
    row: list[object] = [assessment["record_id"], assessment["outcome"]]
    for axis in AXES:
        found = axes.get(axis, {})
        row += [found.get("score", 0), found.get("band", "")]
    missing = dict.fromkeys(field for gap in assessment.get("gaps", ()) for field in gap.get("fields", ()))
    return [
        *row,
        _joined(flag["rule"] for flag in raised),
        _joined(str(flag.get("because") or "") for flag in raised),
        _joined(missing),
        assessment.get("coverage"),
        _joined(assessment.get("next_steps", ())),
        _joined(flag["rule"] for flag in flags if flag.get("status") not in {"raised", None}),
    ]


def flag_rows(assessment: Assessment) -> list[list[object]]:
    """Return one row a flag, in the order of `FLAG_COLUMNS`."""
    rows = []
    for flag in assessment.get("flags", ()):
        evidence = flag.get("evidence", ())
        rows.append(
            [
                assessment["record_id"],
                assessment["outcome"],
                *(flag.get(name) for name in FLAG_COLUMNS[2:11]),
                *(_joined(_cell(piece.get(name)) for piece in evidence) for name in FLAG_COLUMNS[11:15]),
                _cell(flag.get("ask")),
                _cell(flag.get("false_positives")),
                _joined(_reference(reference) for reference in flag.get("references", ())),
                flag.get("rule_status", "stable"),
            ]
        )
    return rows


def gap_rows(assessment: Assessment) -> list[list[object]]:
    """Return one row a gap, in the order of `GAP_COLUMNS`."""
    return [
        [
            assessment["record_id"],
            assessment["outcome"],
            gap.get("rule"),
            _joined(gap.get("fields", ())),
            _cell(gap.get("ask")),
        ]
        for gap in assessment.get("gaps", ())
    ]


def _reference(reference: object) -> str:
    if isinstance(reference, Mapping):
        return ", ".join(str(reference[key]) for key in ("source", "where") if reference.get(key))
    return str(reference)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _joined(_cell(entry) for entry in value)
    return str(value)


def _joined(parts: Any) -> str:
    return "; ".join(str(part) for part in parts if part not in (None, ""))
