"""Standing: what a text makes of a mention, in four languages, positives beside look-alike negatives."""

import csv
from pathlib import Path

import pytest

from laborscreen.text import Standing, TermList, TermScanner

SCANNER = TermScanner(
    [
        TermList(
            "mentions",
            (
                "north korean workers",
                "passports were retained",
                "passports retained",
                "passports held",
                "passports are held",
                "рабочие из КНДР",
                "рабочих из КНДР",
                "рабочим из КНДР",
                "рабочего из КНДР",
                "северокорейск* строител*",
                "паспорт* рабочих изъят*",
                "изъят* паспорт*",
                "изъяти* паспорт*",
                "паспорт* изъят*",
                "паспорт* изыма*",
                "паспорт* рабочих",
                "북한 노동자",
                "여권 압수",
                "여권을 압수",
                "朝鲜工人",
                "扣押护照",
            ),
        )
    ]
)


def read(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return [(row["text"], Standing[row["standing"].upper()]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("text", "standing"), read("sentences.csv"))
def test_a_sentence_is_judged_as_a_reader_would(text, standing):
    """Every sentence of the table has the standing a careful reader gives it."""
    assert dict(SCANNER.scan(text)).get(0, Standing.DENIED) == standing, SCANNER.mentions(text, 0)
