"""
Korean names across scripts and systems: what meets, and what stays apart.
"""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from laborscreen.names import Identity, compare, forms
from laborscreen.names.evidence import TELL_THRESHOLD
from laborscreen.names.hangul import decompose, romanise_syllables
from laborscreen.names.kontsevich import russian_syllables, russian_word
from laborscreen.names.korean_people import families_of, korean_names_of
from laborscreen.names.korean_slips import ends, may_be_near
from laborscreen.names.korean_sounds import keys, sounds, syllables_cost
from laborscreen.names.korean_spelling import readings
from laborscreen.names.letters import raw_words

PEOPLE = list(
    csv.DictReader((Path(__file__).parent / "eight_forms.csv").read_text(encoding="utf-8").splitlines())
)
FORMS = tuple(PEOPLE[0])


def score(a: str, b: str) -> float:
    return compare(a, b, kind="person").score


@pytest.mark.parametrize("person", PEOPLE, ids=[person["dprk"] for person in PEOPLE])
def test_a_person_is_recognised_in_every_written_form(person: dict[str, str]) -> None:
    """All ordered pairs of the eight forms of one person reach the threshold for review."""
    lost = [
        (person[a], person[b])
        for a, b in itertools.permutations(FORMS, 2)
        if not compare(person[a], person[b], kind="person").is_match
    ]
    assert lost == []


def test_different_people_stay_apart_in_all_forms() -> None:
    """No form of one listed person meets any form of another one."""
    met = [
        (one[a], other[b])
        for one, other in itertools.combinations(PEOPLE, 2)
        for a in FORMS[::2]
        for b in FORMS
        if compare(one[a], other[b], kind="person").is_match
    ]
    assert met == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Kim Jong Un", "Kim Un Jong"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("김정은", "김은정"),
        ("Ким Чен Ын", "Ким Ын Чен"),
        ("Ri Pyong Chol", "Ri Chol Pyong"),
        ("Kim Yong Nam", "Kim Jong Nam"),
        ("Kim Jong Un", "Jong Kim Un Chol"),
        ("Ri Chol Un", "Ri Un Chol"),
        ("Un Jong Kim", "Jong Un Kim"),
    ],
)
def test_swapped_syllables_are_another_person(one: str, other: str) -> None:
    """The order of given syllables tells people apart."""
    assert not compare(one, other, kind="person").is_match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Jong Un Kim"),
        ("Kim Jong Un", "KIM, Jong-un"),
        ("Kyong-su RA", "Ra Kyong Su"),
        ("Kimjongun", "Kim Jong Un"),
        ("Ri Yong Ho", "Lee Young-ho"),
        ("Choe Ryong Hae", "Choi Yong-hae"),
        ("KO CH'O'L-CHAE", "Ko Chol Jae"),
        ("Цой Рён Хэ", "Choe Ryong Hae"),
        ("Jin Tiesan (金铁三)", "金鐵三"),
        ("朴義春", "朴宜春"),
        ("한광복", "韓光福"),
        ("Kim Jogn Un", "Kim Jong Un"),
    ],
)
def test_word_order_hyphens_family_spellings_and_scripts_meet(one: str, other: str) -> None:
    """What writers vary does not part a name from itself."""
    assert compare(one, other, kind="person").is_match


@pytest.mark.parametrize(
    ("kana", "name", "others"),
    [
        ("キム・ジョンウン", "Kim Jong Un", "Kim Yo Jong"),
        ("リ・ビョンチョル", "리병철", "Ri Chol Pyong"),
        ("ペク・セボン", "Paek Se Bong", "Paek Se Kon"),
        ("オ・グンニョル", "O Kuk-ryol", "O Kwang-chol"),
        ("ハン・チャンス", "Han Jang Su", "Han Jang Chol"),
        ("キム・グァンヒョク", "Kim Kwang Hyok", "Kim Kang Hyok"),
        ("リ・ウォンホ", "Ri Won Ho", "Ri In Ho"),
    ],
)
def test_katakana_is_heard_as_korean(kana: str, name: str, others: str) -> None:
    """A Korean name in katakana meets its other spellings, and not a name that sounds otherwise."""
    assert score(kana, name) >= 0.7
    assert score(kana, others) < 0.7


@pytest.mark.parametrize(
    ("listed", "slip"),
    [
        ("Kim Nam Ung", "Kim Nam Nug"),
        ("Ri Yong Mu", "Ri Ong Mu"),
        ("Ko Chol Man", "Ko Chol Mwan"),
        ("Pak Mun Il", "Pak Mn Il"),
        ("Pak Han Se", "Pak Han Es"),
        ("Cho Chun Ryong", "Cho Chun Ryaong"),
        ("Chang Myong-chin", "Hang Myong-chin"),
        ("Ko Ch'o'l-chae", "Bo Ch'o'l-chae"),
        ("Ри Пён Чхоль", "Ри Пён Холь"),
    ],
)
def test_a_slip_into_what_nobody_is_called_is_forgiven(listed: str, slip: str) -> None:
    """A slip of one letter that leaves no syllable or family name of people is a weaker possible match, with its reason."""
    found = compare(listed, slip, kind="person")
    assert 0.7 <= found.score < score(listed, listed)
    assert any(reason.startswith("one slip of the hand apart") for reason in found.reasons)


