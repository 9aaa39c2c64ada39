"""
Rulebooks made to do harm are refused quickly, with a message and never with a traceback.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from laborscreen.rulebook import check_rulebook
from laborscreen.rulebook.limits import MAX_FILE_BYTES, MAX_PROBLEMS, MAX_TERMS
from tests.rulebook.packs import told

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(15)
)
_TEST = "rules:\n- {{id: A-1, when: {{field: country, is: KP}}, because: '{sentence}'}}"
_LIST = "lists:\n  - {{id: a_list, title: A list, match: exact, file: {file}}}\n"

HOSTILE = {
    "anchor bomb": (_BOMB, {"yaml-anchor", "yaml-alias"}),
    "merge key": ("rules: [{<<: {id: A-1}}]", {"yaml-merge"}),
    "python tag": ("rules: !!python/object/apply:os.system ['echo']", {"yaml-tag"}),
    "python tag on a value": ("rules: [{id: !!python/name:os.system ''}]", {"yaml-tag"}),
    "binary tag": ("rules: [{id: !!binary aGVsbG8=}]", {"yaml-tag"}),
    "ten thousand open brackets": ("rules: " + "[" * 10_000, {"too-deep"}),
    "ten thousand brackets": ("rules: " + "[" * 10_000 + "]" * 10_000, {"too-deep"}),
    "ten thousand braces": ("rules: " + "{a: " * 10_000, {"too-deep"}),
    "ten thousand dashes": ("rules:\n" + "- " * 10_000 + "x", {"too-deep"}),
    "ten thousand question marks": ("rules:\n" + "? " * 10_000, {"too-deep"}),
    "a staircase": ("\n".join(" " * i + "a:" for i in range(1_000)), {"too-deep"}),
    "a large file": ("rules: []\n#" + "x" * MAX_FILE_BYTES, {"too-large"}),
    "a long field name": ("rules:\n- {id: A-1, when: {field: " + "k" * 900_000 + ", is: 1}}", {"unknown-field"}),
    "a long sentence of braces": (_TEST.format(sentence="{a.b!r}" * 50_000), {"long-sentence"}),
    "many faults of syntax": ("rules:\n" + "- a: b: c\n" * 50_000, {"yaml-syntax"}),
    "many open quotations": ("rules:\n" + '- "a\n' * 100_000, {"yaml-syntax"}),
    "many misspelt fields": (
        "rules:\n" + "\n".join(f"- {{id: A-{i}, when: {{field: workforcee.hourz{i}, at_leest: 1}}}}" for i in range(9_000)),
        {"unknown-field", "unknown-operator", "too-many-problems"},
    ),
    "twenty thousand rules": ("rules:\n" + "\n".join(f"- {{id: A-{i}}}" for i in range(20_000)), {"too-many-rules"}),
    "control characters": ("rules:\n  - id: A\x00\x1b[31m-1\n", {"control-character"}),
    "keys that are lists": ("? [a, b]\n: c\n? {x: y}\n: d\n", {"odd-key"}),
    "absolute list file": (_LIST.format(file="/etc/passwd"), {"outside-folder"}),
    "list file above": (_LIST.format(file="../secret.csv"), {"outside-folder"}),
    "list file far above": (_LIST.format(file="lists/../../../../../../etc/passwd"), {"outside-folder"}),
    "list file by URL": (_LIST.format(file="'file:///etc/passwd'"), {"outside-folder"}),
    "list file on a share": (_LIST.format(file="'\\\\host\\share'"), {"outside-folder"}),
    "list file with a long name": (_LIST.format(file="x" * 5_000), {"no-such-file"}),
    "list file that is a folder": (_LIST.format(file="."), {"no-such-file"}),
    "attribute in the sentence": (_TEST.format(sentence="{country.__class__.__mro__}"), {"odd-template"}),
    "index in the sentence": (_TEST.format(sentence="{country[0]} {0} {}"), {"odd-template"}),
    "format in the sentence": (_TEST.format(sentence="{country:>999999999}"), {"odd-template"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_quickly(name: str, tmp_path: Path) -> None:
    """
    The faults are told within two seconds, an error among them, and their number is bounded.
    """
    text, expected = HOSTILE[name]
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    check_rulebook()  # the shipped rulebook is read once a process, and its time is not this pack's

    began = time.process_time()
    problems = told(tmp_path)
    took = time.process_time() - began

    assert expected <= {problem.id for problem in problems}
    assert any(problem.severity == "error" for problem in problems)
    assert len(problems) <= 2 * MAX_PROBLEMS + 1
    assert max(len(str(problem)) for problem in problems) < 2_000
    assert took < 2


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """
    Linked rule files, list files and folders outside the rulebook are not read; a link within it is.
    """
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "words.csv").write_text("term\nsecret-word\n", encoding="utf-8")
    (secret / "more.yaml").write_text("rules: []\n", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "rules.yaml").write_text(_LIST.format(file="words.csv"), encoding="utf-8")
    (own / "words.csv").symlink_to(secret / "words.csv")
    (own / "linked.yaml").symlink_to(secret / "more.yaml")
    (own / "folder").symlink_to(secret)

    problems = told(own)

    assert sum(problem.id == "outside-folder" for problem in problems) == 3
    assert "secret-word" not in str(problems)


def test_a_file_linked_to_itself_is_told(tmp_path: Path) -> None:
    """
    A circle of links ends with a message.
    """
    (tmp_path / "rules.yaml").symlink_to(tmp_path / "rules.yaml")

    assert {problem.id for problem in told(tmp_path)} >= {"unreadable-file"}


@pytest.mark.parametrize("content", [b"\xff\xfer\x00u\x00", b"rules: [\xe9]", bytes(range(128, 256)) * 100])
def test_other_encodings_are_refused_with_the_line(content: bytes, tmp_path: Path) -> None:
    """
    A file that is not UTF-8 is not guessed at.
    """
    (tmp_path / "rules.yaml").write_bytes(b"# one\n# two\n" + content)

    (problem, *_) = told(tmp_path)

    assert (problem.id, problem.location.line) == ("not-utf-8", 3)


def test_a_list_too_long_is_refused(tmp_path: Path) -> None:
    """
    The limit of terms is stated in the message.
    """
    (tmp_path / "rules.yaml").write_text(_LIST.format(file="words.csv"), encoding="utf-8")
    (tmp_path / "words.csv").write_text(
        "term\n" + "\n".join(map(str, range(MAX_TERMS + 1))), encoding="utf-8"
    )

    problem = next(problem for problem in told(tmp_path) if problem.id == "too-many-terms")

    assert f"{MAX_TERMS:,}" in problem.message
