"""
``laborscreen explain``: everything about one record, down to the value and the line of the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from laborscreen.cli.screener_options import (
    AsOf,
    FormatName,
    Include,
    Map,
    OwnerFiles,
    PurposeOption,
    RulesDir,
    Sheet,
    Watchlists,
    make_owners,
    make_profile,
    make_screener,
)
from laborscreen.errors import InputError, UsageError
from laborscreen.source import Location

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.conditions import Condition, Tracer
    from laborscreen.formats import Batch, Source
    from laborscreen.record import Record
    from laborscreen.screening.day import Day
    from laborscreen.trials import Bench, Deciding, Line
    from laborscreen.values import ReadingSettings

_NEAR_MISSES = 6


def explain(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file the record is in.")],
    record_id: Annotated[str, typer.Option("--id", metavar="ID", help="The record's id.")],
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="ID", help="Show how this rule was answered, whatever it gave."),
    ] = None,
    rules: RulesDir = None,
    profile: Map = None,
    sheet: Sheet = None,
    format_name: FormatName = None,
    as_of: AsOf = None,
    include: Include = None,
    purpose: PurposeOption = None,
    watchlists: Watchlists = None,
    owner_files: OwnerFiles = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the assessment as JSON instead.")] = False,
) -> None:
    """Explain one record: every point, every flag with its evidence, what is not known, and why nothing else was raised."""
    from laborscreen.formats import open_source
    from laborscreen.record import Record
    from laborscreen.values import DEFAULT

    screener = make_screener(rules, as_of, include, purpose, watchlists)
    mapping = make_profile(profile)
    owners = make_owners(owner_files)
    source = open_source(file, profile=mapping, sheet=sheet, format_name=format_name, owners=owners)
    told, others = _find(source, record_id)
    day = screener.on()
    record = Record.model_validate(told, context=mapping.settings if mapping else None)
    if as_json:
        typer.echo(day.screen(record).to_json())
        return
    for one in rule or []:
        if one not in day.rulebook.by_id:
            raise UsageError(f"there is no rule {one!r}", hint="`laborscreen rules list` lists them")
    _show(day, record, others, rule or [], mapping.settings if mapping else DEFAULT)


def _find(source: Source, wanted: str) -> tuple[Mapping[str, Any], int]:
    """Return the first record of this id, and how many more there are."""
    found: list[Mapping[str, Any]] = []
    others = 0
    near: list[str] = []
    for batch in source.batches():
        for one, told in _records(batch):
            if one.strip() == wanted.strip():
                others += bool(found)
                found = found or [told()]
            elif not near and wanted.casefold() in one.casefold():
                near.append(one)
        for reject in batch.rejects:
            if not found and reject.id == wanted:
                raise InputError(
                    f"the row of {wanted} cannot be screened: {reject.reason}",
                    location=Location(reject.file, reject.line),
                )
    if not found:
        hint = f"did you mean {near[0]!r}?" if near else "ids are compared letter by letter"
        raise InputError(f"no record has the id {wanted!r}", location=Location(source.name), hint=hint)
    return found[0], others


def _records(batch: Batch) -> Iterator[tuple[str, Any]]:
    """Yield the id of each record and a function that gives the record."""
    from laborscreen.formats import nest

    if batch.nested is not None:
        for told in batch.nested:
            yield str(told["id"]), lambda told=told: told
        return
    for at, one in enumerate(batch.columns["id"]):
        yield str(one), lambda at=at: nest({path: column[at] for path, column in batch.columns.items()})


def _show(day: Day, record: Record, others: int, asked: list[str], settings: ReadingSettings) -> None:
    from laborscreen.cli import explanation_view as view
    from laborscreen.cli.answers_view import show_answers
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.conditions import Tracer

    out = console()
    assessment = day.screen(record)
    tracer = Tracer(day.evaluate(record))
    teller = _Teller(day, record, tracer, settings)
    view.show_heading(assessment, record.name or "", out)
    if others:
        out.print(
            safe(f"{counted(others, 'more record')} of this id in the file; the first is explained", "yellow")
        )
    view.show_scores(assessment, out)
    if assessment.flags:
        view.show_section(counted(len(assessment.flags), "flag"), out)
    for flag in assessment.flags:
        view.show_flag(flag, out)
        if flag.strength != "context":
            show_answers(teller.lines(teller.rules[flag.rule].when), out)
        out.print()
    view.show_guards(assessment, out)
    view.show_gaps(assessment, out)
    view.show_notes(assessment, out)
    raised = {flag.rule for flag in assessment.flags}
    if asked:
        view.show_section("Asked for", out)
        _show_rules(teller, asked, out)
    else:
        near = [one for one in _near_misses(day, tracer) if one not in raised]
        if near:
            view.show_section("Nearly raised: part of the condition is met", out)
            _show_rules(teller, near[:_NEAR_MISSES], out)
    view.show_next_steps(assessment, out)


class _Teller:
    """Tells conditions of the rules in force with their answers for one record."""

    def __init__(self, day: Day, record: Record, tracer: Tracer, settings: ReadingSettings) -> None:
        self._day = day
        self._settings = settings
        self.rules = {rule.id: rule for rule in day.compiled.rules}
        self._record = record
        self._tracer = tracer
        self._catalogue = day.compiled.program.catalogue
        self._titles = {rule.id: rule.title for rule in day.rulebook.rules}

    def lines(self, condition: Condition) -> tuple[Line, ...]:
        from laborscreen.trials import told

        return told(self._tracer.trace(condition), self._record, self._tracer, self._catalogue, self._titles)

    def deciding(self, rule: str) -> Deciding:
        """Return which single answer would decide a rule."""
        from laborscreen.trials import deciding

        return deciding(
            self._bench,
            rule,
            self._record,
            self._day.day,
            parties=self._day.bound.circumstances.parties,
            settings=self._settings,
        )

    @cached_property
    def _bench(self) -> Bench:
        from laborscreen.trials import Bench

        compiled = self._day.compiled
        return Bench(self._day.rulebook, compiled.rules, compiled.program.scanner)


def _near_misses(day: Day, tracer: Tracer) -> list[str]:
    """Return the rules that are not met although part of their condition is, context aside, nearest first."""
    from laborscreen.conditions import All, AtLeast, reasons

    found = []
    for number, rule in enumerate(day.compiled.rules):
        if rule.strength == "context":
            continue
        traced = tracer.trace(rule.when)
        if traced.truth is True or not isinstance(traced.condition, All | AtLeast):
            continue
        met = sum(1 for part in traced.parts for _ in reasons(part))
        open_parts = sum(part.truth is not True for part in traced.parts)
        if met:
            found.append((traced.truth is False, open_parts, number, rule.id))
    return [rule for *_, rule in sorted(found)]


def _show_rules(teller: _Teller, rules: list[str], out: Console) -> None:
    from laborscreen.cli.answers_view import show_answers, show_deciding
    from laborscreen.cli.terminal import safe

    for one in rules:
        rule = teller.rules.get(one)
        if rule is None:
            out.print(
                safe(one, "bold").append(
                    "  not in force: its status, its dates or the purpose leave it out", "dim"
                )
            )
            continue
        facts = f"  {rule.axis.replace('_', ' ')}, {rule.strength}"
        out.print(safe(f"{rule.id}  {rule.title}", "bold").append(facts, "dim"))
        if rule.applies_when is not None:
            out.print(safe("    applies when", "dim"))
            show_answers(teller.lines(rule.applies_when), out, indent=6)
            out.print(safe("    matches when", "dim"))
        show_answers(teller.lines(rule.when), out)
        show_deciding(teller.deciding(one), out)