@pytest.mark.parametrize(
    ("listed", "another"),
    [
        ("Min Byong Chol", "Min Yong Chol"),
        ("Kim Chol Su", "Kim Chol Sun"),
        ("Choe Chun-sik", "Chon Chun-sik"),
        ("Mun Kyong Hwan", "Mun Kyong Hwa"),
        ("Kim Tong-ho", "Kim Tong-no"),
        ("Kim Jong Hun", "Kil Jong Hun"),
        ("Kim Jong Un", "Kim Yong Un"),
        ("Min Aung", "Win Aung"),
        ("La Rana", "La Arana"),
        ("Kim Nam Ung", "Pak Nam Nug"),
        ("Kim Nam Ung", "Kim Nug Nam"),
    ],
)
def test_a_slip_that_may_be_a_name_is_another_person(listed: str, another: str) -> None:
    """One letter that makes another Korean name, and slips in names of other tongues, are not forgiven so."""
    assert score(listed, another) < 0.7


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Min Byong Chol", "Min Yong Chol"),
        ("Mun Kyong Hwan", "Mun Kyong Hwa"),
        ("Kim Jong Hun", "Kil Jong Hun"),
        ("Han Jang Su", "Jang Han U"),
        ("Ri Won Ho", "Ri Ho Won"),
        ("Kim Chol Nam", "Nam Chol Kim"),
        ("Ким Чон Хун", "Ким Чон Хён"),
    ],
)
def test_a_near_name_is_told_and_is_no_match_until_a_fact_agrees(listed: str, asked: str) -> None:
    """One letter or another order of the words is told with its reason; a birth year brings it to review or takes it away."""
    born = Identity(birth_dates=("1968",))
    alone = compare(listed, asked, kind="person")
    agreeing = compare(listed, asked, kind="person", left=born, right=Identity(birth_dates=("1968-05-01",)))
    another = compare(listed, asked, kind="person", left=born, right=Identity(birth_dates=("1990",)))
    assert TELL_THRESHOLD <= alone.score < alone.threshold <= agreeing.score < score(listed, listed)
    assert another.score < TELL_THRESHOLD
    assert alone.reasons[0].startswith("near name, no match by itself")
    assert alone.reasons[1].endswith("which may be another person")


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Min Byong Chol", "Min Yong Chul"),
        ("Min Byong Chol", "Kim Yong Chol"),
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Kim Jong Il", "Kim Jong Un"),
        ("Han Jang Su", "Jang Kan U"),
        ("Kim Chol Su", "Kim Chol Su Il"),
        ("Kim Chol", "Kim Chon"),
        ("Li Na", "Li Nan"),
        ("Ким Чон Хун", "Kim Jong Hul"),
        ("김정훈", "김정후"),
    ],
)
def test_two_letters_short_names_and_other_scripts_are_not_near(listed: str, asked: str) -> None:
    """What is further than one letter, has too few words for one letter to be little, or is written otherwise is not told."""
    assert score(listed, asked) < TELL_THRESHOLD


@pytest.mark.parametrize(
    ("listed", "slip", "another"),
    [("Kyong Il KIM", "Kyoyg Il KIM", "Kyong Ok KIM"), ("최찬일", "촤찬일", "차찬일")],
)
def test_a_slip_that_rare_pieces_could_spell_is_still_a_slip(listed: str, slip: str, another: str) -> None:
    """A slip of the hand is forgiven though unusual pieces of syllables would make some name of it."""
    assert score(listed, slip) >= 0.7 > score(listed, another)


def test_scores_fall_with_the_looseness_of_the_meeting() -> None:
    """A name met in its own letters outranks a system's variant, that a press spelling, that a reading of Chinese."""
    ladder = [
        score("김덕훈", "김덕훈"),
        score("Kim Tok Hun", "Kim Tok Hun"),
        score("김덕훈", "Kim Tok Hun"),
        score("김덕훈", "Kim Duk-hoon"),
        score("金德训", "Kim Duk-hoon"),
    ]
    assert ladder == sorted(ladder, reverse=True)
    assert len(set(ladder)) == len(ladder)


def test_a_common_name_is_weaker_evidence_than_a_rare_one() -> None:
    """Kim Chol, letter for letter, reaches review below Ri Pyong Chol and says that it is common."""
    common = compare("Kim Chol", "Kim Chol", kind="person")
    rare = compare("Ri Pyong Chol", "Ri Pyong Chol", kind="person")
    assert common.threshold <= common.score < rare.score
    assert any("common" in reason for reason in common.reasons)


@pytest.mark.parametrize(
    ("hangul", "revised", "mccune", "dprk"),
    [
        ("정은", "jeongeun", "chŏngŭn", "jongun"),
        ("락희", "rakhui", "rakhŭi", "rakhui"),
        ("만건", "mangeon", "man'gŏn", "mangon"),
        ("철성", "cheolseong", "ch'ŏlsŏng", "cholsong"),
        ("태성", "taeseong", "t'aesŏng", "thaesong"),
    ],
)
def test_hangul_in_three_latin_systems(hangul: str, revised: str, mccune: str, dprk: str) -> None:
    """Given names are written as each system asks."""
    assert "".join(romanise_syllables(hangul, "revised")) == revised
    assert "".join(romanise_syllables(hangul, "mccune_reischauer")) == mccune.replace("n'g", "ng")
    assert "".join(romanise_syllables(hangul, "dprk")) == dprk


