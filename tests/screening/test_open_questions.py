"""What keeps a record from routine without being a finding: words nobody judged, and a strong sign on weak evidence."""

from __future__ import annotations

import pytest

from laborscreen import Assessment, Record, Screener


def screened(screener: Screener, text: str, **told: object) -> Assessment:
    """Return the assessment of a stationer in Lyon about whom one text is on file."""
    observation = {"text": text, **told}
    return screener.screen(
        Record.model_validate(
            {"id": "1", "name": "Papeterie", "country": "FR", "observations": [observation]}
        )
    )


def asked(assessment: Assessment) -> set[str]:
    """Return what waits for an answer."""
    return {gap.rule for gap in assessment.gaps}


@pytest.mark.parametrize(
    "text",
    [
        "Two barges with North Korean coal lay at the quay.",
        "Materiał dostarczono z Korei Północnej.",
        "У директора друзья в Пхеньяне.",
        "원단은 평양에서 온다.",
        "布料来自朝鲜。",
    ],
)
def test_a_text_that_names_the_dprk_is_asked_about(screener: Screener, text: str) -> None:
    """In whatever language the DPRK is named, a record is not routine before somebody has said what is meant."""
    found = screened(screener, text)
    assert "dprk_named" in asked(found)
    assert found.outcome == "incomplete"


@pytest.mark.parametrize(
    "text",
    [
        "There is no trade with North Korea.",
        "We follow all sanctions on North Korea.",
        "The paper comes from South Korea.",
        "Papier z Korei Południowej.",
        "Знакомый директора живёт в Сеуле.",
        "원단은 대구에서 온다.",
        "工人是朝鲜族。",
    ],
)
def test_a_denial_and_the_other_korea_are_not_asked_about(screener: Screener, text: str) -> None:
    """South Korea, Koreans of China and a plain denial leave the record routine."""
    found = screened(screener, text)
    assert (asked(found), found.outcome) == (set(), "routine")


def test_a_text_about_workers_in_an_unread_language_is_never_routine(screener: Screener) -> None:
    """What is said of workers in a language no list reads is asked for; the same in English is judged."""
    unread = screened(screener, "Les ouvriers dorment dans des conteneurs.")
    assert ("unread_language" in asked(unread), unread.outcome) == (True, "incomplete")
    read = screened(screener, "The workers go home at five.")
    assert (asked(read), read.outcome) == (set(), "routine")


@pytest.mark.parametrize(
    ("source", "band", "outcome"),
    [("audit", "medium", "review"), ("ngo", "low", "incomplete"), ("anonymous", "info", "routine")],
)
def test_a_strong_sign_on_weak_evidence_waits_for_a_second_source(
    screener: Screener, source: str, band: str, outcome: str
) -> None:
    """Kept passports are a finding in an audit, a question in an NGO's report, and nothing yet in an anonymous letter."""
    found = screened(screener, "Passports were retained by the agency.", source_type=source)
    assert (found.axes["forced_labour"].band, found.outcome) == (band, outcome)
    assert ("LS-DOC-001" in asked(found)) is (outcome == "incomplete")


def test_what_a_second_source_must_confirm_names_the_field_that_told_it(screener: Screener) -> None:
    """The question is the rule's own, and asks first about the field on which the sign rests."""
    crew = {"headcount": 12, "nationality": "NP", "documents_held_by": "employer", "source_type": "media"}
    found = screener.screen(
        Record.model_validate({"id": "1", "name": "A", "country": "QA", "workforce": [crew]})
    )
    (question,) = (gap for gap in found.gaps if gap.rule == "LS-DOC-001")
    assert question.fields[0] == "workforce.documents_held_by"
    assert question.ask == screener.rulebook.by_id["LS-DOC-001"].ask


def test_signs_of_remote_work_stay_low_and_ask_nothing_more(screener: Screener) -> None:
    """A strong sign on the axis of concealment is low by design and is no open question."""
    found = screened(screener, "The contractor runs a laptop farm.", source_type="ngo")
    assert {flag.rule for flag in found.flags} == {"LS-ITW-021"}
    assert (asked(found), found.outcome) == (set(), "routine")
