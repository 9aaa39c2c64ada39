"""
``laborscreen lists``: read the publishers' lists, look into them, search them, tell two of them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.watchlists import Entry, Hit, Watchlist


class Kind(StrEnum):
    """What sort of party is looked for."""

    PERSON = "person"
    ORGANIZATION = "organization"


ListArgument = Annotated[
    str, typer.Argument(metavar="LIST", help="A compiled list (.lsw), a list as published, or `embedded`.")
]
_LONGEST_VALUE = 200  # characters of a remark or an address


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
    dated: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="DATE",
            help="The day the list was published, where its files do not tell it (OFAC's CSV files).",
            show_default="as the file tells",
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace LIST though a list in it would shrink, grow older, or be gone."
        ),
    ] = False,
) -> None:
    """Read lists and write them as one compiled list, quick to load."""
    from laborscreen.cli.screener_options import day_of
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.formats.writers import refuse_same_files
    from laborscreen.watchlists import Watchlist

    refuse_same_files([("the compiled list", out)], files)
    watchlist = Watchlist.from_files(files, mapping=mapping, dated=day_of(dated, "--date"))
    if out.exists() and not replace:
        _compare_with_used(out, watchlist)
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


def _compare_with_used(out: Path, watchlist: Watchlist) -> None:
    """Refuse to put the lists read in the place of others, where that may be a mistake."""
    from laborscreen.errors import UsageError, WatchlistError
    from laborscreen.watchlists import Watchlist, against_replacing

    try:
        used = Watchlist.load(out)
    except WatchlistError as fault:
        raise UsageError(
            f"{out} is there already and cannot be compared with what was read ({fault.message})",
            hint="choose another name, or add --replace",
        ) from fault
    if against := list(against_replacing(used.provenance, watchlist.provenance)):
        raise UsageError(
            f"{out} was left as it is: {'; '.join(against)}",
            hint="see whether the files are whole and the newest; if this is meant, add --replace",
        )


def info(name: ListArgument) -> None:
    """Say what is in a list, from when it is, and how old that makes it."""
    from laborscreen.cli.terminal import console, safe

    screen = console()
    watchlist = _opened(name)
    screen.print(safe(watchlist.description))
    for one in watchlist.provenance:
        told = f"  {one.list}: {one.imported_entries:,} entries, {one.file_date or 'undated'}"
        screen.print(safe(f"{told}, {one.digest[:19]}, {one.file}"))
        if one.publisher:
            screen.print(safe(f"    {one.title}, {one.publisher}; {one.licence}"))
        for line in _contents([entry for entry in watchlist.entries if entry.list == one.list]):
            screen.print(safe(f"    {line}"))
        for warning in one.warnings:
            screen.print(safe(f"    warning: {warning}"))
    notice = watchlist.notice(datetime.now(tz=UTC).date())
    if notice:
        screen.print(safe(notice))


def _contents(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what a list holds: kinds, names and their scripts, and who is related to the DPRK by what."""

    def told(counts: Counter[str]) -> str:
        return ", ".join(f"{many:,} {word}" for word, many in counts.most_common())

    names = [name for entry in entries for name in entry.names]
    yield f"parties: {told(Counter(entry.kind for entry in entries))}"
    weak = sum(name.strength == "weak" for name in names)
    yield f"names: {len(names):,}, {weak:,} of them weak; {told(Counter(name.script for name in names))}"
    related = [entry for entry in entries if entry.dprk_related]
    by: Counter[str] = Counter(by for entry in related for by in {reason.by for reason in entry.dprk_reasons})
    alone = sum(not any(reason.by == "programme" for reason in entry.dprk_reasons) for entry in related)
    if related:
        yield f"related to the DPRK: {len(related):,}, by {told(by)}; {alone:,} of them under no DPRK programme"
    else:
        yield "related to the DPRK: none"


def search(
    name: ListArgument,
    wanted: Annotated[str, typer.Argument(metavar="NAME", help="The name to look for, in any script.")],
    kind: Annotated[Kind | None, typer.Option(help="Only such parties.", show_default="both")] = None,
    limit: Annotated[int, typer.Option(help="The most hits shown.", min=1, max=1_000)] = 5,
) -> None:
    """Look a name up. A hit is a possible match, the same or a similar name and no more; a near name is less than that."""
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
    word = "possible match" if hit.score >= hit.threshold else "near name"
    return f"{hit.score:.2f}  {hit.name}  ({hit.entry.key}; {hit.entry.kind}; {programmes}): {word}"


def diff(
    old: ListArgument,
    new: Annotated[str, typer.Argument(metavar="NEWER", help="The newer list.")],
    limit: Annotated[
        int, typer.Option(help="The most entries shown that were added, removed, and changed.", min=1)
    ] = 50,
) -> None:
    """Say who was added, who was removed, and what changed, entry by entry."""
    from laborscreen.cli.terminal import console, safe, shortened

    screen = console()
    found = _opened(old).diff(_opened(new))
    screen.print(safe(found.summary()))
    for word, entries in (("added", found.added), ("removed", found.removed)):
        for entry in entries[:limit]:
            screen.print(safe(f"  {word}: {entry.key} {entry.name}"), soft_wrap=True)
        _tell_rest(screen, word, len(entries) - limit)
    for change in found.changed[:limit]:
        screen.print(safe(f"  changed: {change.new.key} {change.new.name}"), soft_wrap=True)
        for field in change.fields:
            for sign, values in (("+", field.added), ("-", field.removed)):
                for value in values:
                    told = f"{sign} {field.field}: {shortened(value, _LONGEST_VALUE)}"
                    screen.print(safe(f"    {told}"), soft_wrap=True)
    _tell_rest(screen, "changed", len(found.changed) - limit)


def _tell_rest(screen: Console, word: str, more: int) -> None:
    """Say how many were not shown."""
    from laborscreen.cli.terminal import safe

    if more > 0:
        screen.print(safe(f"  and {more:,} more {word}; --limit shows them"))


def _opened(name: str) -> Watchlist:
    from laborscreen.errors import UsageError
    from laborscreen.screening.open_lists import open_lists

    if not name.strip():
        raise UsageError("the list has no name", hint="name a file, or `embedded`")
    found = open_lists(name)
    return found[0]
