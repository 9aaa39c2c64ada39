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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("suppliers.csv", "id,name,country\n1,Atelier Duval,FR\n"),
        ("suppliers.jsonl", '{"id": "1", "name": "Atelier Duval", "workforce": [{"nationality": "FR"}]}\n'),
    ],
    ids=["table", "nested records"],
)
def test_a_batch_against_an_old_list_is_refused_unless_a_warning_will_do(tmp_path, name, text):
    """
    A list older than the rulebook allows ends the run with its name, age and the cure; `--stale-lists warn` notes it instead.
    """
    published = tmp_path / "sdn.xml"
    published.write_text(
        "<sdnList><publshInformation><Publish_Date>05/07/2024</Publish_Date><Record_Count>1</Record_Count>"
        "</publshInformation><sdnEntry><uid>1</uid><lastName>NAMGANG</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>",
        "utf-8",
    )
    suppliers = tmp_path / name
    suppliers.write_text(text, "utf-8")
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


def rows_of(name: str, many: int) -> str:
    """Return a table of the US Denied Persons form with so many rows."""
    header = "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\tStandard_Order\t"
    rows = (f"{name} {number}\t\t\t\tUS\t\t01/01/2020\t\tY\t2026-01-01\t\t\n" for number in range(many))
    return f"{header}Last_Update\tAction\tFR_Citation\n" + "".join(rows)


def test_a_list_that_shrinks_is_not_replaced_unless_that_is_meant(tmp_path):
    """
    Beside the list in use a cut one shows: the import ends with both figures and leaves the file; `--replace` goes on.
    """
    whole, cut, out = tmp_path / "dpl.txt", tmp_path / "cut.txt", tmp_path / "lists.lsw"
    whole.write_text(rows_of("Party", 20), "utf-8")
    cut.write_text(rows_of("Party", 17), "utf-8")
    first = run("lists", "import", whole, "-o", out)
    before = out.read_bytes()
    again = run("lists", "import", whole, "-o", out)
    refused = run("lists", "import", cut, "-o", out)

    assert (first.exit_code, again.exit_code, refused.exit_code) == (0, 0, 2)
    assert "does not say where it ends" in " ".join(first.output.split())
    assert "us-bis-dpl would shrink from 20 to 17 entries" in " ".join(refused.output.split())
    assert out.read_bytes() == before
    assert run("lists", "import", cut, "-o", out, "--replace").exit_code == 0


def test_a_list_in_use_that_cannot_be_read_is_not_overwritten_in_silence(tmp_path):
    """
    Something else under the name of the compiled list stays where it is.
    """
    published, out = tmp_path / "dpl.txt", tmp_path / "notes.txt"
    published.write_text(rows_of("Party", 3), "utf-8")
    out.write_text("notes", "utf-8")
    refused = run("lists", "import", published, "-o", out)

    assert refused.exit_code == 2
    assert "cannot be compared" in " ".join(refused.output.split())
    assert out.read_text("utf-8") == "notes"


def test_a_list_without_a_date_is_given_one(tmp_path):
    """
    OFAC's CSV files bear no date, so a batch refuses them; `--date` tells it, and is refused where a file tells another.
    """
    table, out = tmp_path / "sdn.csv", tmp_path / "lists.lsw"
    table.write_text('36,"NAMGANG",-0- ,"DPRK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a', "utf-8")
    dated = run("lists", "import", table, "-o", out, "--date", "2026-06-01")
    other = tmp_path / "dpl.txt"
    other.write_text(rows_of("Party", 1), "utf-8")
    contradicted = run("lists", "import", other, "-o", tmp_path / "b.lsw", "--date", "2026-06-01")

    assert "us-ofac-sdn: 1 entry, 2026-06-01" in dated.output
    assert "2026-06-01" in run("lists", "info", out).output
    assert contradicted.exit_code == 2
    assert "bears the date 2026-01-01, not 2026-06-01" in " ".join(contradicted.output.split())
    assert run("lists", "import", table, "-o", out, "--date", "June").exit_code == 2


def test_a_list_says_what_it_holds():
    """
    `lists info` counts kinds, weak names, scripts, and who is related to the DPRK though under no such programme.
    """
    told = " ".join(run("lists", "info", "embedded").output.split())

    assert "249 organization, 225 person, 105 vessel, 16 aircraft" in told
    assert "111 of them under no DPRK programme" in told
    assert "76 Hang" in told


def test_changes_are_told_field_by_field_and_none_is_left_out_in_silence(tmp_path):
    """
    `lists diff` shows what an entry gained and lost, and how many more entries it does not show.
    """
    old, new = tmp_path / "old.lsw", tmp_path / "new.lsw"
    head = "<sdnList><publshInformation><Publish_Date>05/07/2024</Publish_Date></publshInformation>"
    entry = "<sdnEntry><uid>{}</uid><lastName>{}</lastName><sdnType>Entity</sdnType>{}</sdnEntry>"
    aka = "<akaList><aka><type>a.k.a.</type><category>strong</category><lastName>RAGWON</lastName></aka></akaList>"
    for out, alias, many in ((old, "", 1), (new, aka, 4)):
        rows = [
            entry.format(1, "NAMGANG", alias),
            *(entry.format(n, f"FIRM {n}", "") for n in range(2, many + 1)),
        ]
        published = tmp_path / f"{out.stem}.xml"
        published.write_text(f"{head}{''.join(rows)}</sdnList>", "utf-8")
        run("lists", "import", published, "-o", out)
    told = run("lists", "diff", old, new, "--limit", "2")

    assert "3 added, 0 removed, 1 changed, 0 unchanged" in told.output
    assert "and 1 more added" in told.output
    assert "+ names: RAGWON (aka, strong)" in told.output
