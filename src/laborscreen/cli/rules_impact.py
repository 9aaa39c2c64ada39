"""
``laborscreen rules impact``: what a change of the rules would do to the records of some files, before it is made.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.rules_test import Form
from laborscreen.cli.screener_options import (
    AsOf,
    Include,
    Map,
    OwnerFiles,
    Purpose,
    PurposeOption,
    Sheet,
    Status,
    Watchlists,
    day_of,
    lists_asked_for,
    make_owners,
    make_profile,
)

if TYPE_CHECKING:
    from laborscreen.screening import Screener
    from laborscreen.trials import Impact

_EXAMPLES = 10


def impact(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="The rules as they are: a folder, `shipped`, or a revision as git:REV or git:REV:FOLDER.",
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The rules as they would be, named the same way.")
    ],
    on: Annotated[
        list[Path],
        typer.Option("--on", metavar="FILE", help="A file of records to judge; may be given several times."),
    ],
    profile: Map = None,
    sheet: Sheet = None,
    as_of: AsOf = None,
    include: Include = None,
    purpose: PurposeOption = None,
    watchlists: Watchlists = None,
    owner_files: OwnerFiles = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            "--group-by", metavar="FIELD", help="Count by the value of this field, such as country."
        ),
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option(
            "--groups",
            metavar="FILE",
            help="Count by group over a set of its own: JSON lines with id, group and record, as a fairness set has them.",
        ),
    ] = None,
    top: Annotated[
        int, typer.Option(help="How many changed records are explained.", min=0, max=200)
    ] = _EXAMPLES,
    form: Annotated[Form, typer.Option("--format", help="How to tell it.")] = Form.TEXT,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page for people.")
    ] = None,
    max_new_refer: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="End with 1 if more records come to refer.")
    ] = None,
    max_new_review: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="End with 1 if more records rise to review.")
    ] = None,
    max_lost_refer: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="End with 1 if more records fall from refer.")
    ] = None,
    max_new_flags: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="End with 1 if more flags are newly raised, context aside."),
    ] = None,
    max_changed: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="End with 1 if more records change at all.")
    ] = None,
    max_group_rise: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS",
            min=0,
            help="End with 1 if any group's share of reviewed or referred records rises by more percentage points.",
        ),
    ] = None,
) -> None:
    """Compare what two rulebooks make of the same records: flags, bands, outcomes, groups, and the gravest changes."""
    from laborscreen.cli.impact_view import show_impact
    from laborscreen.cli.owners_joined import tell_owners
    from laborscreen.cli.terminal import console
    from laborscreen.errors import UsageError
    from laborscreen.formats import open_source
    from laborscreen.trials import impact_of, read_members
    from laborscreen.values import DEFAULT

    if max_group_rise is not None and not group_by and groups is None:
        raise UsageError("--max-group-rise needs groups", hint="give --group-by FIELD or --groups FILE")
    mapping = make_profile(profile)
    owners = make_owners(owner_files)
    tell_owners(owners)
    sources = [open_source(path, profile=mapping, sheet=sheet, owners=owners) for path in on]
    members = () if groups is None else read_members(groups)
    day = day_of(as_of) or datetime.now(tz=UTC).date()
    before, after = (
        _screener(name, other, day, include, purpose, watchlists) for name, other in ((old, new), (new, old))
    )
    found = impact_of(
        before,
        after,
        sources,
        settings=mapping.settings if mapping else DEFAULT,
        group_by=group_by or "",
        members=members,
        examples=top,
    )
    bounds = {
        "records that come to refer": (found.came_to("refer"), max_new_refer),
        "records that rise to review": (found.came_to("review"), max_new_review),
        "records that fall from refer": (found.fell_from("refer"), max_lost_refer),
        "flags newly raised, context aside": (found.new_flags, max_new_flags),
        "records that change": (found.changed, max_changed),
        "the greatest rise of a group, in percentage points": (_greatest_rise(found), max_group_rise),
    }
    exceeded = tuple(
        f"{what}: {count:g}, at most {limit:g} allowed"
        for what, (count, limit) in bounds.items()
        if limit is not None and count > limit
    )
    told = {
        "old": {"name": old, "digest": before.rulebook.digest, "rules": len(before.on().compiled.rules)},
        "new": {"name": new, "digest": after.rulebook.digest, "rules": len(after.on().compiled.rules)},
        "screened_on": before.on().day.isoformat(),
        "files": [{"file": one.name, "digest": one.digest} for one in sources],
        "owners": [{"file": one.file, "digest": one.digest} for one in (owners.read if owners else ())],
        **found.to_dict(),
        "exceeded": list(exceeded),
    }
    if html is not None:
        from laborscreen.report import write_impact_page

        write_impact_page(html, told)
    if form is Form.JSON:
        import orjson

        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
    else:
        show_impact(found, old, new, exceeded, console())
    if exceeded:
        raise typer.Exit(ExitCode.MET)


def _screener(
    name: str,
    other: str,
    as_of: date,
    include: list[Status] | None,
    purpose: Purpose | None,
    watchlists: list[str] | None,
) -> Screener:
    """Return the screener of one side; a revision that names no folder means the other side's."""
    from laborscreen.rulebook import rulebook_at
    from laborscreen.screening import Screener

    statuses = [one.value for one in include or [Status.STABLE]]
    book = rulebook_at(
        name, include=statuses, purpose=purpose.value if purpose else None, folder=_below_top(other)
    )
    return Screener(book, watchlists=lists_asked_for(watchlists), as_of=as_of)


def _below_top(named: str) -> str:
    """Return the path of a folder below the repository it lies in; empty where it lies in none."""
    folder = Path(named).resolve()
    for above in (folder, *folder.parents):
        if (above / ".git").exists():
            return str(folder.relative_to(above)) if folder.is_dir() else ""
    return ""


def _greatest_rise(found: Impact) -> float:
    return max((round(one.rate_after - one.rate_before, 2) for one in found.groups), default=0.0)
