"""What must hold of the shipped rulebook, whoever changes it: the law is met; nobody is accused by place, trade or name."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from laborscreen.rulebook import load_rulebook
from laborscreen.screening import Assessment, Screener
from laborscreen.text import TermList, TermScanner, example_of

DAY = date(2026, 6, 30)

DPRK = (
    "KP", "PRK", "408", "DPRK", "D.P.R.K.", "DPR Korea", "Korea (North)", "North Korea", "North Korean",
    "Korea Dem. People's Rep.", "Korea, Democratic People's Republic of", "Korea, Democratic People's republic of",
    "Dem. Rep. Korea", "Nth Korea", "КНДР", "К.Н.Д.Р.", "Северная Корея", "северокореец", "северокорейка",
    "Корея, Народно-Демократическая Республика", "Корейская Народно-Демократическая Республика", "KHДP",
    "朝鲜", "北朝鲜", "北韩", "北韓", "朝鲜民主主义人民共和国", "북한", "북조선", "조선민주주의인민공화국", "조선", "北朝鮮",
    "RPDC", "Corea del Norte", "Corée du Nord", "Nordkorea", "Korea Północna", "Kuzey Kore", "كوريا الشمالية",
)  # fmt: skip
"""The ways to write it that the domain study names; 朝鮮 alone is ambiguous by the design."""

NOBODY = (
    "KR", "KOR", "410", "ROK", "Republic of Korea", "Korea (Rep.)", "South Korea", "South Korean", "Korea, South",
    "Республика Корея", "Южная Корея", "южнокореец", "韩国", "韓國", "南韩", "大韩民国", "대한민국", "한국", "남한",
    "Korea", "Korean", "Корея", "кореец", "Corea", "KO", "朝鲜族", "조선족", "고려인", "Koryo-saram", "корё-сарам",
    "사할린 한인", "сахалинские корейцы", "朝鮮籍", "朝鮮", "КР", "Кыргызстан", "Кыргызская Республика", "RK",
)  # fmt: skip
"""What is another State, an open question, or no nationality at all."""


@lru_cache(maxsize=1)
def screener() -> Screener:
    """Return a screener with the shipped rulebook."""
    return Screener(as_of=DAY)


def screened(**fields: Any) -> Assessment:
    """Screen a record."""
    return screener().screen({"id": "M-1", "name": "Example Works", **fields})


def bands(assessment: Assessment) -> dict[str, str]:
    """Return the bands by axis."""
    return {name: axis.band for name, axis in assessment.axes.items()}


@pytest.mark.parametrize("written", DPRK)
def test_a_dprk_national_at_work_is_referred_however_it_is_written(written: str) -> None:
    """The outcome is refer, dprk_nexus is critical, and the flag names UNSCR 2397 para 8 and 22 USC 9241a."""
    found = screened(workforce=[{"nationality": written, "headcount": 20, "starts": "2024-03-01"}])

    assert (found.outcome, found.axes["dprk_nexus"].band) == ("refer", "critical")
    cited = {
        (one.source, one.where)
        for flag in found.flags
        if flag.rule == "LS-NAT-001"
        for one in flag.references
    }
    assert {("unscr-2397", "paragraph 8"), ("usc-22-9241a", "22 U.S.C. 9241a")} <= cited


@pytest.mark.parametrize("exemption", ["host_national", "protected", "committee_approval"])
def test_an_exemption_on_file_is_respected(exemption: str) -> None:
    """With an exemption nothing is critical, and the flag stays visible as set aside."""
    found = screened(
        workforce=[{"nationality": "KP", "headcount": 2, "starts": "2024-03-01", "exemption": exemption}]
    )

    assert found.axes["dprk_nexus"].band == "info"
    assert {flag.status for flag in found.flags if flag.rule == "LS-NAT-001"} == {"suppressed"}


@pytest.mark.parametrize("written", NOBODY)
def test_another_state_an_open_question_or_a_descent_accuses_nobody(written: str) -> None:
    """Nothing scores on any axis."""
    found = screened(
        country="RU", workforce=[{"nationality": written, "headcount": 20, "pay_recipient": "worker"}]
    )

    assert set(bands(found).values()) == {"info"}


def test_places_and_trades_in_any_number_are_context() -> None:
    """Every exposed place and trade at once is info, and a question."""
    places = [
        {"city": city, "region": region, "country": country}
        for city, region, country in (
            ("Владивосток", "RU-PRI", "RU"), ("Хабаровск", "RU-KHA", "RU"), ("Елабуга", "RU-TA", "RU"),
            ("丹东", "", "CN"), ("珲春", "", "CN"), ("Улан-Батор", "", "MN"),
        )
    ]  # fmt: skip
    codes = ("41.20", "14.12", "62.01", "10.20", "02.20", "30.30", "15.20", "56.10", "86.10", "52.10")
    found = screened(
        country="RU",
        addresses=places,
        industries=[{"scheme": "OKVED2", "code": code} for code in codes],
        activities="строительство, пошив спецодежды, рыбопереработка, лесозаготовки, разработка ПО, рестораны, дроны",
    )

    assert set(bands(found).values()) == {"info"}
    assert found.outcome == "incomplete"
    assert len([flag for flag in found.flags if flag.strength == "context"]) >= 10


IT_SIGNS = {
    "login_countries_24h": 4, "accounts_per_ip": 6, "vpn": "persistent", "remote_tools": ["PiKVM"],
    "longest_session_hours": 30, "delivery_shared_by": 5, "delivery_is_forwarder": True, "delivery_changed": True,
    "video": "refused", "identity_check": "failed", "interview_proxy": True, "profile_mismatches": 4, "cv_reused": True,
    "prepayment_demanded": True, "payee_changes_90d": 3, "payee_name_matches": False, "off_platform": True,
    "code_copied_out": True, "keyboard_locale": "ko-KR",
}  # fmt: skip


@pytest.mark.parametrize("sign", IT_SIGNS)
def test_a_lone_sign_of_an_it_worker_stays_low(sign: str) -> None:
    """One sign, whatever it is, lifts no axis above low."""
    found = screened(
        kind="person",
        role="freelancer",
        country="PL",
        remote_work={"claimed_country": "PL", sign: IT_SIGNS[sign]},
    )

    assert set(bands(found).values()) <= {"info", "low"}


def test_an_uzbek_crew_in_forced_labour_says_nothing_of_the_dprk() -> None:
    """Held passports, sixteen hours and no rest: forced_labour high, dprk_nexus nothing."""
    group = {
        "nationality": "Узбекистан",
        "headcount": 40,
        "documents_held_by": "employer",
        "hours_per_day": 16,
        "rest_days_per_year": 2,
    }
    found = screened(country="RU", addresses=[{"city": "Хабаровск", "country": "RU"}], workforce=[group])

    assert (found.axes["forced_labour"].band, found.axes["dprk_nexus"].band) == ("high", "info")


@pytest.mark.parametrize(
    "fields",
    [
        {"goods": [{"description": "KP-40 PRK bearing", "origin_country": "JP", "label_country": "JP"}]},
        {"activities": "조선소 블록 조립, 조선업"},
        {"activities": "朝鲜族美食"},
        {"name": "NK Logistics KP", "activities": "Goma, North Kivu"},
        {"name": "Chosun Media", "activities": "조선일보 구독"},
        {"name": "Kim Jong Restaurant", "activities": "Korean restaurant, корейская кухня"},
    ],
)
def test_what_only_looks_like_it_is_nothing(fields: dict[str, Any]) -> None:
    """KP in a part number, a shipyard, Chinese Koreans' food, initials and newspapers score nothing."""
    assert set(bands(screened(country="CN", **fields)).values()) == {"info"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Auditors found no evidence that passports were retained.", "Workers may keep their passports.",
        "A competitor was accused of using North Korean workers.",
        "Проверка не нашла признаков того, что паспорта удерживаются.", "Рабочие могут хранить свои паспорта у себя.",
        "Конкурента обвинили в использовании северокорейских рабочих.",
        "감사에서 여권을 압수했다는 증거를 찾지 못했다.", "근로자는 자신의 여권을 보관할 수 있다.",
        "경쟁사가 북한 노동자를 고용했다는 비난을 받았다.",
        "审计没有发现扣押护照的证据。", "工人可以自己保管护照。", "竞争对手被指控使用朝鲜工人。",
    ],
)  # fmt: skip
@pytest.mark.parametrize("source_type", ["audit", "internal_note", "media"])
def test_a_denial_a_permission_and_a_competitor_raise_nothing(sentence: str, source_type: str) -> None:
    """In four languages, whoever says it, the sentence raises no flag that scores."""
    found = screened(
        country="FR", observations=[{"source_type": source_type, "source": "Example", "text": sentence}]
    )

    assert [flag.rule for flag in found.flags if flag.status == "raised" and flag.points] == []


