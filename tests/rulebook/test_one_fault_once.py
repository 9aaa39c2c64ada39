"""
A fault is told once, where it is, and not again wherever the faulty thing is used.
"""

from __future__ import annotations

from pathlib import Path

from tests.rulebook.packs import pack, rule, told


def _ids(folder: Path) -> list[str]:
    return sorted(problem.id for problem in told(folder) if problem.severity == "error")


def test_a_rule_that_cannot_be_read_may_still_be_referred_to(tmp_path: Path) -> None:
    """
    The broken rule is told; the combination that names it is not called wrong.
    """
    folder = pack(tmp_path, rule("{field: contry, is: KP}"), rule("{flagged: ACME-1}", id="ACME-2"))

    assert _ids(folder) == ["unknown-field"]


def test_a_rule_cut_out_by_a_fault_of_syntax_may_still_be_referred_to(tmp_path: Path) -> None:
    """
    What stands in lines that could not be read is not called missing; what stands nowhere is.
    """
    broken = rule("{field: country, is: KP}").replace("axis: concealment", "axis concealment")
    folder = pack(tmp_path, broken, rule("{any: [{flagged: ACME-1}, {flagged: ACME-9}]}", id="ACME-2"))

    assert _ids(folder) == ["unknown-rule", "yaml-syntax"]


def test_a_faulty_list_may_still_be_used(tmp_path: Path) -> None:
    """
    A list without its `match` is told once, not at every use.
    """
    more = "lists:\n  - {id: own, title: Own, terms: [NO]}\n"
    folder = pack(tmp_path, rule("{field: country, in_list: own}"), more=more)

    assert _ids(folder) == ["missing-key"]


def test_a_file_that_cannot_be_read_hides_what_it_may_define(tmp_path: Path) -> None:
    """
    While a file cannot be decoded, names that may stand in it are not called unknown.
    """
    folder = pack(tmp_path, rule("{field: country, in_list: own}"))
    (folder / "lists.yaml").write_bytes("lists: []  # äöü".encode("latin-1"))

    assert _ids(folder) == ["not-utf-8"]
