"""
A run that stands on an earlier one: what it takes over, what it leaves for the next, and what it tells of changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from laborscreen.cli.work import Work
    from laborscreen.delta import Earlier
    from laborscreen.formats import Profile
    from laborscreen.screening import Screener
    from laborscreen.screening.day import Day

_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class DeltaOptions:
    """
    What was asked for.

    Args:
        out: the result file.
        previous: the result of an earlier run to stand on.
        changes: where the changes go.
        keep: whether a later run shall stand on this one.
    """

    out: Path | None
    previous: Path | None
    changes: Path | None
    keep: bool

    def __post_init__(self) -> None:
        """Refuse what does not go together."""
        if self.changes and not self.previous:
            raise UsageError("--changes tells what changed since an earlier run", hint="name it with --delta")
        for what, path in (("--out", self.out), ("--delta", self.previous), ("--changes", self.changes)):
            if (self.previous or self.keep) and path and path.suffix.lower() not in _LINES:
                raise UsageError(
                    f"{what} {path}: a delta run knows JSON lines only", hint="name a .jsonl file"
                )
        if (self.previous or self.keep) and self.out is None:
            raise UsageError("a delta run needs a result file", hint="name it with --out RESULTS.jsonl")

    @property
    def outputs(self) -> list[tuple[str, Path]]:
        """The files it writes beside the result, and what they are called."""
        if self.out is None or not (self.previous or self.keep):
            return []
        from laborscreen.delta import basis_path

        found = [("the changes", self.changes)] if self.changes else []
        return [*found, ("the basis of the result", basis_path(self.out))]

    @property
    def inputs(self) -> list[Path]:
        """The files it reads beside the suppliers."""
        if self.previous is None:
            return []
        from laborscreen.delta import basis_path

        return [self.previous, basis_path(self.previous)]

    def earlier(self, screener: Screener, day: Day, profile: Profile | None) -> Earlier | None:
        """Return the earlier results, if there are any to stand on."""
        if self.previous is None:
            return None
        from laborscreen.delta import Earlier

        return Earlier(self.previous, day, choice=screener.choice, profile=digest_of_profile(profile))

    def finish(
        self, work: Work, profile: Profile | None, earlier: Earlier | None, taken: int
    ) -> tuple[str, ...]:
        """Write the basis and the changes; return what a person should know of them."""
        if self.out is None or not (self.previous or self.keep):
            return ()
        from laborscreen.delta import basis_of, write_basis

        screener = work.screener
        day = screener.on(work.day)
        made = basis_of(
            day,
            screener.watchlists,
            choice=screener.choice,
            profile=digest_of_profile(profile),
            results=self.out,
            records=_digest_of_records(work),
            owners=work.owners.digest if work.owners else "",
        )
        write_basis(self.out, made)
        if earlier is None:
            return ()
        why = "" if earlier.holds else f": {earlier.why_not}"
        notes = (f"--delta: {taken:,} of {len(earlier):,} earlier results were taken over{why}",)
        return (*notes, self._tell_changes()) if self.changes else notes

    def _tell_changes(self) -> str:
        from collections import Counter

        from laborscreen.delta import changes_between
        from laborscreen.formats.writers import Target

        assert self.previous is not None
        assert self.changes is not None
        assert self.out is not None
        counts: Counter[str] = Counter()
        with Target(self.changes) as target:
            for change in changes_between(self.previous, self.out):
                counts[change.change] += 1
                counts["flags"] += sum(flag.change == "new" for flag in change.flags)
                target.write(change.to_json().encode() + b"\n")
        return (
            f"{self.changes}: {counts['new']:,} new records, {counts['gone']:,} gone, {counts['changed']:,} "
            f"that stand otherwise; {counts['flags']:,} new flags, each with its causes"
        )


def _digest_of_records(work: Work) -> str:
    """Return the digest of all that the records were made of: files, sheets, and what suppliers answered."""
    told = [f"{source.digest} {getattr(source, 'sheet', '')}" for source in work.sources]
    told += sorted(one.digest for one in work.answers.values())
    return sha256("\n".join(told).encode()).hexdigest()


def digest_of_profile(profile: Profile | None) -> str:
    """Return the digest of a mapping profile, or an empty string."""
    return sha256(repr(profile).encode()).hexdigest() if profile else ""