def test_one_fact_told_in_three_fields_counts_once() -> None:
    """Held passports in the roster, in an audit and in a note give the points of one."""
    once = screened(
        country="AE", workforce=[{"nationality": "NP", "headcount": 9, "documents_held_by": "employer"}]
    )
    thrice = screened(
        country="AE",
        workforce=[{"nationality": "NP", "headcount": 9, "documents_held_by": "employer"}],
        observations=[
            {"source_type": "audit", "text": "The employer keeps the workers' passports in a safe."},
            {"source_type": "internal_note", "text": "Passports are held by the employer."},
        ],
    )

    assert thrice.axes["forced_labour"].score == once.axes["forced_labour"].score > 0


def test_every_rule_that_scores_fires_on_a_record_of_its_own() -> None:
    """Each rule that is not retired has a test that matches and one that does not."""
    for rule in load_rulebook().rules:
        if rule.status != "retired":
            assert {"match", "no_match", "unknown"} <= {test.expect for test in rule.tests}, rule.id


@pytest.mark.parametrize("purpose", ["supplier_due_diligence", "contractor_onboarding", "employment"])
def test_a_purpose_loads_only_rules_fit_for_it(purpose: str) -> None:
    """Employment loads no rule that does not say that it is fit for it, and the result names the purpose."""
    found = Screener(as_of=DAY, purpose=purpose).screen({"id": "M-1", "name": "A", "country": "KP"})  # type: ignore[arg-type]
    active = load_rulebook(purpose=purpose).active

    assert all(rule.fit_for(purpose) for rule in active)
    assert purpose != "employment" or all("employment" in rule.purposes for rule in active)
    assert purpose.replace("_", " ") in found.provenance.rules_note


def test_every_term_of_the_shipped_lists_is_found_where_it_stands() -> None:
    """However a term is written, with choices, stars and gaps: a text of its first words is read, and it is met there."""
    lists = [one for one in load_rulebook().lists.values() if one.match == "whole_word"]
    scanner = TermScanner([TermList(one.id, one.texts, one.patterns) for one in lists])
    written = [(number, term) for number, one in enumerate(lists) for term in one.texts]
    missed = [term for number, term in written if not scanner.mentions(example_of(term), number)]

    assert missed == []
