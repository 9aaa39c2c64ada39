"""
``laborscreen lists``: read the publishers' lists, look into them, search them, tell two of them apart.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from laborscreen.watchlists import Hit, Watchlist


class Kind(StrEnum):
    """What sort of party is looked for."""

    PERSON = "person"
    ORGANIZATION = "organization"


ListArgument = Annotated[
    str, typer.Argument(metavar="LIST", help="A compiled list (.lsw), a list as published, or `embedded`.")
]
_CHANGES_SHOWN = 50


def import_lists(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Lists as their publishers made them.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="LIST", help="The compiled list, ending in .lsw.")
    ],
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="For tables of your own: which column is what."),
    ] = None,
) -> None:
    """Read lists and write them as one compiled list, quick to load."""
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.formats.writers import refuse_same_files
    from laborscreen.watchlists import Watchlist

    refuse_same_files([("the compiled list", out)], files)
    watchlist = Watchlist.from_files(files, mapping=mapping)
    watchlist.save(out)
    screen = console()
    for one in watchlist.provenance:
        day = one.file_date or "no date in the file"
        screen.print(
            safe(f"{one.list}: {counted(one.imported_entries, 'entry', 'entries')}, {day}, {one.file}")
        )
        for warning in one.warnings:
            screen.print(safe(f"  warning: {warning}"))
    if not len(watchlist):
        screen.print("the list is empty: nobody is on it, so no name will ever match")
    screen.print(safe(f"written: {out}"))


def info(name: ListArgument) -> None:
    """Say what is in a list, from when it is, and how old that makes it."""
    from laborscreen.cli.terminal import console, safe

    screen = console()
    watchlist = _opened(name)
    screen.print(safe(watchlist.description))
    for one in watchlist.provenance:
        screen.print(
            safe(
                f"  {one.list}: {one.imported_entries:,} entries, {one.file_date or 'undated'}, {one.digest}"
            )
        )
        for warning in one.warnings:
            screen.print(safe(f"    warning: {warning}"))
    notice = watchlist.notice(datetime.now(tz=UTC).date())
    if notice:
        screen.print(safe(notice))


def search(
    name: ListArgument,
    wanted: Annotated[str, typer.Argument(metavar="NAME", help="The name to look for, in any script.")],
    kind: Annotated[Kind | None, typer.Option(help="Only such parties.", show_default="both")] = None,
    limit: Annotated[int, typer.Option(help="The most hits shown.", min=1, max=1_000)] = 5,
) -> None:
    """Look a name up. A hit is a possible match: the same or a similar name, and no more."""
    from laborscreen.cli.terminal import console, safe

    screen = console()
    hits = _opened(name).search(wanted, kind=kind.value if kind else None, limit=limit)
    if not hits:
        screen.print(safe(f"nobody on the list has the name {wanted!r} or one like it"))
    for hit in hits:
        screen.print(safe(_hit_line(hit)))
        for reason in hit.reasons:
            screen.print(safe(f"    {reason}"))


def _hit_line(hit: Hit) -> str:
    programmes = ", ".join(hit.entry.programmes) or "no programme told"
    word = "possible match" if hit.score >= hit.threshold else "below the threshold"
    return f"{hit.score:.2f}  {hit.name}  ({hit.entry.key}; {hit.entry.kind}; {programmes}): {word}"


def diff(
    old: ListArgument,
    new: Annotated[str, typer.Argument(metavar="NEWER", help="The newer list.")],
) -> None:
    """Say who was added, who was removed, and what changed, entry by entry."""
    from laborscreen.cli.terminal import console, safe

    screen = console()
    found = _opened(old).diff(_opened(new))
    screen.print(safe(found.summary()))
    for word, entries in (("added", found.added), ("removed", found.removed)):
        for entry in entries[:_CHANGES_SHOWN]:
            screen.print(safe(f"  {word}: {entry.key} {entry.name}"))
    for change in found.changed[:_CHANGES_SHOWN]:
        screen.print(
            safe(
                f"  changed: {change.new.key} {change.new.name}: {', '.join(f.field for f in change.fields)}"
            )
        )


def _opened(name: str) -> Watchlist:
    from laborscreen.errors import UsageError
    from laborscreen.screening.open_lists import open_lists

    found = open_lists(name)
    if not found:
        raise UsageError(f"{name!r} is no list")
    return found[0]
