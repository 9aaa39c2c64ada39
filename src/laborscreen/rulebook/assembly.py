"""
The files of a folder put together: sections, parts, digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import orjson

from laborscreen.record import catalogue
from laborscreen.rulebook.checks import (
    check_exceptions,
    check_flags,
    check_guards,
    check_rules,
    check_unique,
    ids_written,
)
from laborscreen.rulebook.condition_reading import ConditionReader
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.folder import RuleFiles
from laborscreen.rulebook.forms import as_fields
from laborscreen.rulebook.limits import MAX_RULES
from laborscreen.rulebook.list_reading import ListReader
from laborscreen.rulebook.model import Guard, Rule, ValueList
from laborscreen.rulebook.nodes import Fields, Items, Node, Text, plain
from laborscreen.rulebook.parts import Parts
from laborscreen.rulebook.policy_reading import PolicyReader
from laborscreen.rulebook.registers import RegisterReader
from laborscreen.rulebook.rule_reading import RULE_ID, SHIPPED_ID, RuleReader
from laborscreen.rulebook.wanted import ANY_MATCH
from laborscreen.rulebook.yaml_reading import read_yaml
from laborscreen.source import Location

LISTED = ("rules", "lists", "guards", "exceptions", "sources")
SINGLE = ("scoring", "rates")
IDENTIFIED = ("rule", "list", "guard", "source")
"""What is referred to by its id."""
_Made = TypeVar("_Made")


@dataclass(slots=True)
class Sections:
    """What stands at each top-level key, over all files of a folder."""

    listed: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in LISTED})
    single: dict[str, Node] = field(default_factory=dict)


def assemble(folder: RuleFiles, base: Parts | None, faults: Faults, *, trusting: bool = False) -> Parts:
    """
    Read a folder and put it together.

    Args:
        folder: the folder or file, or one part of a pack.
        base: the shipped rulebook, for what the folder does not define; None for the shipped rulebook itself.
        faults: collects what is wrong.
        trusting: whether the writing of single terms is taken as sound.
    """
    sections = _sections(folder, faults)
    # A faulty entry still has a name that others may use: its own fault is told once, not again at every use.
    written = {kind: ids_written(sections.listed[f"{kind}s"]) for kind in IDENTIFIED}
    for kind, ids in written.items():
        check_unique(kind, ids, faults)
    fields = catalogue()
    lists = dict(base.lists) if base else {}
    sets = {name: made.texts for name, made in lists.items() if made.match == "words"}
    read_list = ListReader(folder, faults, trusting, sets).read
    own_lists = _made(sorted(sections.listed["lists"], key=_names_sets), read_list, faults)
    lists |= {made.id: made for made in own_lists}
    matches = dict.fromkeys(written["list"], ANY_MATCH) | {name: made.match for name, made in lists.items()}
    conditions = ConditionReader(fields, matches, faults)
    registers = RegisterReader(conditions, fields, faults)
    own_sources = _made(sections.listed["sources"], registers.source, faults)
    sources = (dict(base.sources) if base else {}) | {made.id: made for made in own_sources}
    read_rule = RuleReader(conditions, fields, faults, RULE_ID if base else SHIPPED_ID).read
    read = _made(sections.listed["rules"], read_rule, faults)
    rules = _by_id(one.rule for one in read if one.whole)
    guards = _made(sections.listed["guards"], registers.guard, faults)
    exceptions = _made(sections.listed["exceptions"], registers.exception, faults)
    scoring, rate_table = sections.single.get("scoring"), sections.single.get("rates")
    inherited = base.policy if base else None
    policy = (
        inherited if scoring is None else PolicyReader(conditions, fields, faults).read(scoring, inherited)
    )
    rates = (base.rates if base else None) if rate_table is None else registers.rates(rate_table)
    known = frozenset(written["rule"])
    source_ids = {*sources, *written["source"]}
    check_rules(read, sources, source_ids, fields, faults)
    check_flags(rules, known, faults)
    check_guards(guards, known | {rule.group for rule in rules}, faults)
    check_exceptions(exceptions, known, faults)
    if not sections.listed["rules"] and not faults.refused:
        faults.error(
            "no-rules",
            Location(str(folder.named)),
            "no rules are defined in this folder",
            "rules stand below `rules:`",
        )
    if base is None and not faults.refused:
        for name in SINGLE:
            if name not in sections.single:
                faults.error(
                    "missing-key",
                    Location(str(folder.named)),
                    f"no file defines `{name}`",
                    f"add a file with `{name}:`",
                )
    return Parts(
        rules,
        lists,
        tuple(guards) or _still_fitting(base.guards if base else (), rules),
        policy,
        tuple(exceptions),
        sources,
        rates,
        _digest(sections, own_lists, base),
        frozenset(made.id for made in own_lists),
        known,
        tuple(sorted((node.file.path, node.line) for nodes in sections.listed.values() for node in nodes)),
    )


def _sections(folder: RuleFiles, faults: Faults) -> Sections:
    sections = Sections()
    for file, text in folder.files():
        document = read_yaml(file, text, faults)
        if document is None or (isinstance(document, Text) and document.is_null):
            if not text.strip() or all(line.lstrip()[:1] in {"", "#"} for line in text.splitlines()):
                faults.warn(
                    "empty-file",
                    Location(file.path),
                    "there is nothing in this file",
                    "delete it, or fill it",
                )
            continue
        fields = as_fields(document, "a rule file", faults)
        if fields is not None:
            _take(fields, sections, faults)
    rules = sections.listed["rules"]
    if len(rules) > MAX_RULES:
        faults.error(
            "too-many-rules",
            rules[MAX_RULES],
            f"a rulebook has at most {MAX_RULES:,} rules",
            "split it into several",
        )
        del rules[MAX_RULES:]
    return sections


def _take(fields: Fields, sections: Sections, faults: Faults) -> None:
    for name, (key, value) in fields.entries.items():
        if name in LISTED:
            if isinstance(value, Items):
                sections.listed[name] += value.items
            elif isinstance(value, Text) and value.is_null:
                faults.error("empty-value", key, f"`{name}` is empty", f"add entries, or write `{name}: []`")
            else:
                faults.error(
                    "wrong-shape",
                    value,
                    f"`{name}` is a list, not {value.shape}",
                    "begin each entry with `- `",
                )
        elif name in SINGLE:
            if name in sections.single:
                faults.error(
                    "duplicate-key",
                    key,
                    f"`{name}` is defined twice (first at {sections.single[name].location})",
                    "keep one",
                )
            else:
                sections.single[name] = value
        elif not name.startswith("\0"):
            known = (*LISTED, *SINGLE)
            faults.error(
                "unknown-key",
                key,
                f"`{name[:60]}` is not a key of a rule file",
                faults.meant(name, known) or f"known keys: {', '.join(known)}",
                replacement=faults.respelled(name, [one for one in known if one not in fields.entries]),
            )


def _made(nodes: Iterable[Node], read: Callable[[Node], _Made | None], faults: Faults) -> list[_Made]:
    """Return what can be read of *nodes*; stop where no more faults are listed."""
    found = []
    for node in nodes:
        made = read(node)
        if made is not None:
            found.append(made)
        if faults.full:
            break
    return found


def _names_sets(node: Node) -> bool:
    """Tell whether the terms of a list may name sets: these lists are read after the sets."""
    match = node.get("match") if isinstance(node, Fields) else None
    return not (isinstance(match, Text) and match.value.strip() == "words")


def _by_id(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.id, rule.location)))


def _still_fitting(guards: Sequence[Guard], rules: Sequence[Rule]) -> tuple[Guard, ...]:
    """Return the shipped guards for what they suppress in a rulebook of other rules."""
    known = {rule.id for rule in rules} | {rule.group for rule in rules}
    kept = ((guard, tuple(name for name in guard.suppresses if name in known)) for guard in guards)
    return tuple(replace(guard, suppresses=names) for guard, names in kept if names)


def _digest(sections: Sections, lists: Sequence[ValueList], base: Parts | None) -> str:
    """Return the SHA-256 of what is written, whatever its layout, order of files, comments and places."""
    content: dict[str, Any] = {
        name: sorted(map(_canonical, nodes)) for name, nodes in sections.listed.items()
    }
    content |= {name: _canonical(node) for name, node in sections.single.items()}
    content["terms"] = {
        made.id: [[term.text, term.language, term.source, term.note] for term in made.terms] for made in lists
    }
    content["base"] = base.digest if base else ""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _canonical(node: Node) -> str:
    return orjson.dumps(plain(node), option=orjson.OPT_SORT_KEYS).decode()
