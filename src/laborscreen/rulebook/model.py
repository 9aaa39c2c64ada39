"""
The rulebook as read: rules, lists, guards, sources, exceptions, rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from laborscreen.conditions.tree import All, AtLeast, Condition, Flagged, Not
from laborscreen.conditions.tree import Any as AnyOf
from laborscreen.errors import Problem
from laborscreen.rulebook.policy import Policy
from laborscreen.rulebook.term import PreparedTerms, Term
from laborscreen.source import Location
from laborscreen.text import TermPatterns

if TYPE_CHECKING:
    from laborscreen.rulebook.pack_file import Manifest

STATUSES = ("draft", "test", "stable", "retired")
EXPECTATIONS = ("match", "no_match", "unknown")
MATCHES = ("exact", "whole_word", "code_prefix", "words")
EVIDENCE_KINDS = ("log", "hiring", "payment")
PURPOSES = ("supplier_due_diligence", "contractor_onboarding", "employment")
PURPOSES_WHEN_SILENT = ("supplier_due_diligence", "contractor_onboarding")
"""What a rule without ``purposes`` is fit for; decisions on employment need a rule that says so (limit L7)."""

Match = Literal["exact", "whole_word", "code_prefix", "words"]


@dataclass(frozen=True, slots=True)
class Reference:
    """
    What a rule rests on.

    Args:
        source: id of a `Source`.
        where: the place in it.
        says: what it says, in our words.
    """

    source: str
    where: str
    says: str
    location: Location


@dataclass(frozen=True, slots=True)
class ListedExample:
    """
    A listed party made up for a rule's test.

    Args:
        name: its main name.
        list: the list it stands on.
        kind: person, organization, vessel, aircraft or other.
        aliases: other names.
        weak_aliases: names the publisher calls weak.
        programmes: the programmes it is listed under.
        countries: seats.
        nationalities: citizenships.
        birth_dates: of a person.
        identifiers: numbers in registers.
    """

    name: str
    list: str
    kind: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTest:
    """
    One example that stands beside a rule.

    Args:
        name: what it shows.
        expect: the answer the condition must give.
        record: fields as a person would write them; ``id`` and ``name`` may be left out.
        as_of: the day screened, where it matters.
        listed: the parties on the lists of this example; None where no list is loaded.
    """

    name: str
    expect: Literal["match", "no_match", "unknown"]
    record: Mapping[str, Any]
    as_of: date | None
    location: Location
    listed: tuple[ListedExample, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One indicator: what is looked for, what it weighs, what it rests on.

    Args:
        id: never changes.
        title: a few words for a list.
        status: one of `STATUSES`.
        version: raised on every change to *when*.
        axis: one of `policy.AXES`.
        group: points are capped per group.
        strength: one of `policy.STRENGTHS`.
        when: the condition.
        applies_when: which records it is about; None means all.
        because: the sentence for a report, with ``{field}`` for the values that made the match.
        ask: the question to the supplier.
        false_positives: innocent explanations.
        references: what it rests on.
        valid_from: first day screened on which it is in force; None means always.
        valid_to: last such day.
        tests: examples.
        floor: axis to the band it is lifted to at least.
        exposure: one of `policy.EXPOSURES` for a context rule that puts a record in a tier.
        evidence_kind: one of `EVIDENCE_KINDS` for a sign of an IT worker.
        sensitive: whether it reads a personal attribute.
        legal_basis: why it may.
        purposes: what it is fit for.
        owner: who looks after it.
        catalogue: its name in the indicator catalogue.
        replaced_by: for a retired rule, its successor.
    """

    id: str
    title: str
    status: str
    version: int
    axis: str
    group: str
    strength: str
    when: Condition
    applies_when: Condition | None
    because: str
    ask: str
    false_positives: tuple[str, ...]
    references: tuple[Reference, ...]
    valid_from: date | None
    valid_to: date | None
    tests: Sequence[RuleTest]
    floor: Mapping[str, str]
    exposure: str
    evidence_kind: str
    sensitive: bool
    legal_basis: str
    purposes: tuple[str, ...]
    owner: str
    catalogue: str
    replaced_by: str
    location: Location

    def in_force(self, day: date) -> bool:
        """Return whether the rule holds on the *day* screened."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def fit_for(self, purpose: str | None) -> bool:
        """Return whether the rule may be used for a *purpose*; None asks nothing."""
        return purpose is None or purpose in (self.purposes or PURPOSES_WHEN_SILENT)


@dataclass(frozen=True, slots=True)
class ValueList:
    """
    A named list of words or codes.

    Args:
        id: the name rules use.
        title: what it holds.
        match: how a value is compared with it (`MATCHES`).
        terms: what it holds.
    """

    id: str
    title: str
    match: Match
    terms: Sequence[Term]
    location: Location

    @property
    def texts(self) -> tuple[str, ...]:
        """The terms alone, spelled out."""
        if isinstance(self.terms, PreparedTerms):
            return self.terms.texts
        return tuple(term.spelled for term in self.terms)

    @property
    def patterns(self) -> TermPatterns | None:
        """What the terms look like in a text; None where the list was not prepared."""
        return self.terms.patterns if isinstance(self.terms, PreparedTerms) else None


@dataclass(frozen=True, slots=True)
class Guard:
    """
    What suppresses rules, and why.

    Args:
        id: never changes.
        title: a few words.
        suppresses: ids of rules, or names of groups of rules.
        when: the condition.
        because: the sentence for a report.
    """

    id: str
    title: str
    suppresses: tuple[str, ...]
    when: Condition
    because: str
    location: Location


@dataclass(frozen=True, slots=True)
class ExceptionEntry:
    """
    One record excepted from one rule by a person, for a time.

    With an *entry* it is a good-guy entry: it says only that the record's party is not that one listed party, and it is void
    when either side says something else than it did.

    Args:
        rule: id of the rule.
        record: id of the record.
        reason: why.
        approver: who answers for it.
        expires: the last day it holds.
        entry: key of the listed party (``us-ofac-sdn:9345``), or an empty string.
        fingerprint_record: digest of the record's side, as the evidence showed it.
        fingerprint_entry: digest of the list's side.
        author: who looked at it and wrote it; of a good-guy entry somebody else than the approver.
        evidence: what it rests on: a document, a register extract, the number of a case.
        fingerprint_thresholds: digest of the thresholds for names that day; where it is written, others void the entry.
    """

    rule: str
    record: str
    reason: str
    approver: str
    expires: date
    location: Location
    entry: str = ""
    fingerprint_record: str = ""
    fingerprint_entry: str = ""
    author: str = ""
    evidence: str = ""
    fingerprint_thresholds: str = ""

    def expired(self, day: date) -> bool:
        """Return whether it no longer holds on *day*."""
        return day > self.expires


@dataclass(frozen=True, slots=True)
class Source:
    """
    A document that rules rest on.

    Args:
        issued: the day it was issued.
        supports: what it was read for.
        checked: the day somebody opened it; None where nobody did, and a rule on it alone is at most ``test``.
        turns_on_nationality: whether it is a law that turns on a person's nationality itself; only a rule on such a law may
            refer a record for a personal attribute.
    """

    id: str
    title: str
    issuer: str
    issued: date | None
    url: str
    supports: str
    checked: date | None
    note: str
    turns_on_nationality: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Rates:
    """
    Currencies in US dollars.

    Args:
        as_of: the day of the table.
        source: where it was taken from.
        usd_per_unit: currency code to dollars for one unit.
    """

    as_of: date
    source: str
    usd_per_unit: Mapping[str, float]
    location: Location


NEVER = AtLeast(1, ())
"""A condition that is never met: at least one of nothing."""


@dataclass(frozen=True, eq=False)
class Rulebook:
    """
    Everything that decides how a record is judged.

    Args:
        rules: all of them, whatever their status, in order of their ids.
        lists: by id.
        guards: what suppresses rules.
        policy: points, bands, gates, needs.
        exceptions: all of them, expired ones too.
        sources: by id.
        rates: currencies in US dollars.
        digest: SHA-256 over the content; places, comments and layout do not change it.
        include: the statuses that score.
        purpose: what the screening is for; None asks nothing.
        problems: warnings.
        pack: who made and approved the pack it was read from; None for a folder.
    """

    rules: tuple[Rule, ...]
    lists: Mapping[str, ValueList]
    guards: tuple[Guard, ...]
    policy: Policy
    exceptions: tuple[ExceptionEntry, ...]
    sources: Mapping[str, Source]
    rates: Rates
    digest: str
    include: frozenset[str]
    purpose: str | None
    problems: tuple[Problem, ...]
    pack: Manifest | None = None

    @cached_property
    def active(self) -> tuple[Rule, ...]:
        """
        The rules that score: of an included status and fit for the purpose.

        A reference to a rule that does not score can never be met; it stands there as `NEVER`.
        """
        return self._scoring(None)

    def active_on(self, day: date) -> tuple[Rule, ...]:
        """Return the rules that score and are in force on the *day* screened."""
        return self._scoring(day)

    def _scoring(self, day: date | None) -> tuple[Rule, ...]:
        chosen = [
            rule
            for rule in self.rules
            if rule.status in self.include
            and rule.fit_for(self.purpose)
            and (day is None or rule.in_force(day))
        ]
        ids = {rule.id for rule in chosen}
        return tuple(_without_others(rule, ids) for rule in chosen)

    @cached_property
    def note(self) -> str:
        """What a reader of a result should know of the choice of rules; empty where the stable ones score for any purpose."""
        unfinished = sorted(self.include - {"stable"}, key=STATUSES.index)
        told = []
        if unfinished:
            count = sum(rule.status in unfinished for rule in self.active)
            rules = "1 rule" if count == 1 else f"{count:,} rules"
            words = " or ".join(unfinished)
            told.append(f"{rules} with the status {words} scored too, as was asked; nobody has approved them")
        if self.purpose:
            told.append(f"only rules fit for the purpose {self.purpose.replace('_', ' ')} scored")
        return "; ".join(told)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """All rules by id."""
        return {rule.id: rule for rule in self.rules}


def flagged_in(condition: Condition) -> tuple[Flagged, ...]:
    """Return the references to other rules in a condition."""
    match condition:
        case Flagged():
            return (condition,)
        case All() | AnyOf() | AtLeast():
            return tuple(flag for part in condition.of for flag in flagged_in(part))
        case Not():
            return flagged_in(condition.condition)
        case _:
            return ()


def _without_others(rule: Rule, ids: set[str]) -> Rule:
    """Return a rule whose references to rules outside *ids* are never met."""
    trees = (rule.when,) if rule.applies_when is None else (rule.when, rule.applies_when)
    if all(flag.rule in ids for tree in trees for flag in flagged_in(tree)):
        return rule
    applies_when = None if rule.applies_when is None else _without_rest(rule.applies_when, ids)
    return replace(rule, when=_without_rest(rule.when, ids), applies_when=applies_when)


def _without_rest(condition: Condition, ids: set[str]) -> Condition:
    match condition:
        case Flagged() if condition.rule not in ids:
            return replace(NEVER, location=condition.location)
        case All() | AnyOf() | AtLeast():
            return replace(condition, of=tuple(_without_rest(part, ids) for part in condition.of))
        case Not():
            return replace(condition, condition=_without_rest(condition.condition, ids))
        case _:
            return condition
