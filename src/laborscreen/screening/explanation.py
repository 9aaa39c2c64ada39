"""
From bits to sentences: flags with their evidence, gaps with the question to ask, and what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from laborscreen.conditions import CLAUSE_ANSWERS, Evaluation, Program, Traced, Tracer, reasons, undecided
from laborscreen.record import Record
from laborscreen.rulebook import Guard, Rule, Rulebook
from laborscreen.screening.evidence import Witness
from laborscreen.screening.judgement import Judged, Judgement
from laborscreen.screening.result import (
    Assessment,
    Citation,
    Flag,
    Gap,
    GuardApplied,
    Provenance,
    ValueNote,
    Verdict,
)
from laborscreen.text import Mention

if TYPE_CHECKING:
    from laborscreen.screening.list_evidence import ListWitness

_NOTED = 200  # characters of an unreadable value that are repeated in the result
_ORDER = {"raised": 0, "suppressed": 1, "excepted": 2}

NEXT_STEPS = {
    "refer": (
        "Refer to compliance: hold new orders and payments until a person has decided, and keep the evidence.",
        "Do not confront workers through their minders or agents; their safety comes first.",
    ),
    "review": ("Review by a second person with a second source; ask the supplier the questions below.",),
    "incomplete": ("Ask the supplier the questions below; what is not known is neither clean nor guilty.",),
    "routine": ("Nothing to do now. This is not an approval.",),
}
"""What an analyst does with each outcome (domain dossier s.7.3)."""


class Settled(NamedTuple):
    """
    What is the same for every record of one pattern.

    Args:
        answers: the formula's answers.
        judgement: points, bands, outcome.
        verdict: the same in the published words.
        guards: guards that hold and suppress something.
        gaps: what is not known and matters.
    """

    answers: tuple[int, ...]
    judgement: Judgement
    verdict: Verdict
    guards: tuple[GuardApplied, ...]
    gaps: tuple[Gap, ...]


class Explainer:
    """
    Builds assessments.

    Args:
        rulebook: for titles, reasons, questions and sources.
        program: the compiled conditions.
        rules: in the order of the program's clauses.
        day: the day screened.
        lists: tells which listed parties a name met, if any list is loaded.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        program: Program,
        rules: Sequence[Rule],
        day: date,
        lists: ListWitness | None = None,
    ) -> None:
        self._lists = lists
        self._rulebook = rulebook
        self._program = program
        self._rules = rules
        self._day = day.isoformat()
        self._titles = {rule.id: rule.title for rule in rules}
        self._guards_at = len(rules) * CLAUSE_ANSWERS + 2 * len(rulebook.policy.needs)
        self._citations = {rule.id: self._cite(rule) for rule in rules}

    def settle(
        self, record: Record, evaluation: Evaluation, judgement: Judgement, verdict: Verdict
    ) -> Settled:
        """Return what is the same for every record of one pattern."""
        witness = self._witness(record, evaluation)
        return Settled(
            evaluation.answers,
            judgement,
            verdict,
            self._guards(evaluation, judgement),
            self._gaps(witness, judgement),
        )

    def assess(
        self,
        record: Record,
        evaluation: Evaluation,
        settled: Settled,
        excepted: Mapping[str, tuple[str, str]],
        provenance: Provenance,
        traced: dict[str, Traced],
    ) -> Assessment:
        """
        Return the assessment of one record.

        Args:
            record: the record.
            evaluation: its answers.
            settled: what is the same for its like.
            excepted: rule to who excepted this record from it, and why.
            provenance: what the result is made from.
            traced: conditions of rules with the answers of the record and its like; what is missing is added.
        """
        judgement = settled.judgement
        flags: list[Flag] = []
        if judgement.matched:
            witness = self._witness(record, evaluation)
            for one in judgement.matched:
                rule = self._rules[one.number]
                if rule.id not in traced:
                    traced[rule.id] = witness.tracer.trace(rule.when)
                flags.append(self._flag(one, witness, settled.guards, excepted, traced[rule.id]))
            flags.sort(key=lambda flag: (_ORDER[flag.status], -flag.points, flag.rule))
        notes = tuple(ValueNote(note.field, note.written[:_NOTED], note.note) for note in record.notes())
        return Assessment(
            record.id,
            judgement.outcome,
            judgement.axes,
            tuple(flags),
            (*settled.gaps, *(_unreadable(note) for note in notes)),
            settled.guards,
            judgement.coverage,
            judgement.tier,
            NEXT_STEPS[judgement.outcome],
            notes,
            provenance,
        )

    def _witness(self, record: Record, evaluation: Evaluation) -> Witness:
        return Witness(
            record,
            self._program.catalogue,
            Tracer(evaluation),
            self._mentions,
            self._titles,
            self._day,
            self._lists,
        )

    def _mentions(self, name: str, text: str) -> Sequence[Mention]:
        scanner = self._program.scanner
        return () if scanner is None else scanner.mentions(text, self._program.scanned[name])

    def _cite(self, rule: Rule) -> tuple[Citation, ...]:
        return tuple(
            Citation(
                reference.source,
                self._rulebook.sources[reference.source].title,
                self._rulebook.sources[reference.source].url,
                reference.where,
                reference.says,
            )
            for reference in rule.references
        )

    def _flag(
        self,
        one: Judged,
        witness: Witness,
        guards: Sequence[GuardApplied],
        excepted: Mapping[str, tuple[str, str]],
        traced: Traced,
    ) -> Flag:
        rule = self._rules[one.number]
        evidence = witness.evidence(traced, rule.id)
        by, why = "", ""
        if one.status == "suppressed":
            guard = next(guard for guard in guards if rule.id in guard.suppressed)
            by, why = guard.guard, guard.because
        elif one.status == "excepted":
            approver, reason = excepted[rule.id]
            by, why = approver, reason
        return Flag(
            rule.id,
            rule.version,
            rule.title,
            rule.axis,
            rule.group,
            rule.strength,
            one.counts_as,
            one.quality,
            one.points,
            one.status,
            witness.sentence(rule.because, evidence, traced),
            evidence,
            self._citations[rule.id],
            rule.ask,
            tuple(rule.false_positives),
            by,
            why,
            rule.status,
        )

    def _guards(self, evaluation: Evaluation, judgement: Judgement) -> tuple[GuardApplied, ...]:
        """Return the guards that hold and suppress something here."""
        found = []
        matched = [self._rules[one.number] for one in judgement.matched if one.status == "suppressed"]
        for place, guard in enumerate(self._rulebook.guards):
            if not evaluation.answers[self._guards_at + 2 * place]:
                continue
            suppressed = tuple(rule.id for rule in matched if _suppresses(guard, rule))
            if suppressed:
                found.append(GuardApplied(guard.id, guard.title, guard.because, suppressed))
        return tuple(found)

    def _gaps(self, witness: Witness, judgement: Judgement) -> tuple[Gap, ...]:
        """
        Return what is not known and matters here.

        What the tier needs comes first, then what a second source must confirm. Where something is raised or the exposure
        is high, the rules that wait for an answer follow: of a list or a part of the record that is told, what is still
        open in it is asked for. What is not told at all is the business of the needs.
        """
        needs = [self._rulebook.policy.needs[place] for place in judgement.unmet]
        gaps = [Gap(need.id, need.fields, need.ask) for need in needs]
        for number in judgement.unconfirmed:
            rule = self._rules[number]
            gaps.append(Gap(rule.id, witness.fields(reasons(witness.tracer.trace(rule.when))), rule.ask))
        raised = any(one.status == "raised" and one.points for one in judgement.matched)
        for number in judgement.unknown if raised or judgement.tier == "high" else ():
            rule = self._rules[number]
            fields = witness.fields(undecided(witness.tracer.trace(rule.when)))
            told = tuple(field for field in fields if witness.is_begun(field))
            if told:
                gaps.append(Gap(rule.id, told, rule.ask))
        return tuple(gaps)


def _unreadable(note: ValueNote) -> Gap:
    return Gap("unreadable-value", (note.field,), f"What is meant by “{note.written[:80]}”? {note.note}.")


def _suppresses(guard: Guard, rule: Rule) -> bool:
    return rule.id in guard.suppresses or rule.group in guard.suppresses
