"""
Names of a record held against lists of parties.

Each distinct name is looked up once. Where a listed name is like it, the facts told on both sides are weighed: a second
identifier that agrees confirms the match, a birth date that disagrees refutes it, and what is not told does neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from laborscreen.conditions import (
    ANY_LIST,
    CONFIRMED,
    DPRK_RELATED,
    LIST_WORDS,
    OTHER_PROGRAMMES,
    POSSIBLE,
    Holding,
    Party,
)
from laborscreen.rulebook.policy import ListedShare, NameThreshold, fingerprint_of_thresholds

if TYPE_CHECKING:
    from laborscreen.names import Identity
    from laborscreen.watchlists import Entry, Hit, Ownership, Watchlist

_REMEMBERED = 200_000  # distinct names remembered; beyond that the memory starts anew
_CANDIDATES = 50  # listed parties of like name that are looked at
_LOOSE = 0.3  # the least similarity of names alone at which an agreeing birth date is still asked for
_UNNAMED = "the record's party"
_NOBODY_KNOWS = "a holder who is not named"

NameKind = Literal["person", "organization"]


@dataclass(frozen=True, slots=True)
class ListedParty:
    """
    A listed party that a party of the record may be.

    Args:
        asked: the record's name that met.
        hit: the listed name, with the similarity of both sides' names and facts.
        standing: `POSSIBLE` or `CONFIRMED`.
        agree: second identifiers that agree, in words.
        disagree: those that do not.
        list_date: the date of the list, or an empty string.
        agreeing: the kinds of fact that agree.
    """

    asked: str
    hit: Hit
    standing: int
    agree: tuple[str, ...]
    disagree: tuple[str, ...]
    list_date: str
    agreeing: frozenset[str]


class ListedParties:
    """
    Answers for the lists of one screener.

    Args:
        lists: the lists.
        thresholds: from which similarity a listed name counts.
        share: when a company counts as owned by listed parties.
    """

    def __init__(
        self, lists: Sequence[Watchlist], thresholds: Sequence[NameThreshold], share: ListedShare
    ) -> None:
        self._lists = tuple(lists)
        self._thresholds = tuple(thresholds)
        self._share = share
        self._least = min(one.at_least for one in thresholds)
        self.thresholds_fingerprint = fingerprint_of_thresholds(thresholds)
        self._dates = {item.list: item.file_date for one in lists for item in one.provenance}
        self._met: dict[tuple[str, str | None, bool], tuple[Hit, ...]] = {}
        self._unlisted: dict[tuple[tuple[str, ...], ...], tuple[int | None, ...]] = {}

    def standings(self, party: Party, wanted: tuple[tuple[str, ...], ...]) -> tuple[int | None, ...]:
        """
        Tell how a party stands to several sets of lists: 0, `POSSIBLE` or `CONFIRMED`; None where a list is not loaded.
        """
        unlisted = self._unlisted.get(wanted)
        if unlisted is None:
            unlisted = self._unlisted[wanted] = tuple(0 if self._loaded(words) else None for words in wanted)
        listed = tuple(self._all(party))
        if not listed:  # as most are
            return unlisted
        return tuple(
            max((one.standing for one in listed if _meant(one.hit.entry, words)), default=otherwise)
            for words, otherwise in zip(wanted, unlisted, strict=True)
        )

    def foresee(self, parties: Sequence[Party]) -> None:
        """Look up the names of many parties at once, and remember what was found."""
        wanted: dict[tuple[str | None, bool], dict[str, None]] = {}
        for party in parties:
            loose = bool(party.birth_dates)
            for name in party.names:
                if (name, party.kind, loose) not in self._met:
                    wanted.setdefault((party.kind, loose), {})[name] = None
        if len(self._met) + sum(map(len, wanted.values())) > _REMEMBERED:
            self._met = {}
        for (kind, loose), names in wanted.items():
            asked, several = cast("NameKind | None", kind), list(names)
            found = [
                watchlist.search_many(
                    several, kind=asked, limit=_CANDIDATES, threshold=self._floor(loose=loose)
                )
                for watchlist in self._lists
            ]
            for name, *hits in zip(several, *found, strict=True):
                self._met[name, kind, loose] = tuple(hit for of_list in hits for hit in of_list)

    def owned(self, holdings: Sequence[Holding], wanted: tuple[str, ...]) -> int | None:
        """Tell whether listed holders have the share that counts; confirmed only where confirmed holders have it."""
        answer = self.ownership(holdings, wanted, least=POSSIBLE).answer
        if answer == "met":
            firm = self.ownership(holdings, wanted, least=CONFIRMED).answer == "met"
            return CONFIRMED if firm else POSSIBLE
        return 0 if answer == "not_met" else None

    def ownership(self, holdings: Sequence[Holding], wanted: tuple[str, ...], *, least: int) -> Ownership:
        """Return what listed holders have together; *least* is the standing from which a holder counts as listed."""
        from laborscreen.watchlists import Stake, listed_ownership

        called: dict[str, str] = {}  # a name written in two ways is one holder
        for one in holdings:
            called.setdefault(_holder(one).casefold(), _holder(one))
        standings: dict[str, int | None] = {_NOBODY_KNOWS: None}
        for one in holdings:
            if one.party.names:
                name = called[_holder(one).casefold()]
                (found,) = self.standings(one.party, (wanted,))
                standings[name] = max(
                    found, standings.get(name), key=lambda each: -1 if each is None else each
                )
        stakes = [
            Stake(
                called.get(one.of.casefold(), one.of) if one.of else _UNNAMED,
                called[_holder(one).casefold()],
                one.least if one.percent is None else one.percent,
                one.most if one.percent is None else one.percent,
            )
            for one in holdings
        ]
        listed = {
            name: None if standing is None or 0 < standing < least else standing >= least
            for name, standing in standings.items()
        }
        return listed_ownership(
            _UNNAMED, stakes, listed, threshold=self._share.percent, more_than=self._share.more_than
        )

    def listed(self, party: Party, wanted: tuple[str, ...]) -> tuple[ListedParty, ...]:
        """Return the listed parties that a party may be, each once, the surest first."""
        found: dict[str, ListedParty] = {}
        for one in self._all(party):
            key = one.hit.entry.key
            if _meant(one.hit.entry, wanted) and (key not in found or _rank(one) > _rank(found[key])):
                found[key] = one
        return tuple(
            sorted(found.values(), key=lambda one: (-one.standing, -one.hit.score, one.hit.entry.key))
        )

    def _loaded(self, wanted: tuple[str, ...]) -> bool:
        return all(word in self._dates or (word in LIST_WORDS and self._dates) for word in wanted)

    def _all(self, party: Party) -> Iterator[ListedParty]:
        """Yield every listed name that counts, for each of the party's names."""
        for name in party.names:
            for hit in self._candidates(name, party.kind, loose=bool(party.birth_dates)):
                one = self._weighed(name, hit, party)
                threshold = self._threshold(hit)
                if one.hit.score >= threshold and (hit.score >= threshold or one.agreeing - {"countries"}):
                    yield one  # a country is shared by too many to make more of a name than it is
        for number in party.identifiers:
            for watchlist in self._lists:
                for entry in watchlist.with_identifier(number):
                    yield self._by_number(party, number, entry)

    def _candidates(self, name: str, kind: str | None, *, loose: bool) -> tuple[Hit, ...]:
        key = (name, kind, loose)
        found = self._met.get(key)
        if found is None:
            asked = cast("NameKind | None", kind)
            found = tuple(
                hit
                for watchlist in self._lists
                for hit in watchlist.search(
                    name, kind=asked, limit=_CANDIDATES, threshold=self._floor(loose=loose)
                )
            )
            if len(self._met) >= _REMEMBERED:
                self._met = {}
            self._met[key] = found
        return found

    def _floor(self, *, loose: bool) -> float:
        """Return the least similarity of names that is looked at; lower where a birth date may bring a loose name up."""
        return min(_LOOSE, self._least) if loose else self._least

    def _weighed(self, name: str, hit: Hit, party: Party) -> ListedParty:
        """Return a hit with the facts of both sides weighed."""
        from laborscreen.names import compare
        from laborscreen.names.identity import SAME_DAY, identity_evidence
        from laborscreen.watchlists.listed_identity import identity_of

        one, other = _identity(party), identity_of(hit.entry)
        agree: list[str] = []
        disagree: list[str] = []
        agreeing: set[str] = set()
        same_day = False
        for fact in ("birth_dates", "countries", "identifiers"):
            worth, reasons = identity_evidence(_only(one, fact), _only(other, fact))
            (agree if worth > 0 else disagree).extend(reasons)
            if worth > 0:
                agreeing.add(fact)
                same_day |= fact == "birth_dates" and worth >= SAME_DAY
        if agree or disagree:
            person = "person" in {hit.entry.kind, party.kind}
            asked: NameKind = "person" if person else "organization"
            compared = compare(name, hit.name, kind=asked, left=one, right=other)
            hit = replace(hit, score=compared.score, reasons=compared.reasons)
        confirmed = "identifiers" in agreeing or (same_day and "countries" in agreeing)
        standing = CONFIRMED if confirmed else POSSIBLE
        date = self._dates.get(hit.entry.list, "")
        return ListedParty(name, hit, standing, tuple(agree), tuple(disagree), date, frozenset(agreeing))

    def _by_number(self, party: Party, number: str, entry: Entry) -> ListedParty:
        """Return an entry that bears the party's number, whatever its name; with another name it is only possible."""
        from laborscreen.names import compare
        from laborscreen.watchlists import Hit

        asked: NameKind = "person" if entry.kind == "person" else "organization"
        name, listed = max(
            ((name, listed) for name in party.names for listed in entry.names),
            key=lambda pair: compare(pair[0], pair[1].text, kind=asked).score,
        )
        alone = compare(name, listed.text, kind=asked)
        hit = Hit(alone.score, listed.text, listed.strength, entry, alone.reasons, alone.threshold)
        weighed = self._weighed(name, hit, party)
        if alone.score >= _LOOSE:
            return weighed
        note = f"the number {number} agrees, the names have too little in common"
        return replace(weighed, standing=POSSIBLE, disagree=(*weighed.disagree, note))

    def _threshold(self, hit: Hit) -> float:
        entry = hit.entry
        return next(
            one.at_least for one in self._thresholds if one.fits(entry.list, entry.programmes, hit.strength)
        )


def _holder(holding: Holding) -> str:
    return holding.party.names[0] if holding.party.names else _NOBODY_KNOWS


def _rank(one: ListedParty) -> tuple[int, float]:
    return one.standing, one.hit.score


def _meant(entry: Entry, wanted: tuple[str, ...]) -> bool:
    return any(
        word in {ANY_LIST, entry.list}
        or (word == DPRK_RELATED and entry.dprk_related)
        or (word == OTHER_PROGRAMMES and not entry.dprk_related)
        for word in wanted
    )


def _identity(party: Party) -> Identity:
    from laborscreen.names import Identity

    return Identity(
        birth_dates=tuple(str(born) for born in party.birth_dates if "/" not in str(born)),
        countries=party.countries,
        identifiers=party.identifiers,
    )


def _only(identity: Identity, fact: str) -> Identity:
    from laborscreen.names import Identity

    return Identity(**{fact: getattr(identity, fact)})
