"""
What changed in the rules of two rulebooks.
"""

from __future__ import annotations

from collections.abc import Iterator

from laborscreen.rulebook.condition_changes import FEWER, MORE, condition_changes
from laborscreen.rulebook.difference import Difference, Kind, by_name, shown
from laborscreen.rulebook.model import Rule, Rulebook, RuleTest

_JUDGING = (
    "status",
    "axis",
    "group",
    "strength",
    "exposure",
    "evidence_kind",
    "valid_from",
    "valid_to",
    "purposes",
)
_WORDING = ("title", "because", "ask", "false_positives", "owner", "catalogue", "replaced_by")
_GROUND = ("sensitive", "legal_basis")
_ANSWERS = {"match": "a match", "no_match": "no match", "unknown": "unknown"}


def rule_changes(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    """Yield what changed in the rules, in order of their ids."""
    for rule_id in sorted({*old.by_id, *new.by_id}):
        was, now = old.by_id.get(rule_id), new.by_id.get(rule_id)
        if was is None and now is not None:
            yield Difference("judgement", rule_id, f"added: “{now.title}” ({_standing(now)})")
        elif now is None and was is not None:
            yield Difference("judgement", rule_id, f"removed: “{was.title}” ({_standing(was)})")
        elif was is not None and now is not None:
            yield from _rule(was, now, old, new)


def _standing(rule: Rule) -> str:
    return f"{rule.status}, {rule.strength} on {rule.axis.replace('_', ' ')}"


def _rule(was: Rule, now: Rule, old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    moved = list(conditions_moved(was, now, old, new))
    yield from moved
    for name in _JUDGING:
        yield from _field("judgement", was, now, name)
    for axis in sorted({*was.floor, *now.floor}):
        if was.floor.get(axis) != now.floor.get(axis):
            before, after = was.floor.get(axis, "nothing"), now.floor.get(axis, "nothing")
            words = f"lifts {axis.replace('_', ' ')} to at least: {before} -> {after}"
            yield Difference("judgement", now.id, words)
    if was.version != now.version:
        yield Difference("ground", now.id, f"version {was.version} -> {now.version}")
    elif moved:
        yield Difference(
            "ground", now.id, f"the condition changed and the version is still {now.version}: raise it"
        )
    for name in _WORDING:
        yield from _field("wording", was, now, name)
    for name in _GROUND:
        yield from _field("ground", was, now, name)
    yield from _references(was, now)
    yield from _tests(was, now)


def conditions_moved(was: Rule, now: Rule, old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    """Yield what changed in a rule's conditions."""
    for moved in condition_changes(was.when, now.when, old.lists, new.lists):
        yield Difference("judgement", now.id, moved.words, moved.effect)
    if was.applies_when is not None and now.applies_when is not None:
        for moved in condition_changes(was.applies_when, now.applies_when, old.lists, new.lists):
            yield Difference("judgement", now.id, f"applies when: {moved.words}", moved.effect)
    elif was.applies_when is not now.applies_when:
        words = "applies to some records only" if was.applies_when is None else "applies to every record"
        yield Difference("judgement", now.id, words, FEWER if was.applies_when is None else MORE)


def _field(kind: Kind, was: Rule, now: Rule, name: str) -> Iterator[Difference]:
    before, after = getattr(was, name), getattr(now, name)
    if before == after:
        return
    said = name.replace("_", " ")
    if name == "status":
        scores = {True: "it now scores", False: "it no longer scores"}
        note = scores.get(after == "stable") if "stable" in {before, after} else ""
        yield Difference(kind, now.id, f"status {before} -> {after}" + (f": {note}" if note else ""))
    else:
        yield Difference(kind, now.id, f"{said}: {shown(before)} -> {shown(after)}")


def _references(was: Rule, now: Rule) -> Iterator[Difference]:
    before = {(one.source, one.where): one.says for one in was.references}
    after = {(one.source, one.where): one.says for one in now.references}
    for source, where in sorted({*before, *after}):
        key = (source, where)
        if key not in after:
            yield Difference("ground", now.id, f"no longer rests on {source}, {where}")
        elif key not in before:
            yield Difference("ground", now.id, f"rests on {source}, {where}: {after[key]}")
        elif before[key] != after[key]:
            yield Difference(
                "ground",
                now.id,
                f"what {source}, {where} says: {shown(before[key])} -> {shown(after[key])}",
            )


def _tests(was: Rule, now: Rule) -> Iterator[Difference]:
    before, after = by_name(was.tests, lambda one: one.name), by_name(now.tests, lambda one: one.name)
    for name in sorted({*before, *after}):
        if name not in after:
            yield Difference("ground", now.id, f"test “{name}” taken out")
        elif name not in before:
            yield Difference("ground", now.id, f"test “{name}” added, expects {_ANSWERS[after[name].expect]}")
        elif before[name].expect != after[name].expect:
            words = (
                f"test “{name}” expected {_ANSWERS[before[name].expect]} -> {_ANSWERS[after[name].expect]}"
            )
            yield Difference("ground", now.id, words)
        elif _proof(before[name]) != _proof(after[name]):
            yield Difference("ground", now.id, f"the record of test “{name}” changed")


def _proof(test: RuleTest) -> tuple[object, ...]:
    return (test.record, test.as_of, test.listed)
