"""A count or total says who told what it is taken over."""

from __future__ import annotations

import pytest

from tests.screening.test_tables import alone, together

TWO_OUTLETS = [
    {"source_type": "media", "source": "Example Gazette", "text": "The plant employs North Korean workers."},
    {"source_type": "ngo", "source": "Example Watch", "text": "North Korean labourers were seen there."},
    {"source_type": "blog", "source": "somebody", "text": "North Korean workers there."},
    {"source_type": "media", "source": "Example Echo", "text": "The plant makes shirts."},
]


def evidence_of(assessment, rule):
    return next(flag.evidence for flag in assessment.flags if flag.rule == rule)


def test_a_count_names_the_outlets_it_counts(screener):
    """
    Two outlets that speak of DPRK workers are named with their kind and words; a blog and another subject are not.
    """
    evidence = evidence_of(
        screener.screen({"id": "1", "name": "A", "observations": TWO_OUTLETS}), "LS-COR-012"
    )

    assert evidence[0].wanted == "count at least 2"
    assert [(one.field, one.seen, one.source_type) for one in evidence if one.wanted == "counted"] == [
        ("observations[0].source", "Example Gazette", "media"),
        ("observations[1].source", "Example Watch", "ngo"),
    ]
    assert (evidence[0].source_type, evidence[0].note) == ("", "told by media, ngo")
    assert all(one.source_type for one in evidence[1:])
    assert [one.seen[slice(*one.span)] for one in evidence if one.span] == [
        "North Korean workers",
        "North Korean labourers",
    ]


@pytest.mark.parametrize(
    ("told", "source"), [({}, "document"), ({"source_type": "supplier"}, "supplier_statement")]
)
def test_a_total_says_who_states_it(screener, told, source):
    """
    The heads contracted for come from whoever states the contract; silence means a document.
    """
    contracts = [{"headcount": 40, **told}]
    found = evidence_of(screener.screen({"id": "1", "name": "A", "contracts": contracts}), "LS-DQ-003")

    assert next(one for one in found if one.field == "contracts.headcount").source_type == source


def test_rows_that_differ_in_who_states_a_total_share_no_explanation(screener):
    """
    Records alike in everything but the source of a contract are told apart in a table, too.
    """
    day = screener.on()
    rows = [
        {"id": "1", "name": "A", "contracts.headcount": "40", "contracts.source_type": stated}
        for stated in (None, "document", "supplier", "audit")
    ]

    assert together(day, rows) == [alone(day, row) for row in rows]
