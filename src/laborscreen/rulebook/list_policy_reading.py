"""
The part of the policy that concerns lists of parties, from YAML.

Thresholds of names, the share of listed owners, and how old a list may be.

Every figure needs a rationale, because an examiner will ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.forms import Form
from laborscreen.rulebook.nodes import Fields
from laborscreen.rulebook.policy import ListAge, ListedShare, NameThreshold

LOWEST = 0.5
"""Below this similarity two names are more likely two parties' than one's; no threshold goes lower."""
_STRENGTHS = ("strong", "weak")
WHEN_OLDER = ("warn", "fail")


@dataclass(frozen=True, slots=True)
class ListPolicyReader:
    """
    Reads ``name_thresholds``, ``listed_share`` and ``list_age``.

    Args:
        faults: collects what is wrong.
    """

    faults: Faults

    def read(self, name: str, form: Form) -> tuple[NameThreshold, ...] | ListedShare | ListAge | None:
        """Return what stands at one of the three keys."""
        match name:
            case "name_thresholds":
                return self._thresholds(form)
            case "listed_share":
                return self._share(form)
            case _:
                return self._age(form)

    def _thresholds(self, form: Form) -> tuple[NameThreshold, ...] | None:
        """Return the thresholds; the last one must be for every name."""
        found = tuple(self._threshold(entry) for entry in form.entries("name_thresholds"))
        if not found or any((found[-1].list, found[-1].programme, found[-1].strength)):
            self.faults.error(
                "no-default",
                form.location_of("name_thresholds"),
                "no threshold is left for names that fit none of these lines",
                "end with {at_least: ..., rationale: ...} without `list`, `programme` and `strength`",
            )
            return None
        for number, one in enumerate(found[:-1]):
            if not any((one.list, one.programme, one.strength)):
                self.faults.error(
                    "idle-threshold",
                    found[number + 1].location,
                    f"the line above is for every name, so this one is never looked at (line {one.location.line})",
                    "move the line for every name to the end",
                )
        return found

    def _threshold(self, node: Fields) -> NameThreshold:
        form = Form(
            node, "the threshold", ("at_least", "rationale"), ("list", "programme", "strength"), self.faults
        )
        at_least = form.number("at_least", default=1.0)
        if not LOWEST <= at_least <= 1:
            self.faults.error(
                "value-out-of-range",
                form.location_of("at_least"),
                f"a threshold of similarity lies between {LOWEST:g} and 1, not at {at_least:g}",
                "check the figure",
            )
        return NameThreshold(
            at_least,
            self._rationale(form),
            form.text("list"),
            form.text("programme"),
            form.word("strength", _STRENGTHS),
            node.location,
        )

    def _share(self, form: Form) -> ListedShare | None:
        """Return the share of listed holders that counts."""
        node = form.fields("listed_share")
        if node is None:
            return None
        inner = Form(node, "`listed_share`", ("percent", "rationale"), ("more_than",), self.faults)
        percent = inner.number("percent")
        if not 0 < percent <= 100:
            self.faults.error(
                "value-out-of-range",
                inner.location_of("percent"),
                f"a share lies above 0 and up to 100 percent, not at {percent:g}",
                "check the figure",
            )
        return ListedShare(percent, inner.yes_no("more_than"), self._rationale(inner), node.location)

    def _age(self, form: Form) -> ListAge | None:
        """Return how old a list may be."""
        node = form.fields("list_age")
        if node is None:
            return None
        inner = Form(node, "`list_age`", ("most_days", "when_older", "rationale"), (), self.faults)
        when_older = inner.word("when_older", WHEN_OLDER, "fail")
        return ListAge(
            inner.whole("most_days", low=1),
            "warn" if when_older == "warn" else "fail",
            self._rationale(inner),
            node.location,
        )

    def _rationale(self, form: Form) -> str:
        text = form.text("rationale")
        if form.node_of("rationale") is not None and not text:
            self.faults.error(
                "empty-value",
                form.location_of("rationale"),
                "the rationale is empty",
                "say why this figure and no other",
            )
        return text
