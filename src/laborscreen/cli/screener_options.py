"""
Options that several verbs share, and the screener they ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from laborscreen.formats import Profile
    from laborscreen.formats.owners import Owners
    from laborscreen.screening import Screener


class Status(StrEnum):
    """Which rules count."""

    DRAFT = "draft"
    TEST = "test"
    STABLE = "stable"


class WhenStale(StrEnum):
    """What happens where a list is older than the rulebook allows."""

    WARN = "warn"
    FAIL = "fail"


class Purpose(StrEnum):
    """Why records are screened; only rules fit for it are used."""

    SUPPLIER_DUE_DILIGENCE = "supplier_due_diligence"
    CONTRACTOR_ONBOARDING = "contractor_onboarding"
    EMPLOYMENT = "employment"


RulesDir = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR", help="A rulebook folder or pack.", show_default="the shipped rules"
    ),
]
Map = Annotated[
    str | None,
    typer.Option(
        "--map", metavar="PROFILE", help="A mapping profile: a shipped one by name, or a YAML file."
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The sheet of a workbook.", show_default="the first visible one"),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="What the files are, where their names do not say: csv, xlsx, jsonl, ocds ...",
        show_default="told by suffix and content",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day screened, as 2026-01-31.", show_default="today"),
]
OwnerFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--owners",
        metavar="FILE",
        help="Owners of the suppliers: BODS, GLEIF level 2 (with level 1 for the names), FollowTheMoney or a table; "
        "joined by LEI, number or id; may be given several times.",
    ),
]
Include = Annotated[
    list[Status] | None,
    typer.Option(help="Statuses of the rules that count; may be given several times.", show_default="stable"),
]
PurposeOption = Annotated[
    Purpose | None,
    typer.Option(
        "--purpose", help="What the screening is for; only rules fit for it are used.", show_default="any"
    ),
]


Watchlists = Annotated[
    list[str] | None,
    typer.Option(
        "--watchlist",
        metavar="FILE",
        help="A list to compare names with: compiled (.lsw), as published, `embedded` for the dated snapshot that "
        "comes with the package, or `none`; may be given several times.",
        show_default="embedded",
    ),
]
StaleLists = Annotated[
    WhenStale | None,
    typer.Option(
        "--stale-lists",
        help="Whether a list older than the rulebook allows ends the run or is warned of.",
        show_default="as the rulebook says",
    ),
]


def day_of(written: str | None, option: str = "--as-of") -> date | None:
    """
    Return the day an option names.

    Raises:
        UsageError: it is no whole date.

    >>> day_of("2026-01-31")
    datetime.date(2026, 1, 31)
    """
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"{option} {written!r} is no date", hint="write year, month and day: 2026-01-31"
        ) from error


def make_screener(
    rules: Path | None,
    as_of: str | None,
    include: Sequence[Status] | None,
    purpose: Purpose | None,
    watchlists: Sequence[str] | None = None,
    when_stale: WhenStale | None = None,
) -> Screener:
    """
    Return the screener that the options ask for.

    Raises:
        UsageError: ``none`` is asked for beside a list.
    """
    from laborscreen.screening import Screener

    return Screener(
        rules,
        watchlists=lists_asked_for(watchlists),
        as_of=day_of(as_of),
        include=[one.value for one in include or [Status.STABLE]],
        purpose=purpose.value if purpose else None,
        when_stale=when_stale.value if when_stale else None,
    )


def lists_asked_for(watchlists: Sequence[str] | None) -> list[str]:
    """
    Return the lists that ``--watchlist`` asks for: the embedded one if it was left out, none for ``none``.

    Raises:
        UsageError: ``none`` stands beside a list.
    """
    if not watchlists:
        return ["embedded"]
    if "none" not in watchlists:
        return list(watchlists)
    if set(watchlists) != {"none"}:
        raise UsageError("--watchlist none stands beside a list", hint="ask for one or the other")
    return []


def make_owners(files: Sequence[Path] | None) -> Owners | None:
    """Return the owners told in files of their own, if there are any."""
    if not files:
        return None
    from laborscreen.formats.owners import load_owners

    return load_owners(files)


def make_profile(which: str | None) -> Profile | None:
    """Return the mapping profile an option names; None leaves it to the reader."""
    if which is None:
        return None
    from laborscreen.formats import load_profile

    return load_profile(which)
