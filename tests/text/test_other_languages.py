"""The DPRK and its workers in languages whose grammar is not judged, South Korean look-alikes beside them."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from laborscreen.rulebook import load_rulebook
from laborscreen.text import Standing, TermList, TermScanner

NAMES = ("dprk_workers", "dprk_named", "unread_languages")
WORKERS, NAMED, UNREAD = range(3)
READ = ("en", "ru", "ko", "zh")


def _scanner() -> TermScanner:
    lists = load_rulebook().lists
    return TermScanner([TermList(name, tuple(sorted(lists[name].texts))) for name in NAMES])


SCANNER = _scanner()


def _rows(*languages: str) -> list[dict[str, str]]:
    text = (Path(__file__).parent / "other_languages.csv").read_text(encoding="utf-8")
    return [row for row in csv.DictReader(text.splitlines()) if not languages or row["language"] in languages]


def _found(text: str) -> Mapping[int, Standing]:
    return {number: Standing(standing) for number, standing in SCANNER.scan(text)}


def _told(found: Mapping[int, Standing], number: int) -> str:
    return found[number].name.lower() if number in found else "none"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["text"][:40])
def test_a_sentence_says_the_same_to_the_lists_as_to_a_reader(row: dict[str, str]) -> None:
    """Workers of the DPRK are found in any of these languages; a denial nobody can judge here leaves them doubtful."""
    found = _found(row["text"])
    assert (_told(found, WORKERS), _told(found, NAMED)) == (row["workers"], row["named"])


@pytest.mark.parametrize("row", _rows(*READ), ids=lambda row: row["text"][:40])
def test_a_language_that_is_read_is_never_taken_for_one_that_is_not(row: dict[str, str]) -> None:
    """English, Russian, Korean and Chinese hold none of the words of the other languages."""
    assert UNREAD not in _found(row["text"])


@pytest.mark.parametrize(
    "text",
    [
        "Les ouvriers dorment sur le chantier.",
        "Die Arbeiter bekommen ihren Lohn am Jahresende.",
        "A los trabajadores se les retiene el pasaporte.",
        "Robotnicy śpią na budowie.",
        "العمال ينامون في الموقع",
        "श्रमिकों के पासपोर्ट जब्त हैं।",
        "従業員の旅券は会社が預かる。",
        "Công nhân ngủ tại công trường.",
        "Pekerja tidur di lokasi proyek.",
    ],
)
def test_a_text_about_workers_in_another_language_is_known_to_be_unread(text: str) -> None:
    """What is said of workers or papers where no list reads it is noticed, so that it cannot pass for silence."""
    assert UNREAD in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The office is in Rue des Alpes 12, Genève.",
        "The crew of Compañía Naviera sleeps ashore.",
        "Workers keep their passports; wages are paid monthly.",
        "Рабочие хранят паспорта у себя.",
    ],
)
def test_a_foreign_name_is_no_foreign_text(text: str) -> None:
    """An address or a company's name in another language does not make a text unread."""
    assert UNREAD not in _found(text)
