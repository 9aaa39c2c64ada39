"""
Impact: what a change of the rules would do to the same records.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from laborscreen.errors import RulebookError, UsageError
from laborscreen.formats import open_source
from laborscreen.rulebook import rulebook_at, shipped_folder
from laborscreen.screening import Assessment, Screener
from laborscreen.trials import Impact, Member, impact_of

DAY = date(2026, 6, 30)
ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "examples" / "vendor_master.csv", ROOT / "examples" / "due_diligence.jsonl"]


@pytest.fixture(scope="module")
def stricter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The shipped rules with a lower limit of hours and a lower medium band.
    """
    folder = tmp_path_factory.mktemp("stricter") / "rules"
    shutil.copytree(shipped_folder(), folder)
    _write(
        folder / "working_conditions.yaml",
        "workforce.hours_per_day, at_least: 16",
        "workforce.hours_per_day, at_least: 12",
    )
    _write(folder / "scoring.yaml", "medium: 35", "medium: 28")
    return folder


def _write(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@lru_cache(maxsize=2)
def screener(rules: Path | None) -> Screener:
    """
    Return a screener with the shipped rules or those of a folder, which are read once a process.
    """
    return Screener(rules, as_of=DAY)


def measured(old: Path | None, new: Path | None, **options: object) -> Impact:
    """
    Compare two rulebooks on the example files.
    """
    sources = [open_source(path) for path in FILES]
    return impact_of(screener(old), screener(new), sources, **options)  # type: ignore[arg-type]


def test_a_rulebook_makes_no_difference_to_itself() -> None:
    """
    Compared with itself nothing changes, and every record is counted.
    """
    found = measured(None, None)

    assert (found.records, found.changed, found.rescored, found.new_flags) == (245, 0, 0, 0)
    assert (found.rules, found.examples, found.added, found.removed) == ((), (), (), ())
    assert all(before == after for before, after in found.totals.values())


def test_every_count_is_what_screening_twice_gives(stricter: Path) -> None:
    """
    Outcome moves, band moves and flags per rule are those of screening every record with both rulebooks.
    """
    found = measured(None, stricter)
    old, new = (Screener(screener(rules).rulebook, as_of=DAY) for rules in (None, stricter))
    outcomes: Counter[tuple[str, str]] = Counter()
    bands: Counter[tuple[str, str]] = Counter()
    newly: Counter[str] = Counter()
    for told in _records():
        before, after = old.screen(told), new.screen(told)
        outcomes[before.outcome, after.outcome] += 1
        bands[before.axes["forced_labour"].band, after.axes["forced_labour"].band] += 1
        newly.update(_raised(after) - _raised(before))

    assert found.outcomes == dict(outcomes)
    assert found.bands["forced_labour"] == dict(bands)
    assert {one.rule: one.newly for one in found.rules if one.newly} == dict(newly)
    assert newly["LS-HRS-001"] > 5


def _records() -> list[dict[str, object]]:
    from laborscreen.formats import nest

    found: list[dict[str, object]] = []
    for path in FILES:
        for batch in open_source(path).batches():
            if batch.nested is not None:
                found += [dict(one) for one in batch.nested]
            else:
                found += [
                    nest({name: column[row] for name, column in batch.columns.items()})
                    for row in range(len(batch))
                ]
    return found


def _raised(assessment: Assessment) -> set[str]:
    return {flag.rule for flag in assessment.flags if flag.status == "raised"}


def test_the_gravest_changes_come_first_with_both_explanations(stricter: Path) -> None:
    """
    Examples are ordered by how far the outcome moves, and each carries both assessments.
    """
    found = measured(None, stricter, examples=4)
    moved = [(one.before.outcome, one.after.outcome) for one in found.examples]

    assert len(moved) == 4
    assert moved[0] == ("routine", "review")
    assert all(
        _raised(one.after) - _raised(one.before) or one.before.axes != one.after.axes
        for one in found.examples
    )
    assert found.came_to("refer") == 2
    assert found.fell_from("refer") == 0
    assert measured(stricter, None).fell_from("refer") == 2


def test_groups_are_counted_apart(stricter: Path) -> None:
    """
    A set of named groups is counted group by group and stays out of the totals; a field groups the files' own records.
    """
    long_days = {
        "id": "1",
        "name": "A crew",
        "workforce": [{"headcount": 4, "hours_per_day": 13, "rest_days_per_year": 150}],
    }
    members = [
        Member("1", "crews", long_days),
        Member("2", "offices", {"id": "2", "name": "An office", "country": "FR"}),
    ]
    found = measured(None, stricter, members=members)

    assert [(one.group, one.records, one.before, one.after, one.newly) for one in found.groups] == [
        ("crews", 1, 0, 1, 1),
        ("offices", 1, 0, 0, 0),
    ]
    assert found.records == 245

    by_country = measured(None, stricter, group_by="country").groups
    assert sum(one.records for one in by_country) == 245
    assert {"RU", "not told"} <= {one.group for one in by_country}


@pytest.mark.parametrize("field", ["contry", "workforce.visa", "aliases"])
def test_only_fields_of_the_record_itself_group(field: str) -> None:
    """
    A field nobody knows, or one that a record may hold several of, is refused.
    """
    with pytest.raises(UsageError):
        measured(None, None, group_by=field)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    A git repository whose only commit holds one rule, and whose folder has since been edited.
    """
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    rules = tmp_path / "house" / "our_rules"
    rules.mkdir(parents=True)
    (rules / "hours.yaml").write_text(RULE.replace("LIMIT", "16"), encoding="utf-8")
    (rules / "notes.txt").write_text("not a rule", encoding="utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "first"]):
        subprocess.run([git, *command], cwd=tmp_path / "house", check=True, capture_output=True)
    (rules / "hours.yaml").write_text(RULE.replace("LIMIT", "12"), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "house")
    return rules


RULE = """\
rules:
  - id: X-HRS-001
    title: Very long days
    status: stable
    version: 1
    axis: forced_labour
    group: working_conditions
    strength: strong
    when: {some: workforce, where: {field: hours_per_day, at_least: LIMIT}}
    because: Long days
    ask: Time sheets.
    false_positives: [None known]
    references: [{source: ilo-indicators, where: indicator 11, says: Excessive overtime.}]
    tests:
      - {name: long, expect: match, record: {workforce: [{hours_per_day: 18}]}}
      - {name: short, expect: no_match, record: {workforce: [{hours_per_day: 8}]}}
      - {name: not told, expect: unknown, record: {workforce: [{headcount: 4}]}}
"""


@pytest.mark.parametrize("named", ["git:HEAD:our_rules", "HEAD:our_rules", "git:HEAD:our_rules/"])
def test_a_revision_is_read_as_it_was(repository: Path, named: str) -> None:
    """
    The rules of a commit are read, not those of the folder as it is.
    """
    was, now = rulebook_at(named), rulebook_at(str(repository))

    assert was.digest != now.digest
    assert [rule.id for rule in was.rules] == ["X-HRS-001"]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("git:nowhere:our_rules", "nowhere"),
        ("git:HEAD:elsewhere", "elsewhere"),
        ("git:--output=x:our_rules", "not the name of a revision"),
        ("git:", "not the name of a revision"),
    ],
)
def test_a_revision_that_is_not_there_is_refused(repository: Path, named: str, told: str) -> None:
    """
    What git does not know is said in its words; nothing that looks like an option reaches it.
    """
    with pytest.raises(UsageError, match=told):
        rulebook_at(named)


@pytest.mark.usefixtures("repository")
def test_faults_of_a_revision_are_placed_in_it() -> None:
    """
    A faulty rulebook of a revision is told by its revision, not by where it was unpacked.
    """
    git = shutil.which("git") or ""
    Path("our_rules/hours.yaml").write_text(RULE.replace("at_least: LIMIT", "at_lest: 3"), encoding="utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([git, *who, "commit", "-qam", "second"], check=True, capture_output=True)

    with pytest.raises(RulebookError) as refused:
        rulebook_at("git:HEAD:our_rules")

    assert refused.value.problems[0].location.path == "git:HEAD:our_rules/hours.yaml"


def test_the_json_form_is_plain(stricter: Path) -> None:
    """
    The told form holds nothing but JSON, and its moves add up to the records.
    """
    told = json.loads(json.dumps(measured(None, stricter, examples=1).to_dict()))

    assert sum(move["records"] for move in told["outcome_moves"]) == told["records"] == 245
    assert told["examples"][0]["after"]["outcome"] == "review"
