"""
``laborscreen rules list``: the rules of a rulebook in a table.
"""

from __future__ import annotations

from typing import Annotated

import typer

from laborscreen.cli.rules_check import Folder

_STATUS_STYLE = {"stable": "green", "test": "yellow", "draft": "cyan", "retired": "dim"}
_NARROW = 80


def list_rules(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    folder: Folder = None,
    axis: Annotated[str, typer.Option(help="Only rules of this axis.", show_default="any")] = "",
    group: Annotated[str, typer.Option(help="Only rules of this group.", show_default="any")] = "",
    status: Annotated[str, typer.Option(help="Only rules of this status.", show_default="any")] = "",
    strength: Annotated[str, typer.Option(help="Only rules of this strength.", show_default="any")] = "",
    field: Annotated[
        str,
        typer.Option(help="Only rules that read this field, or this list of entries.", show_default="any"),
    ] = "",
    in_list: Annotated[
        str, typer.Option("--list", help="Only rules that look this list up.", show_default="any")
    ] = "",
    source: Annotated[
        str, typer.Option(help="Only rules that rest on this source.", show_default="any")
    ] = "",
    text: Annotated[
        str,
        typer.Option(
            help="Only rules with these words in title, reason, question or condition.", show_default="any"
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a rule.")] = False,
) -> None:
    """List the rules: id, title, axis, strength, status."""
    from laborscreen.rulebook import Wish, find_rules, load_rulebook

    wish = Wish(axis, group, status, strength, field, in_list, source, text)
    rules = find_rules(load_rulebook(folder), wish)
    if as_json:
        import orjson

        for rule in rules:
            names = ("id", "title", "status", "version", "axis", "group", "strength", "ask", "owner")
            told = {name: getattr(rule, name) for name in names}
            typer.echo(orjson.dumps({**told, "tests": len(rule.tests)}).decode())
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from laborscreen.cli.terminal import console, counted, safe

    out = console()
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("rule", no_wrap=True)
    table.add_column("title", ratio=1)
    if out.width >= _NARROW:
        table.add_column("axis", no_wrap=True)
        table.add_column("strength", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for rule in rules:
        extra = (rule.axis.replace("_", " "), rule.strength) if out.width >= _NARROW else ()
        table.add_row(rule.id, safe(rule.title), *extra, Text(rule.status, _STATUS_STYLE[rule.status]))
    out.print(table)
    out.print(counted(len(rules), "rule"))
