"""
``laborscreen map suggest``: a mapping profile proposed for a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.screener_options import FormatName, Sheet


def suggest(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A supplier file.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="PROFILE", help="Write the profile there.", show_default="print it"
        ),
    ] = None,
    sheet: Sheet = None,
    format_name: FormatName = None,
) -> None:
    """Propose a mapping profile: for each column a field, how sure that is, why, and some of its cells."""
    from laborscreen.cli.terminal import console, counted
    from laborscreen.formats.sampling import sample
    from laborscreen.formats.suggestion import suggest as propose
    from laborscreen.formats.writers import Target, refuse_same_files

    found = propose(sample(file, sheet=sheet, format_name=format_name))
    text = found.yaml(out.stem if out else file.name.split(".")[0], file.name)
    if out is None:
        typer.echo(text, nl=False)
        return
    refuse_same_files([("the profile", out)], [file])
    with Target(out) as target:
        target.write(text.encode("utf-8"))
    mapped = sum(bool(one.path) for one in found.columns)
    console(err=True).print(
        f"{mapped} of {counted(len(found.columns), 'column')} mapped in {out}", soft_wrap=True
    )
