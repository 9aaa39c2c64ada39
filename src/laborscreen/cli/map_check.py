"""
``laborscreen map check``: what became of each column of a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.screener_options import FormatName, Map, Sheet, make_profile

if TYPE_CHECKING:
    from rich.table import Table

    from laborscreen.formats.checking import Checked, ColumnCheck

_WIDEST = 28


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A supplier file.")],
    profile: Map = None,
    sheet: Sheet = None,
    format_name: FormatName = None,
    rows: Annotated[
        int | None, typer.Option("--rows", min=1, help="Look at about so many rows.", show_default="all")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what each column became: its field, values as written and as read, and what was not understood."""
    from laborscreen.formats import open_source
    from laborscreen.formats.checking import as_dict
    from laborscreen.formats.checking import check as look
    from laborscreen.values import ReadingSettings

    mapping = make_profile(profile)
    source = open_source(file, profile=mapping, sheet=sheet, format_name=format_name)
    found = look(source, mapping.settings if mapping else ReadingSettings(), rows)
    if as_json:
        import orjson

        typer.echo(orjson.dumps(as_dict(found), option=orjson.OPT_INDENT_2).decode())
        return
    _show(found, source.notes)


def _show(found: Checked, notes: tuple[str, ...]) -> None:
    from laborscreen.cli.terminal import console, counted, safe

    out = console()
    out.print(safe(f"{counted(found.rows, 'row')} looked at, {found.rejected:,} rejected", "bold"))
    out.print(_table(found))
    strange = [one for one in found.columns.values() if one.strange]
    if strange:
        out.print(safe("Not understood", "bold"))
        for one in strange:
            words = ", ".join(f"“{written[:60]}” ({count:,})" for written, count in one.words)
            left = len(one.strange) - len(one.words)
            out.print(safe(f"  {one.path}: {words}{f' and {left:,} more' if left > 0 else ''}"))
        out.print()
    if found.unmapped:
        out.print(safe("Nothing is read from", "bold"))
        out.print(safe("  " + ", ".join(found.unmapped)))
        out.print()
    for reason, count in found.reasons.most_common(5):
        out.print(safe(f"rejected {count:,}: {reason}"))
    for note in notes:
        if not note.startswith("columns nobody mapped"):
            out.print(safe(f"note: {note}", "dim"))


def _table(found: Checked) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from laborscreen.cli.terminal import safe

    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("column", overflow="fold", max_width=22)
    table.add_column("field", overflow="fold")
    for word in ("read", "unknown", "missing"):
        table.add_column(word, justify="right", no_wrap=True)
    table.add_column("as written → as read", overflow="fold", ratio=1)
    for one in found.columns.values():
        table.add_row(
            safe(" + ".join(one.headers) or "—"),
            safe(one.path, "bold"),
            *(_share(one, count) for count in (one.read, one.unknown, one.missing)),
            Text("\n").join(safe(_pair(written, read)) for written, read in one.samples.items()),
        )
    return table


def _share(one: ColumnCheck, count: int) -> str:
    whole = one.read + one.unknown + one.missing
    return f"{100 * count / whole:.0f}%" if whole else "—"


def _pair(written: str, read: str) -> str:
    from laborscreen.cli.terminal import shortened

    cut = shortened(" ".join(written.split()), _WIDEST)
    return cut if read == written else f"{cut} → {shortened(read, _WIDEST)}"
