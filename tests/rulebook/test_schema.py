"""
The JSON Schema for editors: it accepts what is in order, refuses what it can see, and knows what is really there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from laborscreen.record import catalogue
from laborscreen.rulebook import check_rulebook, load_rulebook, schema_of, schema_text, shipped_folder
from laborscreen.rulebook.schema import MODELINE
from tests.cli.conftest import call  # noqa: F401 -- a fixture
from tests.rulebook.packs import DAY, pack, rule

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "examples" / "rulebook"
BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
SHIPPED = sorted(shipped_folder().glob("*.yaml"))

BLIND = {
    "anchor",
    "at_least_of_too_few",
    "attribute_of_a_field",
    "attribute_without_basis",
    "compared_with_another_kind",
    "compared_with_itself",
    "duplicate_id",
    "exponent",
    "field_not_read",
    "index_in_sentence",
    "leading_zero",
    "list_defined_twice",
    "list_file_missing",
    "list_file_outside",
    "list_with_short_stem",
    "lone_brace",
    "merge_key",
    "no_unknown_test",
    "stable_on_unchecked_source",
    "thirtieth_of_february",
    "thousands_separator",
    "valid_to_before_from",
}
"""Broken files whose faults no schema of one file can see: they need another entry, the meaning of a word, or logic."""


class _AsWritten(SafeConstructor):
    """Values as YAML 1.2 has them, which editors read; days stay text."""


_AsWritten.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def read(text: str) -> Any:
    """Return a YAML text as an editor's language server reads it."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _AsWritten
    return json.loads(json.dumps(yaml.load(text), default=str))


@pytest.fixture(scope="module")
def shipped() -> jsonschema.Draft7Validator:
    """A validator of the shipped rulebook's schema."""
    return jsonschema.Draft7Validator(schema_of())


def test_it_is_a_schema_of_draft_7() -> None:
    """
    The schema is itself in order.
    """
    jsonschema.Draft7Validator.check_schema(schema_of())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_is_accepted(path: Path, shipped: jsonschema.Draft7Validator) -> None:
    """
    An editor underlines nothing in the shipped rules.
    """
    assert list(shipped.iter_errors(read(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", sorted(OWN.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_example_rulebook_is_accepted_by_its_own_schema(path: Path) -> None:
    """
    The schema that lies beside the example knows the lists and rules of the example.
    """
    schema = json.loads((OWN / "laborscreen.schema.json").read_text(encoding="utf-8"))

    assert list(jsonschema.Draft7Validator(schema).iter_errors(read(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_files_are_refused_where_a_schema_can_see_it(path: Path) -> None:
    """
    A file with an error is underlined in the editor, unless its fault cannot be seen in one file.
    """
    if all(problem.severity == "warning" for problem in check_rulebook(path, today=DAY)):
        pytest.skip("a habit, which a schema does not judge")
    try:
        document = read(path.read_text(encoding="utf-8"))
    except YAMLError:
        return  # the editor's YAML reader underlines it by itself

    refused = any(jsonschema.Draft7Validator(schema_of(path)).iter_errors(document))

    assert refused is (path.stem not in BLIND)


@pytest.mark.parametrize("folder", [shipped_folder(), OWN], ids=["shipped", "example"])
def test_every_rule_file_names_its_schema(folder: Path) -> None:
    """
    The first line of each file leads the editor to the schema beside it.
    """
    files = sorted(folder.rglob("*.yaml"))

    assert files
    assert all(path.read_text(encoding="utf-8").startswith(MODELINE + "\n") for path in files)


@pytest.mark.parametrize("folder", [shipped_folder(), OWN], ids=["shipped", "example"])
def test_the_schema_beside_the_rules_is_up_to_date(folder: Path) -> None:
    """
    ``make docs`` writes it anew.
    """
    assert (folder / "laborscreen.schema.json").read_text(encoding="utf-8") == schema_text(folder)


def test_its_words_are_those_of_the_rulebook(tmp_path: Path) -> None:
    """
    Fields, lists, sources and rules are the real ones, own and inherited, each with its meaning.
    """
    words = "lists:\n  - {id: own_words, title: Our words, match: whole_word, terms: [night shift]}\n"
    folder = pack(tmp_path, rule("{field: activities, mentions: own_words}"), more=words)
    schema = schema_of(folder)
    definitions = schema["definitions"]
    reference = schema["properties"]["rules"]["items"]["properties"]["references"]["items"]
    listed = definitions["list_of_words"]

    assert definitions["field"]["enum"] == list(catalogue().fields)
    assert {"own_words", "dprk_workers"} <= set(listed["enum"])
    assert listed["enumDescriptions"][listed["enum"].index("own_words")] == "Our words"
    assert definitions["condition"]["properties"]["flagged"]["enum"] == ["ACME-1"]
    assert set(reference["properties"]["source"]["enum"]) == set(load_rulebook().sources)


def test_a_rulebook_with_faults_has_a_schema(tmp_path: Path) -> None:
    """
    The editor is needed most while something is wrong; a rule that cannot be read is still a name.
    """
    folder = pack(tmp_path, rule("{field: countri, is: KP}"))

    assert schema_of(folder)["definitions"]["condition"]["properties"]["flagged"]["enum"] == ["ACME-1"]


def test_the_schema_is_written_from_the_command_line(call, tmp_path: Path) -> None:  # noqa: F811
    """
    ``rules schema`` prints it, or writes it with ``-o``.
    """
    out = tmp_path / "laborscreen.schema.json"

    assert json.loads(call("rules", "schema", OWN).out) == schema_of(OWN)
    assert call("rules", "schema", OWN, "-o", out).code == 0
    assert out.read_text(encoding="utf-8") == schema_text(OWN)


def test_the_settings_of_the_example_name_the_schema() -> None:
    """
    VS Code finds the schema for files without a first line too.
    """
    settings = json.loads((OWN / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    assert list(settings["yaml.schemas"]) == ["./laborscreen.schema.json"]
