"""
Proposed profiles, and what a profile makes of a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laborscreen.cli.app import app
from laborscreen.errors import UsageError
from laborscreen.formats import open_source, parse_profile
from laborscreen.formats.checking import check
from laborscreen.formats.recognisers import recognise
from laborscreen.formats.sampling import sample
from laborscreen.formats.suggestion import Suggestion, suggest
from laborscreen.values import DEFAULT
from tests.formats.test_shipped_profiles import LFA1

Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]


def paths(found: Suggestion) -> dict[str, str]:
    """Return the field proposed for each header."""
    return {one.header: one.path for one in found.columns}


@pytest.mark.parametrize(
    ("cells", "path"),
    [
        (["7707083893", "7728168971"], "identifiers.RU-INN"),
        (["7707083894", "7728168972"], None),  # check digits do not agree
        (["001GPB6A9XPE8XJICC14", "00EHHQ2ZHDCFXJCPCL46"], "identifiers.LEI"),
        (["a@example.org", "b.c@example.com"], ""),
        (["+49 30 1234567", "(495) 123-45-67"], ""),
        (["https://example.org", "www.example.com"], ""),
        (["6203.42", "6110.20.10"], "goods.hs_code"),
        (["2019-12-22", "31.01.2020"], ""),
        (["Russia", "КНДР", "中国"], "country"),
        (["Müller GmbH", "ООО Восток"], "name"),
        (["Kim Chol", "Pak Yong"], None),
        (["1", "2"], None),
        (["49.0509", "55.7978"], ""),
        ([], None),
    ],
)
def test_what_cells_say_of_themselves(cells: list[str], path: str | None) -> None:
    """Check digits, forms and names of States are recognised; names of people tell nothing."""
    found = recognise(cells)
    assert (found.path if found else None) == path


def test_cells_never_say_a_nationality(write: Write) -> None:
    """Countries without a telling header are at most the seat; citizenship is proposed for its own headers alone."""
    rows = "".join(
        f"{n};Firm {n} GmbH;{land};{land};{land}\n" for n, land in enumerate(["KP", "RU", "CN"] * 5)
    )
    found = suggest(sample(write("a.csv", "id;name;x1;x2;crew nationality\n" + rows)))
    assert paths(found) == {
        "id": "id", "name": "name", "x1": "country", "x2": "", "crew nationality": "workforce.nationality",
    }  # fmt: skip
    assert [one.confidence for one in found.columns] == ["sure", "sure", "possible", "none", "sure"]


def test_an_extract_of_a_known_system_is_recognised(write: Write) -> None:
    """A file with SAP's own headers gets a profile that builds on the shipped one."""
    found = suggest(sample(write("lfa1.txt", LFA1)))
    assert found.inherits == "sap-lfa1"
    assert paths(found)["NAME2"] == "name"
    assert paths(found)["ZZFLAG"] == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lfa1.txt", LFA1),
        (
            "odd.csv",
            "Kunde;Suplier Name;Tel;Founded\n1;Müller GmbH;+49 30 123456;25.03.2004\n2;ООО Восток;+7 495 123456;01.02.2010\n",
        ),
        ("hostile.csv", 'id,name,"a ""b"": [c]\n# d",\tx\u202ey\n1,Firm,"x\u001b[31m\n- y",z\n'),
        (
            "a.jsonl",
            '{"Vendor No": 1, "Company": "A Ltd", "Land": "DE"}\n{"Vendor No": 2, "Company": "B SA", "Land": "FR"}\n',
        ),
    ],
)
def test_a_proposal_is_a_profile(write: Write, name: str, text: str) -> None:
    """What is proposed is read as it stands, and the file with it; no control character of a cell gets into it."""
    path = write(name, text)
    made = suggest(sample(path)).yaml("ours", name)
    profile = parse_profile(made, "ours.yaml")
    assert sum(batch.rows_read for batch in open_source(path, profile=profile).batches()) >= 1
    assert all(sign == "\n" or sign.isprintable() for sign in made)


def test_the_order_of_dates_is_told_where_one_shows_it(write: Write) -> None:
    """A day above 12 tells the order; without one, or with both, nothing is said."""
    for days, order in (("25.03.2004", "dmy"), ("03/25/2004", "mdy"), ("03.04.2004", ""), ("2004-03-25", "")):
        found = suggest(sample(write("a.csv", f"id,name,founded\n1,A,{days}\n")))
        assert found.date_order == order


def test_standards_need_no_profile(write: Write) -> None:
    """For a file that names its own fields nothing is proposed."""
    with pytest.raises(UsageError, match="no profile is needed"):
        sample(write("a.json", '{"ocid": "x", "parties": []}'))


def test_check_tells_what_became_of_each_column(write: Write) -> None:
    """Shares read, unknown and missing; words not understood; columns nobody mapped; rows rejected."""
    text = "id,name,country,workforce.headcount,shoe\n1,A,Россия,12,44\n2,B,Atlantis,n/a,\n3,C,Atlantis,,\n,D,RU,1,\n"
    found = check(open_source(write("a.csv", text)), DEFAULT)
    country, headcount = found.columns["country"], found.columns["workforce.headcount"]
    assert (found.rows, found.rejected, found.unmapped) == (4, 1, ("shoe",))
    assert (country.read, country.unknown, country.missing) == (1, 2, 0)
    assert (country.samples, country.words) == ({"Россия": "RU"}, (("Atlantis", 2),))
    assert (headcount.read, headcount.unknown, headcount.missing) == (1, 0, 2)
    assert headcount.headers == ("workforce.headcount",)


def test_check_reads_nested_formats_too(write: Write) -> None:
    """Of records that come nested, each field is counted where it is told."""
    release = {"ocid": "x", "parties": [{"id": str(n), "name": "A", "address": {"countryName": land}}
                                        for n, land in enumerate(["France", "Atlantis"])]}  # fmt: skip
    found = check(open_source(write("a.json", json.dumps(release))), DEFAULT)
    country = found.columns["country"]
    assert (country.read, country.unknown, country.missing) == (1, 1, 0)
    assert (country.samples, country.words) == ({"France": "FR"}, (("Atlantis", 1),))


def test_the_verbs(tmp_path: Path) -> None:
    """Propose a profile for the example file, write it, check the file with it: every column has its place."""
    runner, vendors, profile = (
        CliRunner(),
        str(ROOT / "examples" / "vendor_master.csv"),
        tmp_path / "ours.yaml",
    )
    written = runner.invoke(app, ["map", "suggest", vendors, "-o", str(profile)])
    assert written.exit_code == 0, written.output
    shown = runner.invoke(app, ["map", "check", vendors, "--map", str(profile), "--json"])
    found = json.loads(shown.stdout)
    assert (found["rows"], found["rejected"], found["unmapped"]) == (205, 0, [])
    seen = runner.invoke(app, ["map", "check", vendors])
    assert "workforce.nationality" in seen.stdout
    assert "Not understood" in seen.stdout
