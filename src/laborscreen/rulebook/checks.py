"""
Faults that show only when the whole rulebook is looked at together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from laborscreen.record import Catalogue
from laborscreen.rulebook.because import places_read
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.limits import MAX_RULES
from laborscreen.rulebook.model import (
    EXPECTATIONS,
    ExceptionEntry,
    Guard,
    Rule,
    Source,
    flagged_in,
)
from laborscreen.rulebook.nodes import Fields, Node, Text
from laborscreen.rulebook.rule_reading import RuleRead

_TESTED = ("test", "stable")
_REFERRING = ("high", "critical")
_SHOWN = 10  # rules of a circle that are named
_RULES_LISTED = "`laborscreen rules list` shows all rules"


def check_rules(
    read: Sequence[RuleRead],
    sources: Mapping[str, Source],
    source_ids: Collection[str],
    catalogue: Catalogue,
    faults: Faults,
) -> None:
    """
    Tell of rules that repeat, lack tests or references, or read what they may not.

    Args:
        read: what could be read of them; a fault in one hides none of its others.
        sources: those that could be read.
        source_ids: all that are written down, faulty ones too.
        catalogue: the fields of a record.
        faults: collects what is wrong.
    """
    if len(read) > MAX_RULES:
        faults.error(
            "too-many-rules",
            read[MAX_RULES].rule.location,
            f"a rulebook has at most {MAX_RULES:,} rules",
            "split it",
        )
    for one in read:
        if one.all_tests:
            _tests(one.rule, faults)
        _references(one.rule, sources, source_ids, faults)
        if one.whole:
            _attributes(one.rule, catalogue, faults)
        _weight_of_attributes(one.rule, sources, source_ids, faults)


def ids_written(nodes: Iterable[Node]) -> dict[str, list[Text]]:
    """Return the ids of entries as written, faulty entries too, each with every place that defines it."""
    found: dict[str, list[Text]] = {}
    for node in nodes:
        name = node.get("id") if isinstance(node, Fields) else None
        if isinstance(name, Text) and name.value.strip() and not name.is_null:
            found.setdefault(name.value.strip(), []).append(name)
    return found


def check_unique(kind: str, ids: Mapping[str, Sequence[Text]], faults: Faults) -> None:
    """Tell of ids used twice."""
    for name, (first, *others) in ids.items():
        for other in others:
            message = f"the {kind} `{name[:60]}` is defined twice (first at {first.location})"
            faults.error("duplicate-id", other, message, "give one of them another id")


def _tests(rule: Rule, faults: Faults) -> None:
    if rule.status == "retired":
        return
    missing = [word for word in EXPECTATIONS if all(test.expect != word for test in rule.tests)]
    if missing:
        report = faults.error if rule.status in _TESTED else faults.warn
        report(
            "missing-test",
            rule.location,
            f"{rule.id} has no test that expects {' or '.join(missing)}",
            f"add {{name: ..., expect: {missing[0]}, record: {{...}}}} to `tests`",
        )


def _references(
    rule: Rule, sources: Mapping[str, Source], source_ids: Collection[str], faults: Faults
) -> None:
    for reference in rule.references:
        name = reference.source
        if name and name not in source_ids and not faults.may_be_defined(name):
            hint = faults.meant(name, source_ids)
            faults.error(
                "unknown-source",
                reference.location,
                f"there is no source `{reference.source[:60]}`",
                hint or "define it under `sources:`",
            )
    if rule.status != "stable":
        return
    if any(reference.source not in sources for reference in rule.references):
        return  # that fault is told already
    known = [sources[reference.source] for reference in rule.references]
    if not any(source.checked for source in known):
        faults.error(
            "unchecked-reference",
            rule.references[0].location if rule.references else rule.location,
            f"{rule.id} is stable and rests on no source that somebody has checked",
            "check a source and write the day at `checked`, or set `status: test`",
        )


def _attributes(rule: Rule, catalogue: Catalogue, faults: Faults) -> None:
    """Hold rules to limit L2: a personal attribute needs a mark and a legal basis."""
    if rule.sensitive:
        return
    trees = [tree for tree in (rule.when, rule.applies_when) if tree is not None]
    for tree in trees:
        for path, place in places_read(tree, catalogue):
            if catalogue.fields[path].reads.attribute:
                faults.error(
                    "sensitive-field",
                    place,
                    f"{rule.id} reads `{path}`, a personal attribute",
                    "set `sensitive: true` and write the `legal_basis`, or leave the field out",
                )
                return


def _weight_of_attributes(
    rule: Rule, sources: Mapping[str, Source], source_ids: Collection[str], faults: Faults
) -> None:
    """Hold rules to the rest of limit L2: a personal attribute refers nobody, unless a law turns on it."""
    lifts = any(band in _REFERRING for band in rule.floor.values())
    if not rule.sensitive or not (rule.strength == "direct" or lifts):
        return
    cited = [reference.source for reference in rule.references]
    if any(name not in sources and name in source_ids for name in cited):
        return  # a faulty source is told already
    if not any(name in sources and sources[name].turns_on_nationality for name in cited):
        faults.error(
            "attribute-refers",
            rule.location,
            f"{rule.id} would refer a record for a personal attribute, and cites no law that turns on nationality itself",
            "lower the strength or the floor, or cite a source that says `turns_on_nationality: true`",
        )


def check_flags(rules: Sequence[Rule], known: Collection[str], faults: Faults) -> None:
    """Tell of references to rules that do not exist or do not score, and of circles."""
    by_id = {rule.id: rule for rule in rules}
    for rule in rules:
        for tree in (rule.when, rule.applies_when):
            for flag in flagged_in(tree) if tree is not None else ():
                other = by_id.get(flag.rule)
                if other is None and (flag.rule in known or faults.may_be_defined(flag.rule)):
                    continue
                if other is None:
                    faults.error(
                        "unknown-rule",
                        flag.location,
                        f"there is no rule `{flag.rule[:60]}`",
                        faults.meant(flag.rule, by_id) or _RULES_LISTED,
                    )
                elif other.status in {"draft", "retired"} and rule.status not in {"draft", "retired"}:
                    hint = (
                        f"name {other.replaced_by} instead"
                        if other.replaced_by
                        else "it can never be flagged; take it out, or raise its status"
                    )
                    faults.warn(
                        "flagged-inactive",
                        flag.location,
                        f"{other.id} is {other.status}, so it does not score",
                        hint,
                    )
    for circle in _circles(rules):
        rule = by_id[circle[0]]
        names = [*circle[:_SHOWN], "...", circle[-1]] if len(circle) > _SHOWN + 1 else list(circle)
        way = " -> ".join((*names, circle[0]))
        faults.error(
            "circle", rule.location, f"rules refer to each other in a circle: {way}", "take one `flagged` out"
        )


def _circles(rules: Sequence[Rule]) -> list[tuple[str, ...]]:
    """Return each circle of references once, beginning at its first rule in the rulebook's order."""
    links = {
        rule.id: [
            flag.rule
            for tree in (rule.when, rule.applies_when)
            if tree is not None
            for flag in flagged_in(tree)
        ]
        for rule in rules
    }
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start, first in links.items():
        path: dict[str, int] = {}
        waiting = [(start, iter(first))] if start not in done else []
        if waiting:
            path[start] = 0
        while waiting:
            name, rest = waiting[-1]
            following = next(rest, None)
            if following is None:
                waiting.pop()
                path.popitem()
                done.add(name)
            elif following in path:
                found.append(tuple(path)[path[following] :])
            elif following in links and following not in done:
                waiting.append((following, iter(links[following])))
                path[following] = len(path)
    return found


