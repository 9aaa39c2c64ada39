"""
From folder to rulebook: what is loaded, inherited, left out and remembered.
"""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from laborscreen.conditions import AtLeast, Flagged
from laborscreen.errors import RulebookError, UsageError
from laborscreen.rulebook import NEVER, check_rulebook, load_rulebook, shipped_folder
from laborscreen.rulebook.policy import BANDS, STRENGTHS
from tests.rulebook.packs import pack, rule, told

KP = "{field: country, is: KP}"


def test_the_shipped_rulebook_loads_without_a_fault_or_a_warning() -> None:
    """
    The rulebook in the package is sound, and every part of it is there.
    """
    rulebook = load_rulebook()

    assert len(rulebook.rules) >= 100
    assert rulebook.active
    assert rulebook.lists
    assert rulebook.guards
    assert rulebook.sources
    assert tuple(rulebook.policy.points) == STRENGTHS
    assert tuple(rulebook.policy.bands) == BANDS
    assert rulebook.rates.usd_per_unit["USD"] == 1
    assert check_rulebook(today=date(2026, 11, 28)) == ()


def test_the_shipped_rulebook_is_read_once() -> None:
    """
    Two loads share what was read, and have the same digest; the folder named is the same rulebook.
    """
    assert load_rulebook().rules is load_rulebook().rules
    assert load_rulebook().digest == load_rulebook(shipped_folder()).digest


def test_a_folder_of_rules_stands_on_the_shipped_rest(tmp_path: Path) -> None:
    """
    Lists, sources, policy and rates are the shipped ones; the rules are its own alone.
    """
    own, shipped = load_rulebook(pack(tmp_path, rule(KP))), load_rulebook()

    assert [made.id for made in own.rules] == ["ACME-1"]
    assert own.lists == shipped.lists
    assert own.policy == shipped.policy
    assert own.rates == shipped.rates
    assert own.digest != shipped.digest


def test_shipped_guards_stay_for_what_they_suppress(tmp_path: Path) -> None:
    """
    A guard follows into another rulebook only for the rules that are there too.
    """
    assert load_rulebook(pack(tmp_path / "own", rule(KP))).guards == ()
    kept = load_rulebook(pack(tmp_path / "same", rule(KP, id="LS-NAT-002"))).guards
    assert kept
    assert all(guard.suppresses == ("LS-NAT-002",) for guard in kept)


def test_own_lists_are_added_and_take_the_place_of_shipped_ones(tmp_path: Path) -> None:
    """
    A list of the same id is one's own; the others remain.
    """
    more = "lists:\n  - {id: host_countries, title: Mine, match: exact, terms: [NO]}\n"
    rulebook = load_rulebook(pack(tmp_path, rule("{field: country, in_list: host_countries}"), more=more))

    assert rulebook.lists["host_countries"].texts == ("NO",)
    assert "extreme_hours" in rulebook.lists


def test_a_policy_of_ones_own_may_change_one_figure(tmp_path: Path) -> None:
    """
    The keys that are not written are those of the shipped policy.
    """
    policy = load_rulebook(pack(tmp_path, rule(KP), more="scoring:\n  group_cap: 50\n")).policy

    assert policy.group_cap == 50
    assert policy.points == load_rulebook().policy.points


def test_one_file_is_a_rulebook_too(tmp_path: Path) -> None:
    """
    A file may be named in place of a folder; its neighbours are not read.
    """
    pack(tmp_path, rule(KP))
    pack(tmp_path, rule(KP, id="ACME-2"), name="other.yaml")

    assert [made.id for made in load_rulebook(tmp_path / "other.yaml").rules] == ["ACME-2"]


def test_files_in_folders_below_are_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    """
    All ``*.yaml`` and ``*.yml`` below the folder count, except in folders that editors keep.
    """
    pack(tmp_path, rule(KP))
    pack(tmp_path / "deep" / "er", rule(KP, id="ACME-2"), name="more.yml")
    pack(tmp_path / ".git", "nonsense\n")

    assert [made.id for made in load_rulebook(tmp_path).rules] == ["ACME-1", "ACME-2"]


@pytest.mark.parametrize(
    ("include", "scoring"),
    [
        (("stable",), ["ACME-1"]),
        (("stable", "test"), ["ACME-1", "ACME-2"]),
        (("draft",), ["ACME-3"]),
        ((), []),
    ],
)
def test_only_included_statuses_score(include: tuple[str, ...], scoring: list[str], tmp_path: Path) -> None:
    """
    Drafts and tests are read, shown and checked, and do not score unless asked for.
    """
    statuses = {"ACME-1": "stable", "ACME-2": "test", "ACME-3": "draft"}
    folder = pack(tmp_path, *(rule(KP, id=name, status=status) for name, status in statuses.items()))

    rulebook = load_rulebook(folder, include=include)

    assert [made.id for made in rulebook.active] == scoring
    assert len(rulebook.rules) == 3


