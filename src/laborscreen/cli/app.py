"""
The verbs, and how they are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.conduct import Conduct
from laborscreen.cli.run_log import LogLevel, start_log
from laborscreen.cli.verbs import group_of


def _group(name: str, told: str, verbs: Mapping[str, str | typer.Typer]) -> typer.Typer:
    return typer.Typer(name=name, cls=group_of(verbs), help=told, no_args_is_help=True)


# Where each verb is: the module of this room and its function, read when the verb is called.
_MAP = {"suggest": "map_suggest:suggest", "check": "map_check:check"}
_TERM_LISTS = {"export": "rules_lists:export_lists", "import": "rules_lists:import_lists"}
_RULES: dict[str, str | typer.Typer] = {
    "check": "rules_check:check",
    "test": "rules_test:run",
    "schema": "rules_schema:schema",
    "list": "rules_list:list_rules",
    "show": "rules_show:show",
    "new": "rules_new:new",
    "sample": "rules_sample:sample",
    "precision": "rules_sample:precision",
    "pack": "rules_pack:pack",
    "diff": "rules_diff:diff",
    "clear": "rules_clear:clear",
    "impact": "rules_impact:impact",
    "lists": _group("lists", "Term lists and exceptions out to a workbook, and back.", _TERM_LISTS),
}
_LISTS = {
    "import": "lists:import_lists",
    "info": "lists:info",
    "search": "lists:search",
    "diff": "lists:diff",
    "selftest": "lists_selftest:selftest",
}
_LEDGER = {
    "record": "ledger_record:record",
    "decide": "ledger_decide:decide",
    "list": "ledger_list:list_cases",
    "show": "ledger_show:show",
    "export": "ledger_export:export",
    "verify": "ledger_verify:verify",
    "replay": "ledger_replay:replay",
    "erase": "ledger_erase:erase",
    "policy": "ledger_policy:policy",
}
_VERBS: dict[str, str | typer.Typer] = {
    "screen": "screen:screen",
    "explain": "explain:explain",
    "fields": "fields:fields",
    "questionnaire": "questionnaire:questionnaire",
    "evidence": "evidence:evidence",
    "map": _group("map", "Propose mapping profiles, and see what they do.", _MAP),
    "rules": _group("rules", "Read, check and test rulebooks.", _RULES),
    "lists": _group("lists", "Read, search and compare watchlists.", _LISTS),
    "ledger": _group("ledger", "Keep results and what people decided about them.", _LEDGER),
}
app = typer.Typer(
    name="laborscreen",
    cls=group_of(_VERBS, Conduct),
    help="Screen supplier and contractor records for DPRK labour and forced labour, and say why.",
    epilog="Outcomes say who should look, never what to decide: refer, review, incomplete, routine.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from laborscreen import __version__

        typer.echo(f"laborscreen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    log_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Add to a log of runs: files, counts, digests, seconds; nothing of a record."
        ),
    ] = None,
    log_level: Annotated[
        LogLevel | None,
        typer.Option(
            help="How much is logged; without --log-file, to standard error.",
            show_default="info with --log-file",
        ),
    ] = None,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Screen supplier and contractor records for DPRK labour and forced labour, and say why."""
    context.call_on_close(start_log(log_level, log_file))
