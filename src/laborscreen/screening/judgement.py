"""
From the formula's answers for one record to points, bands and an outcome.

Only bits come in: which rules hold, on which level of evidence. So records with the same bits share one judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from laborscreen.conditions import CLAUSE_ANSWERS
from laborscreen.rulebook.policy import AXES, BANDS, Policy
from laborscreen.screening.result import Axes, Axis, Band, GroupPoints, Outcome, Status, Verdict

Answers = Sequence[int]


class RuleCard(NamedTuple):
    """
    What judging needs of a rule.

    Args:
        id: the rule's id.
        axis: the axis it scores on.
        group: its group.
        strength: its strength.
        exposure: the exposure it shows, or an empty string.
        evidence_kind: log, hiring or payment, for IT-worker signs.
        floor: axis to the band it lifts that axis to.
        on_list: whether it compares names with watchlists.
    """

    id: str
    axis: str
    group: str
    strength: str
    exposure: str = ""
    evidence_kind: str = ""
    floor: tuple[tuple[str, str], ...] = ()
    on_list: bool = False


class Judged(NamedTuple):
    """
    One rule that matched.

    Args:
        number: its place among the program's clauses.
        status: raised, suppressed or excepted.
        counts_as: its strength on this evidence.
        quality: the evidence's multiplier.
        points: points before caps.
    """

    number: int
    status: Status
    counts_as: str
    quality: float
    points: float


class Judgement(NamedTuple):
    """
    What follows from the answers alone.

    Args:
        outcome: the outcome word.
        axes: the scores.
        matched: the rules that matched.
        unknown: clauses that apply and could not be answered, context aside.
        unmet: needs of the tier that are not met, by their place in the policy.
        unconfirmed: clauses of strong signs that their source leaves at low, where the policy wants a second source.
        tier: the exposure tier.
        coverage: share of the rules that apply, context aside, that could be answered.
    """

    outcome: Outcome
    axes: Axes
    matched: tuple[Judged, ...]
    unknown: tuple[int, ...]
    unmet: tuple[int, ...]
    unconfirmed: tuple[int, ...]
    tier: str
    coverage: float


class Judge:
    """
    Applies a policy.

    Args:
        policy: the scoring policy.
        cards: the rules in the order of the program's clauses.
    """

    def __init__(self, policy: Policy, cards: Sequence[RuleCard]) -> None:
        self._policy = policy
        self._cards = tuple(cards)
        self._levels = sorted(set(policy.quality.values()), reverse=True)
        self._allegation = max((policy.quality[source] for source in policy.allegation_from), default=0.0)
        self._needs_at = len(self._cards) * CLAUSE_ANSWERS

    def judge(
        self, answers: Answers, at: Callable[[float], Answers], direct: Callable[[], Answers]
    ) -> Judgement:
        """
        Judge one record.

        Args:
            answers: the formula's answers on all evidence, 0 or 1 each.
            at: gives the answers on evidence of at least a quality.
            direct: gives the answers on evidence that can be direct.
        """
        matched: list[int] = []
        unknown: list[int] = []
        applying = 0
        for number, card in enumerate(self._cards):
            true, false, applies, _, _ = answers[number * CLAUSE_ANSWERS : (number + 1) * CLAUSE_ANSWERS]
            if not applies:
                continue
            if true:
                matched.append(number)
            if card.strength != "context":
                applying += 1
                if not true and not false:
                    unknown.append(number)
        judged = self._weigh(matched, answers, at, direct)
        raised = [one for one in judged if one.status == "raised"]
        axes = Axes(*(self._axis(axis, raised) for axis in AXES))
        exposures = frozenset(self._cards[one.number].exposure for one in raised) - {""}
        tier = self._tier(exposures)
        unmet = self._unmet(answers, tier, exposures)
        unconfirmed = self._unconfirmed(axes, raised)
        return Judgement(
            self._outcome(axes, raised, bool(unmet or unconfirmed)),
            axes,
            tuple(judged),
            tuple(unknown),
            unmet,
            unconfirmed,
            tier,
            round(1 - len(unknown) / applying, 4) if applying else 1.0,
        )

    def verdict(self, judgement: Judgement) -> Verdict:
        """Return a judgement in the published words."""
        raised = tuple(self._cards[one.number].id for one in judgement.matched if one.status == "raised")
        return Verdict(judgement.outcome, judgement.axes, raised, judgement.coverage)

    def _weigh(
        self,
        matched: Sequence[int],
        answers: Answers,
        at: Callable[[float], Answers],
        direct: Callable[[], Answers],
    ) -> list[Judged]:
        scoring = [number for number in matched if self._cards[number].strength != "context"]
        quality = dict.fromkeys(matched, self._levels[-1] if self._levels else 1.0)
        waiting = set(scoring)
        for level in self._levels if scoring else ():
            strict = at(level)
            held = {number for number in waiting if strict[number * CLAUSE_ANSWERS]}
            for number in held:
                quality[number] = level
            waiting -= held
            if not waiting:
                break
        firsthand: Answers = ()
        if any(self._cards[number].strength == "direct" for number in scoring):
            firsthand = direct()
        return [self._one(number, answers, quality[number], firsthand) for number in matched]

    def _one(self, number: int, answers: Answers, quality: float, firsthand: Answers) -> Judged:
        card = self._cards[number]
        start = number * CLAUSE_ANSWERS
        suppressed, flagged = answers[start + 3], answers[start + 4]
        status: Status = "raised" if flagged else "suppressed" if suppressed else "excepted"
        counts_as = card.strength
        if card.strength == "direct":
            if firsthand[start]:
                return Judged(
                    number, status, "direct", quality, self._policy.points["direct"] if flagged else 0.0
                )
            counts_as = "strong"
        points = round(self._policy.points[counts_as] * quality, 4) if flagged else 0.0
        return Judged(number, status, counts_as, quality, points)

    def _axis(self, axis: str, raised: Sequence[Judged]) -> Axis:
        here = [one for one in raised if self._cards[one.number].axis == axis]
        groups: dict[str, list[Judged]] = {}
        for one in here:
            if one.points:
                groups.setdefault(self._cards[one.number].group, []).append(one)
        parts = tuple(self._group(name, flags) for name, flags in sorted(groups.items()))
        score = round(sum(part.counted for part in parts), 4)
        plain = self._band(score)
        band, held = self._gates(axis, plain, here, raised)
        return Axis(score, band, parts, held)

    def _group(self, name: str, flags: Sequence[Judged]) -> GroupPoints:
        """Add up a group: signs of one kind first, then the group, each under its cap."""
        kinds: dict[str, float] = {}
        alone = 0.0
        for one in flags:
            kind = self._cards[one.number].evidence_kind
            if kind:
                kinds[kind] = kinds.get(kind, 0.0) + one.points
            else:
                alone += one.points
        total = sum(one.points for one in flags)
        counted = alone + sum(min(points, self._policy.evidence_kind_cap) for points in kinds.values())
        if not any(one.counts_as == "direct" for one in flags):
            counted = min(counted, self._policy.group_cap)
        return GroupPoints(name, round(total, 4), round(counted, 4))

    def _band(self, score: float) -> Band:
        found: Band = "info"
        for band in BANDS:
            if score >= self._policy.bands[band]:
                found = band  # type: ignore[assignment] # BANDS holds just these words
        return found

    def _gates(
        self, axis: str, plain: Band, here: Sequence[Judged], raised: Sequence[Judged]
    ) -> tuple[Band, str]:
        """Apply the gates of the policy, in its order, and say which one moved the band."""
        policy = self._policy
        rank = BANDS.index
        band: str = plain
        held = ""
        direct = any(one.counts_as == "direct" for one in here)
        scoring = [one for one in here if one.points]
        strong_groups = {self._cards[one.number].group for one in scoring if one.counts_as == "strong"}
        if rank(band) >= rank("high") and not direct and len(strong_groups) < policy.high_needs_strong_groups:
            band = "medium"
            held = f"high needs a direct indicator or {policy.high_needs_strong_groups} strong ones from different groups"
        if (
            scoring
            and all(self._is_allegation(one) for one in scoring)
            and rank(band) > rank(policy.allegation_at_most)
        ):
            band = policy.allegation_at_most
            held = f"allegations alone stay at {policy.allegation_at_most}"
        for one in raised:
            card = self._cards[one.number]
            for floored, lifted in card.floor:
                if floored != axis or one.quality < self._allegation:
                    continue  # a rumour lifts nothing
                limit = policy.allegation_at_most if self._is_allegation(one) else lifted
                limit = min(limit, lifted, key=rank)
                if rank(limit) > rank(band):
                    band = limit
                    held = f"{card.id} lifts this axis to {limit}"
        if band == "critical" and not direct:
            band, held = "high", "critical needs a direct indicator"
        highest = policy.axis_at_most.get(axis, "critical")
        if rank(band) > rank(highest):
            band, held = highest, f"{axis} tops out at {highest}"
        return band, held  # type: ignore[return-value] # policies are checked to use these words

    def _is_allegation(self, one: Judged) -> bool:
        return one.quality <= self._allegation

    def _tier(self, exposures: frozenset[str]) -> str:
        for tier in ("high", "some"):
            if any(wanted <= exposures for wanted in self._policy.tiers.get(tier, ())):
                return tier
        return "none"

    def _unmet(self, answers: Answers, tier: str, exposures: frozenset[str]) -> tuple[int, ...]:
        return tuple(
            place
            for place, need in enumerate(self._policy.needs)
            if (tier in need.tiers or not exposures.isdisjoint(need.exposure))
            and not answers[self._needs_at + 2 * place]
        )

    def _unconfirmed(self, axes: Mapping[str, Axis], raised: Sequence[Judged]) -> tuple[int, ...]:
        weak = {axis for axis in self._policy.second_source if axes[axis].band == "low"}
        return tuple(
            one.number
            for one in raised
            if self._cards[one.number].axis in weak and one.counts_as in ("direct", "strong")
        )

    def _outcome(self, axes: Mapping[str, Axis], raised: Sequence[Judged], open_question: bool) -> Outcome:
        worst = max(BANDS.index(axis.band) for axis in axes.values())
        if worst >= BANDS.index("high"):
            return "refer"
        if worst == BANDS.index("medium") or any(self._cards[one.number].on_list for one in raised):
            return "review"
        return "incomplete" if open_question else "routine"
