"""
Laws of the reader: no text, however odd, makes it fail otherwise than with problems.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.rulebook.assembly import assemble
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.folder import RulebookFolder
from laborscreen.rulebook.nodes import SourceFile
from laborscreen.rulebook.parts import Parts
from laborscreen.rulebook.render import Renderer
from laborscreen.rulebook.yaml_reading import read_yaml
from tests.rulebook.packs import pack, rule

_FILE = SourceFile("text.yaml", ".")
_BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
_WORDS = st.sampled_from(
    [
        *(
            "rules",
            "id",
            "when",
            "all",
            "any",
            "not",
            "some",
            "where",
            "field",
            "is",
            "at_least",
            "workforce",
            "country",
        ),
        *(
            "KP",
            "A-1",
            "16",
            "~",
            "-",
            ":",
            "{",
            "}",
            "[",
            "]",
            ",",
            '"',
            "'",
            "|",
            ">",
            "&a",
            "*a",
            "!!x",
            "<<",
            "#",
            "?",
        ),
        *(
            "%",
            "@",
            "\n",
            "\n  ",
            "\n    ",
            "\n- ",
            "\n  - ",
            "\t",
            " ",
            ": ",
            "\u00a0",
            "é",
            "북",
            "\u2028",
            "\x85",
            "---",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(_WORDS, max_size=60).map("".join), st.text(max_size=200)))
def test_any_text_is_read_or_told(text: str) -> None:
    """
    Reading ends, and every place told lies in the text.
    """
    faults = Faults()

    read_yaml(_FILE, text, faults)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(0 < problem.location.line <= lines + 1 for problem in faults.problems())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_rule_files_are_told_and_never_crash(data: st.DataObject, tmp_path: Path) -> None:
    """
    A rule file with pieces cut out, doubled or exchanged gives problems or a rulebook, never another exception.
    """
    text = data.draw(st.sampled_from(_BROKEN)).read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        stop = min(len(text), start + data.draw(st.integers(0, 30)))
        piece = data.draw(
            st.sampled_from(["", text[start:stop] * 2, "\t", ": ", "- ", "\n", "{", "]", "~", '"'])
        )
        text = text[:start] + piece + text[stop:]
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    faults = Faults()

    parts = assemble(RulebookFolder(tmp_path, faults), None, faults)

    renderer = Renderer()
    assert all(renderer.render(problem) for problem in faults.problems())
    assert parts.digest


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_and_entries_does_not_matter(seed: int, tmp_path: Path) -> None:
    """
    The same rules, split over files in another order, with other comments, have the same digest.
    """
    rules = [rule("{field: country, is: KP}", id=f"ACME-{number}") for number in range(6)]
    one = _assembled(pack(tmp_path / "one", *rules))
    random.Random(seed).shuffle(rules)
    pack(tmp_path / "two", *rules[:3], name="a.yaml")
    pack(tmp_path / "two", *rules[3:], more="# a remark\n", name="b.yml")
    two = _assembled(tmp_path / "two")

    assert one.digest == two.digest
    assert [made.id for made in one.rules] == [made.id for made in two.rules]


def _assembled(folder: Path) -> Parts:
    faults = Faults()
    return assemble(RulebookFolder(folder, faults), None, faults)
