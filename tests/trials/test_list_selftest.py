"""
Listed names in the spellings people use, looked for through the whole screening.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laborscreen.cli.app import app
from laborscreen.errors import InputError, UsageError
from laborscreen.trials.list_selftest import self_test
from laborscreen.trials.name_variations import KINDS, in_other_scripts, variations
from laborscreen.trials.planted_names import look_for, read_planted
from laborscreen.watchlists import Entry, ListedName, Provenance, Watchlist

DAY = date(2026, 6, 30)
LEADER = Entry(
    "1",
    "demo",
    "person",
    (ListedName("Ri Pyong Chol"), ListedName("리병철", script="Hang"), ListedName("RPC", "weak")),
    programmes=("DPRK",),
    nationalities=("KP",),
    dprk_related=True,
)
OTHER = Entry("2", "demo", "person", (ListedName("Aleksandr Nikolayevich ZAKHAROVSKY"),), programmes=("X",))
FIRM = Entry(
    "3", "demo", "organization", (ListedName("Namgang-Ragwon Trading Co., Ltd."),), programmes=("X",)
)
SHIP = Entry("4", "demo", "vessel", (ListedName("Chong Chon Gang"),), programmes=("DPRK",), dprk_related=True)


def a_list(*entries: Entry) -> Watchlist:
    """Return a list of these parties."""
    return Watchlist(entries, [Provenance("demo", "demo", "", "2026-06-29", "", "", "", len(entries))])


def written(folder: Path, text: str) -> Path:
    """Return a file of planted names."""
    path = folder / "planted.csv"
    path.write_text(text, "utf-8")
    return path


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize(
    ("entry", "kind", "texts"),
    [
        (LEADER, "signs", ["RI PYONG CHOL"]),
        (LEADER, "word order", ["Pyong Chol Ri"]),
        (LEADER, "joined words", ["RiPyong Chol"]),
        (LEADER, "initials", []),
        (LEADER, "weak alias", ["RPC"]),
        (OTHER, "word order", ["ZAKHAROVSKY Aleksandr Nikolayevich"]),
        (OTHER, "initials", ["Aleksandr N. ZAKHAROVSKY", "Aleksandr ZAKHAROVSKY"]),
        (FIRM, "word order", []),
        (FIRM, "signs", ["NAMGANG RAGWON TRADING CO LTD"]),
        (FIRM, "legal form", ["Namgang-Ragwon Trading"]),
    ],
)
def test_each_kind_of_variation_is_what_it_says(entry: Entry, kind: str, texts: list[str]) -> None:
    """
    Family names go to the other end, middle names only of people who have one, legal forms only of firms.
    """
    assert [one.text for one in variations(entry) if one.kind == kind] == texts


def test_a_slip_differs_from_the_name_in_one_word_and_comes_again_with_the_seed() -> None:
    """
    A slip changes one longer word and never a short one; the same seed makes the same slip, another seed another.
    """
    slips = {
        seed: [one.text for one in variations(OTHER, seed) if one.kind == "typing slip"] for seed in range(20)
    }
    listed = OTHER.name.split()

    assert slips[3] == [one.text for one in variations(OTHER, 3) if one.kind == "typing slip"]
    assert len({text for texts in slips.values() for text in texts}) > 10
    for (text,) in slips.values():
        assert sum(one != other for one, other in zip(text.split(), listed, strict=True)) == 1


def test_spellings_of_other_systems_come_from_the_hangul() -> None:
    """
    A Hangul name gives the spellings of Seoul and Moscow.
    """
    texts = {one.text for one in variations(LEADER) if one.kind == "other spelling"}

    assert "I Byeongcheol" in texts
    assert "Ри Пёнчхоль" in texts


def test_a_name_in_another_script_is_looked_for_without_itself() -> None:
    """
    The Hangul name is taken off the list before it is looked for, and is found by its Latin spelling.
    """
    found = self_test([a_list(LEADER, OTHER)], as_of=DAY)
    hangul = [one for one in found.trials if one.kind == "Hangul"]

    assert [one.text for one in in_other_scripts(LEADER)] == ["리병철"]
    assert [(one.asked, one.listed, one.finding) for one in hangul] == [("리병철", "Ri Pyong Chol", "found")]


def test_what_is_not_found_is_listed_and_lowers_the_share() -> None:
    """
    A party that no comparison could find is a miss with its name and key; the share counts it.
    """
    odd = Entry("9", "demo", "person", (ListedName("Ri Pyong Chol"), ListedName("ሰላም", script="Ethi")))
    found = self_test([a_list(odd)], as_of=DAY)
    (kind,) = [one for one in found.kinds if one.kind == "other script"]

    assert (kind.asked, kind.missed, kind.recall) == (1, 1, 0.0)
    assert [(one.asked, one.entry) for one in found.misses if one.kind == "other script"] == [
        ("ሰላም", "demo:9")
    ]
    assert kind in found.below(0.5)
    assert kind not in found.below(0.5, {"other script": 0.0})


def test_another_party_of_the_name_is_no_finding() -> None:
    """
    Where the flag shows only a namesake, the party itself counts as not found.
    """
    twin = Entry("5", "demo", "person", (ListedName("Zed Quorn"), ListedName("리병철", script="Hang")))
    found = self_test([a_list(LEADER, twin)], as_of=DAY)

    assert [one.finding for one in found.trials if one.kind == "Hangul" and one.entry == "demo:5"] == [
        "namesake"
    ]


def test_ships_are_not_drawn_and_a_list_of_ships_alone_is_refused() -> None:
    """
    A supplier is a person or a firm, so ships are no test names.
    """
    assert self_test([a_list(SHIP, FIRM)], as_of=DAY).of == 1
    with pytest.raises(UsageError, match="no person or firm"):
        self_test([a_list(SHIP)], as_of=DAY)


def test_the_embedded_list_is_found_under_its_own_and_other_spellings() -> None:
    """
    Of the designations that come with the package every name as listed is found, and nine in ten under other spellings.
    """
    found = self_test([Watchlist.embedded()], entries=60, as_of=DAY)
    shares = {one.kind: one.recall for one in found.kinds}

    assert shares["as listed"] == 1.0
    assert (
        min(shares[kind] for kind in ("signs", "word order", "joined words", "other spelling", "Hangul"))
        >= 0.9
    )
    assert set(shares) <= set(KINDS)


def test_planted_names_are_found_or_left_alone(tmp_path: Path) -> None:
    """
    A planted name leads to its entry; one that nobody may be found for is told when somebody is.
    """
    lists = [a_list(LEADER, FIRM)]
    path = written(
        tmp_path, "name,entry,kind\nЛи Пён Чхоль,demo:1,person\nPapeterie Duval,,\nRi Pyong Chol,,person\n"
    )

    results = list(look_for(read_planted(path, lists), lists, as_of=DAY))

    assert [one.as_expected for one in results] == [True, True, False]
    assert results[2].shown == ("demo:1",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name\nA\n", 1, "no column entry"),
        ("name,entry,age\nA,,3\n", 1, "'age' says nothing"),
        ("name,entry\nA,demo:77\n", 2, "has an entry 'demo:77'"),
        ("name,entry\n ,demo:1\n", 2, "no name"),
        ("name,entry,kind\nA,,robot\n", 2, "no kind of supplier"),
        ("name,entry\nA\n", 2, "cells of the header"),
        ('name,entry\n"A,demo:1\n', 2, "broken"),
        ("name,entry\n", 1, "holds no name"),
    ],
)
def test_a_fault_in_planted_names_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    """
    A file of planted names that says something nobody can check is refused, not half used.
    """
    with pytest.raises(InputError, match=words) as caught:
        read_planted(written(tmp_path, text), [a_list(LEADER)])

    assert caught.value.location is not None
    assert caught.value.location.line == line


def test_the_verb_tells_the_shares_and_fails_below_what_is_asked_for(tmp_path: Path) -> None:
    """
    Without a share asked for the verb only tells; below it the exit code is 1 and the kind is named; all names are written.
    """
    out = tmp_path / "tried.csv"
    told = run("lists", "selftest", "embedded", "--entries", "12", "--as-of", "2026-06-30", "-o", out)
    failed = run("lists", "selftest", "--entries", "12", "--as-of", "2026-06-30", "--at-least", "katakana=1")
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))

    assert told.exit_code == 0
    assert "12 of 1,039 persons and firms drawn with seed 1" in told.output
    assert f"{len(rows):,} names screened" in told.output
    assert {"kind", "asked", "listed", "entry", "finding"} == set(rows[0])
    assert failed.exit_code == 1
    assert "below what was asked for: katakana" in failed.output


def test_the_verb_looks_for_planted_names(tmp_path: Path) -> None:
    """
    A planted name that is not as expected is told with what is shown, and the exit code is 1.
    """
    path = written(tmp_path, "name,entry,kind\n김정은,us-ofac-sdn:20157,person\nKim Jong Un,,person\n")
    told = run("lists", "selftest", "--planted", path, "--as-of", "2026-06-30")

    assert told.exit_code == 1
    assert "2 planted names screened, 1 as expected" in told.output
    assert "not as expected: Kim Jong Un: nobody may be shown" in " ".join(told.output.split())


@pytest.mark.parametrize("share", ["much", "1.5", "nan", "whims=0.5"])
def test_a_share_that_is_none_is_refused(share: str) -> None:
    """
    A share lies from 0 to 1, of a kind there is.
    """
    assert run("lists", "selftest", "--at-least", share).exit_code != 0