def check_guards(guards: Sequence[Guard], known: Collection[str], faults: Faults) -> None:
    """Tell of guards that suppress what does not exist."""
    for guard in guards:
        for name in guard.suppresses:
            if name not in known and not faults.may_be_defined(name):
                hint = faults.meant(name, known) or _RULES_LISTED
                faults.error(
                    "unknown-rule",
                    guard.location,
                    f"{guard.id} suppresses `{name[:60]}`, which is neither a rule nor a group",
                    hint,
                )


def check_exceptions(exceptions: Sequence[ExceptionEntry], known: Collection[str], faults: Faults) -> None:
    """Tell of exceptions from rules that do not exist, and of the same exception twice."""
    seen: dict[tuple[str, ...], ExceptionEntry] = {}
    for entry in exceptions:
        if entry.rule not in known and not faults.may_be_defined(entry.rule):
            faults.error(
                "unknown-rule",
                entry.location,
                f"there is no rule `{entry.rule[:60]}`",
                faults.meant(entry.rule, known) or _RULES_LISTED,
            )
        # Two parties of one record may each resemble one listed party.
        key = (entry.rule, entry.record, entry.entry, entry.fingerprint_record)
        if key in seen:
            told = f"{entry.record[:60]}{f' and {entry.entry[:60]}' if entry.entry else ''}"
            faults.error(
                "duplicate-id",
                entry.location,
                f"{entry.rule} is excepted twice for {told} (first at {seen[key].location})",
                "keep the later one",
            )
        if entry.entry and entry.author and entry.author.casefold() == entry.approver.casefold():
            faults.error(
                "own-approval",
                entry.location,
                f"{entry.author[:60]} wrote the good-guy entry for {entry.record[:60]} and approves it",
                "somebody else approves it",
            )
        seen.setdefault(key, entry)
