"""Industry codes in one spelling: the scheme, a colon, and the code with the punctuation of its scheme."""

from __future__ import annotations

import re
import unicodedata

from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import latin_figures
from laborscreen.values.words import read_word

_CODE = re.compile(r"(?:[A-U][\s.]?)?([0-9][0-9.\s]*?)(?:-[0-9])?(?:[\s:;,—–-]+[^\W\d_].*)?", re.DOTALL)
_NAMED = re.compile(r"([^\W\d_][^\d:]*?(?:rev\.?\s?\d(?:\.\d)?|\d)?)[\s.]+(?=\d)", re.IGNORECASE)
_DECIMAL = re.compile(r"^([A-U]?\d\d),(\d{1,2})(?!\d)")
_LENGTHS = {
    "ISIC4": (2, 3, 4), "NACE2": (2, 3, 4, 5), "OKVED2": (2, 3, 4, 5, 6), "NAICS2022": (2, 3, 4, 5, 6),
    "CPV": (8,), "UNSPSC": (2, 4, 6, 8), "HS": (2, 4, 6, 8, 10),
}  # fmt: skip
_DOTTED = frozenset({"NACE2", "OKVED2"})


def read_industry_code(scheme: object, code: object) -> Reading[str]:
    """
    Read an industry code of ISIC4, NACE2, OKVED2, NAICS2022, CPV, UNSPSC or HS.

    The form is checked and made canonical; whether the publisher's list holds the code is not, because NACE, OKVED and
    the customs tariffs change between editions and old codes stay in use.

    >>> read_industry_code("ОКВЭД", "41.2").value, read_industry_code("NACE Rev.2", "F41.20").value
    ('OKVED2:41.2', 'NACE2:41.20')
    >>> read_industry_code("OKVED", "ОКВЭД 41.20").value, read_industry_code("OKVED", "41,20").value
    ('OKVED2:41.20', 'OKVED2:41.20')
    >>> read_industry_code("CPV", "45000000-7").value, read_industry_code("HS", "6203.42").value
    ('CPV:45000000', 'HS:620342')
    """
    if not isinstance(scheme, str) and scheme is not None:
        return Reading(None, "the scheme of the code must be a text")
    return _read_code(code, scheme or "")


def read_hs_code(written: object) -> Reading[str]:
    """
    Read a customs code: 2 to 10 figures of the Harmonized System.

    >>> read_hs_code("6203.42").value
    'HS:620342'
    """
    return _read_code(written, "HS")


def code_is_within(code: str, prefix: str) -> bool:
    """
    Return whether a *code* lies within a *prefix* of the same scheme, by the levels of that scheme.

    >>> code_is_within("OKVED2:41.20", "OKVED2:41"), code_is_within("NACE2:41.20", "NACE2:4")
    (True, False)
    >>> code_is_within("CPV:45210000", "CPV:45000000"), code_is_within("ISIC4:4100", "NACE2:41")
    (True, False)
    """
    scheme, _, figures = code.partition(":")
    other, _, above = prefix.partition(":")
    if scheme != other or not above:
        return False
    figures, above = figures.replace(".", ""), above.replace(".", "")
    if scheme in {"CPV", "UNSPSC"}:
        above = _significant(above, scheme)
    elif len(above) < 2:
        return False
    return figures.startswith(above)


def _significant(figures: str, scheme: str) -> str:
    """Drop the zeros that stand for "everything below": CPV from its third figure on, UNSPSC in pairs."""
    if scheme == "CPV":
        return figures[:2] + figures[2:].rstrip("0")
    while len(figures) > 2 and figures.endswith("00"):
        figures = figures[:-2]
    return figures


@remembered
def _read_code(written: str, scheme: str) -> Reading[str]:
    if is_missing(written):
        return Reading(None)
    text = " ".join(latin_figures(unicodedata.normalize("NFKC", written)).split())
    head, mark, tail = text.partition(":")
    own = read_word("industry_scheme", head).value if mark else None
    name = read_word("industry_scheme", scheme).value if scheme else own
    if name is None:
        said = (
            f"{shown(scheme)} is not an industry scheme we know"
            if scheme
            else f"the scheme of {shown(written)} is not told"
        )
        return Reading(None, said)
    if own is not None:
        if own != name:
            return Reading(None, f"{shown(written)} names another scheme than {name}")
        text = tail.strip()
    elif (named := _NAMED.match(text)) and read_word("industry_scheme", named[1]).value == name:
        text = text[named.end() :]
    if name in _DOTTED:
        text = _DECIMAL.sub(r"\1.\2", text)  # a spreadsheet with the decimal comma makes 41,20 of 41.20
    found = _CODE.fullmatch(text)
    figures = re.sub(r"[.\s]", "", found[1]) if found else ""
    if name != "CPV" and found and re.match(r"\d(?:[.\s]|$)", found[1]):
        return Reading(
            None, f"{shown(written)} has lost its first figure; write it as text, with the leading 0"
        )
    if not figures or len(figures) not in _LENGTHS[name]:
        return Reading(None, f"{shown(written)} is not a {name} code; those have {_lengths(name)} figures")
    return Reading(f"{name}:{_dotted(figures) if name in _DOTTED else figures}")


def _lengths(name: str) -> str:
    lengths = _LENGTHS[name]
    return str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]} to {lengths[-1]}"


def _dotted(figures: str) -> str:
    return ".".join(figures[at : at + 2] for at in range(0, len(figures), 2))
