"""
Warnings: what is allowed in a rulebook and yet rarely meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from laborscreen import values
from laborscreen.conditions.formula import shape
from laborscreen.conditions.tree import (
    All,
    Any,
    AtLeast,
    Condition,
    Not,
    Operator,
    Over,
    Test,
    walk,
)
from laborscreen.record import Catalogue, Kind
from laborscreen.rulebook.faults import CURLY, Faults
from laborscreen.rulebook.model import ExceptionEntry, Guard, Rule, Source, ValueList
from laborscreen.rulebook.policy import BANDS, Policy
from laborscreen.rulebook.reasoning import conjuncts, contradiction, follows
from laborscreen.rulebook.wanted import comparable_term
from laborscreen.rulebook.word_sets import sets_named
from laborscreen.text import has_choice, parts_of

STALE_AFTER = timedelta(days=365)
"""How long a look at a source counts as recent."""

SOON = timedelta(days=30)
"""How long before its end an exception is called about to expire."""

_ENDINGS = (
    "",
    "n",
    "ns",
    "ий",
    "ие",
    "ая",
    "ец",
    "цы",
    "ы",
)  # what a star after the name of a people stands for most often


def warn_of_rules(
    rules: Sequence[Rule], guards: Sequence[Guard], catalogue: Catalogue, faults: Faults
) -> None:
    """Warn of rules that can never match, that a guard always suppresses, or that ask the same as another."""
    seen: dict[object, Rule] = {}
    for rule in rules:
        if rule.status == "retired":
            continue
        _never_met(rule, catalogue, faults)
        _shadowed(rule, guards, faults)
        _names_of_tests(rule, faults)
        key = (shape(rule.when), None if rule.applies_when is None else shape(rule.applies_when))
        if key in seen:
            other = seen[key]
            faults.warn(
                "same-condition",
                rule.location,
                f"{rule.id} asks the same as {other.id} ({other.location})",
                "one fact would count twice; keep one rule, or put both in one group",
            )
        seen.setdefault(key, rule)


def _names_of_tests(rule: Rule, faults: Faults) -> None:
    seen: set[str] = set()
    for test in rule.tests:
        if test.name in seen:
            faults.warn(
                "repeated-value",
                test.location,
                f"two tests of {rule.id} are called “{test.name[:60]}”",
                "give each its own name",
            )
        seen.add(test.name)


def _never_met(rule: Rule, catalogue: Catalogue, faults: Faults) -> None:
    hint = "write `any:` for one or the other, or mend a figure"
    for tree in (rule.when, rule.applies_when):
        for node, group in walk(tree) if tree is not None else ():
            if isinstance(node, All | Any | AtLeast | Not | Over):
                found = contradiction((node,), group, catalogue)
                if found is not None:
                    message = f"{rule.id} can never match here: {found[1]}"
                    faults.warn("never-met", found[0].location, message, hint)
    if rule.applies_when is not None:
        alone = contradiction((rule.when,), "", catalogue) or contradiction(
            (rule.applies_when,), "", catalogue
        )
        found = alone or contradiction((rule.applies_when, rule.when), "", catalogue)
        if found is not None and alone is None:
            message = f"{rule.id} can never match where it applies: {found[1]}"
            faults.warn("never-met", found[0].location, message, "mend `when` or `applies_when`")


def _shadowed(rule: Rule, guards: Iterable[Guard], faults: Faults) -> None:
    """Warn where a guard holds whenever the rule does: the rule could never be raised."""
    known = [*conjuncts(rule.when), *(conjuncts(rule.applies_when) if rule.applies_when is not None else ())]
    for guard in guards:
        if rule.id not in guard.suppresses and rule.group not in guard.suppresses:
            continue
        if follows(guard.when, [rule.when, *known]):
            faults.warn(
                "shadowed",
                rule.location,
                f"whenever {rule.id} matches, the guard {guard.id} suppresses it ({guard.location})",
                "mend the guard's condition, or retire the rule",
            )


def warn_of_repeated_conditions(conditions: Iterable[Condition], faults: Faults) -> None:
    """Warn of a condition that stands twice in one list of conditions."""
    for tree in conditions:
        for node, _ in walk(tree):
            if not isinstance(node, All | Any | AtLeast):
                continue
            seen: dict[object, Condition] = {}
            for part in node.of:
                first = seen.setdefault(shape(part), part)
                if first is not part:
                    faults.warn(
                        "repeated-condition",
                        part.location,
                        f"this condition stands here twice (first on line {first.location.line})",
                        "take one out, or mend the word or figure that should differ",
                    )


def warn_of_lists(
    lists: Iterable[ValueList],
    conditions: Sequence[Condition],
    catalogue: Catalogue,
    faults: Faults,
    *,
    tell_unused: bool,
) -> None:
    """Warn of lists nobody uses, of terms that mean South Korea or a people, and of terms that can never be met."""
    used: dict[str, list[tuple[Kind, str]]] = {}
    for condition in conditions:
        for node, group in walk(condition):
            if isinstance(node, Test) and node.operator in (Operator.IN_LIST, Operator.MENTIONS):
                field = catalogue.find(node.field, group)
                if field is not None:
                    used.setdefault(str(node.wanted), []).append((field.kind, field.path))
    lists = tuple(lists)
    named = {name for made in lists for term in made.terms for name in sets_named(term.text)}
    for made in lists:
        if tell_unused and made.id not in used and not (made.match == "words" and made.id in named):
            faults.warn(
                "unused-list", made.location, f"no rule uses the list `{made.id}`", "use it, or take it out"
            )
        for term in made.terms:
            if term.text[0] in CURLY or term.text[-1] in CURLY:
                message = f"{term.text[:60]} is looked for with its curly quotation marks"
                faults.warn("curly-quotes", term.location, message, "take them out")
            choices = made.match == "whole_word" and has_choice(term.spelled)
            whom = _whom(term.spelled if choices else term.text, choices=choices)
            if whom:
                faults.warn(
                    "south-korean-term",
                    term.location,
                    f"“{term.text}” {whom}",
                    "take it out: it would flag the wrong people",
                )
            for kind, path in dict.fromkeys(used.get(made.id, ())):
                if made.match not in ("whole_word", "words") and not comparable_term(kind, term.text):
                    faults.warn(
                        "term-never-met",
                        term.location,
                        f"“{term.text[:60]}” can never be a value of `{path}`",
                        "write it in its short form, such as KP or RU-PRI",
                    )


@lru_cache(maxsize=65_536)  # whoever works on rules has the same lists checked over and over
def _whom(term: str, *, choices: bool) -> str:
    """Return whom a term means, with one of its choices where they are spelled out, or an empty string."""
    phrases = (" ".join(row) for rows in parts_of(term) for row in rows) if choices else (term,)
    return next(filter(None, map(_meant_people, phrases)), "")


def _meant_people(text: str) -> str:
    """Return whom a term names beside nationals of the DPRK, or an empty string; KR is a fair member of a list."""
    if len(text) <= 2 or ":" in text:
        return ""
    stem = text.strip("* ")
    if not values.may_name_koreans(stem):
        return ""
    for ending in _ENDINGS if text.endswith("*") else ("",):
        reading = values.read_country(stem + ending, nationality=True)
        if reading.value == "KR":
            return "names South Koreans"
        if "ethnic group" in reading.note:
            return "names a people, not citizens of the DPRK"
        if reading.value == values.AMBIGUOUS:
            return "does not say which Korea"
    return ""


def warn_of_times_and_floors(
    rules: Iterable[Rule], policy: Policy | None, today: date, faults: Faults
) -> None:
    """Warn of rules whose time has passed, and of floors above what the policy lets an axis have."""
    for rule in rules:
        ended = rule.valid_to is not None and rule.valid_to < today
        contradictory = rule.valid_to and rule.valid_from and rule.valid_to < rule.valid_from
        if ended and not contradictory and rule.status != "retired":
            hint = "set `status: retired`, or write a later day"
            faults.warn("no-longer-valid", rule.location, f"{rule.id} ended on {rule.valid_to}", hint)
        for axis, band in rule.floor.items():
            most = policy.axis_at_most.get(axis) if policy else None
            if most and BANDS.index(band) > BANDS.index(most):
                message = f"{rule.id} lifts {axis} to {band}, and the policy lets it have {most} at most"
                faults.warn("floor-above-limit", rule.location, message, f"write {most}")


def warn_of_sources(
    sources: Mapping[str, Source], rules: Iterable[Rule], today: date, faults: Faults
) -> None:
    """Warn of sources that stable rules rest on and that nobody has looked at for a year."""
    cited = {reference.source for rule in rules if rule.status == "stable" for reference in rule.references}
    for source in sources.values():
        if source.checked is None or source.id not in cited:
            continue
        if source.checked > today:
            faults.warn(
                "checked-in-future",
                source.location,
                f"`{source.id}` is said to be checked on {source.checked}, which is still to come",
                "check the day",
            )
        elif today - source.checked > STALE_AFTER:
            faults.warn(
                "stale-reference",
                source.location,
                f"`{source.id}` was last checked on {source.checked}, more than a year ago",
                "open it again and write the new day",
            )


def warn_of_exceptions(exceptions: Iterable[ExceptionEntry], today: date, faults: Faults) -> None:
    """Warn of exceptions that no longer hold, or soon will not."""
    for entry in exceptions:
        if entry.expired(today):
            faults.warn(
                "expired-exception",
                entry.location,
                f"the exception from {entry.rule} for {entry.record[:60]} ended on {entry.expires}; it is ignored",
                "take it out, or have it approved anew",
            )
        elif entry.expires - today <= SOON:
            faults.warn(
                "exception-ends-soon",
                entry.location,
                f"the exception from {entry.rule} for {entry.record[:60]} ends on {entry.expires}",
                "review it before then",
            )


def conditions_of(rules: Iterable[Rule], guards: Iterable[Guard], policy: Policy | None) -> list[Condition]:
    """Return every condition of a rulebook."""
    found = [tree for rule in rules for tree in (rule.when, rule.applies_when) if tree is not None]
    found += [guard.when for guard in guards]
    return found + [need.satisfied_when for need in (policy.needs if policy else ())]
