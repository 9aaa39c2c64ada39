"""
Which questions are worth a supplier's time: those whose answer could change the outcome.

What the policy needs is always asked for, and so are what was meant by a value nobody could read and what a second source
must confirm. A rule that waits for an answer is asked for only if it could lift the record to the next outcome together
with everything else that is open on its axis. The bound is generous: every open rule is taken to match on the best
evidence, every combination it could complete to be complete, and the gates to be open. So a question that is left out
could not have changed the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from laborscreen.conditions import Operator, Test, walk
from laborscreen.rulebook import Rule, Rulebook, flagged_in
from laborscreen.rulebook.policy import AXES, BANDS
from laborscreen.screening import Assessment, Gap

UNREADABLE = "unreadable-value"

_NEXT_BAND = {"routine": "medium", "incomplete": "medium", "review": "high"}
"""The band that would change each outcome; nothing is graver than refer."""


@dataclass(frozen=True, eq=False)
class Chooser:
    """
    Chooses questions.

    Args:
        rulebook: the one the results were made with.
    """

    rulebook: Rulebook

    def questions(self, assessment: Assessment) -> tuple[Gap, ...]:
        """Return the gaps of a record whose answers could change its outcome, in their order."""
        wanted = _NEXT_BAND.get(assessment.outcome)
        if wanted is None:
            return ()
        waiting = [gap.rule for gap in assessment.gaps if gap.rule in self.rulebook.by_id]
        within_reach = self._axes_within_reach(assessment, waiting, wanted)
        raised = frozenset(flag.rule for flag in assessment.flags)
        return tuple(
            gap for gap in assessment.gaps if gap.rule in raised or self._is_asked(gap, within_reach, wanted)
        )

    def _is_asked(self, gap: Gap, within_reach: frozenset[str], wanted: str) -> bool:
        if gap.rule not in self.rulebook.by_id:
            return True  # a need, a value nobody could read, or a rule of another rulebook
        reached = self._reached_from([gap.rule])
        if any(
            _lifts(rule, wanted) or (rule.id in self._on_lists and wanted == "medium") for rule in reached
        ):
            return True
        return any(
            rule.axis in within_reach for rule in reached if self.rulebook.policy.points[rule.strength]
        )

    def _axes_within_reach(
        self, assessment: Assessment, waiting: Iterable[str], wanted: str
    ) -> frozenset[str]:
        """Return the axes whose score could reach a band if everything open matched."""
        policy = self.rulebook.policy
        counted: dict[str, dict[str, float]] = {
            name: {part.group: part.points for part in axis.groups} for name, axis in assessment.axes.items()
        }
        uncapped = {(flag.axis, flag.group) for flag in assessment.flags if flag.counts_as == "direct"}
        raised = {flag.rule: flag.points for flag in assessment.flags}
        for rule in self._reached_from(waiting):
            if rule.id in raised and rule.id not in waiting:
                continue
            groups = counted[rule.axis]
            more = policy.points[rule.strength] - raised.get(
                rule.id, 0.0
            )  # a better source gives full points
            groups[rule.group] = groups.get(rule.group, 0.0) + more
            if rule.strength == "direct":
                uncapped.add((rule.axis, rule.group))
        best = {
            axis: sum(
                points if (axis, group) in uncapped else min(points, policy.group_cap)
                for group, points in counted[axis].items()
            )
            for axis in AXES
        }
        return frozenset(axis for axis in AXES if best[axis] >= policy.bands[wanted])

    def _reached_from(self, rules: Iterable[str]) -> tuple[Rule, ...]:
        """Return rules and every combination that they could help to complete."""
        found: dict[str, None] = {}
        open_ones = list(rules)
        while open_ones:
            one = open_ones.pop()
            if one not in found:
                found[one] = None
                open_ones += self._combined_in.get(one, ())
        return tuple(self.rulebook.by_id[one] for one in found)

    @cached_property
    def _combined_in(self) -> Mapping[str, tuple[str, ...]]:
        combined: dict[str, tuple[str, ...]] = {}
        for rule in self.rulebook.active:
            for flag in flagged_in(rule.when):
                combined[flag.rule] = (*combined.get(flag.rule, ()), rule.id)
        return combined

    @cached_property
    def _on_lists(self) -> frozenset[str]:
        return frozenset(
            rule.id
            for rule in self.rulebook.active
            if any(
                isinstance(node, Test) and node.operator is Operator.ON_WATCHLIST
                for node, _ in walk(rule.when)
            )
        )


def _lifts(rule: Rule, band: str) -> bool:
    return any(BANDS.index(floor) >= BANDS.index(band) for floor in rule.floor.values())
