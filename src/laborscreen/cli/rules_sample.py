"""
``laborscreen rules sample`` and ``rules precision``: records near the lines between bands, labelled by people.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.screener_options import (
    AsOf,
    Include,
    Map,
    OwnerFiles,
    PurposeOption,
    RulesDir,
    Sheet,
    Watchlists,
    make_owners,
    make_profile,
    make_screener,
)


def sample(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The records to draw from.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="SHEET.xlsx", help="The sheet to label.")],
    each: Annotated[int, typer.Option(min=1, max=500, help="Records on each side of each line.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed draws the same records.")] = 1,
    rules: RulesDir = None,
    profile: Map = None,
    sheet: Sheet = None,
    as_of: AsOf = None,
    include: Include = None,
    purpose: PurposeOption = None,
    watchlists: Watchlists = None,
    owner_files: OwnerFiles = None,
) -> None:
    """Draw records just over and just under each line between bands into a sheet, for people to label."""
    from laborscreen.cli.owners_joined import tell_owners
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.errors import UsageError
    from laborscreen.formats import open_source
    from laborscreen.trials.labelling import write_sheet
    from laborscreen.trials.sampling import draw_sample
    from laborscreen.values import DEFAULT

    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{str(out)!r} is not the name of a workbook", hint="let it end in .xlsx")
    if out.exists():
        raise UsageError(f"{out} is there already; labels in it would be lost", hint="choose another name")
    mapping = make_profile(profile)
    screener = make_screener(rules, as_of, include, purpose, watchlists)
    owners = make_owners(owner_files)
    tell_owners(owners)
    drawn = draw_sample(
        screener,
        [open_source(path, profile=mapping, sheet=sheet, owners=owners) for path in files],
        each=each,
        seed=seed,
        as_of=None if as_of else datetime.now(tz=UTC).date(),
        settings=mapping.settings if mapping else DEFAULT,
    )
    digest = write_sheet(drawn, out)
    console().print(
        safe(f"{counted(len(drawn.drawn), 'record')} drawn into {out}; sample {digest[:23]}"), soft_wrap=True
    )
    console().print(
        safe(
            "Label each: does it deserve that a person looks at it? yes, no or unsure. Then: laborscreen rules precision.",
            "dim",
        )
    )


def precision(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET.xlsx", help="A labelled sheet of `rules sample`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Tell from a labelled sheet how many records near each line deserve a look, with a 95% interval."""
    from rich import box
    from rich.table import Table

    from laborscreen.cli.terminal import console, safe
    from laborscreen.trials.labelling import read_labels
    from laborscreen.trials.sampling import Share

    found = read_labels(sheet)
    if as_json:
        import orjson

        def told(share: Share) -> dict[str, object]:
            low, high = share.interval
            counts = {name: getattr(share, name) for name in ("yes", "no", "unsure", "unlabelled")}
            return {**counts, "share": share.part, "low": low, "high": high}

        lines = [
            {"axis": axis, "band": band, "side": side, **told(one)}
            for (axis, band, side), one in found.lines.items()
        ]
        rules = [{"rule": rule, **told(one)} for rule, one in found.rules.items()]
        typer.echo(
            orjson.dumps(
                {"sample": found.sample, "whole": told(found.whole), "lines": lines, "rules": rules}
            ).decode()
        )
        return
    out = console()
    rows = [
        (f"{side} {band}, {axis.replace('_', ' ')}", one) for (axis, band, side), one in found.lines.items()
    ]
    for title, shares in (("line", rows), ("rule", list(found.rules.items()))):
        table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
        table.add_column(title)
        for name in ("yes", "no", "unsure", "not labelled", "deserve a look", "95% interval"):
            table.add_column(name, justify="right")
        for name, one in shares:
            low, high = one.interval
            part = "" if one.part is None else f"{one.part:.0%}"
            table.add_row(
                safe(name),
                str(one.yes),
                str(one.no),
                str(one.unsure),
                str(one.unlabelled),
                part,
                f"{low:.0%} to {high:.0%}" if part else "",
            )
        out.print(table)
    out.print(
        safe(
            "Over a line the share is the precision there, under it what was missed. "
            "Records far from every line were not drawn.",
            "dim",
        )
    )
