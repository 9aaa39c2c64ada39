"""
What a change of the rules does to a population: the figures, and the records that change most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import OUTCOMES, Assessment


@dataclass(frozen=True, slots=True)
class RuleImpact:
    """
    One rule whose flags differ.

    Args:
        rule: its id.
        title: its title, of the new rulebook where it has the rule.
        axis: the axis it scores on.
        strength: its strength; flags of context rules give no points.
        before: records it is raised on by the old rulebook.
        after: records it is raised on by the new one.
        newly: records on which only the new one raises it.
        no_longer: records on which only the old one does.
    """

    rule: str
    title: str
    axis: str
    strength: str
    before: int
    after: int
    newly: int
    no_longer: int


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """
    One group of records.

    Args:
        group: its name.
        records: how many.
        before: how many the old rulebook has reviewed or referred.
        after: how many the new one does.
        newly: how many only the new one does.
        no_longer: how many only the old one did.
    """

    group: str
    records: int
    before: int
    after: int
    newly: int
    no_longer: int

    @property
    def rate_before(self) -> float:
        """The share reviewed or referred before, in percent."""
        return 100 * self.before / self.records

    @property
    def rate_after(self) -> float:
        """The share reviewed or referred after, in percent."""
        return 100 * self.after / self.records


@dataclass(frozen=True, slots=True)
class Example:
    """
    One record that is judged otherwise, with both explanations.

    Args:
        file: the file it stands in.
        row: its data row, from 1.
        name: the record's name.
        like_it: how many records have the same two verdicts, itself included.
        before: what the old rulebook says.
        after: what the new one says.
    """

    file: str
    row: int
    name: str
    like_it: int
    before: Assessment
    after: Assessment


@dataclass(frozen=True)
class Impact:
    """
    The difference that two rulebooks make to the same records.

    Args:
        records: records judged by both.
        rejected: rows that cannot be screened.
        changed: records with another outcome, band, or set of raised rules.
        rescored: records with another score and nothing else.
        outcomes: (before, after) to records.
        bands: axis to (before, after) to records.
        rules: rules whose flags differ, most changes first.
        groups: the groups, in order of their names.
        examples: the gravest changes, gravest first.
        added: ids of rules that score only in the new rulebook.
        removed: ids of rules that score only in the old one.
    """

    records: int
    rejected: int
    changed: int
    rescored: int
    outcomes: Mapping[tuple[str, str], int]
    bands: Mapping[str, Mapping[tuple[str, str], int]]
    rules: tuple[RuleImpact, ...]
    groups: tuple[GroupImpact, ...]
    examples: tuple[Example, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def new_flags(self) -> int:
        """Flags raised by the new rulebook alone, context aside."""
        return sum(one.newly for one in self.rules if one.strength != "context")

    @property
    def lost_flags(self) -> int:
        """Flags raised by the old rulebook alone, context aside."""
        return sum(one.no_longer for one in self.rules if one.strength != "context")

    def came_to(self, outcome: str) -> int:
        """Return how many records rise to an outcome from a lesser one."""
        return sum(
            count
            for (before, after), count in self.outcomes.items()
            if after == outcome and OUTCOMES.index(before) > OUTCOMES.index(after)
        )

    def fell_from(self, outcome: str) -> int:
        """Return how many records fall from an outcome to a lesser one."""
        return sum(
            count
            for (before, after), count in self.outcomes.items()
            if before == outcome and OUTCOMES.index(after) > OUTCOMES.index(before)
        )

    @cached_property
    def totals(self) -> Mapping[str, tuple[int, int]]:
        """For each outcome, records before and after."""
        return {
            word: (
                sum(count for (before, _), count in self.outcomes.items() if before == word),
                sum(count for (_, after), count in self.outcomes.items() if after == word),
            )
            for word in OUTCOMES
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the form that ``--format json`` prints."""

        def moves(counted: Mapping[tuple[str, str], int], order: Sequence[str]) -> list[dict[str, Any]]:
            return [
                {"before": before, "after": after, "records": counted[before, after]}
                for before in order
                for after in order
                if counted.get((before, after))
            ]

        return {
            "records": self.records,
            "rejected": self.rejected,
            "changed": self.changed,
            "rescored": self.rescored,
            "rules_added": list(self.added),
            "rules_removed": list(self.removed),
            "outcomes": {
                word: {"before": before, "after": after} for word, (before, after) in self.totals.items()
            },
            "outcome_moves": moves(self.outcomes, OUTCOMES),
            "band_moves": {
                axis: moves(counted, tuple(reversed(BANDS))) for axis, counted in self.bands.items()
            },
            "new_flags": self.new_flags,
            "lost_flags": self.lost_flags,
            "rules": [asdict(one) for one in self.rules],
            "groups": [asdict(one) for one in self.groups],
            "examples": [
                {
                    "file": one.file,
                    "row": one.row,
                    "name": one.name,
                    "like_it": one.like_it,
                    "before": one.before.to_dict(),
                    "after": one.after.to_dict(),
                }
                for one in self.examples
            ],
        }
