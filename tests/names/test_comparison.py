"""
The score: its laws, its traps, what facts beside the name do to it.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laborscreen.names import Identity, compare

NAMES = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                "Kim",
                "Jong",
                "Un",
                "김",
                "정은",
                "Ri",
                "Chol",
                "Aleksandr",
                "Гаевой",
                "Александр",
                "金",
                "正恩",
                "Trading",
                "무역",
                "Co.",
                "Ltd",
                "No.",
                "53",
                "55",
                "Al-Haramain",
            ]
        ),
        min_size=1,
        max_size=5,
    ).map(" ".join),
)
KINDS = st.sampled_from(["person", "organization"])
FACTS = st.builds(
    Identity,
    birth_dates=st.lists(st.sampled_from(["1984", "1984-01-08", "1990-05-05"]), max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(["KP", "RU"]), max_size=1).map(tuple),
)


EVERYTHING = Identity(("1984-01-08",), ("RU",), ("0",), ("0",))


@example("恨恨歟", "恨恨歟", "person", EVERYTHING, EVERYTHING)  # a rare name, and every fact agrees
@given(NAMES, NAMES, KINDS, FACTS, FACTS)
@settings(max_examples=150, deadline=None)
def test_comparison_is_symmetric_and_within_bounds(
    a: str, b: str, kind: str, left: Identity, right: Identity
) -> None:
    """The order of the two names makes no difference, and a score is from 0 to below 1."""
    one = compare(a, b, kind=kind, left=left, right=right)  # type: ignore[arg-type]
    assert one == compare(b, a, kind=kind, left=right, right=left)  # type: ignore[arg-type]
    assert 0.0 <= one.score < 1.0
    assert one.reasons


@given(NAMES, KINDS)
@settings(max_examples=100, deadline=None)
def test_a_name_meets_itself(name: str, kind: str) -> None:
    """A name that holds a letter reaches review against itself, worded as a possible match."""
    if not any(character.isalpha() for character in name):
        return
    found = compare(name, name, kind=kind)  # type: ignore[arg-type]
    if found.score:
        assert found.is_match
        assert found.reasons[0] == "possible match: same or similar name"


@pytest.mark.parametrize(("a", "b"), [("", "Kim"), ("Kim", "  "), ("", "")])
def test_an_empty_name_scores_nothing_and_says_so(a: str, b: str) -> None:
    """There is nothing to compare."""
    found = compare(a, b, kind="person")
    assert found.score == 0.0
    assert found.reasons == ("a name is empty",)


def test_an_unknown_kind_is_refused() -> None:
    """A slip in the kind is an error, not a guess."""
    with pytest.raises(ValueError, match="kind must be"):
        compare("a", "b", kind="vessel")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("11420 CORP.", "BELLETECH CORP"),
        ("Trading Ltd", "Zeus Trading Ltd"),
        ("the group", "Alpha Group"),
        ("the group", "Lazarus Group"),
        ("CORP", "Korea Namgang Trading Corporation"),
        ("No. 53", "No. 55"),
        ("Department 53", "Department 55"),
        ("Factory No. 53", "Factory No. 55"),
        ("RYE SONG GANG 1", "RYE SONG GANG 2"),
        ("Second Academy of Natural Sciences", "Third Academy of Natural Sciences"),
        ("General Trading Company", "General Shipping Company"),
        ("조선은행", "KOREA UNITED DEVELOPMENT BANK"),
        ("조선동방은행", "KOREA DAESONG BANK"),
        ("Koryo Travel Agency", "KORYO BANK"),
        ("Samsong Shipping Co", "KOREA SAMJONG SHIPPING"),
        ("EMMA LLC", "Emma Daniels Holding"),
        ("Daedong Corporation", "Daedong Credit Bank"),
        ("Hyundai Motor Company", "Hesong Trading Company"),
        ("Korea Overseas Trading KOT", "Korea Oil Technology KOT"),
        ("コリア・ナムガン・トレーディング・コーポレーション", "Korea Kwangsong Trading Corporation"),
        ('Sabiedrība ar ierobežotu atbildību "LEO TRADE"', "SIA FALCON INTERNATIONAL GROUP"),
        ("Uždaroji akcinė bendrovė Vilkas", "UAB Falcon"),
        ("Društvo s ograničenom odgovornošću Sokol", "Društvo s ograničenom odgovornošću Zmaj"),
        ("Horos Propertυ Development", "Общественное движение ‘Свободньιй Донбасс’"),
    ],
)
def test_common_words_and_other_numbers_stay_below_review(one: str, other: str) -> None:
    """A legal form, a trade word or a differing number makes no match."""
    assert not compare(one, other, kind="organization").is_match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("조선남강무역회사", "KOREA NAMGANG TRADING CORPORATION"),
        ("朝鮮南江貿易会社", "Namgang Trading Corp"),
        ("Торговая компания Намган", "Namgang Trading"),
        ("ООО «Востокстрой»", "Vostokstroy LLC"),
        ("RyeSongGang1", "RYE SONG GANG 1"),
        ("JSCARGUMENT", "JSC ARGUMENT"),
        ("ALWAYS SMOOTH LTD", "Always Smooth Limited"),
        ("Korean National Insurance Corporation (KNIC)", "KOREAN NATIONAL INSURANCE CORPORATION"),
        ("KOREA CHANGGWANG CREDIT BANK", "CHANGGWANG CREDIT BANK"),
        ("Korea Namgang Trading Corportaion", "Korea Namgang Trading Corporation"),
        ("BANK OF KUNLUN", "Kunlun Bank Co Ltd"),
        ("No. 53 Bureau", "Bureau 53"),
        ("Korean National Insurance Corporation KNIC", "KOREAN NATIONAL INSURANCE CORPORATION"),
        ("コリア・クァンソン・トレーディング・コーポレーション", "Korea Kwangsong Trading Corporation"),
        ("ノース・イースト・アジア・バンク", "NORTH EAST ASIA BANK"),
        ("Joson Paekho Muyok Hoesa", "Korea Paekho Trading Corporation"),
        ("Ryonha Machinery Joint Venture Corporation", "Ryonha Machinery JV"),
        ("Korea Minjng Development", "Korea Mining Development"),
        ("Blue Water Logistics", "Bluewater Logistics"),
        ("조선동방은행", "TONGBANG BANK"),
        ("조선광업개발무역회사", "KOREA MINING DEVELOPMENT TRADING CORPORATION"),
        ("조선민족보험총회사", "KOREAN NATIONAL INSURANCE COMPANY (KNIC)"),
        ("만수대창작사", "Mansudae Art Studio"),
        ("청송련합", "CHONGSONG YONHAP"),
        (
            "Корейская горнорудная торговая корпорация развития",
            "Korea Mining Development Trading Corporation",
        ),
        (
            "JOINT RYONHA VENTURE MACHINERY KOREA CORPORATION",
            "Korea Ryonha Machinery Joint Venture Corporation",
        ),
        ("Mansudae Overseas Project Group Dakar branch", "MANSUDAE OVERSEAS PROJECT GROUP OF COMPANIES"),
    ],
)
def test_one_firm_in_other_words(one: str, other: str) -> None:
    """Legal forms, translated heads, word order, joined words and slips do not part a firm from itself."""
    assert compare(one, other, kind="organization").is_match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li Shanlan", "Li Shangfu"),
        ("George Bush", "George Habbash"),
        ("James Smith", "James Davies"),
        ("Zhang Wei", "Zhang Lei"),
        ("Ivan Sergeyevich Petrov", "Ivan Andreyevich Petrov"),
        ("Ким Марина Алексеевна", "Kim Jong Un"),
        ("Anna Kim", "Kim Chol"),
        ("Mohammad Ali", "Mohammad Hassan"),
    ],
)
def test_people_who_share_a_word_stay_below_review(one: str, other: str) -> None:
    """A shared family or given name alone is no match."""
    assert not compare(one, other, kind="person").is_match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GAEVOY Aleksandr", "Aleksandr Andreevich Gaevoi"),
        ("Гаевой Александр", "GAYEVOY Aleksandr Andreyevich"),
        ("Юрий Андропов", "ANDROPOV Iurii"),
        ("Muhammad Hussain Zadran", "Mohamed Husayn Zadran"),
        ("Angelo Ramirez Trinidad", "Angelo Ramirez Trinidd"),
        ("Abd Al Rahman Zawahiri", "Abdalrahman Zawahiri"),
        ("张伟明", "Zhang Weiming"),
    ],
)
def test_spellings_slips_and_missing_patronymics_are_forgiven(one: str, other: str) -> None:
    """Transliterations, one wrong letter and a missing middle name do not part a person from himself."""
    assert compare(one, other, kind="person").is_match


@pytest.mark.parametrize(
    ("titled", "plain"),
    [
        ("Mr. Kim Jong Sik", "KIM JONG SIK"),
        ("Ri Su Yong (General Director)", "RI SU YONG"),
        ("Ген. директор Ким Чен Сик", "KIM JONG SIK"),
        ("г-н Ри Су Ён", "Ri Su Yong"),
        ("리수용 동지", "RI SU YONG"),
        ("강문길사장", "KANG MUN KIL"),
        ("朴奉南 总经理", "PAK BONG NAM"),
        ("Dr. Aleksandr Gaevoy", "GAEVOY Aleksandr"),
    ],
)
def test_a_title_is_no_part_of_a_name(titled: str, plain: str) -> None:
    """A form of address or an office beside a name takes little from the match, and the plain name still ranks above."""
    assert 0.7 <= compare(titled, plain, kind="person").score < compare(plain, plain, kind="person").score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("General Director Pak Bong Nam", "General Director Kim Chol Su"),
        ("Mr. Kim", "Mr. Pak"),
        ("강문길 사장", "김철수 사장"),
        ("朴奉南 总经理", "李成赫 总经理"),
        ("ИП Ким Чен Сик", "ИП Пак Бон Нам"),
    ],
)
def test_a_shared_title_is_no_match(one: str, other: str) -> None:
    """Two persons of the same office are two persons."""
    assert not compare(one, other, kind="person").is_match


def test_facts_raise_and_lower_and_missing_facts_do_neither() -> None:
    """A birth date that agrees raises, one that disagrees lowers below review, a missing one changes nothing."""
    alone = compare("김덕훈", "Kim Tok Hun", kind="person").score
    day = Identity(birth_dates=(dt.date(1961, 3, 5),))
    agreeing = compare(
        "김덕훈", "Kim Tok Hun", kind="person", left=day, right=Identity(birth_dates=("1961-03-05",))
    )
    year = compare("김덕훈", "Kim Tok Hun", kind="person", left=day, right=Identity(birth_dates=("1961",)))
    other = compare(
        "김덕훈", "Kim Tok Hun", kind="person", left=day, right=Identity(birth_dates=("1985-07-01",))
    )
    missing = compare("김덕훈", "Kim Tok Hun", kind="person", left=day, right=Identity(countries=("KP",)))
    assert agreeing.score > year.score > alone == missing.score > other.score
    assert not other.is_match
    assert "birth date agrees: 1961-03-05" in agreeing.reasons


def test_a_native_name_with_its_birth_date_is_not_drowned_in_full_scores() -> None:
    """Scores do not saturate: the strongest evidence ranks alone at the top."""
    day = Identity(birth_dates=("1961-03-05",))
    best = compare("김덕훈", "김덕훈", kind="person", left=day, right=day).score
    latin = compare("Kim Tok Hun", "Kim Tok Hun", kind="person", left=day, right=day).score
    loose = compare("김덕훈", "Kim Duk-hoon", kind="person", left=day, right=day).score
    assert 1.0 > best > latin > loose


def test_a_shared_identifier_is_heard_under_another_name() -> None:
    """The same passport number under a quite different name is worth a look."""
    left, right = Identity(identifiers=("PS 123-456789",)), Identity(identifiers=("ps123456789",))
    found = compare("Kim Chol", "Aleksandr Gaevoy", kind="person", left=left, right=right)
    assert found.is_match
    assert any("identifier agrees" in reason for reason in found.reasons)


def test_countries_and_positions_count_a_little() -> None:
    """A country that differs lowers, a position that agrees raises, both by less than a birth year."""
    plain = compare("Kim Tok Hun", "김덕훈", kind="person").score
    country = compare(
        "Kim Tok Hun",
        "김덕훈",
        kind="person",
        left=Identity(countries=("KR",)),
        right=Identity(countries=("KP",)),
    )
    office = Identity(positions=("Premier",))
    position = compare("Kim Tok Hun", "김덕훈", kind="person", left=office, right=office).score
    assert country.score < plain < position
