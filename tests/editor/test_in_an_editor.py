"""
The example rulebook in an editor: the YAML language server completes, explains and underlines with our schema.

``make editor`` installs the server with npm and runs this; without node or the server, these tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from laborscreen.rulebook import SCHEMA_FILE, schema_text
from tests.editor.language_server import LanguageServer

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(os.environ.get("LABORSCREEN_EDITOR", ROOT / ".venv" / "editor"))
PROGRAM = SERVER / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not PROGRAM.is_file(), reason="the language server is not installed; `make editor` does it"
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The example rulebook, with its schema written anew.
    """
    own = tmp_path_factory.mktemp("editor") / "rulebook"
    shutil.copytree(ROOT / "examples" / "rulebook", own)
    (own / SCHEMA_FILE).write_text(schema_text(own), encoding="utf-8")
    return own


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[LanguageServer]:
    """
    A language server with that folder open and the settings that lie in it.
    """
    written = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    settings: dict[str, Any] = {"schemaStore": {"enable": written.pop("yaml.schemaStore.enable")}}
    settings |= {name[5:]: value for name, value in written.items() if name.startswith("yaml.")}
    with LanguageServer(PROGRAM, folder, settings) as server:
        yield server


class Page:
    """A rule file as it stands in the editor, with a mark `|` where the cursor is."""

    def __init__(self, folder: Path, old: str, new: str) -> None:
        text = (folder / "rules.yaml").read_text(encoding="utf-8")
        assert text.count(old) >= 1
        text = text.replace(old, new, 1)
        at = text.index("|")
        self.text = text[:at] + text[at + 1 :]
        self.line = text.count("\n", 0, at)
        self.column = at - text.rfind("\n", 0, at) - 1


def labels(editor: LanguageServer, page: Page, name: str) -> list[str]:
    """
    Return what is offered where the cursor is.
    """
    uri = editor.open(name, page.text)
    return [one["label"] for one in editor.offered(uri, page.line, page.column)]


def test_nothing_is_underlined_in_what_is_in_order(editor: LanguageServer, folder: Path) -> None:
    """
    Both files of the example are without a squiggle.
    """
    for name in ("rules.yaml", "lists.yaml"):
        uri = editor.open(name, (folder / name).read_text(encoding="utf-8"))
        assert editor.underlined(uri) == []


def test_fields_are_offered(editor: LanguageServer, folder: Path) -> None:
    """
    After `field:` inside `some: workforce`, the fields of a group of workers are offered, and those of payments are not.
    """
    offered = labels(
        editor, Page(folder, "{field: hours_per_day, at_least: 14}", "{field: |}"), "fields.yaml"
    )

    assert {"hours_per_day", "rest_days_per_year", "country"} <= set(offered)
    assert not {"payee_country", "payments.amount"} & set(offered)


def test_lists_of_words_are_offered_after_mentions(editor: LanguageServer, folder: Path) -> None:
    """
    Own and inherited lists of words are offered, and lists of values, which do not fit, are not.
    """
    offered = labels(editor, Page(folder, "mentions: locked_gates", "mentions: |"), "lists_of_words.yaml")

    assert {"locked_gates", "dprk_workers"} <= set(offered)
    assert "far_east_regions" not in offered


def test_sources_and_words_are_offered(editor: LanguageServer, folder: Path) -> None:
    """
    So are the ids of sources, and the few words a key may have.
    """
    sources = labels(editor, Page(folder, "source: ilo-indicators", "source: |"), "sources_.yaml")
    axes = labels(editor, Page(folder, "axis: forced_labour", "axis: |"), "axes.yaml")

    assert {"ilo-indicators", "unscr-2397"} <= set(sources)
    assert axes == ["dprk_nexus", "forced_labour", "concealment"]


def test_tests_that_fit_are_offered(editor: LanguageServer, folder: Path) -> None:
    """
    Keys of a line are completed as they are typed.
    """
    offered = labels(
        editor,
        Page(folder, "{field: hours_per_day, at_least: 14}", "{field: hours_per_day, at_|}"),
        "tests.yaml",
    )

    assert {"at_least", "at_most", "is_known"} <= set(offered)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hours_per_day, at", "hours_per_|day, at", "Hours worked on a usual day."),
        ("mentions: locked_gates", "mentions: locked_|gates", "Locked in at night"),
        ("source: ilo-indicators", "source: ilo-|indicators", "ILO Indicators of Forced Labour"),
    ],
)
def test_hovering_tells_what_a_word_means(
    editor: LanguageServer, folder: Path, old: str, new: str, told: str
) -> None:
    """
    The word under the mouse comes first, with its meaning.
    """
    page = Page(folder, old, new)
    text = editor.told(editor.open(f"hover_{new[:4]}.yaml", page.text), page.line, page.column)
    word = new.replace("|", "").split(": ")[-1].split(",")[0]
    first = text.partition("Allowed Values:")[2].strip().splitlines()[0]

    assert word in first
    assert told in first


def test_hovering_over_a_key_tells_what_it_is_for(editor: LanguageServer, folder: Path) -> None:
    """
    Keys have their meaning too.
    """
    page = Page(folder, "at_least: 14", "at_|least: 14")

    assert "this number or more" in editor.told(editor.open("key.yaml", page.text), page.line, page.column)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("field: hours_per_day, at", "field: |hours_per_dya, at"),
        ("at_least: 14", "at_least: |140"),
        ("at_least: 14", "|mentions: locked_gates"),
        ("mentions: locked_gates", "mentions: |far_east_regions"),
        ("axis: forced_labour", "axis: |forced_labor"),
        ("    strength: strong", "    |strenght: strong"),
    ],
)
def test_a_mistake_is_underlined_where_it_stands(
    editor: LanguageServer, folder: Path, old: str, new: str
) -> None:
    """
    The squiggle begins at the mistake, on its line and in its column.
    """
    page = Page(folder, old, new)
    found = editor.underlined(editor.open(f"mistake_{new.encode().hex()[:40]}.yaml", page.text))
    places = [(one["range"]["start"]["line"], one["range"]["start"]["character"]) for one in found]

    assert (page.line, page.column) in places
