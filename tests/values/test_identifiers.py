"""Identifiers and machine-readable zones: check digits, schemes, regions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import (
    far_eastern_regions,
    identifier_scheme,
    read_identifier,
    read_mrz,
    russian_region_of,
)

WEIGHTS = (7, 3, 1)


@pytest.mark.parametrize(
    ("scheme", "value", "wanted"),
    [
        ("RU-INN", "7707083893", "7707083893"),
        ("RU-INN", "ИНН 7707083893", "7707083893"),
        ("RU-INN", "ИНН: 7707083893", "7707083893"),
        ("RU-INN", "7707083893/773601001", "7707083893"),
        ("RU-KPP", "7707083893 / 773601001", "773601001"),
        ("RU-INN", "7707083893.0", "7707083893"),
        ("ИНН", "77 0708-3893", "7707083893"),
        ("inn", 7707083893, "7707083893"),
        ("ИНН", "500100732259", "500100732259"),
        ("RU-KPP", "773601001", "773601001"),
        ("ОГРН", "1027700132195", "1027700132195"),
        ("ОГРНИП", "304500116000157", "304500116000157"),
        ("LEI", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
        ("统一社会信用代码", "91110000600037341L", "91110000600037341L"),
        ("DUNS", "15-048-3782", "150483782"),
        ("VAT", "DE 136 695 976", "DE136695976"),
        ("IMO", "IMO 9074729", "9074729"),
        ("Handelsregister", " HRB  1234 ", "HRB 1234"),
        (None, "x-1", "x-1"),
    ],
)
def test_identifiers_are_normalised(scheme, value, wanted):
    """Schemes are known by their usual names, spaces and dashes go, unknown schemes keep their text."""
    reading = read_identifier(scheme, value)
    assert (reading.value, reading.note) == (wanted, "")


@pytest.mark.parametrize(
    ("scheme", "value", "said"),
    [
        ("RU-INN", "7707083894", "check digits"),
        ("RU-INN", "77070838", "10 figures"),
        ("RU-INN", "1,65701E+11", "spreadsheet"),
        ("RU-OGRN", "1027700132196", "check digits"),
        ("RU-OGRN", "304500116000157", "13 figures"),
        ("LEI", "5493001KJTIIGC8Y1R13", "check digits"),
        ("CN-USCC", "91110000600037341M", "check digits"),
        ("IMO", "9074720", "check digits"),
        ("VAT", "DE136695975", "check digits"),
        ("DUNS", "123", "9 figures"),
        ("LEI", ["x"], "list"),
        ("RU-INN", "0000000000", "repeated"),
        ("DUNS", "999999999", "repeated"),
        ("RU-INN", "ОГРН 7707083893", "figures"),
        ("RU-INN", "7707083894/773601001", "check digits"),
    ],
)
def test_identifiers_that_fail_are_unknown_and_say_why(scheme, value, said):
    """Wrong check digits, wrong length, ruined by a spreadsheet."""
    reading = read_identifier(scheme, value)
    assert reading.value is None
    assert said in reading.note


def test_a_leading_zero_is_put_back_where_the_check_digits_ask_for_it():
    """Spreadsheets drop the 0 of Buryatia's tax numbers; a person is told that it was put back."""
    reading = read_identifier("RU-INN", 323000007)
    whole = read_identifier("RU-INN", "0323000007")
    if whole.value is None:
        assert reading.value is None
    kept = read_identifier("RU-INN", "274101138".zfill(10))
    lost = read_identifier("RU-INN", "274101138")
    assert lost.value == kept.value
    assert (lost.value is None) or "leading 0" in lost.note


@pytest.mark.parametrize(
    ("scheme", "value", "region"),
    [
        ("RU-KPP", "254301001", "RU-PRI"),
        ("RU-INN", "2721000000", "RU-KHA"),
        ("RU-INN", "2801000000", "RU-AMU"),
        ("RU-INN", "6501000000", "RU-SAK"),
        ("RU-INN", "4909000000", "RU-MAG"),
        ("RU-INN", "4101000000", "RU-KAM"),
        ("RU-INN", "8201000000", "RU-KAM"),
        ("RU-INN", "1435000000", "RU-SA"),
        ("RU-INN", "8709000000", "RU-CHU"),
        ("RU-INN", "7901000000", "RU-YEV"),
        ("RU-INN", "7536000000", "RU-ZAB"),
        ("RU-INN", "8001000000", "RU-ZAB"),
        ("RU-INN", "0326000000", "RU-BU"),
        ("RU-INN", "7707083893", "RU-MOW"),
        ("RU-INN", "5001007322", "RU-MOS"),
        ("RU-OGRN", "1022500000000", "RU-PRI"),
        ("RU-INN", "9909000001", None),
        ("LEI", "2543010010", None),
    ],
)
def test_tax_numbers_point_to_a_region(scheme, value, region):
    """The first two figures of INN and KPP, the fourth and fifth of an OGRN; 99 is no region."""
    assert russian_region_of(scheme, value) == region


