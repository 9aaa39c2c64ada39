"""Regions and cities in many spellings."""

from __future__ import annotations

import pytest

import laborscreen.values.tables as tables
from laborscreen.values import country_of_city, read_city, read_region, region_of_city
from laborscreen.values.spelling import key


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Приморский край", "RU-PRI"),
        ("Примкрай", "RU-PRI"),
        ("г. Хабаровск", "RU-KHA"),
        ("Khabarovskii kray", "RU-KHA"),
        ("Habarovskij kraj", "RU-KHA"),
        ("Amurskaia oblast", "RU-AMU"),
        ("Zabaikalye", "RU-ZAB"),
        ("Jewish AO", "RU-YEV"),
        ("Dandong", "CN-LN"),
        ("ПРИМОРСКИЙ КРАЙ", "RU-PRI"),
        ("край Приморский", "RU-PRI"),
        ("Primorye", "RU-PRI"),
        ("Primorskiy Krai", "RU-PRI"),
        ("Maritime Territory", "RU-PRI"),
        ("Приморский край, г. Владивосток", "RU-PRI"),
        ("Хабаровский край", "RU-KHA"),
        ("Chabarowsk", "RU-KHA"),
        ("Амурская обл.", "RU-AMU"),
        ("Amur Oblast", "RU-AMU"),
        ("Сахалинская область", "RU-SAK"),
        ("Sachalin", "RU-SAK"),
        ("Магаданская область", "RU-MAG"),
        ("Kamchatka", "RU-KAM"),
        ("Республика Саха (Якутия)", "RU-SA"),
        ("Yakutia", "RU-SA"),
        ("Чукотский АО", "RU-CHU"),
        ("ЕАО", "RU-YEV"),
        ("Jewish Autonomous Oblast", "RU-YEV"),
        ("Забайкальский край", "RU-ZAB"),
        ("Transbaikal", "RU-ZAB"),
        ("Бурятия", "RU-BU"),
        ("Buryatia, Republic of", "RU-BU"),
        ("Москва", "RU-MOW"),
        ("Moscow", "RU-MOW"),
        ("Moscow Oblast", "RU-MOS"),
        ("Московская область", "RU-MOS"),
        ("г. Санкт-Петербург", "RU-SPE"),
        ("Республика Татарстан (Татарстан)", "RU-TA"),
        ("Liaoning Province", "CN-LN"),
        ("辽宁省", "CN-LN"),
        ("Jilin", "CN-JL"),
        ("吉林省", "CN-JL"),
        ("ru-pri", "RU-PRI"),
    ],
)
def test_regions_are_read_as_codes(written, code):
    """Names with and without "krai", transliterations, and the code itself."""
    assert read_region(written).value == code


@pytest.mark.parametrize(
    "written", ["Bavaria", "Maritime", "Altai", "Приморско", "Amurru", "Moscow, Idaho, Kursk"]
)
def test_other_regions_keep_their_folded_text(written):
    """A region we do not know, or that can be two, is not given a code."""
    assert read_region(written).value == key(written)


@pytest.mark.parametrize(
    ("written", "city"),
    [
        ("г. Владивосток", "Vladivostok"),
        ("VLADIVOSTOK", "Vladivostok"),
        ("Wladiwostok", "Vladivostok"),
        ("海参崴", "Vladivostok"),
        ("블라디보스토크", "Vladivostok"),
        ("Владивосток, Приморский край", "Vladivostok"),
        ("Артём", "Artyom"),
        ("г.Артем", "Artyom"),
        ("Ussurijsk", "Ussuriysk"),
        ("Находка", "Nakhodka"),
        ("пгт Хасан", "Khasan"),
        ("о. Русский", "Russky Island"),
        ("Комсомольск-на-Амуре", "Komsomolsk-on-Amur"),
        ("Южно-Сахалинск г", "Yuzhno-Sakhalinsk"),
        ("Елабуга", "Yelabuga"),
        ("丹东市", "Dandong"),
        ("丹東", "Dandong"),
        ("단둥", "Dandong"),
        ("Dandong City", "Dandong"),
        ("珲春", "Hunchun"),
        ("集安", "Ji'an"),
        ("Улан-Удэ", "Ulan-Ude"),
        ("두만강역", "Tumangang"),
        ("Пхеньян", "Pyongyang"),
    ],
)
def test_cities_are_read_under_one_name(written, city):
    """Cyrillic, Latin, Han and Hangul spellings lead to one name."""
    assert read_city(written).value == city


@pytest.mark.parametrize(
    "written", ["Lyon", "吉安", "Артёмовский", "Tyumen", "Славянск", "Kurskaya", "New Moscow"]
)
def test_look_alike_cities_keep_their_folded_text(written):
    """A city of another place that is spelled nearly the same is not taken for ours."""
    assert read_city(written).value == key(written)


def test_cities_know_their_region_and_country():
    """Every place of the gazetteer has both; a city we do not know has neither."""
    for row in tables.rows("places"):
        assert region_of_city(row["name"]) == row["region"]
        assert country_of_city(row["name"]) == row["country"]
    assert region_of_city("Lyon") is None
    assert country_of_city("Lyon") is None


def test_every_spelling_leads_to_its_place():
    """No spelling of one place is hidden by another's."""
    for table in ("places", "place_spellings"):
        wrong = [
            (form, row["name"])
            for row in tables.rows(table)
            for form in [row["name"], *tables.forms(row["written"])]
            if read_city(form).value != row["name"]
        ]
        assert wrong == []


def test_every_region_name_leads_to_its_code():
    """No name of one region is hidden by another's."""
    forms = [
        (form, row["region"]) for row in tables.rows("region_names") for form in tables.forms(row["written"])
    ]
    for row in tables.rows("russian_regions"):
        forms += [
            (form, row["region"]) for form in [*tables.forms(row["english"]), *tables.forms(row["russian"])]
        ]
    assert [(form, code) for form, code in forms if read_region(form).value != code] == []


@pytest.mark.parametrize("written", ["", None, "n/a", "не указано"])
def test_silence_has_no_note(written):
    """What says nothing is unknown without a fault."""
    assert read_city(written) == read_region(written) == read_city(None)
