"""
Rules by what they are and what they read: axis, group, field, list, source, words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from laborscreen.conditions.tree import Figure, Operator, Test, walk
from laborscreen.errors import UsageError
from laborscreen.record import Catalogue, catalogue, did_you_mean
from laborscreen.rulebook.english import in_english
from laborscreen.rulebook.model import STATUSES, Rule, Rulebook
from laborscreen.rulebook.policy import AXES, STRENGTHS


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What rules are looked for; what is empty asks nothing.

    Args:
        axis: one of the axes.
        group: the group whose points are capped together.
        status: one of `STATUSES`.
        strength: one of the strengths.
        field: a field their conditions read, or a list of entries all of whose fields count (``workforce``).
        list: a list they look up.
        source: a source they rest on.
        text: words of their title, reason, question or condition in English.
    """

    axis: str = ""
    group: str = ""
    status: str = ""
    strength: str = ""
    field: str = ""
    list: str = ""
    source: str = ""
    text: str = ""


def find_rules(book: Rulebook, wish: Wish) -> tuple[Rule, ...]:
    """
    Return the rules that are all a wish asks.

    Raises:
        UsageError: a word that nothing in the rulebook is called by, with the nearest one that is.

    >>> from laborscreen.rulebook import load_rulebook
    >>> [rule.id for rule in find_rules(load_rulebook(), Wish(field="workforce.rest_days_per_year"))]
    ['LS-HRS-002', 'LS-HRS-003', 'LS-HRS-004']
    """
    known = catalogue()
    parts = {path.rpartition(".")[0] for path in known.fields} - {""}
    for what, wanted, words in (
        ("axis", wish.axis, AXES),
        ("group", wish.group, {rule.group for rule in book.rules}),
        ("status", wish.status, STATUSES),
        ("strength", wish.strength, STRENGTHS),
        ("field", wish.field, {*known.fields, *parts}),
        ("list", wish.list, book.lists),
        ("source", wish.source, book.sources),
    ):
        _known(what, wanted, words)
    return tuple(rule for rule in book.rules if _meets(rule, wish, book, known))


def _known(what: str, wanted: str, words: Collection[str]) -> None:
    if not wanted or wanted in words:
        return
    hint = did_you_mean(wanted, sorted(words)) or (
        f"known: {', '.join(sorted(words))}" if len(words) < 20 else ""
    )
    raise UsageError(f"there is no {what} {wanted!r}", hint=hint)


def _meets(rule: Rule, wish: Wish, book: Rulebook, known: Catalogue) -> bool:
    plain = (
        (wish.axis, rule.axis),
        (wish.group, rule.group),
        (wish.status, rule.status),
        (wish.strength, rule.strength),
    )
    if any(wanted and wanted != own for wanted, own in plain):
        return False
    if wish.source and wish.source not in {one.source for one in rule.references}:
        return False
    if wish.list and wish.list not in lists_read(rule):
        return False
    if wish.field and not any(
        path == wish.field or path.startswith(f"{wish.field}.") for path in paths_read(rule, known)
    ):
        return False
    return not wish.text or all(word in _words(rule, book) for word in wish.text.casefold().split())


def _words(rule: Rule, book: Rulebook) -> str:
    conditions = [*in_english(rule.when, book.lists)]
    if rule.applies_when is not None:
        conditions += in_english(rule.applies_when, book.lists)
    return " ".join(
        (rule.id, rule.title, rule.because, rule.ask, *rule.false_positives, *conditions)
    ).casefold()


def lists_read(rule: Rule) -> frozenset[str]:
    """Return the ids of the lists a rule looks up."""
    return frozenset(
        str(node.wanted)
        for tree in (rule.when, rule.applies_when)
        if tree is not None
        for node, _ in walk(tree)
        if isinstance(node, Test) and node.operator in (Operator.IN_LIST, Operator.MENTIONS)
    )


def paths_read(rule: Rule, known: Catalogue) -> frozenset[str]:
    """Return the full paths of the fields that a rule's conditions read."""
    found: set[str] = set()
    for tree in (rule.when, rule.applies_when):
        for node, group in walk(tree) if tree is not None else ():
            names = []
            if isinstance(node, Test):
                names = [node.field, *([str(node.wanted)] if node.operator is Operator.DIFFERS_FROM else [])]
            elif isinstance(node, Figure):
                found |= {f"{node.group}.{name}" for name in (node.field, node.by) if name}
            fields = (known.find(name, group) for name in names)
            found |= {field.path for field in fields if field is not None}
    return frozenset(found)