def test_the_far_east_has_eleven_subjects():
    """Buryatia and Zabaykalsky belong to it since 2018."""
    assert far_eastern_regions() == {
        "RU-PRI", "RU-KHA", "RU-AMU", "RU-SAK", "RU-MAG", "RU-KAM", "RU-SA", "RU-CHU", "RU-YEV", "RU-ZAB", "RU-BU"
    }  # fmt: skip


def test_schemes_are_known_by_many_names():
    """An unknown scheme comes back in capitals, so that equal ones stay equal."""
    assert {identifier_scheme(name) for name in ("ИНН", "inn", "RU-INN", "ru inn")} == {"RU-INN"}
    assert identifier_scheme("Company number") == identifier_scheme("COMPANY  NUMBER")
    assert identifier_scheme(5) == ""


def digit(text: str) -> str:
    """Return the check digit of ICAO Doc 9303."""
    values = [0 if letter == "<" else int(letter, 36) for letter in text]
    return str(sum(value * WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def passport(issuer: str, nationality: str, birth: str = "740812", number: str = "654123789") -> str:
    """Return the zone of a passport with right check digits."""
    first = f"P<{issuer:<<3}SPECIMEN<<ONE".ljust(44, "<")
    optional = "<" * 14
    dates = f"{birth}{digit(birth)}M300101{digit('300101')}"
    second = f"{number}{digit(number)}{nationality:<<3}{dates}{optional}<"
    whole = second[0:10] + second[13:20] + second[21:43]
    return f"{first}\n{second}{digit(whole)}"


@pytest.mark.parametrize(
    ("state", "country"),
    [
        ("PRK", "KP"),
        ("KOR", "KR"),
        ("D", "DE"),
        ("RUS", "RU"),
        ("CHN", "CN"),
        ("RKS", "XK"),
        ("GBD", "GB"),
        ("UZB", "UZ"),
    ],
)
def test_passports_tell_the_state(state, country):
    """Issuer and nationality are read as two-letter codes, with or without a line break."""
    zone = passport(state, state)
    for written in (
        zone,
        zone.replace("\n", ""),
        zone.lower(),
        zone.replace("\n", "\r\n  "),
        zone.replace("<<", "«"),
    ):
        reading = read_mrz(written)
        assert reading.value is not None
        assert (reading.value.issuer, reading.value.nationality, reading.note) == (country, country, "")


def test_cards_and_visas_of_icao_are_read():
    """The specimens of ICAO Doc 9303: TD1, TD2 and TD3; Utopia is no country."""
    specimens = {
        "TD1": "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        "TD2": "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
        "TD3": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "MRV-A": "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    }
    for kind, zone in specimens.items():
        reading = read_mrz(zone)
        assert reading.value is not None
        assert (reading.value.kind, reading.value.nationality) == (kind, None)
        assert reading.note


def test_a_birth_year_is_given_only_where_one_century_is_possible():
    """The zone holds two figures of the year."""
    assert str(read_mrz(passport("PRK", "PRK", "740812")).value.birth) == "1974-08-12"
    assert read_mrz(passport("PRK", "PRK", "150812")).value.birth is None


@given(st.integers(0, 87), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_letter_under_the_check_digits_is_noticed(place, letter):
    """A misread letter of the second line makes the zone unknown, or changes nothing that is checked."""
    zone = passport("PRK", "PRK").replace("\n", "")
    broken = zone[:place] + letter + zone[place + 1 :]
    reading = read_mrz(broken)
    unchecked = place < 44 or 54 <= place < 57 or place == 64
    same_check_value = (0 if zone[place] == "<" else int(zone[place], 36)) % 10 == int(letter, 36) % 10
    assert broken == zone or unchecked or same_check_value or reading.value is None


@pytest.mark.parametrize("written", ["", None, "junk", 5, ["P<"], "P<PRK", "P<PRK" + "<" * 83, "x" * 20_000])
def test_what_is_no_zone_is_unknown(written):
    """Nothing is read from a part of a zone or from anything else."""
    assert read_mrz(written).value is None
