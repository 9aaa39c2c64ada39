"""
The two doors: load a rulebook to screen with, or check one and hear everything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from laborscreen.errors import Problem, RulebookError, UsageError
from laborscreen.rulebook.model import PURPOSES, STATUSES, Rulebook
from laborscreen.rulebook.parts import Parts
from laborscreen.rulebook.prepared import prepared_parts, prepared_text
from laborscreen.rulebook.shipped import shipped_folder
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.folder import RulebookFolder
    from laborscreen.rulebook.pack_file import Manifest


def load_rulebook(
    path: str | Path | None = None, *, include: Collection[str] = ("stable",), purpose: str | None = None
) -> Rulebook:
    """
    Return the rulebook in a folder or a pack.

    A pack is checked to the last byte and needs nothing beside it.

    A folder that has rules only stands on the shipped lists, sources, policy, rates and guards. Lists and sources of its own
    are added to the shipped ones, and one with the same id takes its place; so do the keys of a policy of its own.

    Args:
        path: a folder of YAML files, one such file, or a pack (``.lsr``); None means the shipped rulebook.
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
    parts, problems, manifest = _read(path, trusting=True)
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
        manifest,
    )


def check_rulebook(path: str | Path | None = None, *, today: date | None = None) -> tuple[Problem, ...]:
    """
    Return everything wrong with a rulebook, errors and warnings, in file order.

    This says more than loading does: it also reads the records of the rules' tests, and warns of habits.

    Args:
        path: a folder of YAML files, one such file, or a pack; None means the shipped rulebook.
        today: the day from which expiry and age are counted; None means the clock's.
    """
    return examine_rulebook(path, today=today).problems


def readable_parts(path: str | Path | None = None) -> Parts:
    """
    Return what can be read of a rulebook, whether it can be used or not.

    Args:
        path: as for `check_rulebook`.
    """
    return _read(path, trusting=False)[0]


