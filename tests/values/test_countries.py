"""Countries and nationalities: every token of the dossier, and the look-alikes that must not be read as it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import AMBIGUOUS, may_name_koreans, read_country, tables

DPRK = """
North Corea|Korea (the Democratic People's Republic of)|Democratic People's Republic of Korea (the)
Корейская Народно-Демократическая Респ.|Народная Корея|Nordkoreanische|CHDCND Triều Tiên
KP|PRK|408|DPRK|D.P.R.K.|DPR Korea|Korea (North)|North Korea|North Korean|Korea Dem. People's Rep.
Korea, Democratic People's Republic of|Korea, Democratic People's republic of|Dem. Rep. Korea|Nth Korea|КНДР|К.Н.Д.Р.
Северная Корея|северокореец|северокореянка|Корея, Народно-Демократическая Республика
Корейская Народно-Демократическая Республика|朝鲜|北朝鲜|北韩|北韓|朝鲜民主主义人民共和国|북한|북조선
조선민주주의인민공화국
北朝鮮|RPDC|Corea del Norte|Corée du Nord|Nordkorea|Korea Północna|Kuzey Kore|كوريا الشمالية
kp| KP |ＫＰ|prk|dprk|d p r k|D. P. R. K.|DPR of Korea|Korea DPR|Korea, North|KOREA NORTH|N. Korea|N.Korea|North-Korea
Democratic People’s Republic of Korea|Democratic Peoples Republic of Korea|Peoples Dem Rep Korea|Korea DPRK
DPRK (North Korea)|North Korea (DPRK)|KP - Korea, Democratic People's Republic of|КНДР (Северная Корея)|КНДР / DPRK
Korea (DPRK)|Корея (КНДР)
citizen of DPRK|DPRK national|DPRK citizen|North Korean citizen|North Korean workers|nationality: DPRK|DPRK passport
гражданин КНДР|гражданка КНДР|граждане КНДР|гражданство: КНДР|гражданство КНДР|из Северной Кореи|Северной Кореи
гр. КНДР|гр-н КНДР|гр.КНДР|иностранные граждане КНДР|лица с гражданством КНДР
рабочие из КНДР|северокорейское гражданство|Сев. Корея|КНДР.|KHДP|КHДР|КНДP|NORTH KОREA|Nоrth Kоrea|北 朝鮮|북한 국적
조선 국적
북한사람|조선민주주의인민공화국 공민|조선 민주주의 인민공화국|朝鲜籍|朝鲜国籍|朝鲜公民|朝鲜人|朝鲜籍工人
朝鮮民主主義人民共和国|北朝鮮籍
Kor\u00adea North|КН\u200bДР|\u202eKP\u202c
"""
ROK = """
Korea (the Republic of)|Republic of Korea (the)|Республика Корея (Южная)
KR|KOR|410|ROK|R.O.K.|Republic of Korea|the Republic of Korea|REPUBLIC OF KOREA|Korea (Rep.)|Korea, Rep.|South Korea
South Korean|Korea, South|Korea, Republic of|Korea (Republic)|Korea (Republic of)|S. Korea|Республика Корея
Корея, Республика
Республики Корея|гражданство: Республика Корея|гражданин Республики Корея|Южная Корея|из Южной Кореи|южнокореец
韩国|韓國|南韩|大韩民国|韩国籍|韩国人|대한민국|한국|남한|한국인|한국 국적|대한민국 국적|南朝鲜|남조선|大韓民国|韓国
Südkorea|Corée du Sud|République de Corée|Corea del Sur|Korea Południowa|Güney Kore|South Korea (ROK)|Korea (KR)
Republic of Korea (South)|citizen of the Republic of Korea|ROK national|ROK passport|KR - Korea, Republic of
гр. Республики Корея|гр-не Республики Корея
"""
AMBIGUOUS_FORMS = """
North/South Korea|N/S Korea|North or South Korea|Korea (the)|Korean (unspecified)
Korea|Korean|KOREA|Koreans|Корея|кореец|кореянка|корейцы|Corea|KO|朝鮮|朝鮮籍|한인|조선인|朝鮮人|КР|кр|К.Р.|РК
гражданин Кореи|citizen of Korea|Korea/Korean|Kоrea|Corée
"""
NOT_A_CITIZENSHIP = """
朝鲜族|조선족|고려인|Koryo-saram|корё-сарам|коре-сарам|Korean Chinese|사할린 한인|сахалинские корейцы|朝鮮族
中国朝鲜族
ethnic Korean|of Korean descent|NK|SU|USSR|stateless|лицо без гражданства|무국적|foreign
"""
NAMED_TOGETHER = """
DPRK/ROK|KP/KR|KP, KR|КНДР, КНР|КНДР и Узбекистан|КНДР; Узбекистан|朝鲜和韩国|North Korea; Korea|Korea and China
"""
DENIED_OR_MIXED = """
not North Korea|not DPRK|non-DPRK|former North Korean|ex-DPRK|EX-DPRK refugee|North Korean defector|DPRK refugee
не КНДР|нет КНДР|кроме КНДР|бывший гражданин КНДР|탈북자|전 북한 국적|非朝鲜籍|前朝鲜公民|脱北者
DPRK?|КНДР (?)|≠ DPRK|KR (not KP)|ROK, not DPRK|조선족 (북한)|likely DPRK|DPRK (claimed)
born in DPRK
North Korean origin|of North Korean origin|북한 출신|북한이탈주민|выходец из КНДР|уроженец КНДР
조선소|朝鲜半岛|朝鲜战争|조선일보|북한산|Korea Town|KPMG|KP-7|PRK-12|North Kivu|North Macedonia Korea|КПД|КНДРО
"""


def forms(table: str) -> list[str]:
    """Return the written forms of a table."""
    return [form for line in table.strip().splitlines() for form in line.split("|")]


@pytest.mark.parametrize("written", forms(DPRK))
def test_dprk_forms_are_read_as_kp(written):
    """Every form of the dossier, framed, inflected or spelled with look-alike letters, is KP and read cleanly."""
    assert read_country(written, nationality=True).value == "KP"
    assert read_country(written).value == "KP"


@pytest.mark.parametrize("written", forms(ROK))
def test_rok_forms_are_read_as_kr(written):
    """No form of the Republic of Korea is anything but KR."""
    assert read_country(written, nationality=True).value == "KR"


@pytest.mark.parametrize("written", forms(AMBIGUOUS_FORMS))
def test_bare_korea_is_ambiguous(written):
    """A word that stands for two States is neither, and says what to ask."""
    reading = read_country(written, nationality=True)
    assert reading.value == AMBIGUOUS
    assert "ask" in reading.note


@pytest.mark.parametrize("written", forms(NOT_A_CITIZENSHIP))
def test_ethnic_groups_are_no_citizenship(written):
    """An ethnic group, a State of the past or an unclear code is unknown, with a note."""
    reading = read_country(written, nationality=True)
    assert reading.value is None
    assert reading.note


@pytest.mark.parametrize("written", forms(NAMED_TOGETHER))
def test_the_dprk_named_beside_another_state_has_to_be_asked_about(written):
    """Two groups in one cell, or two citizenships: never read as the DPRK, and never passed over."""
    reading = read_country(written, nationality=True)
    assert reading.value == AMBIGUOUS
    assert "names several countries" in reading.note


@pytest.mark.parametrize("written", ["South and North Korea", "North and South Korea", "Korea North/South"])
def test_both_koreas_in_one_breath_have_to_be_asked_about(written):
    """They are neither one State nor the other, and nothing to pass over."""
    assert read_country(written, nationality=True, asking=True).value == AMBIGUOUS


@pytest.mark.parametrize("written", ["China and Vietnam", "RU, UZ", "조선족, 중국"])
def test_other_states_named_together_are_unknown(written):
    """Where no Korea is among them, there is nothing that matters everywhere."""
    assert read_country(written, nationality=True).value != AMBIGUOUS


@pytest.mark.parametrize("written", forms(DENIED_OR_MIXED))
def test_denials_pasts_and_mixtures_are_unknown(written):
    """A mention of the DPRK inside a denial, a past, a doubt or a list is never read as a citizenship."""
    reading = read_country(written, nationality=True, asking=True)
    assert reading.value is None
    assert reading.note


def test_joseon_counts_in_a_nationality_field_only():
    """조선 is also shipbuilding and a newspaper."""
    assert read_country("조선", nationality=True).value == "KP"
    assert read_country("조선").value is None
    assert "shipbuilding" in read_country("조선").note


def test_two_letter_codes_keep_their_script():
    """Cyrillic КР, Latin KP and KR, and a mixture of both scripts are four different things."""
    values = [read_country(code).value for code in ("КР", "KP", "KR", "КR", "КP")]
    assert values == [AMBIGUOUS, "KP", "KR", None, None]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Узбекистан", "UZ"),
        ("гражданин Узбекистана", "UZ"),
        ("узбеки", "UZ"),
        ("Uzbeks", "UZ"),
        ("우즈베키스탄", "UZ"),
        ("Кыргызстан", "KG"),
        ("Kyrgyz Republic", "KG"),
        ("КР (Кыргызстан)", "KG"),
        ("РК (Казахстан)", "KZ"),
        ("Российская Федерация", "RU"),
        ("Российской Федерации", "RU"),
        ("РФ", "RU"),
        ("россиянин", "RU"),
        ("러시아 국적", "RU"),
        ("PRC", "CN"),
        ("P.R. China", "CN"),
        ("Китай", "CN"),
        ("граждане Китая", "CN"),
        ("китайское", "CN"),
        ("중국인", "CN"),
        ("中国籍", "CN"),
        ("Republic of China", "TW"),
        ("Côte d'Ivoire", "CI"),
        ("Trinidad & Tobago", "TT"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("Bosnia and Herzegovina", "BA"),
        ("Republic of Belarus", "BY"),
        ("Moldova, Republic of", "MD"),
        ("Viet Nam", "VN"),
        ("Lao P.D.R.", "LA"),
        ("Democratic Republic of the Congo", "CD"),
        ("Deutschland", "DE"),
        ("643", "RU"),
        (643, "RU"),
        (408.0, "KP"),
        ("DEU", "DE"),
        ("no", "NO"),
        ("Türkiye", "TR"),
        ("日本", "JP"),
        ("НЕПАЛ", "NP"),
        ("Россия, РФ", "RU"),
        ("Koryo-saram (Uzbekistan)", "UZ"),
        ("кореец, гражданин РФ", "RU"),
        ("朝鲜族 (中国)", "CN"),
        ("Lao People's Democratic Republic (the)", "LA"),
        ("Congo (the Democratic Republic of the)", "CD"),
        ("Congo, Dem. Rep.", "CD"),
        ("Congo, Rep.", "CG"),
        ("Tanzania, the United Republic of", "TZ"),
        ("Moldova (the Republic of)", "MD"),
        ("Gambia (the)", "GM"),
        ("China, Republic of", "TW"),
        ("Китайская Республика", "TW"),
        ("Китайская Народная Республика", "CN"),
        ("China (Hong Kong)", "HK"),
        ("Macau, China", "MO"),
    ],
)
def test_other_countries_are_read_in_many_languages(written, code):
    """Names, adjectives, people, codes and case endings lead to the country."""
    assert read_country(written, nationality=True).value == code


def test_citizenship_beside_an_ethnic_group_says_so():
    """Citizenship wins over ethnicity, and the note lets a person see it."""
    assert "ethnic" in read_country("кореец (РФ)", nationality=True).note


def test_several_countries_are_named_in_the_note():
    """A list of nationalities in one cell is unknown until a mapping profile parts it."""
    reading = read_country("Uzbekistan, Tajikistan")
    assert reading.value is None
    assert "UZ, TJ" in reading.note


@pytest.mark.parametrize("written", ["", "n/a", "—", None, float("nan"), "не указано", "미상"])
def test_silence_is_unknown_without_a_note(written):
    """What says nothing is not a fault of reading."""
    reading = read_country(written)
    assert (reading.value, reading.note) == (None, "")


@pytest.mark.parametrize(
    "written", [True, ["KP"], {"code": "KP"}, object(), "Atlantis", "x" * 20_000, 10**30]
)
def test_what_is_no_country_is_unknown_with_a_note(written):
    """Nothing raises, and a person is told why."""
    reading = read_country(written)
    assert reading.value is None
    assert reading.note


NOISE = st.text(alphabet=" .,;-()/\u200b\u00a0’'", max_size=3)


@given(st.sampled_from(forms(ROK)), NOISE, NOISE, st.sampled_from([str, str.upper, str.lower, str.title]))
def test_no_noise_turns_the_republic_of_korea_into_the_dprk(written, before, after, case):
    """Case, marks and spaces round a form of the Republic of Korea never give KP."""
    assert read_country(before + case(written) + after, nationality=True).value != "KP"


@given(st.sampled_from(forms(ROK)), st.text(max_size=12))
def test_no_text_beside_the_republic_of_korea_gives_the_dprk(written, other):
    """Whatever stands beside a form of the Republic of Korea, the whole is not KP."""
    for together in (
        f"{written} {other}",
        f"{other} {written}",
        f"{written}, {other}",
        f"{written} ({other})",
    ):
        assert read_country(together, nationality=True).value != "KP"


@given(
    st.sampled_from([form for form in forms(DPRK) if form.isascii()]),
    st.sampled_from(["not ", "non-", "ex-", "former ", "no ", "never in ", "except "]),
)
def test_no_denied_form_is_read(written, denial):
    """A denial before any Latin form leaves it unread."""
    assert read_country(denial + written, nationality=True).value is None


@given(st.sampled_from(["KP", "KR", "RU", "CN", "UZ", "NO", "DE"]), NOISE)
def test_a_code_reads_as_itself(code, noise):
    """Reading what was read changes nothing, whatever invisible marks and spaces stand round it."""
    assert read_country(noise.strip("'’-/;,.()") + code).value in {code, None}
    assert read_country(code).value == code


@given(
    st.sampled_from([form for row in tables.rows("country_words") for form in tables.forms(row["written"])]),
    st.sampled_from(
        ["{}", "citizen of {}", "граждане {}", "{} nationals", "{} 국적", "{}人", "{} and China"]
    ),
    st.sampled_from(list(tables.rows("inflections"))),
    st.booleans(),
)
def test_the_quick_look_passes_over_no_name_of_the_koreas(written, frame, inflection, inflected):
    """What is read as a Korea or as Koreans elsewhere has a word the quick look knows, in any case and frame."""
    if inflected:
        written = written.removesuffix(inflection["base"]) + inflection["ending"]
    text = frame.format(written)
    reading = read_country(text, nationality=True)
    if reading.value in ("KP", "KR", AMBIGUOUS) or "ethnic group" in reading.note:
        assert may_name_koreans(text)


@pytest.mark.parametrize(
    "text", ["workers from abroad", "workers of the farm", "외근 노동자", "工人住在工厂"]
)
def test_the_quick_look_passes_over_other_texts(text):
    """Other people's words are not looked at twice."""
    assert not may_name_koreans(text)
