"""
One line of a condition: a field, a word, what is wanted.
"""

from __future__ import annotations

from laborscreen.conditions.operators import FITTING
from laborscreen.conditions.tree import Condition, Operator, Over, Quantifier, Test, Wanted
from laborscreen.record import CatalogueField, Kind
from laborscreen.rulebook.faults import listed
from laborscreen.rulebook.nodes import Fields, Node, Text
from laborscreen.rulebook.values_written import one_value, read_word
from laborscreen.rulebook.wanted import Compared, read_wanted

_OPERATORS = tuple(str(operator) for operator in Operator)
_IF_MISSING = {"match": True, "no_match": False}


class OneTest:
    """
    Reads single tests.

    Args:
        on: the fields, the lists, and the collector of faults.
        heads: the words that begin other kinds of condition; the caller has told of those.
    """

    def __init__(self, on: Compared, heads: tuple[str, ...]) -> None:
        self._on = on
        self._faults = on.faults
        self._heads = heads

    def read(self, node: Fields, value: Node, group: str) -> Condition | None:
        """
        Return the test; a field of a list, named from outside, is looked for in some entry of that list.

        Args:
            node: the line.
            value: what stands at ``field``.
            group: the list whose entries are looked at; empty for the record.
        """
        field = self._field(value, group)
        operators = self._operators(node, field)
        missing = self._if_missing(node, operators)
        wanted = [self._wanted(key, node, field, group) for key in operators]
        if field is None or len(wanted) != 1 or wanted[0] is None:
            return None
        operator = Operator(operators[0].value)
        if field.group and not group:
            other = wanted[0]
            if operator is Operator.DIFFERS_FROM:
                other = str(other).removeprefix(f"{field.group}.")
            return self._some(field.group, Test(field.name, operator, other, missing, node.location))
        if operator is Operator.DIFFERS_FROM and not group:
            return self._across(field, str(wanted[0]), missing, node)
        return Test(field.name if field.group else field.path, operator, wanted[0], missing, node.location)

    @staticmethod
    def _some(group: str, test: Test) -> Over:
        return Over(Quantifier.SOME, group, test, test.location)

    def _across(
        self, field: CatalogueField, other_path: str, missing: bool | None, node: Fields
    ) -> Condition | None:
        """Compare a field of the record with one of a list: some entry's own differs from it."""
        other = self._on.catalogue.fields[other_path]
        if not other.group:
            return Test(field.path, Operator.DIFFERS_FROM, other_path, missing, node.location)
        if self._on.catalogue.find(field.path, other.group) is not field:
            self._faults.error(
                "field-of-other-list",
                node,
                f"inside `{other.group}`, `{field.path}` means the entry's own, so the record's cannot be compared with it",
                "compare two fields of the record, or two of one list",
            )
            return None
        return self._some(
            other.group, Test(other.name, Operator.DIFFERS_FROM, field.path, missing, node.location)
        )

    def _field(self, value: Node, group: str) -> CatalogueField | None:
        text = one_value(value, self._faults, "`field`")
        if text is None:
            return None
        name = text.value.strip()
        catalogue = self._on.catalogue
        field = catalogue.find(name, group)
        if field is None:
            if name in catalogue.groups:
                hint = f"write `some: {name}` and name one of its fields below `where:`"
                message = f"`{name}` is a list of entries, not a field"
            else:
                message, hint = f"`{name[:60]}` is not a record field", self._nearest(name, group)
            known = catalogue.groups[group].fields if group else catalogue.fields
            surely = self._faults.respelled(name, known) or self._faults.respelled(name, catalogue.fields)
            self._faults.error("unknown-field", text, message, hint, replacement=surely)
            return None
        if field.group and group and field.group != group:
            self._faults.error(
                "field-of-other-list",
                text,
                f"`{name}` belongs to the list `{field.group}`, and this test looks at entries of `{group}`",
                "move it out, and join both with `all:`",
            )
            return None
        return field

    def _nearest(self, name: str, group: str) -> str:
        fields = self._on.catalogue.fields
        own = self._on.catalogue.groups[group].fields if group else {}
        within = [field.path for field in fields.values() if field.group and field.name == name]
        if within:
            return (
                f"did you mean `{within[0]}`?" if not group else f"`{within[0]}` is a field of another list"
            )
        hint = self._faults.meant(name, own) if own else ""
        return hint or self._faults.meant(name, fields) or "`laborscreen fields` lists them"

    def _respelled(self, key: Text, node: Fields) -> str | None:
        word = self._faults.respelled(key.value, (*_OPERATORS, "if_missing"))
        return None if word in node.entries else word

    def _operators(self, node: Fields, field: CatalogueField | None) -> list[Text]:
        """Return the keys that are tests; tell of keys that are nothing, of several tests, and of none."""
        keys = [
            key
            for key in node.key_nodes()
            if key.value not in {"field", "if_missing", *self._heads} and key.value[:1] != "\0"
        ]
        operators = [key for key in keys if key.value in _OPERATORS]
        fitting = [str(word) for word in FITTING[field.kind]] if field else list(_OPERATORS)
        for key in keys:
            if key.value not in _OPERATORS:
                near = self._faults.meant(key.value, (*_OPERATORS, "if_missing"))
                self._faults.error(
                    "unknown-operator",
                    key,
                    f"`{key.value[:60]}` is not a test",
                    near or f"use {listed(fitting, most=20)}",
                    replacement=self._respelled(key, node),
                )
        if len(operators) > 1:
            self._faults.error(
                "several-tests",
                operators[1],
                f"`{operators[0].value}` and `{operators[1].value}` stand in one line",
                "write one test a line, below `all:`",
            )
        if not keys:
            self._faults.error(
                "missing-key",
                node,
                "the test does not say what the field must meet",
                f"add one of {listed(fitting, most=20)}",
            )
        return operators

    def _if_missing(self, node: Fields, operators: list[Text]) -> bool | None:
        value = node.get("if_missing")
        if value is None:
            return None
        if any(key.value == Operator.IS_KNOWN for key in operators):
            key = node.entries["if_missing"][0]
            self._faults.error(
                "idle-key",
                key,
                "`is_known` never answers unknown, so `if_missing` says nothing",
                "take it out",
            )
            return None
        word = read_word(value, tuple(_IF_MISSING), self._faults, "`if_missing`")
        return None if word is None else _IF_MISSING[word]

    def _wanted(self, key: Text, node: Fields, field: CatalogueField | None, group: str) -> Wanted | None:
        """Return what one operator compares with, where it fits the field; both faults of a line are told."""
        operator = Operator(key.value)
        value = node.get(key.value)
        assert value is not None
        if field is None:
            return None
        if operator not in FITTING[field.kind]:
            hint = f"use: {', '.join(str(word) for word in FITTING[field.kind])}"
            if field.kind is Kind.NAME:
                hint += "; names go to list comparison and nowhere else, so that nobody is judged by a name"
            message = f"`{operator}` does not fit `{field.path}`, which is {field.type_name}"
            self._faults.error("operator-does-not-fit", key, message, hint)
            return None
        return read_wanted(operator, value, field, group, self._on)
