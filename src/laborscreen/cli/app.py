"""
The verbs, and how they are called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli import (
    evidence,
    explain,
    fields,
    ledger_decide,
    ledger_erase,
    ledger_export,
    ledger_list,
    ledger_policy,
    ledger_record,
    ledger_replay,
    ledger_show,
    ledger_verify,
    lists,
    lists_selftest,
    map_check,
    map_suggest,
    questionnaire,
    rules_check,
    rules_diff,
    rules_impact,
    rules_list,
    rules_lists,
    rules_new,
    rules_pack,
    rules_sample,
    rules_schema,
    rules_show,
    rules_test,
    screen,
)
from laborscreen.cli.conduct import Conduct
from laborscreen.cli.run_log import LogLevel, start_log

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
ledger = typer.Typer(
    name="ledger", help="Keep results and what people decided about them.", no_args_is_help=True
)

listed = typer.Typer(name="lists", help="Read, search and compare watchlists.", no_args_is_help=True)

mapping = typer.Typer(
    name="map", help="Propose mapping profiles, and see what they do.", no_args_is_help=True
)

app.command("screen")(screen.screen)
app.command("explain")(explain.explain)
app.command("fields")(fields.fields)
app.command("questionnaire")(questionnaire.questionnaire)
app.command("evidence")(evidence.evidence)
mapping.command("suggest")(map_suggest.suggest)
mapping.command("check")(map_check.check)
app.add_typer(mapping)
rules.command("check")(rules_check.check)
rules.command("test")(rules_test.run)
rules.command("schema")(rules_schema.schema)
rules.command("list")(rules_list.list_rules)
rules.command("show")(rules_show.show)
rules.command("new")(rules_new.new)
rules.command("sample")(rules_sample.sample)
rules.command("precision")(rules_sample.precision)
rules.command("pack")(rules_pack.pack)
rules.command("diff")(rules_diff.diff)
rules.command("impact")(rules_impact.impact)
term_lists = typer.Typer(
    name="lists", help="Term lists and exceptions out to a workbook, and back.", no_args_is_help=True
)
term_lists.command("export")(rules_lists.export_lists)
term_lists.command("import")(rules_lists.import_lists)
rules.add_typer(term_lists)
app.add_typer(rules)
listed.command("import")(lists.import_lists)
listed.command("info")(lists.info)
listed.command("search")(lists.search)
listed.command("diff")(lists.diff)
listed.command("selftest")(lists_selftest.selftest)
app.add_typer(listed)
ledger.command("record")(ledger_record.record)
ledger.command("decide")(ledger_decide.decide)
ledger.command("list")(ledger_list.list_cases)
ledger.command("show")(ledger_show.show)
ledger.command("export")(ledger_export.export)
ledger.command("verify")(ledger_verify.verify)
ledger.command("replay")(ledger_replay.replay)
ledger.command("erase")(ledger_erase.erase)
ledger.command("policy")(ledger_policy.policy)
app.add_typer(ledger)


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
