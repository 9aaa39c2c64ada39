"""
Guards, sources, exceptions and rates from YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from laborscreen import values
from laborscreen.record import Catalogue
from laborscreen.rulebook.because import check_because, fields_read
from laborscreen.rulebook.condition_reading import ConditionReader
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.forms import Form, as_fields
from laborscreen.rulebook.model import ExceptionEntry, Guard, Rates, Source
from laborscreen.rulebook.nodes import Node, Text
from laborscreen.rulebook.rule_reading import RULE_ID
from laborscreen.rulebook.values_written import read_number

_URL = re.compile(r"https?://[^\s<>\"]+")


def _named(node: Node, kind: str) -> str:
    return f"the {kind} {node.value[:40]}" if isinstance(node, Text) and not node.is_null else f"the {kind}"


@dataclass(frozen=True, slots=True)
class RegisterReader:
    """
    Reads the entries of a rulebook that are not rules or lists.

    Args:
        conditions: reads conditions of guards.
        catalogue: the fields of a record.
        faults: collects what is wrong.
    """

    conditions: ConditionReader
    catalogue: Catalogue
    faults: Faults

    def guard(self, node: Node) -> Guard | None:
        """Return a guard."""
        fields = as_fields(node, "a guard", self.faults)
        if fields is None:
            return None
        name = fields.get("id") or fields
        form = Form(
            fields, _named(name, "guard"), ("id", "title", "suppresses", "when", "because"), (), self.faults
        )
        guard_id = form.id("id", RULE_ID, "LS-GRD-001")
        when_node = form.node_of("when")
        when = None if when_node is None else self.conditions.read(when_node)
        because = form.text("because")
        if when is not None:
            self.conditions.refuse_flags(when, "a guard")
            check_because(
                because, form.location_of("because"), fields_read(when, self.catalogue), self.faults
            )
        suppresses = form.texts("suppresses")
        if form.node_of("suppresses") is not None and not suppresses:
            self.faults.error(
                "empty-list",
                form.location_of("suppresses"),
                "the guard suppresses nothing",
                "name rules or groups of rules",
            )
        if when is None or not guard_id:
            return None
        return Guard(guard_id, form.text("title"), suppresses, when, because, name.location)

    def source(self, node: Node) -> Source | None:
        """Return a source; ``checked: null`` says that nobody has opened it yet."""
        fields = as_fields(node, "a source", self.faults)
        if fields is None:
            return None
        name = fields.get("id") or fields
        form = Form(
            fields,
            _named(name, "source"),
            ("id", "title", "issuer", "url", "supports", "checked"),
            ("date", "note", "turns_on_nationality"),
            self.faults,
        )
        source_id = form.id("id", example="ilo-indicators")
        url = form.text("url")
        if url and not _URL.fullmatch(url):
            self.faults.error(
                "odd-url",
                form.location_of("url"),
                f"`{url[:60]}` is not a web address",
                "write it with https:// in front",
            )
        made = Source(
            source_id,
            form.text("title"),
            form.text("issuer"),
            form.day_or_nothing("date"),
            url,
            form.text("supports"),
            form.day_or_nothing("checked"),
            form.text("note"),
            form.yes_no("turns_on_nationality"),
            name.location,
        )
        return made if source_id else None

    def exception(self, node: Node) -> ExceptionEntry | None:
        """Return an exception; it always ends some day, and somebody answers for it."""
        fields = as_fields(node, "an exception", self.faults)
        if fields is None:
            return None
        sides = ("entry", "fingerprint_record", "fingerprint_entry")
        of_list = any(fields.get(name) is not None for name in (*sides, "fingerprint_thresholds"))
        proof = ("author", "evidence")
        form = Form(
            fields,
            "the good-guy entry" if of_list else "the exception",
            ("rule", "record", "reason", "approver", "expires", *((*sides, *proof) if of_list else ())),
            ("fingerprint_thresholds",) if of_list else proof,
            self.faults,
        )
        rule = form.text("rule")
        expires = form.day("expires")
        if expires is None or not rule:
            return None
        return ExceptionEntry(
            rule,
            form.text("record"),
            form.text("reason"),
            form.text("approver"),
            expires,
            fields.location,
            form.text("entry"),
            form.text("fingerprint_record"),
            form.text("fingerprint_entry"),
            form.text("author"),
            form.text("evidence"),
            form.text("fingerprint_thresholds"),
        )

    def rates(self, node: Node) -> Rates | None:
        """Return the table of currencies."""
        fields = as_fields(node, "`rates`", self.faults)
        if fields is None:
            return None
        form = Form(fields, "the rate table", ("as_of", "source", "usd_per_unit"), (), self.faults)
        table = form.fields("usd_per_unit")
        found = {"USD": 1.0}
        for name, (key, value) in (table.entries if table else {}).items():
            rate = read_number(value, self.faults, f"the rate of {name[:20]}")
            if values.read_currency(name).value != name:
                self.faults.error(
                    "unknown-value",
                    key,
                    f"`{name[:20]}` is not a currency code",
                    "use the three letters of ISO 4217, such as RUB",
                )
            elif rate is not None and not 0 < rate < 1_000_000:
                self.faults.error(
                    "value-out-of-range",
                    value,
                    "a rate is the dollars paid for one unit, above 0",
                    "check the figure",
                )
            elif name == "USD" and rate != 1.0:
                self.faults.error(
                    "value-out-of-range", value, "one dollar is one dollar", "write 1, or take the line out"
                )
            elif rate is not None:
                found[name] = rate
        day = form.day("as_of")
        return None if day is None else Rates(day, form.text("source"), found, fields.location)
