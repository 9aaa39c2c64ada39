"""
The scoring policy from YAML.

A folder of one's own may set only the keys it wants changed; the others are those of the shipped policy, which sets all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from laborscreen import values
from laborscreen.record import Catalogue
from laborscreen.rulebook.condition_reading import ConditionReader
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.forms import Form, as_fields
from laborscreen.rulebook.list_policy_reading import ListPolicyReader
from laborscreen.rulebook.nodes import Fields, Items, Node
from laborscreen.rulebook.policy import AXES, BANDS, EXPOSURES, STRENGTHS, TIERS, Need, Policy
from laborscreen.rulebook.values_written import read_number, read_word

KEYS = (
    "points", "quality", "direct_from", "named_person_direct_from", "allegation_from", "allegation_at_most", "group_cap",
    "evidence_kind_cap", "bands", "high_needs_strong_groups", "axis_at_most", "tiers", "needs", "second_source",
    "name_thresholds", "listed_share", "list_age",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PolicyReader:
    """
    Reads the policy.

    Args:
        conditions: reads the conditions of needs.
        catalogue: the fields of a record.
        faults: collects what is wrong.
    """

    conditions: ConditionReader
    catalogue: Catalogue
    faults: Faults

    def read(self, node: Node, base: Policy | None) -> Policy | None:  # noqa: C901 -- one line a key
        """
        Return the policy.

        Args:
            node: what stands at ``scoring``.
            base: the policy whose keys hold where *node* has none; None requires all of them.
        """
        fields = as_fields(node, "`scoring`", self.faults)
        if fields is None:
            return None
        required, optional = (KEYS, ()) if base is None else ((), KEYS)
        form = Form(fields, "the scoring policy", required, optional, self.faults)
        read: dict[str, Any] = {}
        sources = values.words_of("source_type")
        for name in KEYS:
            if form.node_of(name) is None:
                continue
            match name:
                case "points":
                    read[name] = self._points(form)
                case "quality":
                    read[name] = self._table(form, name, sources, high=1.0)
                case "bands":
                    read[name] = self._bands(form)
                case "axis_at_most":
                    read[name] = self._at_most(form)
                case "tiers":
                    read[name] = self._tiers(form)
                case "needs":
                    read[name] = self._needs(form)
                case "second_source":
                    read[name] = frozenset(form.words(name, AXES))
                case "name_thresholds" | "listed_share" | "list_age":
                    read[name] = ListPolicyReader(self.faults).read(name, form)
                case "allegation_at_most":
                    read[name] = form.word(name, BANDS)
                case "high_needs_strong_groups":
                    read[name] = form.whole(name, low=1)
                case "group_cap" | "evidence_kind_cap":
                    read[name] = form.number(name)
                case _:
                    read[name] = frozenset(form.words(name, sources))
        if base is not None:
            read = {name: getattr(base, name) for name in KEYS} | read
        return Policy(**read) if len(read) == len(KEYS) and None not in read.values() else None

    def _table(self, form: Form, name: str, words: tuple[str, ...], *, high: float) -> Mapping[str, float]:
        """Return a figure for each of *words*, 0 to *high*; every one of them must have one."""
        fields = form.fields(name)
        found: dict[str, float] = {}
        for key_text, (key, value) in (fields.entries if fields else {}).items():
            word = read_word(key, words, self.faults, f"`{name}`")
            number = read_number(value, self.faults, f"`{key_text[:40]}`")
            if word is None or number is None:
                continue
            if not 0 <= number <= high:
                self.faults.error(
                    "value-out-of-range",
                    value,
                    f"`{name}` takes figures from 0 to {high:g}",
                    "check the figure",
                )
            found[word] = number
        for word in words:
            if fields is not None and word not in fields.entries:
                self.faults.error(
                    "missing-key", fields, f"`{name}` has no figure for `{word}`", f"add a line `{word}: ...`"
                )
        return found

    def _points(self, form: Form) -> Mapping[str, float]:
        points = self._table(form, "points", STRENGTHS, high=1_000)
        if len(points) == len(STRENGTHS):
            if points["context"]:
                self.faults.error(
                    "context-points",
                    form.location_of("points"),
                    "context never convicts, so it has no points",
                    "write context: 0",
                )
            if not points["direct"] >= points["strong"] >= points["circumstantial"]:
                self.faults.error(
                    "points-out-of-order",
                    form.location_of("points"),
                    "a weaker indicator has more points than a stronger one",
                    "order them: direct, strong, circumstantial",
                )
        return points

    def _bands(self, form: Form) -> Mapping[str, float]:
        found = self._table(form, "bands", BANDS, high=1_000)
        starts = [found[band] for band in BANDS if band in found]
        if len(starts) == len(BANDS) and (starts[0] != 0 or starts != sorted(set(starts))):
            self.faults.error(
                "bands-out-of-order",
                form.location_of("bands"),
                "bands must begin at 0 and rise",
                f"order: {', '.join(BANDS)}",
            )
        return {band: found[band] for band in BANDS if band in found}

    def _at_most(self, form: Form) -> Mapping[str, str]:
        fields = form.fields("axis_at_most")
        found = {}
        for key, value in fields.entries.values() if fields else ():
            axis = read_word(key, AXES, self.faults, "an axis")
            band = read_word(value, BANDS, self.faults, "a band")
            if axis and band:
                found[axis] = band
        return found

    def _tiers(self, form: Form) -> Mapping[str, tuple[frozenset[str], ...]]:
        fields = form.fields("tiers")
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for key, value in fields.entries.values() if fields else ():
            tier = read_word(key, TIERS[1:], self.faults, "a tier")
            if tier:
                found[tier] = tuple(self._exposures(item) for item in self._list(value, "a tier"))
        for tier in TIERS[1:]:
            if fields is not None and tier not in fields.entries:
                self.faults.error(
                    "missing-key",
                    fields,
                    f"`tiers` does not say what puts a record in `{tier}`",
                    f"add a line `{tier}: [[...]]`",
                )
        return found

    def _exposures(self, node: Node) -> frozenset[str]:
        words = (
            read_word(item, EXPOSURES, self.faults, "an exposure")
            for item in self._list(node, "a set of exposures")
        )
        found = frozenset(word for word in words if word)
        if isinstance(node, Items) and not node.items:
            self.faults.error(
                "empty-list", node, "an empty set of exposures would hold for every record", "name exposures"
            )
        return found

    def _list(self, node: Node, what: str) -> list[Node]:
        if isinstance(node, Items):
            return node.items
        self.faults.error("wrong-shape", node, f"{what} is a list, not {node.shape}", "write it in [ and ]")
        return []

    def _needs(self, form: Form) -> tuple[Need, ...]:
        found = (self._need(entry) for entry in form.entries("needs"))
        return tuple(need for need in found if need is not None)

    def _need(self, node: Fields) -> Need | None:
        form = Form(
            node, "the need", ("id", "satisfied_when", "fields", "ask"), ("tiers", "exposure"), self.faults
        )
        condition_node = form.node_of("satisfied_when")
        condition = None if condition_node is None else self.conditions.read(condition_node)
        tiers, exposure = form.words("tiers", TIERS), form.words("exposure", EXPOSURES)
        if form.node_of("tiers") is None and form.node_of("exposure") is None:
            self.faults.error(
                "missing-key",
                node,
                "the need does not say when it is needed",
                "add `tiers: [...]` or `exposure: [...]`",
            )
        for item in form.items("fields"):
            path = getattr(item, "value", "")
            if path not in self.catalogue.fields:
                hint = self.faults.meant(path, self.catalogue.fields)
                self.faults.error(
                    "unknown-field",
                    item,
                    f"`{path[:60]}` is not a record field",
                    hint or "`laborscreen fields` lists them",
                )
        if condition is None:
            return None
        self.conditions.refuse_flags(condition, "a need")
        return Need(
            form.id("id", example="nationality-split"),
            tiers,
            exposure,
            condition,
            form.texts("fields"),
            form.text("ask"),
            node.location,
        )
