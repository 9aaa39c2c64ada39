"""`laborscreen lists`, and a run that compares names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laborscreen.cli.app import app

FIXTURES = Path(__file__).parents[1] / "watchlists" / "fixtures"


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_embedded_snapshot_says_what_it_is_and_how_old():
    """Nobody takes the snapshot for a current list."""
    told = run("lists", "info", "embedded")

    assert told.exit_code == 0
    assert "embedded snapshot" in told.output
    assert "us-ofac-sdn of 2024-05-07" in " ".join(told.output.split())


@pytest.mark.parametrize("name", ["Ким Чен Ын", "김정은", "Kim Jong Un"])
def test_a_name_is_found_in_any_script_as_a_possible_match(name):
    """A hit is worded as a possible match and no more."""
    told = run("lists", "search", "embedded", name, "--kind", "person")

    assert told.exit_code == 0
    assert "us-ofac-sdn:20157" in told.output
    assert "possible match" in told.output


def test_a_search_without_a_hit_ends_well_and_says_so():
    """No hit is an answer, not a fault."""
    told = run("lists", "search", "embedded", "Papeterie Duval")

    assert told.exit_code == 0
    assert "nobody on the list" in told.output


def test_a_list_is_imported_compared_with_and_told_apart_from_itself(tmp_path):
    """The snapshot saved anew is the same list, and a record with a listed name is for review."""
    from laborscreen.watchlists import Watchlist

    compiled = tmp_path / "lists.lsw"
    Watchlist.embedded().save(compiled)
    same = run("lists", "diff", "embedded", compiled)
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text(
        "id,name,country\n1,Korea Namgang Trading Corporation,RU\n2,Trading Ltd,FR\n", "utf-8"
    )
    out = tmp_path / "out.jsonl"
    screened = run("screen", suppliers, "--watchlist", "embedded", "-o", out, "--as-of", "2026-06-30")
    outcomes = [json.loads(line)["outcome"] for line in out.read_text("utf-8").splitlines()]

    assert same.exit_code == 0
    assert "nothing changed" in same.output
    assert screened.exit_code == 0
    assert outcomes == ["review", "routine"]


def test_a_file_that_is_no_list_is_refused(tmp_path):
    """Something else under the name of a list ends with exit code 2 and a message, before anything is written."""
    wrong = tmp_path / "notes.xml"
    wrong.write_text("<notes/>", "utf-8")
    told = run("lists", "import", wrong, "-o", tmp_path / "lists.lsw")

    assert told.exit_code != 0
    assert not (tmp_path / "lists.lsw").exists()
