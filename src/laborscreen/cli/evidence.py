"""
``laborscreen evidence``: all that explains one result, in one archive that can be checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.screener_options import RulesDir
from laborscreen.errors import InputError, UsageError
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.screening import Assessment


def evidence(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    record_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="The record's id.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="ZIP", help="Where the pack goes.")
    ] = None,
    results: Annotated[
        Path | None, typer.Option("--results", metavar="FILE", help="A .jsonl file that screening wrote.")
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            "--ledger",
            metavar="PLACE",
            envvar="LABORSCREEN_LEDGER",
            help="The ledger that keeps the result; its decisions and the record's input go into the pack.",
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--assessment",
            metavar="NUMBER",
            help="Of the ledger's assessments of it.",
            show_default="the last",
        ),
    ] = None,
    rules: RulesDir = None,
    without_rules: Annotated[
        bool, typer.Option("--without-rules", help="Leave the texts of the rules out.")
    ] = False,
    attach: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Enclose a file: correspondence, photographs; may be given several times."
        ),
    ] = None,
    verify: Annotated[
        Path | None, typer.Option("--verify", metavar="ZIP", help="Check a pack instead of making one.")
    ] = None,
    digest: Annotated[
        str, typer.Option("--digest", metavar="SHA256", help="The manifest's digest as noted elsewhere.")
    ] = "",
) -> None:
    """Make an evidence pack of one record from a results file or a ledger, or check one."""
    if verify is not None:
        _verify(verify, digest)
        return
    if record_id is None or out is None or (results is None and place is None):
        raise UsageError(
            "a pack needs ID, -o, and --results or --ledger",
            hint="laborscreen evidence ID -o pack.zip --ledger cases.db",
        )
    from laborscreen.formats.writers import refuse_same_files
    from laborscreen.report.evidence_pack import write_pack
    from laborscreen.rulebook import load_rulebook

    attached = attach or []
    refuse_same_files([("the pack", out)], [*([results] if results else []), *attached])
    kept: dict[str, bytes] = {}
    if results is not None:
        line, assessment = _in_results(results, record_id)
    else:
        line, assessment, kept = _in_ledger(str(place), record_id, number)
    rulebook = None if without_rules else load_rulebook(rules)
    made = write_pack(out, line, assessment, rulebook, attached, kept=kept)
    typer.echo(f"{out}: note this digest elsewhere, sha256 {made}")


def _in_results(results: Path, record_id: str) -> tuple[bytes, Assessment]:
    from laborscreen.report.results_in import read_results

    found = [(line, one) for line, one in read_results(results) if one.record_id == record_id]
    if not found:
        raise InputError(f"no result has the id {record_id!r}", location=Location(str(results)))
    if len(found) > 1:
        raise InputError(
            f"{len(found)} results have the id {record_id!r}",
            location=Location(str(results)),
            hint="a pack is of one result; put the one meant into a file of its own",
        )
    return found[0]


def _in_ledger(place: str, record_id: str, number: int | None) -> tuple[bytes, Assessment, dict[str, bytes]]:
    """Return a kept result, and what the ledger keeps beside it: the input, every decision, the rows of the chain."""
    import orjson

    from laborscreen.ledger import Ledger
    from laborscreen.report.results_in import read_result

    with Ledger(place) as ledger:
        numbers = [one.assessment for one in ledger.cases(record_id=record_id)]
        if not numbers:
            raise InputError(f"nothing is kept about {record_id!r}", location=Location(ledger.name))
        if number is not None and number not in numbers:
            raise InputError(f"assessment {number} is not of {record_id!r}", location=Location(ledger.name))
        case = ledger.case(number or numbers[-1])
        told = ledger.export_party(record_id)
    assert case.result is not None  # a party that can be found by its id was not erased
    assert case.stored_input is not None
    kept = {
        "input.json": case.stored_input + b"\n",
        "ledger.json": orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
    }
    return case.result, read_result(case.result, ledger.name), kept


def _verify(pack: Path, digest: str) -> None:
    from laborscreen.report.evidence_pack import verify_pack
    from laborscreen.text import visible

    found = verify_pack(pack, digest)
    for fault in found.faults:
        typer.echo(visible(fault), err=True)
    if found.faults:
        raise typer.Exit(ExitCode.REFUSED)
    typer.echo(
        visible(
            f"{pack}: whole, {found.files} files about {found.record_id}, manifest sha256 {found.manifest}"
        )
    )
