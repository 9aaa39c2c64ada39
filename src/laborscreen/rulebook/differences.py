"""
What changed between two rulebooks, in words: what moves scores, what is only said otherwise, and what a rule rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from laborscreen.conditions.tree import Condition, Operator, Test, walk
from laborscreen.rulebook.condition_changes import condition_changes
from laborscreen.rulebook.difference import Difference, by_name, enumerated, shown
from laborscreen.rulebook.english import in_english
from laborscreen.rulebook.model import ExceptionEntry, Guard, Rulebook, Source, ValueList
from laborscreen.rulebook.policy import Need
from laborscreen.rulebook.rule_changes import conditions_moved, rule_changes
from laborscreen.rulebook.term import Term


@dataclass(frozen=True, slots=True)
class RulebookDiff:
    """
    What changed from one rulebook to another.

    Args:
        old: the old rulebook's digest.
        new: the new rulebook's digest.
        differences: in the order rules, lists, guards, policy, exceptions, sources, rates.
        not_raised: rules whose condition changed under the same version.
    """

    old: str
    new: str
    differences: tuple[Difference, ...]
    not_raised: tuple[str, ...]

    def of_kind(self, kind: str) -> tuple[Difference, ...]:
        """Return the changes of one kind."""
        return tuple(one for one in self.differences if one.kind == kind)


def compare_rulebooks(old: Rulebook, new: Rulebook) -> RulebookDiff:
    """
    Say what changed from *old* to *new*.

    >>> from laborscreen.rulebook import load_rulebook
    >>> compare_rulebooks(load_rulebook(), load_rulebook()).differences
    ()
    """
    found = [
        *rule_changes(old, new),
        *_lists(old, new),
        *_guards(old, new),
        *_policy(old, new),
        *_exceptions(old, new),
        *_sources(old, new),
        *_rates(old, new),
    ]
    not_raised = tuple(
        rule.id
        for rule in new.rules
        if rule.id in old.by_id
        and rule.version <= old.by_id[rule.id].version
        and any(conditions_moved(old.by_id[rule.id], rule, old, new))
    )
    return RulebookDiff(old.digest, new.digest, tuple(found), not_raised)


# ---- what rules lean on ------------------------------------------------------------------------------------------


def _lists(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    for name in sorted({*old.lists, *new.lists}):
        was, now = old.lists.get(name), new.lists.get(name)
        if was is None and now is not None:
            yield Difference("judgement", name, f"list added: “{now.title}”, {len(now.terms):,} terms")
        elif now is None and was is not None:
            yield Difference("judgement", name, f"list removed: “{was.title}”, {len(was.terms):,} terms")
        elif was is not None and now is not None:
            yield from _list(was, now, _usedby_name(name, new))


def _list(was: ValueList, now: ValueList, used_by: str) -> Iterator[Difference]:
    before, after = {term.text: term for term in was.terms}, {term.text: term for term in now.terms}
    for words, names in (
        ("added", [name for name in after if name not in before]),
        ("removed", [name for name in before if name not in after]),
    ):
        if names:
            counted = "term" if len(names) == 1 else f"{len(names):,} terms"
            yield Difference("judgement", now.id, f"{counted} {words}: {enumerated(names)}{used_by}")
    if was.match != now.match:
        yield Difference("judgement", now.id, f"match {was.match} -> {now.match}{used_by}")
    if was.title != now.title:
        yield Difference("wording", now.id, f"title: {shown(was.title)} -> {shown(now.title)}")
    retold = [name for name, term in after.items() if name in before and _notes(before[name]) != _notes(term)]
    if retold:
        yield Difference("ground", now.id, f"language, source or note changed: {enumerated(retold)}")


def _notes(term: Term) -> tuple[str, ...]:
    return (term.language, term.source, term.note)


def _usedby_name(name: str, book: Rulebook) -> str:
    """Return who uses a list, as the end of a sentence."""
    users = [
        rule.id for rule in book.rules if any(_uses(tree, name) for tree in (rule.when, rule.applies_when))
    ]
    users += [guard.id for guard in book.guards if _uses(guard.when, name)]
    return f" (used by {enumerated(users)})" if users else " (no rule uses it)"


def _uses(condition: Condition | None, name: str) -> bool:
    return condition is not None and any(
        isinstance(node, Test)
        and node.operator in {Operator.IN_LIST, Operator.MENTIONS}
        and node.wanted == name
        for node, _ in walk(condition)
    )


def _guards(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    before, after = by_name(old.guards, lambda one: one.id), by_name(new.guards, lambda one: one.id)
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None and now is not None:
            yield Difference(
                "judgement", name, f"guard added: “{now.title}”, sets aside {enumerated(now.suppresses)}"
            )
        elif now is None and was is not None:
            yield Difference("judgement", name, f"guard removed: “{was.title}”")
        elif was is not None and now is not None:
            yield from _guard(was, now, old, new)


def _guard(was: Guard, now: Guard, old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    for moved in condition_changes(was.when, now.when, old.lists, new.lists):
        effect = {"matches more": "sets aside more", "matches fewer": "sets aside fewer"}.get(
            moved.effect, ""
        )
        yield Difference("judgement", now.id, moved.words, effect)
    for words, names in (
        ("sets aside as well", set(now.suppresses) - set(was.suppresses)),
        ("no longer sets aside", set(was.suppresses) - set(now.suppresses)),
    ):
        if names:
            yield Difference("judgement", now.id, f"{words}: {enumerated(sorted(names))}")
    for name in ("title", "because"):
        if getattr(was, name) != getattr(now, name):
            yield Difference(
                "wording", now.id, f"{name}: {shown(getattr(was, name))} -> {shown(getattr(now, name))}"
            )


def _policy(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    was, now = _plain(old.policy), _plain(new.policy)
    for name in was:
        if was[name] == now[name]:
            continue
        if isinstance(was[name], dict):
            for key in sorted({*was[name], *now[name]}):
                if was[name].get(key) != now[name].get(key):
                    words = f"{key}: {shown(was[name].get(key))} -> {shown(now[name].get(key))}"
                    yield Difference("judgement", f"scoring {name}", words)
        else:
            yield Difference("judgement", f"scoring {name}", f"{shown(was[name])} -> {shown(now[name])}")


def _exceptions(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    before, after = by_name(old.exceptions, _exception), by_name(new.exceptions, _exception)
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if now is None:
            yield Difference("judgement", name, "exception taken out")
        elif was is None:
            yield Difference(
                "judgement", name, f"exception until {now.expires}, {now.approver}: {now.reason}"
            )
        elif _terms_of(was) != _terms_of(now):
            words = f"exception until {was.expires}, {was.approver} -> until {now.expires}, {now.approver}: {now.reason}"
            yield Difference("judgement", name, words)


def _exception(entry: ExceptionEntry) -> str:
    return f"{entry.rule} for {entry.record}" + (f" and {entry.entry}" if entry.entry else "")


def _terms_of(entry: ExceptionEntry) -> tuple[object, ...]:
    sides = (entry.fingerprint_record, entry.fingerprint_entry, entry.fingerprint_thresholds)
    return (entry.reason, entry.evidence, entry.author, entry.approver, entry.expires, *sides)


def _sources(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    for name in sorted({*old.sources, *new.sources}):
        was, now = old.sources.get(name), new.sources.get(name)
        if was is None and now is not None:
            yield Difference("ground", name, f"source added: “{now.title}”, {_checked(now)}")
        elif now is None and was is not None:
            yield Difference("ground", name, f"source removed: “{was.title}”")
        elif was is not None and now is not None:
            if was.checked != now.checked:
                yield Difference("ground", name, f"{_checked(was)} -> {_checked(now)}")
            for part in ("title", "issuer", "issued", "url", "supports", "note"):
                if getattr(was, part) != getattr(now, part):
                    words = f"{part}: {shown(getattr(was, part))} -> {shown(getattr(now, part))}"
                    yield Difference("ground", name, words)


def _checked(source: Source) -> str:
    return f"checked {source.checked}" if source.checked else "not checked"


def _rates(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    if old.rates.as_of != new.rates.as_of:
        yield Difference("judgement", "rates", f"of {old.rates.as_of} -> of {new.rates.as_of}")
    before, after = old.rates.usd_per_unit, new.rates.usd_per_unit
    for words, codes in (
        ("added", sorted({*after} - {*before})),
        ("taken out", sorted({*before} - {*after})),
    ):
        if codes:
            yield Difference("judgement", "rates", f"currencies {words}: {enumerated(codes)}")
    for code in sorted({*before} & {*after}):
        if before[code] != after[code]:
            words = f"{code} in US dollars: {shown(before[code])} -> {shown(after[code])}"
            yield Difference("judgement", "rates", words)


def _plain(value: Any) -> dict[str, Any]:
    """Return the policy's entries without places, each comparable and sayable."""
    told: dict[str, Any] = {}
    for name in value.__slots__:
        entry = getattr(value, name)
        if isinstance(entry, tuple) and entry and isinstance(entry[0], Need):
            told[name] = {need.id: _without_place(need) for need in entry}
        elif isinstance(entry, tuple):
            told[name] = [_without_place(one) for one in entry]
        elif isinstance(entry, Mapping):
            told[name] = {key: _listed(one) for key, one in entry.items()}
        elif hasattr(entry, "location"):
            told[name] = _without_place(entry)
        else:
            told[name] = _listed(entry)
    return told


def _without_place(entry: Any) -> str:
    parts = []
    for name in entry.__slots__:
        value = getattr(entry, name)
        if name == "location":
            continue
        if name == "satisfied_when":
            value = " ".join(line.strip() for line in in_english(value))
        if value not in ("", ()):
            parts.append(f"{name.replace('_', ' ')} {shown(value)}")
    return ", ".join(parts)


def _listed(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(map(_listed, value))
    if isinstance(value, tuple):
        return [_listed(part) for part in value]
    return value