@pytest.mark.parametrize(
    ("hangul", "joined", "apart"),
    [
        ("영남", "ённам", "ён нам"),
        ("의춘", "ыйчхун", "ый чхун"),
        ("정은", "чонын", "чон ын"),
        ("광호", "кванхо", "кван хо"),
        ("덕령", "тоннён", "ток рён"),
        ("철산", "чхольссан", "чхоль сан"),
    ],
)
def test_kontsevich_joined_and_apart(hangul: str, joined: str, apart: str) -> None:
    """The Russian system assimilates where syllables are written together, and does not where they stand apart."""
    assert russian_word(hangul) == joined
    assert " ".join(russian_syllables(hangul)) == apart


@pytest.mark.parametrize("syllable", ["가", "꽃", "힣", "닭", "없"])
def test_decompose_gives_sounds_heard(syllable: str) -> None:
    """A final is one of seven sounds or none."""
    assert decompose(syllable)[2] in {"", "ㄱ", "ㄴ", "ㄷ", "ㄹ", "ㅁ", "ㅂ", "ㅇ"}


def test_pieces_at_a_finite_cost_share_a_class() -> None:
    """What the index stands on: two sounds that may stand for each other are filed under one class."""
    table = sounds()
    for position, matrices in enumerate((table.initial, (table.vowel,), table.final)):
        classes = table.classes[position]
        for matrix in matrices:
            for one, other in itertools.product(range(len(classes)), repeat=2):
                if matrix[one][other] < 50:
                    assert set(classes[one]) & set(classes[other])


def test_words_one_edit_apart_have_an_end_in_common_or_are_short() -> None:
    """What the index stands on for near names: no two words an edit apart are passed over by their ends."""
    words = [
        "".join(letters) for length in (1, 2, 3, 4) for letters in itertools.product("abc", repeat=length)
    ]
    near = [pair for pair in itertools.product(words, words) if OSA.distance(*pair) <= 1]
    assert all(may_be_near(ends(one), ends(other)) for one, other in near)
    assert not may_be_near(ends("chol"), ends("su"))


def test_costs_are_the_same_both_ways() -> None:
    """No direction is dearer than the other."""
    table = sounds()
    for matrices in (table.initial, (table.vowel,), table.final):
        for matrix in matrices:
            assert all(matrix[a][b] == matrix[b][a] for a in range(len(matrix)) for b in range(len(matrix)))


@pytest.mark.parametrize(
    ("one", "other"), [("jong", "정"), ("jung", "정"), ("chŏng", "정"), ("чен", "정"), ("чон", "정")]
)
def test_spellings_of_one_syllable_meet(one: str, other: str) -> None:
    """DPRK, press, McCune-Reischauer and both Russian customs write 정."""
    word = raw_words(one)[0].text
    pairs = [(a, b) for a in readings(word) for b in readings(other)]
    assert min(syllables_cost(a, b, 1.0) for a, b in pairs) <= 0.3
    assert any(set(keys(a)) & set(keys(b)) for a, b in pairs)


@pytest.mark.parametrize("word", ["jogn", "smith", "zhang", "ivanov", "", "xyz"])
def test_what_is_no_korean_syllable_has_no_reading(word: str) -> None:
    """A slip of the hand or a foreign word is not forced into syllables."""
    assert readings(word) == ()


@pytest.mark.parametrize(
    ("spelling", "family"),
    [
        ("lee", "이"),
        ("rhee", "이"),
        ("ri", "이"),
        ("park", "박"),
        ("choi", "최"),
        ("цой", "최"),
        ("ли", "이"),
        ("хегай", "허"),
        ("roh", "노"),
    ],
)
def test_family_names_in_their_customary_spellings(spelling: str, family: str) -> None:
    """Customary spellings lead to the family name with the initial law undone."""
    assert family in dict(families_of(spelling))


def test_a_comma_and_capitals_tell_the_family_name() -> None:
    """Where the writer marked the family name, no other reading is kept."""
    words = raw_words("Jong Nam KIM")
    assert {name.family for name in korean_names_of(words, family_first=False)} == {"김"}


def test_forms_list_the_systems() -> None:
    """The forms of a Hangul name hold each system's spelling, and each form meets the name."""
    made = forms("리병철")
    assert {"dprk", "revised", "mccune_reischauer", "kontsevich", "russian_press", "southern_hangul"} <= {
        f.system for f in made
    }
    assert all(compare("리병철", form.text, kind="person").is_match for form in made)
    assert forms("") == ()


def test_an_apostrophe_does_not_begin_a_word() -> None:
    """Only the first letter of a word is a capital."""
    assert "Ch'oe Ch'an-il" in {form.text for form in forms("최찬일")}
