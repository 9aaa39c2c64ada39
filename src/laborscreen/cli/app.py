"""
The verbs, and how they are called.
"""

from __future__ import annotations

from typing import Annotated

import typer

from laborscreen.cli import (
    evidence,
    explain,
    fields,
    questionnaire,
    rules_check,
    rules_list,
    rules_show,
    rules_test,
    screen,
)
from laborscreen.cli.conduct import Conduct

app = typer.Typer(
    name="laborscreen",
    cls=Conduct,
    help="Screen supplier and contractor records for DPRK labour and forced labour, and say why.",
    epilog="Outcomes say who should look, never what to decide: refer, review, incomplete, routine.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
rules = typer.Typer(name="rules", help="Read, check and test rulebooks.", no_args_is_help=True)

app.command("screen")(screen.screen)
app.command("explain")(explain.explain)
app.command("fields")(fields.fields)
app.command("questionnaire")(questionnaire.questionnaire)
app.command("evidence")(evidence.evidence)
rules.command("check")(rules_check.check)
rules.command("test")(rules_test.run)
rules.command("list")(rules_list.list_rules)
rules.command("show")(rules_show.show)
app.add_typer(rules)


def _version(wanted: bool) -> None:
    if wanted:
        from laborscreen import __version__

        typer.echo(f"laborscreen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Screen supplier and contractor records for DPRK labour and forced labour, and say why."""
