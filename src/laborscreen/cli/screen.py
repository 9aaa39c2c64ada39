"""
``laborscreen screen``: files in, results and a summary out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode, end_quietly
from laborscreen.cli.screener_options import (
    AsOf,
    FormatName,
    Include,
    Map,
    OwnerFiles,
    PurposeOption,
    RulesDir,
    Sheet,
    StaleLists,
    Watchlists,
    make_owners,
    make_profile,
    make_screener,
)
from laborscreen.errors import UsageError
from laborscreen.log import log

if TYPE_CHECKING:
    from laborscreen.cli.checkpoint import Checkpoint, State
    from laborscreen.cli.owners_joined import OwnersJoined
    from laborscreen.cli.report_out import ReportOut
    from laborscreen.cli.run_times import RunTimes
    from laborscreen.cli.screening_run import Run
    from laborscreen.cli.tally import FileRead, RunSummary, Tally
    from laborscreen.cli.work import Work
    from laborscreen.formats import Profile
    from laborscreen.formats.owners import Owners
    from laborscreen.report import Answers
    from laborscreen.screening.day import Day

_WORTH_SHARING = 1 << 20  # bytes of input from which on several processes are started


class Level(StrEnum):
    """Outcomes that may end the program with exit code 1, gravest first."""

    REFER = "refer"
    REVIEW = "review"
    INCOMPLETE = "incomplete"


def screen(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Supplier files: CSV, XLSX, Parquet, Arrow, JSON, JSON lines."),
    ],
    rules: RulesDir = None,
    profile: Map = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="Where the results go: .jsonl, .json, .csv, .xlsx, .parquet or .ftm.json.",
        ),
    ] = None,
    report_file: Annotated[
        Path | None,
        typer.Option("--report", metavar="HTML", help="Write a page for people: one file, no network."),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar="RESULTS",
            help="The .jsonl results of an earlier run; the report then tells what changed since.",
        ),
    ] = None,
    answer_files: Annotated[
        list[Path] | None,
        typer.Option(
            "--answers", metavar="FILE", help="A filled questionnaire, or a folder of them; may be repeated."
        ),
    ] = None,
    owner_files: OwnerFiles = None,
    fail_on: Annotated[
        Level | None,
        typer.Option(
            "--fail-on", help="End with exit code 1 if any record is this or graver.", show_default="never"
        ),
    ] = None,
    as_of: AsOf = None,
    sheet: Sheet = None,
    format_name: FormatName = None,
    summary_file: Annotated[
        Path | None, typer.Option("--summary", metavar="FILE", help="Write the summary as JSON, too.")
    ] = None,
    include: Include = None,
    purpose: PurposeOption = None,
    watchlists: Watchlists = None,
    stale_lists: StaleLists = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="Processes that share the work.", show_default="all cores"),
    ] = None,
    delta: Annotated[
        Path | None,
        typer.Option(
            "--delta",
            metavar="RESULTS",
            help="The .jsonl results of an earlier run: those that still hold are taken over.",
        ),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option(
            "--changes", metavar="FILE", help="With --delta: what changed, and because of what, as .jsonl."
        ),
    ] = None,
    for_delta: Annotated[
        bool,
        typer.Option("--for-delta", help="Leave beside OUT what a later --delta needs; --delta does, too."),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run of the same files and options.")
    ] = False,
) -> None:
    """
    Screen supplier files and sum up what was found.

    Rows that cannot be screened stand in OUT.rejects.csv with their number and the reason.
    """
    from laborscreen.cli.checkpoint import day_of_state
    from laborscreen.cli.crew import Crew, all_cores
    from laborscreen.cli.delta_run import DeltaOptions
    from laborscreen.cli.results_out import ResultsOut
    from laborscreen.cli.run_progress import shown_progress
    from laborscreen.cli.run_times import Stopwatch
    from laborscreen.cli.screening_run import Run
    from laborscreen.cli.work import Work
    from laborscreen.formats import open_source
    from laborscreen.formats.writers import lines_for
    from laborscreen.values import ReadingSettings

    if previous and not report_file:
        raise UsageError("--previous is for the report", hint="ask for one with --report PAGE.html")
    asked = DeltaOptions(out, delta, changes, for_delta)
    watch = Stopwatch()
    log_file = context.find_root().params.get("log_file")
    _refuse_same_files(
        [
            *files,
            *(owner_files or []),
            *(answer_files or []),
            *([previous] if previous else []),
            *asked.inputs,
        ],
        asked.outputs,
        out,
        summary_file,
        report_file,
        log_file,
    )
    if resume and as_of is None and out:
        as_of = day_of_state(out)  # a run of last night goes on with last night's day
    screener = make_screener(rules, as_of, include, purpose, watchlists, stale_lists)
    day = screener.on()
    mapping = make_profile(profile)
    settings = mapping.settings if mapping else ReadingSettings()
    sources = [open_source(file, profile=mapping, sheet=sheet, format_name=format_name) for file in files]
    answers = _answers(answer_files or [])
    owners = make_owners(owner_files)
    lines = lines_for(out) if out else None
    earlier = asked.earlier(screener, day, mapping)
    held = earlier if earlier and earlier.holds else None
    work = Work(screener, day.day, sources, settings, lines, report_file is not None, answers, held, owners)
    again = "a page for people" if report_file else ""
    checkpoint, state, notes = _earlier(work, mapping, out, again, resume=resume)
    watch.prepared()
    shared = sum(file.stat().st_size for file in files) >= _WORTH_SHARING
    with (
        Crew(work, (jobs or all_cores()) if shared else 1) as crew,
        _report_out(report_file, previous) if report_file else nullcontext() as report,
    ):
        with (
            shown_progress(sources) as progress,
            ResultsOut(out, checkpoint, state) if out else nullcontext() as results,
        ):
            run = Run(work, crew, results, progress, report)
            read = run.go(state)
        notes += asked.finish(work, mapping, earlier, run.taken)
        owned = _owners_joined(owners, run) if owners else None
        summary = _summary(day, read, run.tally, watch.stop(), out, notes, owned)
        if report:
            report.finish(summary, day)
    tally = run.tally
    _log(summary)
    _report(summary, summary_file)
    if fail_on is not None and tally.reached(fail_on.value):
        raise typer.Exit(ExitCode.MET)
    if tally.rejected or (owners is not None and owners.rejected):
        raise typer.Exit(ExitCode.ROWS_REJECTED)


def _answers(files: Sequence[Path]) -> Mapping[str, Answers]:
    if not files:
        return {}
    from laborscreen.report import read_answers

    return read_answers(files)


def _owners_joined(owners: Owners, run: Run) -> OwnersJoined:
    from laborscreen.cli.owners_joined import owners_joined

    return owners_joined(owners, run.owned, run.ambiguous)


def _report_out(page: Path, previous: Path | None) -> ReportOut:
    from laborscreen.cli.report_out import ReportOut

    return ReportOut(page, previous)


def _refuse_same_files(
    files: Sequence[Path],
    others: Sequence[tuple[str, Path]],
    out: Path | None,
    summary_file: Path | None,
    report_file: Path | None,
    log_file: Path | None,
) -> None:
    from laborscreen.cli.checkpoint import marks_path, state_path
    from laborscreen.formats.writers import refuse_same_files, rejects_path

    outputs: list[tuple[str, Path]] = list(others)
    if out:
        outputs += [("the result", out), ("the file of rejected rows", rejects_path(out))]
        outputs += [("the state of the run", state_path(out)), ("the marks of ids", marks_path(out))]
    if summary_file:
        outputs.append(("the summary", summary_file))
    if report_file:
        outputs.append(("the report", report_file))
    if log_file:
        outputs.append(("the log", log_file))
    refuse_same_files(outputs, files)


def _earlier(
    work: Work, profile: Profile | None, out: Path | None, again: str, *, resume: bool
) -> tuple[Checkpoint | None, State | None, tuple[str, ...]]:
    """
    Return where the state of this run stands, the state to go on from, and what a person should know of it.

    Where something of the run can only be done *again* from the start, there is neither.
    """
    from laborscreen.cli.checkpoint import Checkpoint, made_from
    from laborscreen.errors import UsageError
    from laborscreen.formats.writers import can_go_on

    if out is None:
        if resume:
            raise UsageError(
                "--resume goes on with a result file, and none is named", hint="give it with --out"
            )
        return None, None, ()
    if again or not can_go_on(out):
        what = again or "a workbook or Parquet file"
        return None, None, (f"--resume: {what} cannot be gone on with; every row was screened anew",) * resume
    checkpoint = Checkpoint(out, made_from(work, profile))
    state = checkpoint.load() if resume else None
    if resume and state is None:
        return (
            checkpoint,
            None,
            ("--resume: there was no interrupted run to go on with; this one began anew",),
        )
    return checkpoint, state, ()


def _summary(
    day: Day,
    read: tuple[FileRead, ...],
    tally: Tally,
    times: RunTimes,
    out: Path | None,
    notes: tuple[str, ...],
    owned: OwnersJoined | None,
) -> RunSummary:
    from laborscreen import __version__
    from laborscreen.cli.tally import RunSummary
    from laborscreen.formats.writers import rejects_path

    return RunSummary(
        software=f"laborscreen {__version__}",
        screened_on=day.day.isoformat(),
        rulebook=day.rulebook.digest,
        rules=len(day.compiled.rules),
        lists=day.lists,
        files=read,
        tally=tally,
        times=times,
        notes=(*notes, *_notes(day)),
        out=str(out) if out else "",
        rejects_out=str(rejects_path(out)) if out and tally.rejected else "",
        owners=owned,
    )


def _notes(day: Day) -> tuple[str, ...]:
    from laborscreen.cli.terminal import counted

    notes = []
    if day.rulebook.problems:
        notes.append(
            f"the rulebook has {counted(len(day.rulebook.problems), 'warning')}; `laborscreen rules check` lists them"
        )
    notes += [
        f"the exception of {entry.record} from {entry.rule} expired on {entry.expires} and was not applied"
        for entry in day.rulebook.exceptions
        if entry.expired(day.day)
    ]
    notes += [note for note in (day.rulebook.note, day.lists_note) if note]
    return tuple(notes)


def _log(summary: RunSummary) -> None:
    """Log what was read and what it came to: files, counts and seconds, nothing that a row says."""
    for one in summary.files:
        log.info(
            "%s: %s, sha256 %s, %d rows, %d rejected",
            one.file,
            one.format,
            one.digest,
            one.rows,
            one.rejected,
        )
    if summary.tally.rejected:
        log.warning("%d rows rejected, see %s", summary.tally.rejected, summary.rejects_out or "the summary")
    from laborscreen.screening import OUTCOMES

    outcomes = ", ".join(f"{word} {summary.tally.outcomes[word]}" for word in OUTCOMES)
    log.info(
        "%s in %.1f s (%.1f s of it to prepare): %s",
        summary.accounts,
        summary.times.preparing + summary.times.screening,
        summary.times.preparing,
        outcomes,
    )


def _report(summary: RunSummary, summary_file: Path | None) -> None:
    """Write the summary where it was asked for, and print it; a reader who has gone changes no exit code."""
    from laborscreen.cli.summary_view import show_summary
    from laborscreen.cli.terminal import console

    if summary_file:
        import orjson

        from laborscreen.formats.writers import Target

        with Target(summary_file) as target:
            target.write(orjson.dumps(summary.to_dict(), option=orjson.OPT_INDENT_2) + b"\n")
    try:
        show_summary(summary, console(err=True))
    except BrokenPipeError:
        end_quietly()
