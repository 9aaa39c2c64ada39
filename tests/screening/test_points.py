"""Every point of a score is redone by hand from the flags and their evidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from laborscreen import Record, Screener
from laborscreen.record import nested
from laborscreen.rulebook.policy import BANDS
from tests.conditions.strategies import flat_rows

WORTH = {"direct": 100, "strong": 35, "circumstantial": 15, "context": 0}
QUALITY = {
    "document": 1.0,
    "official": 1.0,
    "audit": 1.0,
    "supplier_statement": 0.8,
    "internal_note": 0.8,
    "media": 0.5,
    "ngo": 0.5,
    "blog": 0.25,
    "anonymous": 0.25,
}


def redone(assessment, rulebook):
    """The scores, added up by hand: flags to groups, kinds and groups under their caps, groups to axes."""
    kinds = {rule.id: rule.evidence_kind for rule in rulebook.rules}
    scores = {}
    for axis in ("dprk_nexus", "forced_labour", "concealment"):
        total = 0.0
        raised = [flag for flag in assessment.flags if flag.status == "raised" and flag.axis == axis]
        for group in {flag.group for flag in raised}:
            flags = [flag for flag in raised if flag.group == group]
            by_kind = {}
            for flag in flags:
                by_kind[kinds[flag.rule]] = by_kind.get(kinds[flag.rule], 0) + flag.points
            points = by_kind.pop("", 0) + sum(min(value, 34) for value in by_kind.values())
            if not any(flag.counts_as == "direct" for flag in flags):
                points = min(points, 40)
            total += points
        scores[axis] = total
    return scores


def check_points(assessment, rulebook):
    for flag in assessment.flags:
        expected = WORTH[flag.counts_as] * (1 if flag.counts_as == "direct" else flag.quality)
        assert flag.points == pytest.approx(expected if flag.status == "raised" else 0)
        best = max((QUALITY[one.source_type] for one in flag.evidence if one.source_type), default=1.0)
        assert flag.quality <= best or flag.strength == "context"
    for axis, score in redone(assessment, rulebook).items():
        assert assessment.axes[axis].score == pytest.approx(score)
        assert sum(part.counted for part in assessment.axes[axis].groups) == pytest.approx(score)


@settings(max_examples=80, deadline=None)
@given(row=flat_rows())
def test_every_score_is_the_sum_of_what_its_flags_give(screener, row):
    """Random records: points follow from strength and evidence alone, and caps are the policy's."""
    check_points(screener.screen(Record.model_validate(nested(row))), screener.rulebook)


def test_a_whole_case_adds_up_by_hand(screener):
    """Eighteen hours a day, two days off a year, papers held by the agency, told by an audit: 40 for hours, 35 for papers."""
    assessment = screener.screen(
        {
            "id": "1",
            "name": "Builder",
            "country": "RU",
            "source_type": "audit",
            "workforce": [
                {
                    "nationality": "UZ",
                    "headcount": 40,
                    "hours_per_day": 18,
                    "rest_days_per_year": 2,
                    "documents_held_by": "agency",
                }
            ],
        }
    )
    check_points(assessment, screener.rulebook)
    hours = {flag.rule: flag.points for flag in assessment.flags if flag.group == "working_conditions"}

    assert hours["LS-HRS-003"] == 35
    assert (
        next(
            part for part in assessment.axes["forced_labour"].groups if part.group == "working_conditions"
        ).counted
        == 40
    )
    assert assessment.axes["forced_labour"].band == "high"
    assert assessment.axes["dprk_nexus"].score == 0


@settings(max_examples=80, deadline=None)
@given(row=flat_rows())
def test_critical_is_never_reached_without_a_direct_indicator(screener, row):
    """A critical band stands on a flag that counts as direct on that very axis."""
    assessment = screener.screen(Record.model_validate(nested(row)))
    for name, axis in assessment.axes.items():
        if axis.band == "critical":
            assert any(
                flag.counts_as == "direct" and flag.axis == name and flag.status == "raised"
                for flag in assessment.flags
            )


@settings(max_examples=80, deadline=None)
@given(row=flat_rows())
def test_context_alone_never_rises_above_info(screener, row):
    """Where every raised flag is context, every axis stays at info."""
    assessment = screener.screen(Record.model_validate(nested(row)))
    raised = [flag for flag in assessment.flags if flag.status == "raised"]
    if all(flag.strength == "context" for flag in raised):
        assert {axis.band for axis in assessment.axes.values()} == {"info"}


@pytest.mark.parametrize(
    ("source", "counts_as", "points"),
    [
        ("document", "direct", 100),
        ("supplier_statement", "direct", 100),
        ("media", "strong", 17.5),
        ("blog", "strong", 8.75),
        ("anonymous", "strong", 8.75),
    ],
)
def test_hearsay_is_never_direct(screener, source, counts_as, points):
    """A DPRK roster keeps its full points from a document or the supplier, and is merely strong from anybody else."""
    assessment = screener.screen(
        {
            "id": "1",
            "name": "Builder",
            "country": "RU",
            "workforce": [{"nationality": "КНДР", "headcount": 9, "source_type": source}],
        }
    )
    flag = next(flag for flag in assessment.flags if flag.rule == "LS-NAT-001")

    assert (flag.counts_as, flag.points) == (counts_as, points)


def test_allegations_alone_stay_at_medium(screener):
    """However much the papers say, hearsay alone does not lift an axis above medium."""
    group = {
        "nationality": "КНДР",
        "headcount": 9,
        "hours_per_day": 18,
        "rest_days_per_year": 2,
        "documents_held_by": "agency",
        "violence_reported": True,
        "minder_present": True,
        "source_type": "media",
    }
    assessment = screener.screen({"id": "1", "name": "Builder", "country": "RU", "workforce": [group]})

    assert all(BANDS.index(axis.band) <= BANDS.index("medium") for axis in assessment.axes.values())


def test_the_same_input_gives_the_same_bytes(screener):
    """Twice on one screener, and on a screener made anew and through a pickle: the same JSON."""
    import pickle

    record = {
        "id": "1",
        "name": "Builder",
        "country": "Россия",
        "workforce": [{"nationality": "КНДР", "visa": "учебная"}],
    }
    first = screener.screen(record).to_json()

    assert screener.screen(record).to_json() == first
    assert Screener(as_of=date(2026, 1, 1)).screen(record).to_json() == first
    assert pickle.loads(pickle.dumps(screener)).screen(record).to_json() == first


def test_assessments_are_immutable_all_the_way_down_and_can_be_pickled(screener):
    """Nothing in a result can be changed, and a copy through a pickle is equal."""
    import dataclasses
    import pickle

    assessment = screener.screen({"id": "1", "name": "Builder", "workforce": [{"nationality": "КНДР"}]})

    with pytest.raises(dataclasses.FrozenInstanceError):
        assessment.outcome = "routine"
    with pytest.raises(dataclasses.FrozenInstanceError):
        assessment.axes["dprk_nexus"].score = 0
    assert isinstance(assessment.flags, tuple)
    assert pickle.loads(pickle.dumps(assessment)) == assessment
