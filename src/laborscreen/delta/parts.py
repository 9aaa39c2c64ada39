"""
A rulebook on one day, taken apart: the digest of each part that judges, and what each part leans on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Final

import orjson

from laborscreen.conditions import ON_LISTS, Condition, Flagged, Operator, Test, walk
from laborscreen.record import Kind, catalogue
from laborscreen.rulebook import Rule, Rulebook

RULE, GUARD, WORDS, EXCEPTION = "rule", "guard", "word list", "exception"
POLICY, NAMES, NEEDS, RATES = "policy", "policy on names", "needs", "rates"

DAY, ENTRIES = "the day", "the watchlists"
"""What a rule may lean on beside parts of the rulebook."""

_JUDGING: Final = (
    "when", "applies_when", "status", "axis", "group", "strength", "exposure", "evidence_kind", "floor", "valid_from",
    "valid_to", "purposes", "sensitive",
)  # fmt: skip
_ON_NAMES: Final = ("name_thresholds", "listed_share")


@dataclass(frozen=True, slots=True)
class Parts:
    """
    What decides how a record is judged.

    Args:
        digests: kind and name of a part (``rule LS-HRS-003``) to its digest.
        leans_on: the same to the other parts it leans on, `DAY` and `ENTRIES` among them.
        in_force: ids of the rules that score on the day.
    """

    digests: Mapping[str, str]
    leans_on: Mapping[str, tuple[str, ...]]
    in_force: tuple[str, ...]


def parts_of(rulebook: Rulebook, day: date) -> Parts:
    """Take a rulebook apart."""
    digests: dict[str, str] = {}
    leans_on: dict[str, tuple[str, ...]] = {}
    for rule in rulebook.rules:
        name = f"{RULE} {rule.id}"
        digests[name] = _digest([getattr(rule, field) for field in _JUDGING])
        leans_on[name] = tuple(sorted({*_uses(_trees(rule)), *_set_aside_by(rule, rulebook)}))
    for guard in rulebook.guards:
        name = f"{GUARD} {guard.id}"
        digests[name] = _digest([guard.suppresses, guard.when])
        leans_on[name] = tuple(sorted(_uses([guard.when])))
    for listed in rulebook.lists.values():
        digests[f"{WORDS} {listed.id}"] = _digest([listed.match, sorted(listed.texts)])
    excepted: dict[str, list[object]] = {}
    for entry in rulebook.exceptions:
        name = exception_name(entry.rule, entry.record, entry.entry)
        excepted.setdefault(name, []).append([entry, entry.expired(day)])
    digests |= {name: _digest(several) for name, several in excepted.items()}
    policy = {field.name: getattr(rulebook.policy, field.name) for field in fields(rulebook.policy)}
    policy.pop("list_age")  # says when a run is refused, and judges nobody
    needs = policy.pop("needs")
    digests[NEEDS] = _digest(needs)
    leans_on[NEEDS] = tuple(sorted(_uses(need.satisfied_when for need in needs)))
    digests[NAMES] = _digest([policy.pop(name) for name in _ON_NAMES])
    digests[POLICY] = _digest(policy)
    digests[RATES] = _digest(rulebook.rates.usd_per_unit)
    return Parts(digests, leans_on, tuple(rule.id for rule in rulebook.active_on(day)))


def exception_name(rule: str, record: str, entry: str) -> str:
    """Return the name of an exception as a part."""
    return f"{EXCEPTION} {orjson.dumps([rule, record, entry]).decode()}"


def _trees(rule: Rule) -> list[Condition]:
    return [rule.when] if rule.applies_when is None else [rule.when, rule.applies_when]


def _set_aside_by(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    """Yield what may set a rule aside, and the day where it is in force on some days only."""
    for guard in rulebook.guards:
        if rule.id in guard.suppresses or rule.group in guard.suppresses:
            yield f"{GUARD} {guard.id}"
    if rule.valid_from or rule.valid_to:
        yield DAY
    if any(one.rule == rule.id for one in rulebook.exceptions):
        yield DAY


def _uses(trees: Iterable[Condition]) -> Iterator[str]:
    """Yield what conditions lean on."""
    known = catalogue()
    for tree in trees:
        for node, group in walk(tree):
            if isinstance(node, Flagged):
                yield f"{RULE} {node.rule}"
            if not isinstance(node, Test):
                continue
            if node.operator in {Operator.IN_LIST, Operator.MENTIONS}:
                yield f"{WORDS} {node.wanted}"
            if node.operator in ON_LISTS:
                yield ENTRIES
                yield NAMES
            field = known.find(node.field, group)
            if field is not None and field.kind is Kind.MONEY:
                yield RATES
            if node.operator is Operator.WITHIN_DAYS or (field is not None and field.reads.stands_for):
                yield DAY


def _digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(_plain(value), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _plain(value: Any) -> object:
    """Return a value as plain data, without the places of what stands in it."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        told.pop("location", None)
        return {"is": type(value).__name__, **told}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def plain_parts(parts: Parts) -> dict[str, object]:
    """Return parts as plain data."""
    return asdict(parts)
