"""
``laborscreen explain``: one record, down to the value and the rule.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import VENDORS, Call

DAY = ("--as-of", "2026-01-01")


def test_every_point_is_shown_with_its_flag_and_its_sum(call: Call, vendors: Path) -> None:
    """
    For each axis the flags' points, the group's share and the total are there, and agree with the assessment.
    """
    assessment = json.loads(call("explain", vendors, "--id", "V-1", "--json", *DAY).out)
    told = call("explain", vendors, "--id", "V-1", *DAY).out
    scores = re.split(r"\n\d+ flags ", told.split("Scores")[1])[0]

    for axis in assessment["axes"].values():
        for group in axis["groups"]:
            assert re.search(rf"\s{group['counted']:g}\s+from {group['group'].replace('_', ' ')}", scores)
        if axis["groups"]:
            assert f"= {axis['score']:g}" in scores
    for flag in assessment["flags"]:
        if flag["points"]:
            assert re.search(rf"\+{flag['points']:g} .*{flag['rule']}", scores)


def test_evidence_shows_the_value_as_written_and_as_read(call: Call, vendors: Path) -> None:
    """
    The roster's own word stands beside the country it was read as, with the path of its field.
    """
    told = call("explain", vendors, "--id", "V-1", *DAY).out

    assert "workforce[0].nationality: “КНДР”" in told
    assert "read as KP" in told


def test_the_condition_tree_carries_the_answers(call: Call, vendors: Path) -> None:
    """
    Each test of a flagged rule stands with its mark and the value that gave it.
    """
    told = call("explain", vendors, "--id", "V-1", *DAY).out

    assert "✔ hours_per_day is at least 16  “18”" in told


def test_a_rule_asked_for_is_explained_even_if_it_is_silent(call: Call, vendors: Path) -> None:
    """
    ``--rule`` shows why a rule did not match.
    """
    told = call("explain", vendors, "--id", "V-3", "--rule", "LS-HRS-003", *DAY).out

    assert "✘ workforce[0]" in told
    assert "✘ hours_per_day is at least 16  “8”" in told


def test_every_gap_comes_with_its_question(call: Call, vendors: Path) -> None:
    """
    A country nobody can tell is listed as not known, with what to ask.
    """
    assessment = json.loads(call("explain", vendors, "--id", "V-4", "--json", *DAY).out)
    told = " ".join(call("explain", vendors, "--id", "V-4", *DAY, columns=200).out.split())

    assert assessment["gaps"]
    for gap in assessment["gaps"]:
        assert gap["rule"] in told


def test_the_first_of_two_records_with_one_id_is_explained_and_the_other_told(
    call: Call, vendors: Path
) -> None:
    """
    A repeated id is two records; the explanation says that there is another.
    """
    vendors.write_text(VENDORS + "V-2,Papeterie Duval encore,France,,,,,\n", encoding="utf-8")

    told = call("explain", vendors, "--id", "V-2", *DAY).out

    assert "1 more record of this id" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--id", "V-9"), "no record has the id 'V-9'"),
        (("--id", "v-1"), "did you mean 'V-1'?"),
        (("--id", "V-1", "--rule", "LS-XXX-999"), "there is no rule 'LS-XXX-999'"),
        ((), "--id"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    call: Call, vendors: Path, arguments: tuple[str, ...], says: str
) -> None:
    """
    An id or a rule that is not there ends with 2 and a message.
    """
    ended = call("explain", vendors, *arguments)

    assert ended.code == 2
    assert says in ended.err


def test_a_row_that_was_rejected_says_why(call: Call, vendors: Path) -> None:
    """
    Asking for a record whose row cannot be screened gives the reason of the rejection.
    """
    vendors.write_text(VENDORS + "V-7,Too few cells\n", encoding="utf-8")

    ended = call("explain", vendors, "--id", "V-7")

    assert ended.code == 2
    assert "cannot be screened" in ended.err


def test_nothing_from_the_record_reaches_the_terminal_raw(call: Call, vendors: Path) -> None:
    """
    Escape sequences in a text are shown written out, in the evidence as elsewhere.
    """
    vendors.write_text(
        VENDORS.replace("held by the agency", "held by the \x1b]0;owned\x07agency"), encoding="utf-8"
    )

    told = call("explain", vendors, "--id", "V-1", *DAY).out

    assert "\x1b" not in told
    assert "\x07" not in told
