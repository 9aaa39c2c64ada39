"""
What a run leaves beside its result so that a later one can go on: how far it came, and what it was made from.

The state names every input, the rulebook, the lists, the options and the version by digest. A run goes on only from a state
that was made from the same, so that its result equals that of a run nobody interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from laborscreen.errors import UsageError
from laborscreen.formats.writers.target import unwritable
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.cli.work import Work
    from laborscreen.formats import Profile

STATE_SUFFIX = ".resume"
MARKS_SUFFIX = ".ids"
_FORMAT = 2

Binding = Mapping[str, str]
"""What a run is made from: in words, and its digest or value."""


@dataclass(frozen=True, slots=True)
class State:
    """
    How far a run came.

    Args:
        records: how many records were screened in each stretch of the files that is done.
        out: bytes of the result file.
        rejects: bytes of the file of rejected rows.
        tally: the counts, as `Tally.to_state` gives them.
        files: for each file, its rows, rejected rows, and what its notes tell.
        owned: which companies of the files of owners were met, and how many records could not be told apart.
        taken: records whose earlier result was taken over.
    """

    records: list[int]
    out: int
    rejects: int
    tally: Mapping[str, Any]
    files: list[dict[str, Any]]
    owned: dict[str, Any]
    taken: int


def state_path(out: Path) -> Path:
    """
    Return where the state of a run stands.

    >>> state_path(Path("out/results.jsonl")).as_posix()
    'out/results.jsonl.resume'
    """
    return out.with_name(out.name + STATE_SUFFIX)


def marks_path(out: Path) -> Path:
    """Return where the marks of ids wait until the end of a run."""
    return out.with_name(out.name + MARKS_SUFFIX)


def day_of_state(out: Path) -> str | None:
    """Return the day that an interrupted run screened on, if there is one to go on from."""
    told = _told(state_path(out))
    return None if told is None else str(told["made_from"].get(DAY))


DAY = "the day screened"


class Checkpoint:
    """
    The state of one run.

    Args:
        out: the result file.
        made_from: what the run is made from.
    """

    def __init__(self, out: Path, made_from: Binding) -> None:
        self._path = state_path(out)
        self._made_from = dict(made_from)

    def save(self, state: State) -> None:
        """
        Write the state: whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        told = {"format": _FORMAT, "made_from": self._made_from} | {
            name: getattr(state, name) for name in State.__dataclass_fields__
        }
        new = self._path.with_name(self._path.name + ".new")
        try:
            new.write_bytes(orjson.dumps(told))
            new.replace(self._path)
        except OSError as error:
            raise unwritable(self._path, error) from error

    def load(self) -> State | None:
        """
        Return the state of the earlier run; None where there is none.

        Raises:
            UsageError: it was made from something else; the message says from what.
        """
        told = _told(self._path)
        if told is None:
            return None
        before = told["made_from"]
        differing = [
            name for name in {**before, **self._made_from} if before.get(name) != self._made_from.get(name)
        ]
        if differing:
            raise UsageError(
                "the interrupted run cannot be gone on with: "
                + ", ".join(
                    f"{name} differs ({_short(before.get(name))} then, {_short(self._made_from.get(name))} now)"
                    for name in differing
                ),
                location=Location(str(self._path)),
                hint="give the same again, or run without --resume to begin anew",
            )
        return State(**{name: told[name] for name in State.__dataclass_fields__})

    def remove(self) -> None:
        """Remove the state; there is nothing to go on from."""
        self._path.unlink(missing_ok=True)


def _told(path: Path) -> dict[str, Any] | None:
    try:
        told = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise _damaged(path) from error
    if (
        not isinstance(told, dict)
        or told.get("format") != _FORMAT
        or not isinstance(told.get("made_from"), dict)
    ):
        raise _damaged(path)
    return told


def _damaged(path: Path) -> UsageError:
    return UsageError(
        "this is not the state of a run of this version",
        location=Location(str(path)),
        hint="run without --resume to begin anew",
    )


def _short(value: str | None) -> str:
    return "none" if not value else value if len(value) <= 24 else f"{value[:18]}..."


def made_from(work: Work, profile: Profile | None) -> Binding:
    """Return what a run is made from."""
    from laborscreen import __version__
    from laborscreen.cli.delta_run import digest_of_profile

    screener = work.screener
    lists = screener.on(work.day).lists
    found = {f"the input {source.name}": source.digest for source in work.sources}
    return found | {
        "the number of inputs": str(len(work.sources)),
        "the rulebook": screener.rulebook.digest,
        "the choice of rules": screener.choice,
        "the lists": ", ".join(f"{one.list} {one.digest}" for one in lists),
        DAY: work.day.isoformat(),
        "the mapping profile": digest_of_profile(profile),
        "the sheet": ", ".join(str(getattr(source, "sheet", "")) for source in work.sources),
        "the earlier result": work.earlier.basis.result if work.earlier else "",
        "the files of owners": work.owners.digest if work.owners else "",
        "the answers": ", ".join(sorted(one.digest for one in work.answers.values())),
        "the version of laborscreen": __version__,
    }
