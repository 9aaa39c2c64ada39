"""
Make ``names/tables/mandarin_readings.csv`` and ``mandarin_phrases.csv`` from the dictionaries of pypinyin.

Run by hand, with the pypinyin of ``constraints.txt``; the result is committed, and the index of the embedded list is made
anew after it::

    python scripts/make_mandarin_tables.py
    python scripts/build_embedded_watchlist.py --index-only

The library takes a third of a second to load and the tables some milliseconds; they hold the readings without tones and
every phrase, so that a name is cut into phrases as the library cuts it. Source: pypinyin
(https://github.com/mozillazg/python-pinyin), with the data of pinyin-data and phrase-pinyin-data, all MIT.
"""  # noqa: INP001

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from laborscreen.names import tables

FOLDER = Path(tables.__file__).parent
HEAD = (
    "# source: pypinyin {version}, pinyin-data and phrase-pinyin-data (Copyright 2016 mozillazg, MIT), without tones; "
    "{what}; made by scripts/make_mandarin_tables.py\n"
)


def reading(characters: str) -> tuple[str, ...]:
    """Return the syllables of *characters* as pypinyin reads them."""
    return tuple(lazy_pinyin(characters, style=Style.NORMAL))


def write(name: str, what: str, columns: tuple[str, str], rows: Iterable[tuple[str, str]]) -> None:
    """Write the table *name*."""
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD.format(version=version("pypinyin"), what=what))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Write both tables."""
    characters = {chr(code): reading(chr(code)) for code in sorted(PINYIN_DICT)}
    sounds: dict[str, str] = defaultdict(str)
    for character, (syllable,) in characters.items():
        sounds[syllable] += character
    phrases: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(PHRASES_DICT):
        alone = tuple(syllable for character in phrase for syllable in characters[character])
        together = reading(phrase)
        assert len(together) == len(phrase)
        phrases[phrase[0]].append(phrase[1:] if together == alone else f"{phrase[1:]}={'-'.join(together)}")
    write(
        "mandarin_readings",
        "the usual reading of a character",
        ("syllable", "characters"),
        sorted(sounds.items()),
    )
    write(
        "mandarin_phrases",
        "phrases by their first character, with a reading where it is not that of the characters alone",
        ("character", "phrases"),
        ((first, " ".join(rest)) for first, rest in sorted(phrases.items())),
    )


if __name__ == "__main__":
    main()
