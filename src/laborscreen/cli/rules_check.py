"""
``laborscreen rules check``: every fault of a rulebook at once, each with its place and its cure.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.problem_formats import FORMATS
from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from laborscreen.rulebook import Examined

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="A rulebook folder or pack.", show_default="the shipped rules"),
]
Form = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMATS), help="How faults are told; pipelines read the last three.")
]  # fmt: skip
Fix = Annotated[
    bool, typer.Option("--fix", help="Mend what has one cure only, and say what was changed; layout and comments stay.")
]  # fmt: skip
Explain = Annotated[
    str | None, typer.Option("--explain", metavar="ID", help="Tell what a message means, with an example, and stop.")
]  # fmt: skip


def check(folder: Folder = None, form: Form = "text", fix: Fix = False, explain: Explain = None) -> None:
    """Read a rulebook and tell every fault in it."""
    from laborscreen.cli.problem_formats import written
    from laborscreen.cli.problem_lines import show_problems

    if form not in FORMATS:
        raise UsageError(f"{form!r} is none of {', '.join(FORMATS)}")
    if explain is not None:
        _explain(explain)
        return
    if fix:
        _fix(folder)
    found = _examined(folder)
    if form == "text":
        show_problems(found.problems)
    elif told := written(form, found.problems):
        typer.echo(told)
    if found.refused:
        raise typer.Exit(ExitCode.REFUSED)
    if form == "text":
        _tell_size(folder, found)


def _examined(folder: Path | None) -> Examined:
    """Examine a rulebook without the collector: hundreds of thousands of nodes are made, and none of them in circles."""
    from laborscreen.rulebook import examine_rulebook

    collecting = gc.isenabled()
    gc.disable()
    try:
        return examine_rulebook(folder)
    finally:
        if collecting:
            gc.enable()


def _tell_size(folder: Path | None, found: Examined) -> None:
    from laborscreen.cli.terminal import console, counted
    from laborscreen.text import visible

    parts = found.parts
    told = (
        f"{visible(str(folder)) if folder else 'the shipped rules'}: {counted(len(parts.rules), 'rule')}, "
        f"{counted(len(parts.lists), 'list')}, {counted(len(parts.guards), 'guard')}, "
        f"{counted(len(parts.sources), 'source')}: no error"
    )
    console().print(told, style="green")


def _fix(folder: Path | None) -> None:
    """Mend what has one cure only, and say on standard error what was changed."""
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.rulebook import mend_rulebook

    if folder is None:
        raise UsageError("the shipped rules are not mended in place", hint="name a folder of your own")
    mended = mend_rulebook(folder)
    mended.write()
    out = console(err=True)
    for mend in mended.mends:
        told = safe(f"{mend.location}: ", "bold").append(f"mended[{mend.id}]", "bold green")
        out.print(told.append_text(safe(f": `{mend.before}` is now `{mend.after}`")), soft_wrap=True)
    where = f" in {counted(len(mended.texts), 'file')}" if mended.texts else ""
    out.print(safe(f"{counted(len(mended.mends), 'fault')} mended{where}", "bold green"))


def _explain(wanted: str) -> None:
    """Print the entry of the catalogue of messages."""
    from laborscreen.cli.terminal import console, safe
    from laborscreen.record import did_you_mean
    from laborscreen.rulebook import message_catalogue

    known = message_catalogue()
    if wanted not in known:
        raise UsageError(
            f"there is no message {wanted!r}",
            hint=did_you_mean(wanted, known) or "docs/rule-messages.md lists them",
        )
    message = known[wanted]
    out = console()
    out.print(safe(message.id, "bold"))
    out.print(safe(message.says))
    out.print(safe(message.why))
    for title, example, style in (("Not so", message.bad, "red"), ("But so", message.good, "green")):
        out.print(safe(f"\n{title}", f"bold {style}"))
        for line in example.shown.rstrip("\n").split("\n"):
            out.print(safe(f"  {line}"), soft_wrap=True)
