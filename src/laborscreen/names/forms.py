"""
The ways one name is written: what to look for by hand, or to show beside a hit.
"""

from __future__ import annotations

from typing import NamedTuple

from laborscreen.names.comparison import Kind
from laborscreen.names.cyrillic import transliterations
from laborscreen.names.han import korean_names, mandarin_spellings
from laborscreen.names.hangul import Scheme, romanise_syllables
from laborscreen.names.kana import romaji
from laborscreen.names.kontsevich import russian_syllables, russian_word
from laborscreen.names.korean_people import family_spellings
from laborscreen.names.letters import RawWord, raw_words
from laborscreen.names.organisations import firm_names

__all__ = ["Form", "forms"]

_SOUTHERN = {
    "리": "이", "림": "임", "류": "유", "로": "노", "라": "나", "량": "양", "려": "여", "렴": "염", "륙": "육", "룡": "용",
}  # fmt: skip


class Form(NamedTuple):
    """
    One way to write a name.

    Args:
        text: the name as that way writes it.
        system: which way: ``dprk``, ``revised``, ``mccune_reischauer``, ``kontsevich``, ``family_spelling``,
        ``mandarin`` ...
    """

    text: str
    system: str


def forms(name: str, *, kind: Kind = "person") -> tuple[Form, ...]:
    """
    Return the ways *name* is written elsewhere, the systematic ones first, without repeats.

    >>> [form.text for form in forms("김정은")][:4]
    ['김정은', 'Kim Jong Un', 'Gim Jeongeun', 'Kim Chŏng-ŭn']
    """
    words = raw_words(name)
    found = [Form(name.strip(), "as_written")] if name.strip() else []
    if kind == "organization":
        found += [Form(" ".join(word.text for word in firm.words), "compared") for firm in firm_names(name)]
    else:
        for script in dict.fromkeys(word.script for word in words):
            found += _person_forms(tuple(word for word in words if word.script == script))
    return tuple(
        {form.text: form for form in reversed(found)}[text] for text in dict.fromkeys(f.text for f in found)
    )


def _person_forms(words: tuple[RawWord, ...]) -> list[Form]:
    together = "".join(word.text for word in words)
    match words[0].script:
        case "hangul":
            return _korean_forms(together[:1], together[1:])
        case "han":
            korean = [
                form
                for family, given in korean_names(together)
                for form in (Form(family + given, "korean_reading"), *_korean_forms(family, given))
            ]
            spoken = mandarin_spellings(together)
            return [*korean, *(Form(" ".join(map(str.title, several)), "mandarin") for several in spoken)]
        case "cyrillic":
            spelled = [transliterations(word.text) for word in words]
            return [Form(" ".join(word[scheme].title() for word in spelled), scheme) for scheme in spelled[0]]
        case "kana":
            return [Form(" ".join(romaji(word.text).title() for word in words), "hepburn")]
        case _:
            return []


def _korean_forms(family: str, given: str) -> list[Form]:
    if not given:
        return []
    southern = _SOUTHERN.get(family, family)
    found = [Form(southern + given, "southern_hangul")] if southern != family else []

    def parts(scheme: Scheme, surname: str) -> tuple[str, tuple[str, ...]]:
        return _capital("".join(romanise_syllables(surname, scheme))), romanise_syllables(given, scheme)

    head, tail = parts("dprk", family)
    found.append(Form(" ".join((head, *map(_capital, tail))), "dprk"))
    head, tail = parts("revised", southern)
    found.append(Form(f"{head} {_capital(''.join(tail))}", "revised"))
    head, tail = parts("mccune_reischauer", southern)
    found.append(Form(f"{head} {'-'.join(tail).capitalize()}", "mccune_reischauer"))
    russian = "".join(russian_syllables(family)).title()
    found.append(Form(f"{russian} {russian_word(given).title()}", "kontsevich"))
    found.append(Form(" ".join((russian, *map(str.title, russian_syllables(given)))), "russian_press"))
    press = "-".join(romanise_syllables(given, "revised")).capitalize()
    latin = filter(str.isascii, family_spellings(family))
    return [*found, *(Form(f"{spelling.title()} {press}", "family_spelling") for spelling in latin)]


def _capital(word: str) -> str:
    """Return *word* with its first letter as a capital, whatever an apostrophe parts within it (Ch'oe)."""
    return word[:1].upper() + word[1:]
