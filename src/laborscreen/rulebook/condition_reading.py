"""
From YAML to the condition tree, with every fault of a condition told at its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from laborscreen.conditions.tree import (
    COMPARISONS,
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Measure,
    Not,
    Operator,
    Over,
    Quantifier,
    walk,
)
from laborscreen.record import Catalogue, CatalogueField, Kind
from laborscreen.rulebook.faults import Faults, listed
from laborscreen.rulebook.nodes import Fields, Items, Node, Text
from laborscreen.rulebook.one_test import OneTest
from laborscreen.rulebook.values_written import one_value, read_number, read_whole
from laborscreen.rulebook.wanted import Compared

_OPERATORS = tuple(str(operator) for operator in Operator)
_QUANTIFIERS = tuple(str(word) for word in Quantifier)
_MEASURES = tuple(str(word) for word in Measure)
_COMPARISONS = tuple(str(word) for word in COMPARISONS)
_HEADS = ("all", "any", "not", "of", *_QUANTIFIERS, *_MEASURES, "flagged", "field")
_MEASURABLE = frozenset({Kind.NUMBER, Kind.WHOLE})


class ConditionReader:
    """
    Reads conditions of one rulebook.

    Args:
        catalogue: the fields a test may name.
        lists: the lists a test may name: id to how they match.
        faults: collects what is wrong.
    """

    def __init__(self, catalogue: Catalogue, lists: Mapping[str, str], faults: Faults) -> None:
        self._catalogue = catalogue
        self._faults = faults
        self._one_test = OneTest(Compared(catalogue, lists, faults), _HEADS)

    def read(self, node: Node, group: str = "") -> Condition | None:
        """
        Return the condition, or None where a fault keeps it from being one.

        Args:
            node: what stands at ``when``, ``where`` or in a list of conditions.
            group: the list whose entries the condition looks at; empty for the record.
        """
        if not isinstance(node, Fields):
            self._not_a_condition(node)
            return None
        heads = [key for key in node.key_nodes() if key.value in _HEADS]
        if not heads:
            self._headless(node, group)
            return None
        head = heads[0]
        for other in heads[1:]:
            self._faults.error(
                "mixed-condition",
                other,
                f"`{head.value}` and `{other.value}` stand side by side in one condition",
                "put each on an entry of its own (`- `) below `all:` or `any:`",
            )
        value = node.get(head.value)
        assert value is not None
        match head.value:
            case "all" | "any":
                self._only(node, (head.value,))
                return self._several(head, node, value, group)
            case "of":
                self._only(node, ("at_least", "of"))
                return self._at_least(node, value, group)
            case "not":
                self._only(node, ("not",))
                inner = self.read(value, group)
                return None if inner is None else Not(inner, node.location)
            case "flagged":
                self._only(node, ("flagged",))
                return self._flagged(node, value, group)
            case "field":
                return self._one_test.read(node, value, group)
            case word if word in _QUANTIFIERS:
                self._only(node, (word, "where"))
                return self._over(Quantifier(word), node, value, group)
            case word:
                self._only(node, (word, "where", "by", *_COMPARISONS))
                return self._figure(Measure(word), node, value, group)

    def refuse_flags(self, condition: Condition, what: str) -> None:
        """Tell of references to rules where only facts of the record may decide."""
        for node, _ in walk(condition):
            if isinstance(node, Flagged):
                self._faults.error(
                    "flagged-in-guard",
                    node.location,
                    f"{what} looks at the record itself, not at other rules",
                    "write out the facts that count",
                )

    # ---- shapes that are no condition ----

    def _not_a_condition(self, node: Node) -> None:
        if isinstance(node, Items):
            hint = "write `all:` (every one must hold) or `any:` (one is enough) above the list"
            if node.items and isinstance(node.items[0], Items):
                hint = "one list too many: take out one level of `- `"
            message = "a list of conditions does not say whether all or any must hold"
        elif isinstance(node, Text) and node.is_null:
            message, hint = "a condition is missing here", "write a test such as {field: country, is: KP}"
        else:
            message, hint = "this is not a condition", "write a test such as {field: country, is: KP}"
        self._faults.error("not-a-condition", node, message, hint)

    def _headless(self, node: Fields, group: str) -> None:
        for key in node.key_nodes():
            if key.value in _OPERATORS:
                continue
            if self._catalogue.find(key.value, group):
                hint = f"write {{field: {key.value}, is: ...}}"
            else:
                near = self._faults.meant(key.value, (*_HEADS, *_OPERATORS))
                hint = near or f"a condition begins with {listed(_HEADS)}"
            message = f"`{key.value[:60]}` is not a word of the condition language"
            word = self._faults.respelled(key.value, (*_HEADS, *_OPERATORS))
            surely = None if word in node.entries else word
            self._faults.error("unknown-key", key, message, hint, replacement=surely)
        if not node.entries or any(key.value in _OPERATORS for key in node.key_nodes()):
            self._faults.error(
                "missing-key",
                node,
                "the test does not say which `field` it looks at",
                "write {field: ..., is: ...}",
            )

    def _only(self, node: Fields, known: tuple[str, ...]) -> None:
        for key in node.key_nodes():
            if key.value in known or key.value in _HEADS or key.value.startswith("\0"):
                continue
            hint = self._faults.meant(key.value, known)
            self._faults.error(
                "unknown-key",
                key,
                f"`{key.value[:60]}` does not belong beside `{known[0]}`",
                hint or f"known keys here: {', '.join(known)}",
                replacement=self._faults.respelled(
                    key.value, [name for name in known if name not in node.entries]
                ),
            )

    # ---- combinations ----

    def _parts(self, name: str, value: Node, group: str) -> tuple[Condition, ...] | None:
        if not isinstance(value, Items):
            self._faults.error(
                "wrong-shape",
                value,
                f"`{name}` takes a list of conditions, not {value.shape}",
                "begin each condition with `- `",
            )
            return None
        if not value.items:
            self._faults.error(
                "empty-list", value, f"`{name}` has no conditions below it", "add conditions, or take it out"
            )
            return None
        read = [self.read(item, group) for item in value.items]
        return None if None in read else tuple(part for part in read if part is not None)

    def _several(self, head: Text, node: Fields, value: Node, group: str) -> Condition | None:
        parts = self._parts(head.value, value, group)
        if parts is None:
            return None
        if head.value == "any":
            return Any(parts, node.location)
        self._warn_of_separate_entries(parts)
        return All(parts, node.location)

    def _warn_of_separate_entries(self, parts: tuple[Condition, ...]) -> None:
        seen: dict[str, Over] = {}
        for part in parts:
            if not (isinstance(part, Over) and part.location == part.where.location):
                continue
            if part.group in seen:
                other = seen[part.group].location.line
                self._faults.warn(
                    "separate-entries",
                    part.location,
                    f"this line and line {other} may be met by two different entries of `{part.group}`",
                    f"write `some: {part.group}` and both tests below `where: all:` to mean one and the same entry",
                )
            seen.setdefault(part.group, part)

    def _at_least(self, node: Fields, value: Node, group: str) -> Condition | None:
        parts = self._parts("of", value, group)
        number_node = node.get("at_least")
        if number_node is None:
            self._faults.error("missing-key", node, "`of` needs a number", "write `at_least: 2` above `of:`")
            return None
        number = read_whole(number_node, self._faults, "`at_least`", low=1)
        if number is None or not isinstance(value, Items):
            return None
        if value.items and number > len(value.items):
            self._faults.error(
                "at-least-too-many",
                number_node,
                f"at least {number} of {len(value.items)} conditions can never hold",
                f"write at most {len(value.items)}",
            )
            return None
        return None if parts is None else AtLeast(number, parts, node.location)

    def _flagged(self, node: Fields, value: Node, group: str) -> Condition | None:
        text = one_value(value, self._faults, "`flagged`")
        if text is None:
            return None
        if group:
            self._inside(node, "flagged", group)
            return None
        return Flagged(text.value.strip(), text.location)

    def _inside(self, node: Node, word: str, group: str) -> None:
        self._faults.error(
            "not-inside-where",
            node,
            f"`{word}` is about the whole record and cannot stand inside the `where` of `{group}`",
            "move it out, and join both with `all:`",
        )

    # ---- lists of entries ----

    def _group(self, value: Node, word: str) -> str | None:
        text = one_value(value, self._faults, f"`{word}`")
        if text is None:
            return None
        name = text.value.strip()
        if name in self._catalogue.groups:
            return name
        head = name.partition(".")[0]
        if head in self._catalogue.groups and name in self._catalogue.fields:
            hint = f"write `{word}: {head}` and name the field below `where:`"
        else:
            hint = (
                self._faults.meant(name, self._catalogue.groups)
                or f"lists: {', '.join(self._catalogue.groups)}"
            )
        self._faults.error(
            "unknown-list-field",
            text,
            f"`{name[:60]}` is not a list of a record",
            hint,
            replacement=self._faults.respelled(name, self._catalogue.groups),
        )
        return None

    def _over(self, quantifier: Quantifier, node: Fields, value: Node, group: str) -> Condition | None:
        if group:
            self._inside(node, quantifier, group)
        inner = self._group(value, quantifier)
        where = node.get("where")
        if where is None:
            self._faults.error(
                "missing-key",
                node,
                f"`{quantifier}` needs `where:`",
                "write `where:` and below it what an entry must meet",
            )
            return None
        if inner is None:
            return None
        condition = self.read(where, inner)
        return None if condition is None or group else Over(quantifier, inner, condition, node.location)

    def _figure(self, measure: Measure, node: Fields, value: Node, group: str) -> Condition | None:
        if group:
            self._inside(node, measure, group)
            return None
        found = self._measured(measure, value)
        comparison = self._comparison(measure, node)
        where_node, by_node = node.get("where"), node.get("by")
        if measure is Measure.SHARE and where_node is None:
            self._faults.error(
                "missing-key", node, "`share` needs `where:`", "say below `where:` which entries are meant"
            )
            return None
        if found is None:
            return None
        inner, field = found
        where = None if where_node is None else self.read(where_node, inner)
        by = "" if by_node is None else self._counted_by(measure, by_node, inner)
        if comparison is None or by is None or (where_node is not None and where is None):
            return None
        operator, wanted = comparison
        name = field.name if field else ""
        return Figure(measure, inner, name, operator, wanted, where, by, node.location)

    def _measured(self, measure: Measure, value: Node) -> tuple[str, CatalogueField | None] | None:
        """Return the list and the number field a figure is about."""
        if measure is Measure.COUNT:
            group = self._group(value, measure)
            return None if group is None else (group, None)
        text = one_value(value, self._faults, f"`{measure}`")
        if text is None:
            return None
        field = self._catalogue.fields.get(text.value.strip())
        numbers = [
            path
            for path, known in self._catalogue.fields.items()
            if known.group and known.kind in _MEASURABLE
        ]
        if field is None:
            hint = self._faults.meant(text.value, numbers)
            self._faults.error(
                "unknown-field",
                text,
                f"`{text.value[:60]}` is not a record field",
                hint or "`laborscreen fields` lists them",
            )
            return None
        if not field.group or field.kind not in _MEASURABLE or field.reads.many:
            self._faults.error(
                "operator-does-not-fit",
                text,
                f"`{measure}` adds up a number field of a list, and `{field.path}` is {field.type_name}",
                f"use {listed(numbers, most=5)}",
            )
            return None
        return field.group, field

    def _comparison(self, measure: Measure, node: Fields) -> tuple[Operator, float] | None:
        keys = [key for key in node.key_nodes() if key.value in _COMPARISONS]
        if len(keys) != 1:
            self._faults.error(
                "missing-key" if not keys else "several-tests",
                keys[1] if keys else node,
                f"`{measure}` needs one comparison" + (", not several" if keys else ""),
                f"write one of {listed(_COMPARISONS)}",
            )
            return None
        value = node.get(keys[0].value)
        assert value is not None
        what = f"`{keys[0].value}`"
        number = read_number(value, self._faults, what)
        if number is None:
            return None
        if number < 0 or (measure is Measure.SHARE and number > 100):
            self._faults.error(
                "value-out-of-range",
                value,
                f"a {measure} is never {number:g}",
                "write a share as 0 to 100, anything else from 0",
            )
            return None
        return Operator(keys[0].value), number

    def _counted_by(self, measure: Measure, node: Node, group: str) -> str | None:
        text = one_value(node, self._faults, "`by`")
        if text is None:
            return None
        if measure is not Measure.COUNT:
            self._faults.error(
                "unknown-key", node, f"`by` does not belong beside `{measure}`", "use it with `count`"
            )
            return None
        fields = self._catalogue.groups[group].fields
        name = text.value.strip().removeprefix(f"{group}.")
        if name not in fields:
            self._faults.error(
                "unknown-field",
                text,
                f"`{name[:60]}` is not a field of `{group}`",
                self._faults.meant(name, fields),
            )
            return None
        return name
