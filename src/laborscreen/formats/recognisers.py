"""
What kind of thing the cells of a column are, where its header does not tell.

Only what a value proves of itself counts: check digits, the form of a date, the name of a State. A column of countries
is never taken for citizenships, and no name is looked at for anything but the legal form in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from laborscreen import values
from laborscreen.names.organisations import firm_names

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DECIMAL_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{3,}")
_HS_DOTTED = re.compile(r"\d{4}\.\d{2}(?:\.?\d{2}){0,2}")
_CHECKED: Final = ("LEI", "CN-USCC", "RU-OGRN", "RU-INN", "IMO")
_ALMOST_ALL = 0.9
_MOST = 0.8
_MANY = 0.3  # of the names in a vendor master, fewer than half tell their legal form
_PROSE = 40  # letters of an ordinary remark


@dataclass(frozen=True, slots=True)
class Finding:
    """
    What the cells of a column are.

    Args:
        says: in words.
        path: the field that such cells may fill, or an empty string.
    """

    says: str
    path: str = ""


def recognise(cells: Sequence[object]) -> Finding | None:
    """
    Tell what cells are, or None.

    >>> recognise(["7707083893", "7728168971"])
    Finding(says='RU-INN numbers: the check digits agree', path='identifiers.RU-INN')
    >>> recognise(["a@example.org", "b@example.org"]).path
    ''
    """
    texts = list(
        dict.fromkeys(text for cell in cells if (text := str(cell).strip()) and not values.is_missing(text))
    )
    for test, least, finding in _TESTS if texts else ():
        if sum(map(test, texts)) >= least * len(texts):
            return finding
    if (
        texts
        and sum(map(len, texts)) > _PROSE * len(texts)
        and sum(" " in text for text in texts) >= _MOST * len(texts)
    ):
        return Finding("free text", "observations.text")
    return None


def _checked(scheme: str) -> Callable[[str], bool]:
    return lambda text: values.read_identifier(scheme, text).value is not None


def _is_date(text: str) -> bool:
    return not text.isdigit() and values.read_date(text).value is not None


def _is_phone(text: str) -> bool:
    return not text.isdigit() and bool(_PHONE.fullmatch(text))


def _has_legal_form(text: str) -> bool:
    return any(name.form for name in firm_names(text))


_TESTS: Final[tuple[tuple[Callable[[str], bool], float, Finding], ...]] = (
    *(
        (_checked(scheme), _ALMOST_ALL, Finding(f"{scheme} numbers: the check digits agree", f"identifiers.{scheme}"))
        for scheme in _CHECKED
    ),
    (lambda text: bool(_EMAIL.fullmatch(text)), _MOST, Finding("e-mail addresses; no field of a record holds them")),
    (lambda text: bool(_URL.match(text)), _MOST, Finding("web addresses; no field of a record holds them")),
    (lambda text: bool(_HS_DOTTED.fullmatch(text)), _ALMOST_ALL, Finding("customs codes by their form", "goods.hs_code")),
    (
        lambda text: bool(_DECIMAL_DEGREES.fullmatch(text)), _ALMOST_ALL,
        Finding("fractions such as coordinates; no field of a record holds them"),
    ),
    (_is_date, _ALMOST_ALL, Finding("dates; of what, only the header could tell")),
    (lambda text: values.read_country(text).value is not None, _MOST, Finding("countries", "country")),
    (_is_phone, _ALMOST_ALL, Finding("telephone numbers by their form; no field of a record holds them")),
    (_has_legal_form, _MANY, Finding("names with legal forms of companies", "name")),
)  # fmt: skip
"""What is looked for, strictest first: the test, the share of the cells that must pass it, and what they then are."""
