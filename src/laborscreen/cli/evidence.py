"""
``laborscreen evidence``: all that explains one result, in one archive that can be checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.screener_options import RulesDir
from laborscreen.errors import InputError, UsageError
from laborscreen.source import Location


def evidence(
    results: Annotated[
        Path | None, typer.Argument(metavar="RESULTS", help="A .jsonl file that screening wrote.")
    ] = None,
    record_id: Annotated[str | None, typer.Option("--id", metavar="ID", help="The record's id.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="ZIP", help="Where the pack goes.")
    ] = None,
    rules: RulesDir = None,
    without_rules: Annotated[
        bool, typer.Option("--without-rules", help="Leave the texts of the rules out.")
    ] = False,
    attach: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Enclose a file: the input, decisions; may be given several times."
        ),
    ] = None,
    verify: Annotated[
        Path | None, typer.Option("--verify", metavar="ZIP", help="Check a pack instead of making one.")
    ] = None,
    digest: Annotated[
        str, typer.Option("--digest", metavar="SHA256", help="The manifest's digest as noted elsewhere.")
    ] = "",
) -> None:
    """Make an evidence pack of one record, or check one."""
    if verify is not None:
        _verify(verify, digest)
        return
    if results is None or record_id is None or out is None:
        raise UsageError(
            "a pack needs RESULTS, --id and -o", hint="laborscreen evidence RESULTS.jsonl --id ID -o pack.zip"
        )
    from laborscreen.formats.writers import refuse_same_files
    from laborscreen.report.evidence_pack import write_pack
    from laborscreen.report.results_in import read_results
    from laborscreen.rulebook import load_rulebook

    attached = attach or []
    refuse_same_files([("the pack", out)], [results, *attached])
    found = [(line, one) for line, one in read_results(results) if one.record_id == record_id]
    if not found:
        raise InputError(f"no result has the id {record_id!r}", location=Location(str(results)))
    if len(found) > 1:
        raise InputError(
            f"{len(found)} results have the id {record_id!r}",
            location=Location(str(results)),
            hint="a pack is of one result; put the one meant into a file of its own",
        )
    line, assessment = found[0]
    made = write_pack(out, line, assessment, None if without_rules else load_rulebook(rules), attached)
    typer.echo(f"{out}: note this digest elsewhere, sha256 {made}")


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
