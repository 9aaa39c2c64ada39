"""
``laborscreen rules check`` for pipelines, with ``--fix``, and with ``--explain``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.rulebook.packs import pack, rule

FAULTY = "{field: country, is: Norway}"
ODD = '{field: "con%try,:\u001b[31m", is: KP}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    A rulebook of one rule with one fault, in the folder one stands in.
    """
    monkeypatch.chdir(tmp_path)
    pack(tmp_path / "own", rule(FAULTY))
    return Path("own")


def test_json_tells_every_fault_with_its_place(call: Call, folder: Path) -> None:
    """
    One JSON document on standard output; the exit code is the same as for people.
    """
    ended = call("rules", "check", folder, "--format", "json")
    told = json.loads(ended.out)

    assert ended.code == 2
    assert (told["errors"], told["warnings"]) == (1, 0)
    assert told["problems"] == [
        {
            "id": "unknown-value",
            "severity": "error",
            "path": "own/rules.yaml",
            "line": 9,
            "column": 32,
            "length": 6,
            "message": "`country` never holds `Norway`: it is kept as `NO`",
            "hint": "write `NO`",
            "replacement": "NO",
        }
    ]


def test_github_annotates_the_line(call: Call, folder: Path) -> None:
    """
    Each fault is one workflow command, and nothing that is written in a rule can end it or begin another.
    """
    (line,) = call("rules", "check", folder, "--format", "github").out.splitlines()
    pack(folder, rule(ODD))
    odd = call("rules", "check", folder, "--format", "github").out.splitlines()

    assert line == (
        "::error file=own/rules.yaml,line=9,col=32,endColumn=38,title=unknown-value"
        "::`country` never holds `Norway`: it is kept as `NO`%0Ahint: write `NO`"
    )
    assert all(re.fullmatch(r"::(error|warning) [^:]*::[^\x00-\x1f]*", one) for one in odd)
    assert any("con%25try" in one for one in odd)


def test_sarif_has_result_region_and_fix(call: Call, folder: Path) -> None:
    """
    SARIF 2.1.0 with the rule's meaning, the region in code points, and the cure as a fix.
    """
    ended = call("rules", "check", folder, "--format", "sarif")
    told = json.loads(ended.out)
    (run,) = told["runs"]
    (result,) = run["results"]
    (rule_,) = run["tool"]["driver"]["rules"]
    region = {"startLine": 9, "startColumn": 32, "endColumn": 38}

    assert (ended.code, told["version"], run["columnKind"]) == (2, "2.1.0", "unicodeCodePoints")
    assert (result["ruleId"], result["level"], rule_["id"]) == ("unknown-value", "error", "unknown-value")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "own/rules.yaml"},
        "region": region,
    }
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "NO"}}]


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_a_good_rulebook_is_told_to_machines_too(call: Call, folder: Path, form: str) -> None:
    """
    Without a fault the document is empty and the exit code 0.
    """
    pack(folder, rule("{field: country, is: KP}"))
    ended = call("rules", "check", folder, "--format", form)

    assert ended.code == 0
    assert "error" not in ended.out.replace('"errors": 0', "")


def test_an_unknown_format_is_refused(call: Call, folder: Path) -> None:
    """
    The message names the formats there are.
    """
    ended = call("rules", "check", folder, "--format", "xml")

    assert ended.code == 2
    assert "text, json, github, sarif" in ended.err


def test_fix_mends_and_says_what_it_mended(call: Call, folder: Path) -> None:
    """
    ``--fix`` writes the file, tells each change, and checks what is left.
    """
    ended = call("rules", "check", folder, "--fix")

    assert ended.code == 0
    assert "own/rules.yaml:9:32: mended[unknown-value]: `Norway` is now `NO`" in ended.err
    assert "1 fault mended in 1 file" in ended.err
    assert (folder / "rules.yaml").read_text(encoding="utf-8") == "rules:\n" + rule(
        "{field: country, is: NO}"
    )


def test_fix_leaves_the_shipped_rules_alone(call: Call) -> None:
    """
    The rules of the installed package are not edited in place.
    """
    ended = call("rules", "check", "--fix")

    assert ended.code == 2
    assert "name a folder of your own" in ended.err


def test_explain_tells_a_message_with_examples(call: Call) -> None:
    """
    ``--explain`` shows what a message means, how it comes about, and how it is written well.
    """
    ended = call("rules", "check", "--explain", "not-a-date")

    assert ended.code == 0
    assert "valid_from: 22.12.2019" in ended.out
    assert "valid_from: 2019-12-22" in ended.out


def test_an_unknown_message_is_refused_with_a_hint(call: Call) -> None:
    """
    A misspelt id ends with 2 and the nearest one.
    """
    ended = call("rules", "check", "--explain", "not-a-dat")

    assert ended.code == 2
    assert "not-a-date" in ended.err
