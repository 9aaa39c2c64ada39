"""Industry codes, customs codes and currencies."""

from __future__ import annotations

import pytest

from laborscreen.values import code_is_within, read_currency, read_hs_code, read_industry_code


@pytest.mark.parametrize(
    ("scheme", "code", "wanted"),
    [
        ("NACE2", "62.01", "NACE2:62.01"),
        ("NACE Rev.2", "F41.20", "NACE2:41.20"),
        ("NACE2", "4120", "NACE2:41.20"),
        ("NACE Rev. 2.1", "62.10", "NACE2:62.10"),
        ("NACE2", "C 14.12", "NACE2:14.12"),
        ("NACE2", "41", "NACE2:41"),
        ("ОКВЭД", "41.20", "OKVED2:41.20"),
        ("OKVED2", "41.2", "OKVED2:41.2"),
        ("ОКВЭД 2", "10.20.1", "OKVED2:10.20.1"),
        ("OKVED2", "41.20 Строительство жилых зданий", "OKVED2:41.20"),
        ("OKVED2", "14.12 - Производство спецодежды", "OKVED2:14.12"),
        ("ISIC4", "4100", "ISIC4:4100"),
        ("ISIC Rev.4", "0311", "ISIC4:0311"),
        ("ISIC4", 4100, "ISIC4:4100"),
        ("NAICS", "236220", "NAICS2022:236220"),
        ("NAICS2022", 236, "NAICS2022:236"),
        ("CPV", "45000000-7", "CPV:45000000"),
        ("CPV", "45000000", "CPV:45000000"),
        ("UNSPSC", "72000000", "UNSPSC:72000000"),
        ("HS", "6203.42", "HS:620342"),
        ("ТН ВЭД", "6203 42 350 0", "HS:6203423500"),
        (None, "NACE2:62.01", "NACE2:62.01"),
        ("OKVED2", "ОКВЭД: 41.20", "OKVED2:41.20"),
        ("OKVED2", "ОКВЭД 41.20", "OKVED2:41.20"),
        ("OKVED2", "41,20", "OKVED2:41.20"),
        ("NACE2", "F41,2", "NACE2:41.2"),
        ("ISIC4", "ISIC Rev.4 4100", "ISIC4:4100"),
        ("HS", "HS 6203.42", "HS:620342"),
        ("ТН ВЭД", "ТН ВЭД 6203 42 350 0", "HS:6203423500"),
    ],
)
def test_codes_get_one_spelling(scheme, code, wanted):
    """Section letters, captions, dots, spaces and check figures give way to one spelling a scheme."""
    reading = read_industry_code(scheme, code)
    assert (reading.value, reading.note) == (wanted, "")


@pytest.mark.parametrize(
    ("scheme", "code", "said"),
    [
        ("SIC1987", "1521", "not an industry scheme"),
        (None, "41.20", "not told"),
        ("NACE2", "1.11", "first figure"),
        ("NACE2", 1.11, "first figure"),
        ("HS", "3", "first figure"),
        ("CPV", "45", "figures"),
        ("NAICS", "12345678", "figures"),
        ("NACE2", "construction", "figures"),
        ("NACE2", "OKVED2:41.20", "another scheme"),
        (5, "41", "must be a text"),
        ("NACE2", "41.20; 42.11", "figures"),
        ("NACE2", True, "bool"),
        ("NACE2", ["41"], "list"),
        ("NACE2", "9" * 20_000, "longer"),
    ],
)
def test_what_is_no_code_is_unknown_and_says_why(scheme, code, said):
    """A scheme nobody named, a lost leading zero, a code too long or too short."""
    reading = read_industry_code(scheme, code)
    assert reading.value is None
    assert said in reading.note


@pytest.mark.parametrize(
    ("code", "prefix", "within"),
    [
        ("OKVED2:41.20", "OKVED2:41", True),
        ("OKVED2:41.2", "OKVED2:41", True),
        ("OKVED2:41.20", "OKVED2:41.2", True),
        ("OKVED2:41.20", "OKVED2:41.20", True),
        ("OKVED2:41.2", "OKVED2:41.20", False),
        ("OKVED2:41.20", "OKVED2:42", False),
        ("NACE2:41.20", "NACE2:4", False),
        ("NACE2:14.12", "OKVED2:14", False),
        ("ISIC4:4100", "ISIC4:41", True),
        ("CPV:45210000", "CPV:45000000", True),
        ("CPV:45210000", "CPV:45220000", False),
        ("CPV:03300000", "CPV:03000000", True),
        ("CPV:30200000", "CPV:30000000", True),
        ("CPV:38000000", "CPV:30000000", False),
        ("UNSPSC:72101500", "UNSPSC:72000000", True),
        ("UNSPSC:70000000", "UNSPSC:72000000", False),
        ("HS:620342", "HS:62", True),
        ("HS:6203", "HS:620342", False),
        ("NAICS2022:236220", "NAICS2022:236", True),
        ("NACE2:41.20", "NACE2:", False),
        ("", "NACE2:41", False),
        ("NACE2:62.01", "NACE2:62.0", True),
    ],
)
def test_codes_lie_within_their_levels(code, prefix, within):
    """A division holds its groups and classes, and nothing of another scheme."""
    assert code_is_within(code, prefix) is within


def test_customs_codes_are_codes_of_the_harmonized_system():
    """A customs field needs no scheme beside it."""
    assert read_hs_code("6203.42").value == "HS:620342"
    assert read_hs_code("03").value == "HS:03"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("USD", "USD"),
        ("usd", "USD"),
        ("US$", "USD"),
        ("$", "USD"),
        ("руб.", "RUB"),
        ("₽", "RUB"),
        ("рублей", "RUB"),
        ("RUR", "RUB"),
        ("RMB", "CNY"),
        ("юань", "CNY"),
        ("人民币", "CNY"),
        ("元", "CNY"),
        ("€", "EUR"),
        ("원화", "KRW"),
        ("сомони", "TJS"),
        ("¥", None),
        ("won", None),
        ("сом", None),
        ("dollars", None),
        ("kr", None),
        ("abc", None),
        (5, None),
        ("", None),
        (None, None),
    ],
)
def test_currencies(written, code):
    """Signs and words lead to a code, and those that several countries use to none."""
    assert read_currency(written).value == code


@pytest.mark.parametrize("written", ["$", "元", "¥", "won", "abc", "dinar"])
def test_unsure_currencies_have_a_note(written):
    """A lone dollar sign is read, and the doubt is told."""
    assert read_currency(written).note
