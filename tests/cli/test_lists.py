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


def test_no_list_is_compared_with_where_none_is_asked_for(tmp_path):
    """
    `--watchlist none` switches the embedded list off, says so in every result, and goes with no other list.
    """
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("id,name,country\n1,Korea Namgang Trading Corporation,RU\n", "utf-8")
    out = tmp_path / "out.jsonl"
    without = run("screen", suppliers, "--watchlist", "none", "-o", out, "--as-of", "2026-06-30")
    (told,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    both = run("screen", suppliers, "--watchlist", "none", "--watchlist", "embedded")

    assert without.exit_code == 0
    assert told["outcome"] != "review"
    assert told["provenance"]["lists"] == []
    assert "names were not compared" in told["provenance"]["lists_note"]
    assert both.exit_code == 2
    assert "ask for one or the other" in both.output


def test_a_batch_against_an_old_list_is_refused_unless_a_warning_will_do(tmp_path):
    """
    A list older than the rulebook allows ends the run with its name, age and the cure; `--stale-lists warn` notes it instead.
    """
    published = tmp_path / "sdn.xml"
    published.write_text(
        "<sdnList><publshInformation><Publish_Date>05/07/2024</Publish_Date><Record_Count>1</Record_Count>"
        "</publshInformation><sdnEntry><uid>1</uid><lastName>NAMGANG</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>",
        "utf-8",
    )
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text("id,name,country\n1,Atelier Duval,FR\n", "utf-8")
    out = tmp_path / "out.jsonl"
    asked = ("screen", suppliers, "--watchlist", published, "-o", out)
    refused = run(*asked, "--as-of", "2024-06-30")
    warned = run(*asked, "--as-of", "2024-06-30", "--stale-lists", "warn")
    fresh = run(*asked, "--as-of", "2024-06-01")

    assert refused.exit_code == 2
    assert "us-ofac-sdn of 2024-05-07 is 54 days old" in " ".join(refused.output.split())
    assert "--stale-lists warn" in refused.output
    assert (warned.exit_code, fresh.exit_code) == (0, 0)
    assert "54 days old" in " ".join(warned.output.split())
    assert "days old" not in fresh.output
