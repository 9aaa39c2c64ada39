"""
The two doors: load a rulebook to screen with, or check one and hear everything.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from laborscreen.errors import Problem, RulebookError, UsageError
from laborscreen.record import catalogue
from laborscreen.rulebook.assembly import Parts, assemble
from laborscreen.rulebook.examples import check_examples
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.habits import (
    conditions_of,
    warn_of_exceptions,
    warn_of_lists,
    warn_of_rules,
    warn_of_sources,
    warn_of_times_and_floors,
)
from laborscreen.rulebook.model import PURPOSES, STATUSES, Rulebook
from laborscreen.rulebook.shipped import shipped_folder


def load_rulebook(
    path: str | Path | None = None, *, include: Collection[str] = ("stable",), purpose: str | None = None
) -> Rulebook:
    """
    Return the rulebook in a folder.

    A folder that has rules only stands on the shipped lists, sources, policy, rates and guards. Lists and sources of its own
    are added to the shipped ones, and one with the same id takes its place; so do the keys of a policy of its own.

    Args:
        path: a folder of YAML files or one such file; None means the shipped rulebook.
        include: statuses of the rules that score.
        purpose: what the screening is for; only rules fit for it score. None asks nothing.

    Raises:
        RulebookError: something is wrong with it; the error lists every fault.
        UsageError: a status or purpose that does not exist.

    >>> load_rulebook().policy.points["direct"]
    100.0
    """
    for word, known in [(status, STATUSES) for status in include] + (
        [(purpose, PURPOSES)] if purpose else []
    ):
        if word not in known:
            raise UsageError(f"{word!r} is none of {', '.join(known)}")
    parts, problems = _read(path, trusting=True)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise RulebookError(errors)
    assert parts.policy is not None
    assert parts.rates is not None
    return Rulebook(
        parts.rules,
        dict(parts.lists),
        parts.guards,
        parts.policy,
        parts.exceptions,
        dict(parts.sources),
        parts.rates,
        parts.digest,
        frozenset(include),
        purpose,
        problems,
    )


def check_rulebook(path: str | Path | None = None, *, today: date | None = None) -> tuple[Problem, ...]:
    """
    Return everything wrong with a rulebook, errors and warnings, in file order.

    This says more than loading does: it also reads the records of the rules' tests, and warns of habits.

    Args:
        path: a folder of YAML files or one such file; None means the shipped rulebook.
        today: the day from which expiry and age are counted; None means the clock's.
    """
    parts, problems = _read(path, trusting=False)
    faults = Faults()
    for problem in problems:
        faults.keep(problem)
    day = today or datetime.now(tz=UTC).date()
    fields = catalogue()
    conditions = conditions_of(parts.rules, parts.guards, parts.policy)
    own_lists = [made for name, made in parts.lists.items() if name in parts.own_lists]
    check_examples(parts.rules, faults)
    warn_of_rules(parts.rules, parts.guards, fields, faults)
    # What a faulty rule would have used is not known, so lists are called unused only where all rules can be read.
    warn_of_lists(own_lists, conditions, fields, faults, tell_unused=not faults.refused)
    warn_of_times_and_floors(parts.rules, parts.policy, day, faults)
    warn_of_sources(parts.sources, parts.rules, day, faults)
    warn_of_exceptions(parts.exceptions, day, faults)
    return faults.problems()


def _read(path: str | Path | None, *, trusting: bool) -> tuple[Parts, tuple[Problem, ...]]:
    shipped = shipped_folder()
    faults = Faults()
    if path is None and trusting:
        return _shipped(shipped)
    if path is None or _same(Path(path), shipped):
        return assemble(Path(path or shipped), None, faults), faults.problems()
    base, of_base = _shipped(shipped)
    parts = assemble(Path(path), base, faults)
    for problem in of_base:
        if problem.severity == "error":
            faults.keep(problem)
    return parts, faults.problems()


def _same(path: Path, shipped: Path) -> bool:
    try:
        return path.samefile(shipped)
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=1)
def _shipped(folder: Path) -> tuple[Parts, tuple[Problem, ...]]:
    """Return the shipped rulebook, read once a process; its terms were looked at when it was packed."""
    faults = Faults()
    return assemble(folder, None, faults, trusting=True), faults.problems()
