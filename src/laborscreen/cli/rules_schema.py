"""
``laborscreen rules schema``: what an editor needs to complete, explain and underline rule files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.rules_check import Folder


def schema(
    folder: Folder = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE", help="Write it here, not to standard output."),
    ] = None,
) -> None:
    """
    Write the JSON Schema of a rulebook, for editors.

    Put it beside the rules as laborscreen.schema.json and begin each file with
    `# yaml-language-server: $schema=./laborscreen.schema.json`.
    """
    from laborscreen.rulebook import schema_text

    text = schema_text(folder)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