def test_a_reference_to_a_rule_that_does_not_score_is_never_met(tmp_path: Path) -> None:
    """
    A combination of a stable and a draft rule stays a combination, of which the draft's part never holds.
    """
    folder = pack(
        tmp_path,
        rule(KP),
        rule(KP, id="ACME-2", status="draft"),
        rule("{any: [{flagged: ACME-1}, {flagged: ACME-2}]}", id="ACME-3"),
    )
    combination = load_rulebook(folder).active[-1].when

    first, second = combination.of  # type: ignore[union-attr]
    assert first == Flagged("ACME-1", first.location)
    assert second == AtLeast(1, (), second.location)
    assert NEVER.of == ()
    assert load_rulebook(folder, include=("stable", "draft")).active[-1].when.of[1].rule == "ACME-2"  # type: ignore[union-attr]


def test_rules_out_of_their_time_do_not_score_on_that_day(tmp_path: Path) -> None:
    """
    ``valid_from`` and ``valid_to`` are the first and last day on which a rule is in force.
    """
    folder = pack(tmp_path, rule(KP) + "    valid_from: 2020-01-01\n    valid_to: 2020-12-31\n")
    rulebook = load_rulebook(folder)

    assert [
        len(rulebook.active_on(date(*day)))
        for day in ((2019, 12, 31), (2020, 1, 1), (2020, 12, 31), (2021, 1, 1))
    ] == [0, 1, 1, 0]


def test_employment_needs_rules_that_say_they_are_fit_for_it(tmp_path: Path) -> None:
    """
    A rule without purposes serves supplier checks, and never a decision on employment.
    """
    folder = pack(tmp_path, rule(KP), rule(KP, id="ACME-2") + "    purposes: [employment]\n")

    assert [made.id for made in load_rulebook(folder, purpose="employment").active] == ["ACME-2"]
    assert [made.id for made in load_rulebook(folder, purpose="supplier_due_diligence").active] == ["ACME-1"]
    assert len(load_rulebook(folder).active) == 2


@pytest.mark.parametrize("wrong", [{"include": ("live",)}, {"purpose": "hiring"}])
def test_unknown_words_in_a_call_are_refused(wrong: dict[str, object]) -> None:
    """
    A status or purpose that does not exist is an error of the call, not of the rulebook.
    """
    with pytest.raises(UsageError):
        load_rulebook(**wrong)  # type: ignore[arg-type]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """
    The message names the folder.
    """
    with pytest.raises(RulebookError, match="no-such-folder"):
        load_rulebook(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "no-rules"),
        ("# nothing\n", "no-rules"),
        ("lists: []\n", "no-rules"),
        ("rules: []\n", "no-rules"),
        ("just words\n", "wrong-shape"),
        ("- a\n", "wrong-shape"),
        ("rules:\n", "empty-value"),
        ("rules: yes\n", "wrong-shape"),
    ],
)
def test_a_folder_without_rules_is_refused(content: str, expected: str, tmp_path: Path) -> None:
    """
    Nothing is not a rulebook.
    """
    (tmp_path / "rules.yaml").write_text(content, encoding="utf-8")

    assert expected in {problem.id for problem in told(tmp_path)}
    with pytest.raises(RulebookError):
        load_rulebook(tmp_path)


def test_a_rulebook_survives_pickling() -> None:
    """
    A screener is handed to other processes with its rulebook.
    """
    rulebook = load_rulebook()

    again = pickle.loads(pickle.dumps(rulebook))

    assert again.digest == rulebook.digest
    assert again.active == rulebook.active


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("title: A rule", "title: Another rule", False),
        ("ask: What is it?", "ask:   What is it?   # a remark", True),
        ("is: KP", "is: KR", False),
        ("expect: match,", "expect:    match,", True),
    ],
)
def test_the_digest_tells_content_and_not_layout(old: str, new: str, same: bool, tmp_path: Path) -> None:
    """
    A changed word changes the digest; a remark or a space does not.
    """
    one, two = rule(KP), rule(KP).replace(old, new)
    assert one != two

    assert (
        load_rulebook(pack(tmp_path / "a", one)).digest == load_rulebook(pack(tmp_path / "b", two)).digest
    ) is same


def test_terms_in_a_file_are_part_of_the_digest(tmp_path: Path) -> None:
    """
    A term added to a CSV file is another rulebook.
    """
    digests = set()
    for name, terms in (("a", "term\nFR\n"), ("b", "term\nFR\nDE\n")):
        folder = pack(
            tmp_path / name,
            rule("{field: country, in_list: own}"),
            more="lists: [{id: own, title: Own, match: exact, file: own.csv}]\n",
        )
        (folder / "own.csv").write_text(terms, encoding="utf-8")
        digests.add(load_rulebook(folder).digest)

    assert len(digests) == 2