@dataclass(frozen=True, slots=True)
class Examined:
    """
    A rulebook looked over, whether it can be used or not.

    Args:
        parts: what could be read of it.
        problems: everything wrong with it, in file order.
    """

    parts: Parts
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether it cannot be used as it stands."""
        return any(problem.severity == "error" for problem in self.problems)


def examine_rulebook(
    path: str | Path | None = None,
    *,
    today: date | None = None,
    unsaved: Mapping[str, str] = MappingProxyType({}),
) -> Examined:
    """
    Return what `check_rulebook` finds together with what could be read.

    Args:
        path: as for `check_rulebook`.
        today: the same.
        unsaved: texts that stand in for those of files, by the path the problems name.
    """
    from laborscreen.record import catalogue
    from laborscreen.rulebook.examples import check_examples
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.habits import (
        conditions_of,
        warn_of_exceptions,
        warn_of_lists,
        warn_of_repeated_conditions,
        warn_of_rules,
        warn_of_sources,
        warn_of_times_and_floors,
    )

    parts, problems, _ = _read(path, trusting=False, unsaved=unsaved)
    faults = Faults()
    for problem in problems:
        faults.keep(problem)
    day = today or datetime.now(tz=UTC).date()
    fields = catalogue()
    conditions = conditions_of(parts.rules, parts.guards, parts.policy)
    own_lists = [made for name, made in parts.lists.items() if name in parts.own_lists]
    check_examples(parts.rules, faults)
    warn_of_rules(parts.rules, parts.guards, fields, faults)
    warn_of_repeated_conditions(conditions, faults)
    # What a faulty rule would have used is not known, so lists are called unused only where all rules can be read.
    warn_of_lists(own_lists, conditions, fields, faults, tell_unused=not faults.refused)
    warn_of_times_and_floors(parts.rules, parts.policy, day, faults)
    warn_of_sources(parts.sources, parts.rules, day, faults)
    warn_of_exceptions(parts.exceptions, day, faults)
    return Examined(parts, faults.problems())


def freeze_rulebook(path: str | Path | None, *, author: str, approver: str, reason: str, made: date) -> bytes:
    """
    Return a rulebook with all it stands on as the bytes of a pack; the same content gives the same bytes.

    Args:
        path: a folder of YAML files or one such file; None means the shipped rulebook.
        author: who wrote it.
        approver: who approves it; never the author.
        reason: why it is made.
        made: the day.

    Raises:
        RulebookError: something is wrong with it; the error lists every fault.
        UsageError: author and approver are one person, a word is missing, or it is a pack already.
    """
    from laborscreen.rulebook.assembly import assemble
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.folder import RulebookFolder
    from laborscreen.rulebook.pack_file import BASE, OWN, is_pack, pack_bytes, require_two_people

    shipped = shipped_folder()
    if path is not None and is_pack(Path(path)):
        raise UsageError(f"{path} is a pack already", hint="pack the folder it was made from")
    require_two_people(author, approver)
    faults = Faults()
    own = RulebookFolder(Path(path or shipped), faults)
    files: dict[str, bytes] = {}
    base = None
    if path is not None and not _same(Path(path), shipped):
        stands_on = RulebookFolder(shipped, faults)
        base = assemble(stands_on, None, faults, trusting=True)
        files |= {f"{BASE}/{name}": data for name, data in stands_on.read.items()}
    parts = assemble(own, base, faults)
    files |= {f"{OWN}/{name}": data for name, data in own.read.items()}
    errors = [problem for problem in faults.problems() if problem.severity == "error"]
    if errors:
        raise RulebookError(errors)
    return pack_bytes(
        files, author=author, approver=approver, reason=reason, made=made, rulebook=parts.digest
    )


def _read(
    path: str | Path | None, *, trusting: bool, unsaved: Mapping[str, str] = MappingProxyType({})
) -> tuple[Parts, tuple[Problem, ...], Manifest | None]:
    shipped = shipped_folder()
    if path is None and trusting:
        return *_shipped(shipped), None
    from laborscreen.rulebook.assembly import assemble
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.folder import RulebookFolder
    from laborscreen.rulebook.pack_file import is_pack

    faults = Faults()
    if path is not None and is_pack(Path(path)):
        return _unpacked(Path(path), faults)
    own = RulebookFolder(Path(path or shipped), faults, unsaved=unsaved)
    if path is None or _same(Path(path), shipped):
        return assemble(own, None, faults), faults.problems(), None
    base, of_base = _shipped(shipped)
    parts = assemble(own, base, faults)
    for problem in of_base:
        if problem.severity == "error":
            faults.keep(problem)
    return parts, faults.problems(), None


def _unpacked(path: Path, faults: Faults) -> tuple[Parts, tuple[Problem, ...], Manifest]:
    """Put a pack together; whatever it holds must be part of the rulebook that was approved."""
    from laborscreen.rulebook.assembly import assemble
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.pack_file import BASE, INSIDE, OWN, open_pack
    from laborscreen.rulebook.packed_folder import PackedFolder

    pack = open_pack(path)
    own = PackedFolder(path, OWN, pack.part(OWN), faults)
    stands_on = PackedFolder(path, BASE, pack.part(BASE), faults)
    of_base = Faults()
    base = assemble(replace(stands_on, faults=of_base), None, of_base) if stands_on.held else None
    for problem in of_base.problems():
        if problem.severity == "error":
            faults.keep(problem)
    parts = assemble(own, base, faults)
    for name in (*own.unread(), *stands_on.unread()):
        faults.error(
            "pack-extra-file",
            Location(f"{path}{INSIDE}{name}"),
            "no rule file of the pack names this file",
            "pack the folder anew",
        )
    if not faults.refused and parts.digest != pack.manifest.rulebook:
        faults.error(
            "pack-reads-otherwise",
            Location(str(path), 2),
            f"this version reads rulebook {parts.digest}, and {pack.manifest.software} packed {pack.manifest.rulebook}",
            "use that version, or pack and approve the rulebook again with this one",
        )
    return parts, faults.problems(), pack.manifest


def _same(path: Path, shipped: Path) -> bool:
    try:
        return path.samefile(shipped)
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=1)
def _shipped(folder: Path) -> tuple[Parts, tuple[Problem, ...]]:
    """Return the shipped rulebook, read once a process; its terms were looked at when it was packed."""
    return prepared_parts(folder) or _read_shipped(folder)[:2]


def _read_shipped(folder: Path) -> tuple[Parts, tuple[Problem, ...], RulebookFolder]:
    from laborscreen.rulebook.assembly import assemble
    from laborscreen.rulebook.faults import Faults
    from laborscreen.rulebook.folder import RulebookFolder

    files = RulebookFolder(folder, Faults())
    return assemble(files, None, files.faults, trusting=True), files.faults.problems(), files


def prepare_shipped() -> str:
    """Return the text of the prepared form of the shipped rulebook, made from its files."""
    folder = shipped_folder()
    parts, problems, files = _read_shipped(folder)
    return prepared_text(folder, parts, problems, sorted(files.read))
