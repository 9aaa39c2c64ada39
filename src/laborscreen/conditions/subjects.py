"""
What a test looks at: one field, or the few fields that make one value together.

An amount is nothing without its currency, an end that is not told goes on to the day screened, and ``differs_from`` looks at
two fields. Each distinct value of a subject is judged once, for all tests on it, and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from itertools import repeat
from threading import Lock
from typing import NamedTuple, Protocol

from laborscreen import values
from laborscreen.conditions.part import Part
from laborscreen.conditions.parties import CONFIRMED, Party, PartyLists, holdings_of, party_maker
from laborscreen.conditions.predicates import Judge, Predicate, Terms, judge_of
from laborscreen.conditions.tree import Operator
from laborscreen.record import Kind

_REMEMBERED = 200_000  # distinct values remembered by a subject; beyond that its memory starts anew

Bits = tuple[int, ...]
"""
The answers for one value: ``(missing, true0, false0, true1, false1, ..., firm0, firm1, ...)``, each 0 or 1.

The firm bits stand only behind text and parties: which mentions are stated and not merely doubtful, which parties are
confirmed and not merely of a similar name.
"""


class Way(Enum):
    """How the values of a subject's fields become the one value that is judged."""

    PLAIN = auto()
    MANY = auto()
    MONEY = auto()
    GOES_ON = auto()
    BEGAN = auto()
    PAIR = auto()
    TEXT = auto()
    PARTY = auto()
    OWNED = auto()

    @property
    def has_firm(self) -> bool:
        """Whether an answer may be firm or merely possible."""
        return self in _WITH_FIRM


_WITH_FIRM = frozenset({Way.TEXT, Way.PARTY, Way.OWNED})


class Subject(NamedTuple):
    """
    The fields a test looks at, in the table it stands in.

    Args:
        table: the list's name, or an empty string for the record itself.
        way: how the fields make one value.
        parts: the fields; the first is the one the test names.
    """

    table: str
    way: Way
    parts: tuple[Part, ...]

    @property
    def kind(self) -> Kind:
        """What the named field holds."""
        return self.parts[0].reads.kind


