"""
``laborscreen rules clear``: write down that a record's party is not the listed one it resembles.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.errors import InputError, UsageError
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.screening import Assessment


def clear(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="The .jsonl file of results with the hit.")
    ],
    rules: Annotated[
        Path, typer.Option("--rules", metavar="DIR", help="The rulebook folder the entry goes to.")
    ],
    record: Annotated[str, typer.Option(metavar="ID", help="The record's id.")],
    entry: Annotated[
        list[str],
        typer.Option(metavar="KEY", help="The listed party it is not; may be given several times."),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is not.")],
    evidence: Annotated[
        str, typer.Option(metavar="TEXT", help="What that rests on: a document, an extract, a case number.")
    ],
    author: Annotated[str, typer.Option(metavar="NAME", help="Who looked at it.")],
    approver: Annotated[str, typer.Option(metavar="NAME", help="Who answers for it; somebody else.")],
    expires: Annotated[str, typer.Option(metavar="DATE", help="The last day it holds: 2027-03-31.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
) -> None:
    """Write good-guy entries: the record's party is not these listed parties. The hits stay visible and count nothing."""
    from laborscreen.cli.problem_lines import show_problems
    from laborscreen.rulebook import load_rulebook
    from laborscreen.rulebook.list_edits import ENTRY, EditedRow, edit_rulebook, exception_cells, write_edits
    from laborscreen.rulebook.policy import fingerprint_of_thresholds
    from laborscreen.text import visible

    book = load_rulebook(rules)
    hits = _hits(_result(results, record), entry, results)
    thresholds = fingerprint_of_thresholds(book.policy.name_thresholds)
    place = Location(str(results))
    told = (record, reason, approver, expires)
    made = {
        (rule, record, key, of_record): EditedRow(
            (rule, *told, key, of_record, of_entry, author, evidence, thresholds), (place,) * len(ENTRY)
        )
        for rule, key, of_record, of_entry in hits
    }
    # An entry written anew takes the place of the one before.
    anew = {one[:3] for one in made}
    others = [one for one in book.exceptions if (one.rule, one.record, one.entry) not in anew]
    kept = [EditedRow(exception_cells(one), (one.location,) * len(ENTRY)) for one in others]
    edits = edit_rulebook(rules, {}, [*kept, *made.values()])
    show_problems(edits.problems)
    if edits.refused:
        raise typer.Exit(ExitCode.REFUSED)
    if not dry_run:
        write_edits(rules, edits)
    written = "would be written" if dry_run else "written"
    for rule, _, key in dict.fromkeys(one[:3] for one in made):
        typer.echo(
            f"{rule}: {visible(record)} is not {visible(key)}, until {visible(expires)}; {visible(reason)}"
        )
    typer.echo(f"{written}: {', '.join(sorted(edits.files)) or 'nothing, it is there already'}")


def _result(results: Path, record: str) -> Assessment:
    from laborscreen.report.results_in import read_results

    found = [one for _, one in read_results(results) if one.record_id == record]
    if len(found) != 1:
        raise InputError(
            f"{len(found) or 'no'} results have the id {record!r}",
            location=Location(str(results)),
            hint="an entry is written from one result",
        )
    return found[0]


def _hits(assessment: Assessment, wanted: Sequence[str], results: Path) -> list[tuple[str, str, str, str]]:
    """Return rule, key and both fingerprints of every hit of the listed parties *wanted*."""
    hits = {
        (flag.rule, one.entry, one.listed.fingerprint_record, one.listed.fingerprint)
        for flag in assessment.flags
        for one in flag.evidence
        if one.listed is not None and one.entry is not None
    }
    met = {key for _, key, _, _ in hits}
    for key in wanted:
        if key not in met:
            raise UsageError(
                f"{results} does not say that {assessment.record_id} resembles {key!r}",
                hint=f"it resembles {', '.join(sorted(met)) or 'no listed party'}",
            )
    return sorted(hit for hit in hits if hit[1] in wanted)
