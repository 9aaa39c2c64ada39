"""
Which single answer would decide a rule that is unknown for a record: tried out, not guessed.

A value is written into one field that waits for an answer, the record is judged again by the same engine, and what the rule
then says is noted. A field that alone brings no decision is told as one that needs others beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from laborscreen import values
from laborscreen.conditions import (
    ON_LISTS,
    Condition,
    Figure,
    Flagged,
    Operator,
    PartyLists,
    Test,
    Traced,
    Tracer,
    undecided,
    walk,
)
from laborscreen.errors import RecordError
from laborscreen.record import Kind, Record, catalogue
from laborscreen.trials.bench import Answer, Bench, Trial
from laborscreen.trials.places import Place
from laborscreen.trials.values_to_try import values_to_try

_MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class Decider:
    """
    One field that waits for an answer, and what an answer to it alone would do.

    Args:
        path: the field, with the number of its entry (``workforce[0].visa``).
        match: a value with which the rule would match; None where none was found.
        no_match: a value with which it would not match; None where none was found.
    """

    path: str
    match: object = None
    no_match: object = None

    @property
    def decides(self) -> bool:
        """Whether an answer to this field alone can decide the rule."""
        return self.match is not None or self.no_match is not None


@dataclass(frozen=True, slots=True)
class Deciding:
    """
    What an unknown rule waits for.

    Args:
        answer: the rule's answer as the record is.
        fields: the fields that wait for an answer, those that decide alone first.
    """

    answer: Answer
    fields: tuple[Decider, ...]

    @property
    def alone(self) -> tuple[Decider, ...]:
        """The fields of which one answer is enough."""
        return tuple(one for one in self.fields if one.decides)

    @property
    def together(self) -> tuple[Decider, ...]:
        """The fields that decide nothing alone."""
        return tuple(one for one in self.fields if not one.decides)


def deciding(
    bench: Bench,
    rule_id: str,
    record: Record,
    day: date,
    *,
    parties: PartyLists | None = None,
    settings: values.ReadingSettings = values.DEFAULT,
) -> Deciding:
    """
    Find the fields of which one answer would decide a rule.

    Args:
        bench: compiles the rules.
        rule_id: the rule.
        record: the record.
        day: the day screened.
        parties: the watchlists, if any is loaded.
        settings: the writing habits the record was read with.

    >>> from laborscreen.rulebook import load_rulebook
    >>> bench = Bench(load_rulebook())
    >>> record = Record(id="V-1", name="X", workforce=[{"hours_per_day": 18}])
    >>> deciding(bench, "LS-HRS-003", record, date(2026, 1, 1)).alone
    (Decider(path='workforce[0].rest_days_per_year', match=12, no_match=13),)
    """
    trial = bench.trial(rule_id)
    runner = trial.runner(day, parties)
    evaluation = runner.run(record)
    answer = trial.answer(evaluation)
    if answer != "unknown":
        return Deciding(answer, ())
    told = _told(record)
    tests = _tests_by_field(bench.conditions(rule_id))
    found = []
    for place in list(dict.fromkeys(_waiting(trial, Tracer(evaluation), record)))[:_MOST_FIELDS]:
        answers: dict[Answer, object] = {}
        for value in _tried(place, tests, told, bench, day, record):
            try:
                changed = Record.model_validate(place.written_into(told, value), context=settings)
            except RecordError:
                continue  # a value that this field does not take, such as a text where a list stands
            answers.setdefault(trial.answer(runner.run(changed)), value)
        found.append(Decider(place.path, answers.get("match"), answers.get("no_match")))
    return Deciding(answer, tuple(sorted(found, key=lambda one: not one.decides)))


def _waiting(trial: Trial, tracer: Tracer, record: Record) -> Iterator[Place]:
    """Yield every field that an unknown answer of the rule, or of a rule it refers to, waits for."""
    clauses = {clause.name: clause for clause in trial.program.clauses}
    waiting = [trial.rule.id]
    seen: set[str] = set()
    while waiting:
        clause = clauses[waiting.pop(0)]
        if clause.name in seen:
            continue
        seen.add(clause.name)
        for tree in (clause.when, *([clause.applies] if clause.applies is not None else []), *clause.guards):
            for node in undecided(tracer.trace(tree)):
                if isinstance(node.condition, Flagged):
                    waiting.append(node.condition.rule)
                else:
                    yield from _places(node, record)


def _places(node: Traced, record: Record) -> Iterator[Place]:
    condition = node.condition
    if isinstance(condition, Test) and condition.operator not in ON_LISTS:
        names = [condition.field]
        if condition.operator is Operator.DIFFERS_FROM:
            names.append(str(condition.wanted))
        for name in names:
            field = catalogue().find(name, node.group)
            assert field is not None, name
            place = Place(field, max(node.entry, 0))
            if len(names) == 1 or place.read(record) in (None, (), values.AMBIGUOUS):
                yield place
            if field.kind is Kind.MONEY:
                yield place.sibling(field.reads.beside)
    elif isinstance(condition, Figure):
        for name in (condition.field, condition.by):
            for entry in range(max(len(getattr(record, condition.group)), 1)) if name else ():
                place = Place(catalogue().fields[f"{condition.group}.{name}"], entry)
                if place.read(record) in (None, ()):
                    yield place


def _tests_by_field(conditions: list[Condition]) -> dict[str, list[Test | Figure]]:
    found: dict[str, list[Test | Figure]] = {}
    for tree in conditions:
        for node, group in walk(tree):
            if isinstance(node, Test):
                field = catalogue().find(node.field, group)
                if field is not None:
                    found.setdefault(field.path, []).append(node)
            elif isinstance(node, Figure) and node.field:
                found.setdefault(f"{node.group}.{node.field}", []).append(node)
    return found


def _tried(
    place: Place,
    tests: Mapping[str, list[Test | Figure]],
    told: Mapping[str, Any],
    bench: Bench,
    day: date,
    record: Record,
) -> Iterator[object]:
    """
    Yield the values to write.

    They are those the field's own tests ask for, for a total what is left to its limit, and for a comparison of two fields
    what the other one says.
    """
    own = tests.get(place.field.path, ())
    plain = [test for test in own if isinstance(test, Test)]
    yield from values_to_try(place.field, [*plain, *_left_over(own, record)], bench.rulebook.lists, day)
    for asked in tests.values():
        for test in asked:
            if not isinstance(test, Test) or test.operator is not Operator.DIFFERS_FROM:
                continue
            pair = [catalogue().find(name, place.field.group) for name in (test.field, str(test.wanted))]
            for one, other in (pair, pair[::-1]):
                if one == place.field and other is not None:
                    value = Place(other, place.entry).known(told)
                    if value is not None:
                        yield value[0] if isinstance(value, list) and value else value


def _left_over(tests: Iterable[Test | Figure], record: Record) -> Iterator[Test]:
    """Yield for each figure over the entries the limits that one more number of them would meet."""
    for figure in tests:
        if isinstance(figure, Figure):
            known = [getattr(entry, figure.field) for entry in getattr(record, figure.group)]
            total = sum(number for number in known if number is not None)
            for limit in (figure.wanted - total, 1.0, 1_000_000.0):
                if limit >= 0:
                    yield Test(figure.field, figure.operator, limit)


def _told(record: Record) -> dict[str, Any]:
    """Return a record's fields as written, entry by entry."""
    groups = catalogue().groups
    told: dict[str, Any] = {}
    for group in groups:
        entries = getattr(record, group)
        if entries:
            told[group] = [_gathered(entry.written_items()) for entry in entries]
    for path, written in _gathered(
        (path, text) for path, text in record.written_items() if path.partition("[")[0] not in groups
    ).items():
        holder, _, name = path.rpartition(".")
        if holder:
            told.setdefault(holder, {})[name] = written
        else:
            told[path] = written
    return told


def _gathered(items: Any) -> dict[str, Any]:
    """Return items by path, those of a list of values together."""
    found: dict[str, Any] = {}
    for path, text in items:
        if path.endswith("]"):
            found.setdefault(path.rpartition("[")[0], []).append(text)
        else:
            found[path] = text
    return found
