"""
``laborscreen rules pack``: a rulebook frozen into one file that two people answer for, or such a file checked.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.rules_check import Folder
from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.rulebook import Manifest


def pack(
    folder: Folder = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="PACK", help="The pack, ending in .lsr.")
    ] = None,
    author: Annotated[str, typer.Option(metavar="NAME", help="Who wrote the rulebook.")] = "",
    approver: Annotated[str, typer.Option(metavar="NAME", help="Who approves it; never the author.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is made, in a sentence.")] = "",
    made: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day it is made.", show_default="today")
    ] = None,
    verify: Annotated[
        Path | None, typer.Option("--verify", metavar="PACK", help="Check a pack instead of making one.")
    ] = None,
    digest: Annotated[
        str, typer.Option("--digest", metavar="SHA256", help="With --verify: the digest as noted elsewhere.")
    ] = "",
) -> None:
    """Freeze a rulebook that passes its check and its tests into one file, or check such a file."""
    if verify is not None:
        _verify(verify, digest)
        return
    if out is None:
        raise UsageError(
            "a pack needs a file to go to",
            hint="laborscreen rules pack DIR -o approved.lsr --author NAME --approver NAME --reason TEXT",
        )
    if out.suffix.lower() != ".lsr":
        raise UsageError(f"{out} does not end in .lsr", hint="that is how the program knows a pack")
    from laborscreen.cli.rules_test import run
    from laborscreen.formats.writers import Target
    from laborscreen.rulebook import freeze_rulebook

    frozen = freeze_rulebook(folder, author=author, approver=approver, reason=reason, made=_day(made))
    run(folder)  # a rulebook whose own tests fail is not approved by anybody
    with Target(out) as target:
        target.write(frozen)
    _verify(out, "")


def _day(written: str | None) -> date:
    if written is None:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"--date {written!r} is no date", hint="write year, month and day: 2026-01-31"
        ) from error


def _verify(path: Path, noted: str) -> None:
    from laborscreen.cli.terminal import console, safe
    from laborscreen.rulebook import load_rulebook

    book = load_rulebook(path)
    if book.pack is None:
        raise UsageError(f"{path} is a folder, not a pack", hint="`laborscreen rules check` reads folders")
    out = console()
    wanted = noted.strip().lower().removeprefix("sha256:")
    if wanted and wanted != book.pack.digest:
        out.print(safe(f"{path}: this is not the pack that was noted: sha256 {book.pack.digest}", "bold red"))
        raise typer.Exit(ExitCode.REFUSED)
    _show(path, book.pack, len(book.rules), out)


def _show(path: Path, manifest: Manifest, rules: int, out: Console) -> None:
    from laborscreen.cli.terminal import counted, safe

    out.print(safe(f"{path}: whole, as it was approved", "green"))
    for head, told in (
        ("author", manifest.author),
        ("approver", manifest.approver),
        ("reason", manifest.reason),
        ("made", f"{manifest.made} with {manifest.software}"),
        ("holds", f"{counted(rules, 'rule')} in {counted(manifest.files, 'file')}"),
        ("rulebook", manifest.rulebook),
        ("sha256", f"{manifest.digest}  note it elsewhere; --digest compares"),
    ):
        out.print(safe(f"  {head:<9} {told}"), soft_wrap=True)
