"""
``laborscreen fields``: what a record may hold, and the words each field knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from laborscreen.record import CatalogueField

_NARROW = 80


def fields(
    word: Annotated[
        str | None,
        typer.Argument(metavar="WORD", help="Only fields with this in their path, meaning or words."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a field.")] = False,
) -> None:
    """List the fields of a record: path, type, allowed words, meaning."""
    from laborscreen.record import catalogue

    found = [field for field in catalogue().fields.values() if word is None or _has(field, word)]
    if word is not None and not found:
        hint = catalogue().hint(word) or "`laborscreen fields` lists them all"
        raise UsageError(f"no field has {word!r} in its path, meaning or words", hint=hint)
    if as_json:
        _as_json(found)
    else:
        _as_table(found)


def _has(field: CatalogueField, word: str) -> bool:
    wanted = word.casefold()
    return any(wanted in text.casefold() for text in (field.path, field.meaning, *field.words))


def _as_json(found: list[CatalogueField]) -> None:
    import orjson

    for field in found:
        told = {
            "path": field.path,
            "type": field.type_name,
            "words": list(field.words),
            "meaning": field.meaning,
            "required": field.required,
        }
        typer.echo(orjson.dumps(told).decode())


def _as_table(found: list[CatalogueField]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from laborscreen.cli.terminal import console

    out = console()
    narrow = out.width < _NARROW
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("field", overflow="fold", ratio=2 if narrow else None, no_wrap=not narrow)
    table.add_column("holds", overflow="fold", ratio=1, max_width=24)
    table.add_column("meaning", ratio=3)
    group = ""
    for field in found:
        if group != field.path.partition(".")[0] and table.rows:
            table.add_section()
        group = field.path.partition(".")[0] if "." in field.path else ""
        meaning = Text(field.meaning)
        if field.required:
            meaning.append(" Required.", "bold")
        if field.words:
            meaning.append(f" {', '.join(field.words)}", "cyan")
        table.add_row(Text(field.path, "bold"), Text(field.type_name, "dim"), meaning)
    out.print(table)
