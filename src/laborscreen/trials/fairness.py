"""
Flag rates per group of people and firms who must not be flagged.

The set is a file of JSON lines, each with ``id``, ``group`` and ``record``; which people stand in it is the user's choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laborscreen.errors import InputError
from laborscreen.screening import Screener

_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """
    One record of a group.

    Args:
        id: the record's id.
        group: the group it stands for.
        record: its fields.
    """

    id: str
    group: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GroupRate:
    """
    How often a group is flagged.

    Args:
        group: its name.
        records: how many records it has.
        with_points: how many get points on dprk_nexus.
        raised: how many are to be reviewed or referred.
    """

    group: str
    records: int
    with_points: int
    raised: int


def read_members(path: Path) -> tuple[Member, ...]:
    """
    Read a fairness set.

    Raises:
        InputError: a line is not what it should be.
        OSError: the file cannot be read.
    """
    import orjson

    if path.stat().st_size > _MOST_BYTES:
        raise InputError(f"{path}: a fairness set has at most {_MOST_BYTES:,} bytes")
    members = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: this line is no JSON: {error}") from error
        if not isinstance(told, dict) or not isinstance(told.get("record"), dict) or "group" not in told:
            raise InputError(f"{path}:{number}: a line has `id`, `group` and `record`")
        members.append(Member(str(told.get("id", number)), str(told["group"]), told["record"]))
    return tuple(members)


def group_rates(screener: Screener, members: Sequence[Member]) -> tuple[GroupRate, ...]:
    """
    Screen every member and count by group, in order of the groups' names.

    >>> one = Member("1", "firms of Lyon", {"id": "1", "name": "Atelier Duval", "country": "FR"})
    >>> group_rates(Screener(), [one])
    (GroupRate(group='firms of Lyon', records=1, with_points=0, raised=0),)
    """
    sizes: Counter[str] = Counter()
    scored: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    for member in members:
        found = screener.screen(member.record)
        sizes[member.group] += 1
        scored[member.group] += found.axes["dprk_nexus"].score > 0
        raised[member.group] += found.outcome in {"refer", "review"}
    return tuple(GroupRate(group, sizes[group], scored[group], raised[group]) for group in sorted(sizes))
