"""
One rule from YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from laborscreen.conditions.tree import Condition
from laborscreen.record import Catalogue, Kind
from laborscreen.rulebook.because import check_because, fields_read
from laborscreen.rulebook.condition_reading import ConditionReader
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.forms import NAME, Form, as_fields
from laborscreen.rulebook.listed_examples import read_listed
from laborscreen.rulebook.model import (
    EVIDENCE_KINDS,
    EXPECTATIONS,
    PURPOSES,
    STATUSES,
    Reference,
    Rule,
    RuleTest,
)
from laborscreen.rulebook.nodes import Fields, Items, Node, Text
from laborscreen.rulebook.policy import AXES, BANDS, EXPOSURES, STRENGTHS
from laborscreen.rulebook.values_written import read_word

RULE_KEYS = ("id", "title", "status", "version", "axis", "group", "strength", "when", "because", "ask")
OPTIONAL_KEYS = (
    "applies_when", "catalogue", "evidence_kind", "exposure", "false_positives", "floor", "legal_basis", "owner",
    "purposes", "references", "replaced_by", "sensitive", "tests", "valid_from", "valid_to",
)  # fmt: skip
RULE_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")
"""How rules and guards are named: LS-HRS-003, ACME-1."""
SHIPPED_ID = re.compile(r"LS-[A-Z]{2,4}-[0-9]{3}")
"""How those of the shipped rulebook are named."""
_CATALOGUE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.MONEY})
LONGEST_TITLE = 120


@lru_cache(maxsize=4)
def _holders_of(paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(path.rpartition(".")[0] for path in paths if "." in path)


@dataclass(frozen=True, slots=True)
class RuleRead:
    """
    What could be read of a rule.

    Args:
        rule: the rule; its `when` is None, and its id may be empty, where a fault kept them from being read.
        whole: whether it is a rule that can score.
        all_tests: whether all its tests could be read.
    """

    rule: Rule
    whole: bool
    all_tests: bool


@dataclass(frozen=True, slots=True)
class RuleReader:
    """
    Reads rules.

    Args:
        conditions: reads their conditions.
        catalogue: the fields of a record.
        faults: collects what is wrong.
        ids: how rules are named.
    """

    conditions: ConditionReader
    catalogue: Catalogue
    faults: Faults
    ids: re.Pattern[str] = RULE_ID

    def read(self, node: Node) -> RuleRead | None:
        """Return what can be read of the rule, so that a fault in it hides no other; None where nothing can."""
        fields = as_fields(node, "a rule", self.faults)
        if fields is None:
            return None
        id_node = fields.get("id")
        named = isinstance(id_node, Text) and not id_node.is_null
        what = f"the rule {id_node.value[:40]}" if isinstance(id_node, Text) and named else "the rule"
        form = Form(fields, what, RULE_KEYS, OPTIONAL_KEYS, self.faults)
        rule_id = form.id("id", self.ids, "LS-HRS-003")
        when = self._condition(form, "when")
        applies_when = self._condition(form, "applies_when")
        because = form.text("because")
        if because:
            read = self.catalogue.fields if when is None else fields_read(when, self.catalogue)
            check_because(because, form.location_of("because"), read, self.faults, whole=when is not None)
        rule = Rule(
            id=rule_id,
            title=self._title(form),
            status=form.word("status", STATUSES),
            version=form.whole("version", low=1, default=1),
            axis=form.word("axis", AXES),
            group=form.id("group", NAME, "working_conditions"),
            strength=form.word("strength", STRENGTHS),
            when=cast("Condition", when),
            applies_when=applies_when,
            because=because,
            ask=form.text("ask"),
            false_positives=form.texts("false_positives"),
            references=tuple(self._reference(entry) for entry in form.entries("references")),
            valid_from=form.day("valid_from"),
            valid_to=form.day("valid_to"),
            tests=tuple(test for entry in form.entries("tests") if (test := self._test(entry)) is not None),
            floor=self._floor(form),
            exposure=form.word("exposure", EXPOSURES),
            evidence_kind=form.word("evidence_kind", EVIDENCE_KINDS),
            sensitive=form.yes_no("sensitive"),
            legal_basis=form.text("legal_basis"),
            purposes=form.words("purposes", PURPOSES),
            owner=form.text("owner"),
            catalogue=form.id("catalogue", _CATALOGUE, "WRK_HOURS_EXTREME"),
            replaced_by=form.id("replaced_by", RULE_ID, "LS-HRS-004"),
            location=(id_node or fields).location,
        )
        self._fits_together(rule, form)
        return RuleRead(
            rule,
            whole=when is not None and bool(rule_id),
            all_tests=len(rule.tests) == len(form.items("tests")),
        )

    def _condition(self, form: Form, name: str) -> Condition | None:
        node = form.node_of(name)
        return None if node is None else self.conditions.read(node)

    def _title(self, form: Form) -> str:
        title = form.text("title")
        if len(title) > LONGEST_TITLE:
            self.faults.error(
                "long-sentence",
                form.location_of("title"),
                f"the title has more than {LONGEST_TITLE} characters",
                "shorten it",
            )
        return title

    def _reference(self, node: Fields) -> Reference:
        form = Form(node, "the reference", ("source", "where", "says"), (), self.faults)
        source = node.get("source") or node
        return Reference(form.text("source"), form.text("where"), form.text("says"), source.location)

    def _floor(self, form: Form) -> Mapping[str, str]:
        node = form.fields("floor")
        if node is None:
            return {}
        found = {}
        for name, (key, value) in node.entries.items():
            axis = read_word(key, AXES, self.faults, "an axis")
            band = read_word(value, BANDS[1:], self.faults, "a floor")
            if axis and band:
                found[name] = band
        return found

    def _fits_together(self, rule: Rule, form: Form) -> None:
        """Tell of keys that contradict each other."""
        if rule.floor and rule.strength == "context":
            self.faults.error(
                "floor-on-context",
                form.location_of("floor"),
                "a context rule never convicts, so it may not lift an axis",
                "take out `floor`, or give the rule another strength",
            )
        if rule.exposure and rule.strength == "direct":
            self.faults.error(
                "exposure-on-direct",
                form.location_of("exposure"),
                "exposure is context, and this rule is direct",
                "take out `exposure`",
            )
        if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
            self.faults.error(
                "never-valid",
                form.location_of("valid_to"),
                f"`valid_to` lies before `valid_from` ({rule.valid_from})",
                "exchange them, or mend one",
            )
        if rule.status == "retired" and not rule.replaced_by:
            self.faults.error(
                "missing-key",
                form.node,
                f"{form.what} is retired and has no `replaced_by`",
                "name the rule that took its place",
            )
        if rule.status not in {"retired", ""} and rule.replaced_by:
            self.faults.error(
                "idle-key",
                form.location_of("replaced_by"),
                "only a retired rule is replaced",
                "set `status: retired`, or take it out",
            )
        if rule.sensitive and not rule.legal_basis:
            self.faults.error(
                "no-legal-basis",
                form.location_of("sensitive"),
                "a sensitive rule has no `legal_basis`",
                "say which law turns on this attribute",
            )

    def _test(self, node: Fields) -> RuleTest | None:
        form = Form(node, "the test", ("name", "expect", "record"), ("as_of", "listed"), self.faults)
        expect = form.word("expect", EXPECTATIONS)
        record = form.fields("record")
        if record is None or not expect:
            return None
        return RuleTest(
            form.text("name"),
            cast("Any", expect),
            self._example(record),
            form.day("as_of"),
            node.location,
            None if form.node_of("listed") is None else read_listed(form.entries("listed"), self.faults),
        )

    def _example(self, node: Fields, path: str = "") -> dict[str, Any]:
        """Return a record as written, with numbers where the field holds numbers."""
        made: dict[str, Any] = {}
        for name, (key, value) in node.entries.items():
            inner = f"{path}.{name}" if path else name
            if inner not in self.catalogue.fields and inner not in self._holders:
                hint = self.faults.meant(inner, self.catalogue.fields)
                beside = [
                    one.removeprefix(f"{path}.") for one in self.catalogue.fields if one.startswith(path)
                ]
                self.faults.error(
                    "unknown-field",
                    key,
                    f"`{inner[:60]}` is not a record field",
                    hint or "`laborscreen fields` lists them",
                    replacement=self.faults.respelled(
                        name, [one for one in beside if one not in node.entries]
                    ),
                )
            made[name] = self._part(value, inner)
        return made

    def _part(self, value: Node, path: str) -> Any:
        if isinstance(value, Fields):
            return self._example(value, path)
        if isinstance(value, Items):
            return [self._part(item, path) for item in value.items]
        assert isinstance(value, Text)
        return self._scalar(value, path)

    @property
    def _holders(self) -> frozenset[str]:
        """The fields of a record that hold entries with fields of their own."""
        return _holders_of(tuple(self.catalogue.fields))

    def _scalar(self, value: Text, path: str) -> str | float | int | None:
        if value.is_null:
            return None
        field = self.catalogue.fields.get(path)
        if (
            field is not None
            and value.plain
            and field.kind in _NUMBERS
            and _PLAIN_NUMBER.fullmatch(value.value)
        ):
            return float(value.value) if "." in value.value else int(value.value)
        return value.value