class Scanner(Protocol):
    """What is asked of the term scanner for one text."""

    def scan(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return (list, standing) for every list with a mention; standing 1 is doubtful, 2 is stated."""


class Circumstances(NamedTuple):
    """What judging needs beside the value: lists, rates, the day screened, the scanner, the parties' lists."""

    lists: Mapping[str, Terms]
    usd_per_unit: Mapping[str, float]
    day: date
    scanner: Scanner | None
    scanned_lists: Mapping[str, int]
    parties: PartyLists | None = None


class SubjectJudge(dict[object, int]):
    """
    The memory of a subject: a value to its class; values with the same answers are of one class.

    A value is judged at first sight. Keys are what `row.key_of` gives: the plain value, or a tuple of the parts' values.

    Attributes:
        bits: the answers of each class; class 0 is what is missing.
    """

    __slots__ = (
        "_circumstances",
        "_classes",
        "_combine",
        "_judge",
        "_lock",
        "_parties",
        "_silent",
        "_subject",
        "bits",
        "predicates",
    )

    def __init__(
        self, subject: Subject, predicates: Sequence[Predicate], circumstances: Circumstances
    ) -> None:
        super().__init__()
        self.predicates = tuple(predicates)
        self._combine = _combiner(subject, circumstances)
        self._subject, self._circumstances = subject, circumstances
        self._judge: Callable[[object], Bits] | None = (
            None  # made at the first value: most fields never have one
        )
        self._parties = circumstances.parties
        self._lock = Lock()
        self.bits: list[Bits] = []
        self._classes: dict[Bits, int] = {}
        self.class_of(_missing_bits(self.predicates, firm=subject.way.has_firm))
        silent = subject.parts[0].reads.silent
        self._silent = self.class_of(self._judged(silent)) if silent else 0
        self[None] = self._silent

    def __missing__(self, key: object) -> int:
        return self._remembered(key, self._combine(key))

    def _remembered(self, key: object, value: object) -> int:
        found = self._silent if value is None else self.class_of(self._judged(value))
        if len(self) >= _REMEMBERED:
            self.clear()
            self[None] = self._silent
        self[key] = found
        return found

    def _judged(self, value: object) -> Bits:
        judge = self._judge
        if judge is None:
            judge = self._judge = _judging(self._subject, self.predicates, self._circumstances)
        return judge(value)

    def classes_of(self, keys: Sequence[object]) -> list[int]:
        """Return the class of each of many *keys*; the lists look up the parties of all of them at once."""
        fresh = {key: self._combine(key) for key in keys if key not in self}
        parties = [one for one in fresh.values() if isinstance(one, Party)]
        if self._parties is not None and len(parties) > 1:
            self._parties.foresee(parties)
        return [self._remembered(key, fresh[key]) if key in fresh else self[key] for key in keys]

    def class_of(self, bits: Bits) -> int:
        """Return the number of the class with these answers."""
        with self._lock:  # threads may share a screener; a class is made once
            found = self._classes.get(bits)
            if found is None:
                found = self._classes[bits] = len(self.bits)
                self.bits.append(bits)
            return found


def _missing_bits(predicates: Sequence[Predicate], *, firm: bool) -> Bits:
    bits = [1]
    for predicate in predicates:
        answer = predicate.when_missing
        bits += (int(answer is True), int(answer is False))
    if firm:
        bits += [int(predicate.when_missing is True) for predicate in predicates]
    return tuple(bits)


def _judging(
    subject: Subject, predicates: tuple[Predicate, ...], circumstances: Circumstances
) -> Callable[[object], Bits]:
    match subject.way:
        case Way.TEXT:
            return _text_judging(predicates, circumstances)
        case Way.PARTY | Way.OWNED:
            return _party_judging(predicates, circumstances)
        case _:
            judges = [
                judge_of(predicate, subject.kind, circumstances.lists, circumstances.day)
                for predicate in predicates
            ]
    if subject.way is Way.MANY:
        judges = [_any_entry(judge) for judge in judges]

    def judge(value: object) -> Bits:
        bits = [0]
        for one in judges:
            answer = one(value)
            bits += (int(answer is True), int(answer is False))
        return tuple(bits)

    return judge


def _any_entry(judge: Judge) -> Judge:
    """Of a list of values, one that meets the test is enough."""

    def any_entry(value: object) -> bool | None:
        answers = [judge(entry) for entry in value] if isinstance(value, tuple) else [judge(value)]
        if True in answers:
            return True
        return None if None in answers else False

    return any_entry


def _text_judging(
    predicates: tuple[Predicate, ...], circumstances: Circumstances
) -> Callable[[object], Bits]:
    scanner = circumstances.scanner
    numbers = [circumstances.scanned_lists[str(predicate.wanted)] for predicate in predicates]

    def judge(value: object) -> Bits:
        standings = dict(scanner.scan(str(value))) if scanner is not None else {}
        return text_bits([standings.get(number, 0) for number in numbers])

    return judge


def text_bits(standings: Sequence[int]) -> Bits:
    """
    Return the bits of a text from the standing of each list in it.

    Stated (2) and doubtful (1) mentions are both a match; a text that is there and does not mention is no match.
    """
    bits = [0]
    for standing in standings:
        bits += (int(standing > 0), int(standing == 0))
    return (*bits, *(int(standing == 2) for standing in standings))


def _party_judging(
    predicates: tuple[Predicate, ...], circumstances: Circumstances
) -> Callable[[object], Bits]:
    lists = circumstances.parties
    known = {
        place: CONFIRMED if predicate.wanted else 0
        for place, predicate in enumerate(predicates)
        if predicate.operator is Operator.IS_KNOWN
    }
    wanted = tuple(
        tuple(map(str, one.wanted if isinstance(one.wanted, tuple) else (one.wanted,)))
        for one in predicates
        if one.operator is not Operator.IS_KNOWN
    )

    def judge(value: object) -> Bits:
        asked: Iterable[int | None]
        if lists is None:
            asked = repeat(None)
        elif isinstance(value, Party):
            asked = lists.standings(value, wanted)
        else:
            assert isinstance(value, tuple), value
            asked = (lists.owned(value, names) for names in wanted)
        told = iter(asked)
        return _party_bits(
            tuple(known[place] if place in known else next(told) for place in range(len(predicates)))
        )

    return judge


@lru_cache(maxsize=1024)
def _party_bits(standings: tuple[int | None, ...]) -> Bits:
    """Return the bits of a party from how it stands to the lists of each test."""
    bits = [0]
    for one in standings:
        bits += (int(bool(one)), int(one == 0))
    return (*bits, *(int(one == CONFIRMED) for one in standings))


def _combiner(subject: Subject, circumstances: Circumstances) -> Callable[[object], object]:
    today = values.PartialDate.exact(circumstances.day)
    match subject.way:
        case Way.PLAIN:
            return lambda value: value
        case Way.PARTY:
            return party_maker(subject.parts)
        case Way.OWNED:
            return holdings_of
        case Way.TEXT | Way.MANY:
            return lambda value: value if value != () else None
        case Way.PAIR:
            return lambda pair: pair if _both_told(pair) else None
        case Way.MONEY:
            return lambda pair: in_dollars(pair, circumstances.usd_per_unit)
        case Way.GOES_ON:
            return lambda pair: goes_on(pair, today)
        case Way.BEGAN:
            return lambda triple: began(triple, today)


def _both_told(pair: object) -> bool:
    return isinstance(pair, tuple) and all(part is not None and part != () for part in pair)


def in_dollars(pair: object, usd_per_unit: Mapping[str, float]) -> float | None:
    """Return an (amount, currency) in US dollars; unknown when the currency is not told or not in the rate table."""
    if not isinstance(pair, tuple):
        return None
    amount, currency = pair
    rate = usd_per_unit.get(currency) if isinstance(currency, str) else None
    return None if amount is None or rate is None else float(amount) * rate


def goes_on(pair: object, today: values.PartialDate) -> values.PartialDate | None:
    """Return the end of a (end, as of): what has no end goes on to the record's date, or to the day screened."""
    if not isinstance(pair, tuple):
        return None
    end, as_of = pair
    return end or as_of or today


def began(triple: object, today: values.PartialDate) -> values.PartialDate | None:
    """Return the start of a (start, end, as of): what has no start began at some time before its end."""
    if not isinstance(triple, tuple):
        return None
    start, end, as_of = triple
    if start is not None:
        return start if isinstance(start, values.PartialDate) else None
    last = end or as_of or today
    return values.PartialDate(date.min, last.last)
