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


def test_a_test_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    """
    An expectation with a typing error is told; that no other test expects the same is not.
    """
    folder = pack(tmp_path, rule("{field: country, is: KP}").replace("expect: match", "expect: mach"))

    assert _ids(folder) == ["unknown-word"]


def test_a_fault_of_the_condition_hides_no_other_fault_of_the_rule(tmp_path: Path) -> None:
    """
    A misspelled field stops neither the check of the sentence, nor of sources, tests and ids used twice.
    """
    broken = (
        rule("{field: contry, is: KP}")
        .replace("Something is on record", '"{nobody} is in {country}"')
        .replace("source: ilo-indicators", "source: ilo-indications")
        .replace("expect: unknown", "expect: no_match")
    )
    folder = pack(tmp_path, broken, rule("{field: country, is: KP}"))

    assert _ids(folder) == [
        "duplicate-id",
        "missing-test",
        "unknown-field",
        "unknown-field",
        "unknown-source",
    ]
