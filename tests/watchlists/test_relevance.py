"""
What ties a listed party to the Democratic People's Republic of Korea, and what does not.
"""

from __future__ import annotations

import pytest

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import DprkReason, Identifier
from laborscreen.watchlists.relevance import dprk_reasons


@pytest.mark.parametrize(
    "programme",
    ["DPRK", "DPRK4", "DPRK-NKSPEA", "PRK", "UN-SC1718", "The Democratic People’s Republic of Korea (Sanctions) Regulations",
     "北朝鮮(決議1718号等；団体)"],
)  # fmt: skip
def test_programmes_of_every_publisher_are_known(programme: str) -> None:
    """
    The publishers' own programme names are reasons.
    """
    assert dprk_reasons(programmes=[programme]) == (DprkReason("programme", programme),)


@pytest.mark.parametrize(
    "programme", ["NPWMD", "PRKX", "SDPRK", "KOREA", "South Korea Sanctions", "韓国", ""]
)
def test_programmes_that_only_look_alike_are_not(programme: str) -> None:
    """
    A programme that only resembles one is no reason.
    """
    assert dprk_reasons(programmes=[programme]) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Secondary sanctions risk: North Korea Sanctions Regulations", "North Korea"),
        ("an official of the DPRK's Ministry", "DPRK"),
        ("Korea,  North", "Korea, North"),
        ("гражданин КНДР", "КНДР"),
        ("北朝鮮平壌特別市", "北朝鮮"),
        ("조선민주주의인민공화국 평양", "조선민주주의인민공화국"),
        ("Democratic People’s Republic of Korea", "Democratic People's Republic of Korea"),
    ],
)
def test_words_of_the_text_are_reasons_in_any_script(text: str, found: str) -> None:
    """
    Names of the State and its capital count in English, Russian, Korean, Japanese and Chinese.
    """
    assert found in [reason.value for reason in dprk_reasons(texts=[text])]


@pytest.mark.parametrize(
    "text",
    [
        "Seoul, Korea, South",
        "Republic of Korea",
        "Korean food",
        "DPRKX",
        "North Koreatown",
        "КНДРА",
        "朝鮮族",
        "朝鲜族",
    ],
)
def test_words_that_only_look_alike_are_not(text: str) -> None:
    """
    South Korea, Korean Chinese and longer words are no reasons.
    """
    assert dprk_reasons(texts=[text]) == ()


def test_a_document_counts_by_the_country_that_issued_it() -> None:
    """
    A DPRK passport is a reason; one of another country with the same number is not.
    """
    assert dprk_reasons(identifiers=[Identifier("Passport", "1", "KP")]) == (
        DprkReason("document", "Passport"),
    )
    assert dprk_reasons(identifiers=[Identifier("Passport", "1", "KR")]) == ()


def test_a_birthplace_is_never_a_reason() -> None:
    """
    Birth in Pyongyang says nothing of nationality.
    """
    draft = EntryDraft("1", "demo", "person")
    draft.add_name("Kim Chol")
    draft.add_birthplace("Pyongyang, Korea, North")
    entry = draft.finish()

    assert "Pyongyang" in entry.remarks
    assert not entry.dprk_related


def test_a_name_is_never_a_reason() -> None:
    """
    A Korean name, or one that has the State in it, is no reason by itself.
    """
    draft = EntryDraft("1", "demo", "person")
    draft.add_name("김철")
    draft.add_name("Kim Chol")

    assert not draft.finish().dprk_related
