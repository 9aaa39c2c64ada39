"""
``laborscreen fields``: what a record may hold, and the words each field knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

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
        hint = _meant(word) or "`laborscreen fields` lists them all"
        raise UsageError(f"no field has {word!r} in its path, meaning or words", hint=hint)
    if as_json:
        _as_json(found)
    else:
        _as_table(found)


def _meant(word: str) -> str:
    """Return the nearest path, or the nearest last part of one."""
    from laborscreen.record import catalogue, did_you_mean

    last_parts = {path.rpartition(".")[2] for path in catalogue().fields}
    return catalogue().hint(word) or did_you_mean(word, sorted(last_parts))


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
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from laborscreen.cli.terminal import console

    out = console()
    if out.width < _NARROW:
        for field in found:
            out.print(Text(field.path, "bold").append(f"  {field.type_name}", "dim"), soft_wrap=True)
            out.print(Padding(_meaning(field), (0, 0, 0, 4), expand=False))
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("field", no_wrap=True)
    table.add_column("holds", overflow="fold", max_width=24)
    table.add_column("meaning", ratio=1)
    for number, field in enumerate(found):
        if number and _part(field) != _part(found[number - 1]):
            table.add_section()
        table.add_row(Text(field.path, "bold"), Text(field.type_name, "dim"), _meaning(field))
    out.print(table)


def _part(field: CatalogueField) -> str:
    """Return the part of the record a field stands in; empty for the record itself."""
    return field.path.rpartition(".")[0]


def _meaning(field: CatalogueField) -> Text:
    from rich.text import Text

    meaning = Text(field.meaning)
    if field.required:
        meaning.append(" Required.", "bold")
    if field.words:
        meaning.append(f" {', '.join(field.words)}", "cyan")
    return meaning
