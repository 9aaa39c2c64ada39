"""
An assessment in few bytes, as the page of a report reads it.

The shapes below are a contract with ``page/page.js``; the browser tests hold the two together. A text is either itself
or the number of a shared one; figures are never shared.

=========  ====================================================================================
what       shape
=========  ====================================================================================
record     [place, id, name, country, region, sector, digest, change or 0, number of its card and detail]
change     [kind, outcome then, [rules raised since], [rules fallen since], whether the input is another]
card       [bands of the three axes, their scores, coverage, rules raised, rules set aside, first reason]
detail     [axes, flags, gaps, guards, exposure, next steps, notes, provenance, [numbers of foremost flags]]
axis       [score, band, held, [[group, points, counted] ...]]
flag       [rule, counts as, quality, points, status, because, [evidence ...], set aside by, set aside because]
evidence   [field, seen, value, wanted, start, end, source type, similarity, entry, note, listed or null]
listed     [standing, list, date, name, strength, kind, programmes, dprk, reasons, agree, disagree, cleared]
rule       [id, version, title, axis, group, strength, ask, [false positive ...], [citation ...]]
citation   [source, title, url, where, says]
=========  ====================================================================================
"""

from __future__ import annotations

from typing import Any

from laborscreen.report.shared_texts import SharedTexts
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import Assessment, Axis, Evidence, Flag, foremost
from laborscreen.screening.result import ListedName

_REASON = 240  # characters of the first reason shown in the table
_FOREMOST = 4  # reasons on top of a record's page


class Compactor:
    """
    Turns assessments into small lists, and gathers what they share.

    The rules are kept apart from the flags: of a flag only what differs from record to record is repeated.
    """

    def __init__(self) -> None:
        self.shared = SharedTexts()
        self._rules: dict[tuple[object, ...], int] = {}
        self._rows: list[list[Any]] = []

    @property
    def rules(self) -> list[list[Any]]:
        """The rules met so far, by their numbers."""
        return self._rows

    def card(self, assessment: Assessment) -> list[Any]:
        """Return what the table of records shows and filters by."""
        axes = assessment.axes.values()
        raised = [flag for flag in assessment.flags if flag.status == "raised"]
        reasons = foremost(assessment)
        return [
            [BANDS.index(axis.band) for axis in axes],
            [axis.score for axis in axes],
            assessment.coverage,
            [self._rule(flag) for flag in raised],
            [self._rule(flag) for flag in assessment.flags if flag.status != "raised"],
            self.shared.number(reasons[0].because[:_REASON]) if reasons else "",
        ]

    def detail(self, assessment: Assessment) -> list[Any]:
        """Return what the page of a record shows."""
        text = self.shared.number
        made = assessment.provenance
        return [
            [self._axis(axis) for axis in assessment.axes.values()],
            [self._flag(flag) for flag in assessment.flags],
            [
                [text(gap.rule), [text(field) for field in gap.fields], text(gap.ask)]
                for gap in assessment.gaps
            ],
            [
                [text(one.guard), text(one.title), text(one.because), [text(rule) for rule in one.suppressed]]
                for one in assessment.guards
            ],
            text(assessment.exposure),
            [text(step) for step in assessment.next_steps],
            [[text(note.field), note.written, text(note.note)] for note in assessment.notes],
            [
                text(made.software),
                text(made.rulebook),
                [[text(one.list), text(one.date), text(one.digest)] for one in made.lists],
                text(made.lists_note),
                text(made.screened_on),
            ],
            [assessment.flags.index(flag) for flag in foremost(assessment) if flag.points][:_FOREMOST],
        ]

    def _axis(self, axis: Axis) -> list[Any]:
        text = self.shared.number
        groups = [[text(part.group), part.points, part.counted] for part in axis.groups]
        return [axis.score, BANDS.index(axis.band), text(axis.held), groups]

    def _flag(self, flag: Flag) -> list[Any]:
        text = self.shared.number
        return [
            self._rule(flag),
            text(flag.counts_as),
            flag.quality,
            flag.points,
            text(flag.status),
            text(flag.because),
            [self._evidence(one) for one in flag.evidence],
            text(flag.set_aside_by),
            text(flag.set_aside_because),
        ]

    def _evidence(self, one: Evidence) -> list[Any]:
        text = self.shared.number
        start, end = one.span or (-1, -1)
        return [
            text(one.field),
            one.seen,
            one.value,
            text(one.wanted),
            start,
            end,
            text(one.source_type),
            one.similarity,
            one.entry,
            text(one.note),
            self._listed(one.listed) if one.listed else None,
        ]

    def _listed(self, other: ListedName) -> list[Any]:
        text = self.shared.number
        return [
            text(other.standing),
            text(other.list),
            text(other.list_date),
            text(other.name),
            text(other.strength),
            text(other.kind),
            [text(one) for one in other.programmes],
            [text(one) for one in other.dprk],
            [text(one) for one in other.reasons],
            [text(one) for one in other.agree],
            [text(one) for one in other.disagree],
            text(other.cleared),
        ]

    def _rule(self, flag: Flag) -> int:
        """Return the number of a flag's rule; versions of one rule have numbers of their own."""
        key = (
            flag.rule,
            flag.version,
            flag.heading,
            flag.axis,
            flag.group,
            flag.strength,
            flag.ask,
            flag.false_positives,
            flag.references,
        )
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = len(self._rows)
            cited = [[one.source, one.title, one.url, one.where, one.says] for one in flag.references]
            self._rows.append([*key[:7], list(flag.false_positives), cited])
        return found
