"""
Whether a screening finds the listed parties under the names they really turn up with.

Examiners enter test names, and guidance asks that spellings, scripts and reorderings be tried before a system is relied
on (FFIEC manual, OFAC section; NYDFS 504.3; EBA/GL/2024/15). So each name goes the whole way: it becomes a supplier's
record, the rulebook judges it against the lists with its own thresholds, and only a raised flag that names the listed
party counts as found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from laborscreen.errors import UsageError
from laborscreen.record import Record
from laborscreen.screening import Assessment, Screener
from laborscreen.trials.name_variations import KINDS, Variation, in_other_scripts, variations

if TYPE_CHECKING:
    from laborscreen.rulebook import Rulebook
    from laborscreen.watchlists import Entry, Watchlist

Finding = Literal["found", "namesake", "missed"]
_SCREENED = frozenset({"person", "organization"})  # what a supplier can be


@dataclass(frozen=True, slots=True)
class Trial:
    """
    One name looked for.

    Args:
        kind: which kind of variation.
        asked: the name looked for.
        listed: the listed name it was made from.
        entry: key of the party that should be found.
        finding: ``found``; ``namesake`` where a person is sent to look, but at other listed parties; ``missed``.
    """

    kind: str
    asked: str
    listed: str
    entry: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class KindCount:
    """
    How many names of one kind were looked for, and what became of them.

    Args:
        kind: which kind of variation.
        asked: names looked for.
        found: the party itself was shown.
        namesakes: only others of the same or a similar name were shown.
        missed: nobody was shown.
    """

    kind: str
    asked: int
    found: int
    namesakes: int
    missed: int

    @property
    def recall(self) -> float:
        """The share found, 0 to 1."""
        return self.found / self.asked


@dataclass(frozen=True, slots=True)
class SelfTest:
    """
    What a self-test found.

    Args:
        trials: every name looked for.
        entries: how many listed parties they belong to.
        of: how many persons and firms the lists hold.
        lists: what was looked through, in words.
        seed: what the parties and the slips were drawn by.
    """

    trials: tuple[Trial, ...]
    entries: int
    of: int
    lists: tuple[str, ...]
    seed: int

    @property
    def kinds(self) -> tuple[KindCount, ...]:
        """The figures of each kind that was tried, in the order of `KINDS`."""
        counts = Counter((one.kind, one.finding) for one in self.trials)
        return tuple(
            KindCount(kind, sum(row), *row)
            for kind in KINDS
            if sum(row := [counts[kind, finding] for finding in ("found", "namesake", "missed")])
        )

    @property
    def misses(self) -> tuple[Trial, ...]:
        """The names that did not lead to their party."""
        return tuple(one for one in self.trials if one.finding != "found")

    def below(
        self, least: float, of_kind: Mapping[str, float] = MappingProxyType({})
    ) -> tuple[KindCount, ...]:
        """
        Return the kinds of which a smaller share was found than is asked for.

        Args:
            least: the least share of every kind, 0 to 1.
            of_kind: the least share of single kinds, where another one is asked for.
        """
        return tuple(one for one in self.kinds if one.recall < of_kind.get(one.kind, least))


def self_test(
    lists: Sequence[Watchlist],
    *,
    rules: Rulebook | None = None,
    entries: int = 200,
    seed: int = 1,
    as_of: date | None = None,
    dprk_only: bool = False,
) -> SelfTest:
    """
    Look for variations of listed names in the lists they stand on.

    Args:
        lists: the lists.
        rules: the rulebook whose list rules and thresholds are tried; the shipped one if left out.
        entries: how many persons and firms are drawn; all of them where there are fewer.
        seed: the same seed draws the same parties and the same slips.
        as_of: the day screened.
        dprk_only: draw only parties related to the DPRK.

    Raises:
        UsageError: the lists hold no such party.
    """
    pool = [
        entry
        for one in lists
        for entry in one.entries
        if entry.kind in _SCREENED and (entry.dprk_related or not dprk_only)
    ]
    if not pool:
        raise UsageError("the lists hold no person or firm to look for", hint="import a list that does")
    # The draw is a function of the seed and the keys, so that a list grown by an entry keeps most of its draw.
    order = sorted(pool, key=lambda entry: Random(f"{seed}|{entry.key}").random())  # noqa: S311  # no secret
    drawn = order[:entries]
    asked = [(entry, one) for entry in drawn for one in variations(entry, seed)]
    withheld = [(entry, one) for entry in drawn for one in in_other_scripts(entry)]
    trials = [*_looked_for(lists, asked, rules, as_of)]
    if withheld:
        trials += _looked_for([_in_latin_only(one) for one in lists], withheld, rules, as_of)
    return SelfTest(tuple(trials), len(drawn), len(pool), tuple(one.description for one in lists), seed)


def _in_latin_only(watchlist: Watchlist) -> Watchlist:
    """Return the same list without the names in other scripts, where a party has Latin ones."""
    from laborscreen.watchlists import Watchlist

    kept: list[Entry] = []
    for entry in watchlist.entries:
        latin = tuple(name for name in entry.names if name.script in ("Latn", "Zyyy"))
        kept.append(replace(entry, names=latin) if any(name.script == "Latn" for name in latin) else entry)
    return Watchlist(kept, watchlist.provenance, snapshot=watchlist.snapshot)


def _looked_for(
    lists: Sequence[Watchlist],
    asked: Sequence[tuple[Entry, Variation]],
    rules: Rulebook | None,
    as_of: date | None,
) -> Iterator[Trial]:
    """Screen a record of each name, and tell whether its party was shown."""
    screener = Screener(rules, watchlists=lists, as_of=as_of, when_stale="warn")
    records = (
        Record(id=str(number), name=one.text, kind="person" if entry.kind == "person" else "organization")
        for number, (entry, one) in enumerate(asked)
    )
    for (entry, one), assessment in zip(asked, screener.screen_many(records), strict=True):
        assert isinstance(assessment, Assessment)  # no record was rejected: each has an id and a name
        shown = parties_shown(assessment)
        finding: Finding = "found" if entry.key in shown else "namesake" if shown else "missed"
        yield Trial(one.kind, one.text, one.listed, entry.key, finding)


def parties_shown(assessment: Assessment) -> frozenset[str]:
    """Return the keys of the listed parties that raised flags of a record show."""
    return frozenset(
        evidence.entry
        for flag in assessment.flags
        if flag.status == "raised"
        for evidence in flag.evidence
        if evidence.entry
    )
