"""
Cells of the Japanese list that hold several names, dates or numbers at once.

``（別称）コリア・ヨンボン；Korea Yonbong General Corporation（旧称）リョンガクサン`` is three names, one of them former.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laborscreen.watchlists.entry import NameKind, Strength
from laborscreen.watchlists.name_script import name_script

NOTHING = frozenset({"", "不明", "なし", "無し", "-", "－", "ー", "同上"})
_WIDE = str.maketrans({"（": "(", "）": ")", "；": ";", "，": ",", "　": " ", "：": ":"})
_ENUMERATOR = re.compile(r"\(\s*(?:[a-zａ-ｚ]{1,2}|\d{1,2})\s*\)\s*")
_SEPARATOR = re.compile(r"[\n;、]+")
_LATIN_COMMA = re.compile(
    r",\s+(?!(?:Ltd|Limited|Co\b|Inc|LLC|L\.?L\.?C|S\.?A|GmbH|Corp|PLC|JSC|Jr|Sr|and\b))", re.IGNORECASE
)
_LABEL = re.compile(r"^\((別称|別名|旧称|通称|略称)\)\s*")
_PREFIX = re.compile(
    r"^(?:a\.?k\.?a\.?|f\.?k\.?a\.?|original script|別称|別名|旧称|通称|略称|原語)\s*[:.]*\s*", re.IGNORECASE
)
_BRACKET = re.compile(r"^(.*?)\s*\((.+)\)$")
_NOT_A_NAME = re.compile(r"。|旅券|番号|発行|生年月日|出生|国籍|有効期限|失効|改訂|削除")
_ACRONYM = re.compile(r"^[A-Z0-9&./-]{2,10}$")

FoundName = tuple[str, Strength, NameKind]


def split_names(cell: str, *, kind: NameKind = "aka", strength: Strength = "strong") -> Iterator[FoundName]:
    r"""
    Yield every name in a cell with its strength and kind.

    A name in brackets behind a name in another script is a name of its own; an acronym in brackets is a weak one.

    Example:
        >>> [name for name, _, _ in split_names("キム・チョルサム；ジン・ティサン\nJin Tiesan (金铁三)")]
        ['キム・チョルサム', 'ジン・ティサン', 'Jin Tiesan', '金铁三']
        >>> list(split_names("Korea Mining Development Trading Corporation(KOMID）"))[1]
        ('KOMID', 'weak', 'aka')
    """
    for piece in split_values(cell):
        label = _LABEL.match(piece)
        if label:
            kind = "fka" if label[1] == "旧称" else "aka"
        bare = piece[label.end() :] if label else piece
        for part in _LATIN_COMMA.split(bare) if bare.isascii() else [bare]:
            yield from _bracketed(part.strip(), kind, strength)


def split_values(cell: str) -> list[str]:
    r"""
    Return the values of a cell, parted by line ends, semicolons, commas of Japanese, or letters in brackets.

    Example:
        >>> split_values("(a)1970年\n(b)1969年"), split_values("不明")
        (['1970年', '1969年'], [])
    """
    plain = _ENUMERATOR.sub("\n", cell.translate(_WIDE))
    return [value for piece in _SEPARATOR.split(plain) if (value := piece.strip()) not in NOTHING]


def _bracketed(text: str, kind: NameKind, strength: Strength) -> Iterator[FoundName]:
    """Yield a name, and the name in brackets behind it if there is one."""
    found = _BRACKET.match(text)
    outer, inner = (found[1], found[2]) if found else (text, "")
    outer = _PREFIX.sub("", outer.strip("()・ "))
    if _is_name(outer):
        yield outer, strength, kind
    for name in inner.split(";"):
        bare = _PREFIX.sub("", name.strip("() "))
        if not _is_name(bare):
            continue
        if _ACRONYM.match(bare) or name_script(bare) == name_script(outer):
            yield bare, "weak", kind
        else:
            yield bare, strength, kind


def _is_name(text: str) -> bool:
    return (
        len(text) > 1 and text not in NOTHING and not _NOT_A_NAME.search(text) and name_script(text) != "Zyyy"
    )
