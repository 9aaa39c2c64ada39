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


@pytest.mark.parametrize(
    ("text", "standing"),
    [*read("sentences.csv"), *read("held_out.csv"), *read("held_out_2.csv"), *read("held_out_3.csv")],
)
def test_a_sentence_is_judged_as_a_reader_would(text, standing):
    """Every sentence of the table has the standing a careful reader gives it."""
    assert dict(SCANNER.scan(text)).get(0, Standing.DENIED) == standing, SCANNER.mentions(text, 0)


def test_the_reason_names_the_cue():
    """A mention that is not simply stated says which words turn it, and what is plain says nothing."""
    (denied,) = SCANNER.mentions("Auditors found no evidence that passports were retained.", 0)
    (doubtful,) = SCANNER.mentions("Allegedly passports were retained.", 0)
    (stated,) = SCANNER.mentions("On site passports were retained.", 0)

    assert denied.reason == "denied by 'no evidence'"
    assert doubtful.reason == "doubtful because of 'allegedly'"
    assert stated.reason == ""


def test_one_plain_mention_outweighs_a_denied_one():
    """A text that denies in one place and states in another has the better standing."""
    text = "In 2019 no passports were retained. In 2021 passports were retained by the agent."

    assert SCANNER.scan("In 2019 no passports were retained.") == ()
    assert SCANNER.scan(text) == ((0, Standing.STATED),)


def test_a_longer_word_is_another_word():
    """A term inside a compound that means something else is denied, with the compound as the reason."""
    scanner = TermScanner([TermList("nexus", ("朝鲜",))])
    (mention,) = scanner.mentions("朝鲜族员工", 0)

    assert mention.standing is Standing.DENIED
    assert mention.reason == "part of '朝鲜族'"
