"""
The scoring policy: points, qualities, caps, bands, gates, and what must be known of whom.

All of it is written in YAML under the key ``scoring`` (``rules/scoring.yaml``), because it is policy and not law.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from laborscreen.conditions.tree import Condition
from laborscreen.source import Location

BANDS = ("info", "low", "medium", "high", "critical")
AXES = ("dprk_nexus", "forced_labour", "concealment")
STRENGTHS = ("direct", "strong", "circumstantial", "context")
TIERS = ("none", "some", "high")
EXPOSURES = ("place", "sector", "labour_provider", "remote_it")


@dataclass(frozen=True, slots=True)
class Need:
    """
    Something that must be known before a record counts as looked at.

    Args:
        id: a stable name.
        tiers: the exposure tiers (`TIERS`) it is needed in.
        exposure: an exposure (`EXPOSURES`) it is needed with besides, whatever the tier.
        satisfied_when: the condition that tells it is known; anything but a match is a gap.
        fields: full paths of the fields to ask for.
        ask: the question to the supplier.
    """

    id: str
    tiers: tuple[str, ...]
    exposure: tuple[str, ...]
    satisfied_when: Condition
    fields: tuple[str, ...]
    ask: str
    location: Location


@dataclass(frozen=True, slots=True)
class NameThreshold:
    """
    From which similarity a listed name counts as a possible match.

    Args:
        at_least: the similarity, 0 to 1.
        rationale: why this figure; a threshold nobody can give a reason for is not policy.
        list: the list it is for, or an empty string for every list.
        programme: what a programme begins with (``DPRK``), or an empty string for every programme.
        strength: ``weak`` for names the publisher itself calls weak, ``strong`` for others, or an empty string.
    """

    at_least: float
    rationale: str
    list: str
    programme: str
    strength: str
    location: Location

    def fits(self, list_name: str, programmes: Iterable[str], strength: str) -> bool:
        """Return whether it is for a name of this *strength* under these *programmes*."""
        return (
            self.list in {"", list_name}
            and self.strength in {"", strength}
            and (not self.programme or any(one.startswith(self.programme) for one in programmes))
        )


def fingerprint_of_thresholds(thresholds: Iterable[NameThreshold]) -> str:
    """
    Return ``sha256:`` and a digest of thresholds for names, in their order; why they are what they are does not count.

    >>> fingerprint_of_thresholds(())[:17]
    'sha256:4f53cda18c'
    """
    told = [[one.at_least, one.list, one.programme, one.strength] for one in thresholds]
    return "sha256:" + hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ListedShare:
    """
    The share of listed holders that makes a company count as theirs.

    Args:
        percent: the share.
        more_than: whether the share itself is not enough.
        rationale: whose rule it is.
    """

    percent: float
    more_than: bool
    rationale: str
    location: Location


@dataclass(frozen=True, slots=True)
class ListAge:
    """
    How old a list may be, and what happens when it is older.

    Args:
        most_days: days between the list's date and the day screened; a list without a date counts as too old.
        when_older: ``fail`` refuses a batch, ``warn`` only says so in every result. A single record is never refused.
        rationale: why this figure.
    """

    most_days: int
    when_older: Literal["warn", "fail"]
    rationale: str
    location: Location


@dataclass(frozen=True, slots=True)
class Policy:
    """
    How flags become bands, and bands an outcome.

    Args:
        points: strength to points.
        quality: source type to a multiplier between 0 and 1.
        direct_from: source types on which a direct indicator keeps its full points.
        named_person_direct_from: those on which the nationality of a named person is direct.
        allegation_from: source types that are mere allegation; alone they never lift an axis above `allegation_at_most`.
        group_cap: points a group gives at most, unless a direct flag is in it.
        evidence_kind_cap: points that IT-worker signs of one kind (log, hiring, payment) give at most together.
        bands: the score at which each band begins, in rising order.
        high_needs_strong_groups: strong flags of so many different groups open the gate to high; so does a direct one.
        axis_at_most: axis to the highest band it can have.
        allegation_at_most: highest band on allegations alone.
        tiers: tier to the sets of exposures that put a record in it, looked at from `high` down.
        needs: what must be known.
        second_source: axes on which a strong sign that its source leaves at low is asked about and is not routine.
        name_thresholds: looked at from the top; the first that fits a listed name counts.
        listed_share: when a company counts as owned by listed parties.
        list_age: how old a list may be.
    """

    points: Mapping[str, float]
    quality: Mapping[str, float]
    direct_from: frozenset[str]
    named_person_direct_from: frozenset[str]
    allegation_from: frozenset[str]
    group_cap: float
    evidence_kind_cap: float
    bands: Mapping[str, float]
    high_needs_strong_groups: int
    axis_at_most: Mapping[str, str]
    allegation_at_most: str
    tiers: Mapping[str, tuple[frozenset[str], ...]]
    needs: tuple[Need, ...]
    second_source: frozenset[str]
    name_thresholds: tuple[NameThreshold, ...]
    listed_share: ListedShare
    list_age: ListAge
