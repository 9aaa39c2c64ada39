"""
The kinds of value a field may hold, and what is told about a field beside its type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from laborscreen.values import MONEY


class Kind(StrEnum):
    """What a field holds. The kind decides how a value is read and which tests of the rule language fit it."""

    NAME = "name"
    TEXT = "text"
    PROSE = "free text"
    COUNTRY = "country"
    MRZ = "machine-readable zone"
    REGION = "region"
    CITY = "city"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"
    MONEY = "money"
    CURRENCY = "currency"
    YES_NO = "yes/no"
    WORD = "one of"
    CODE = "industry code"
    HS_CODE = "customs code"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Reads:
    """
    How a field's value is read.

    Args:
        kind: what it holds.
        words: the vocabulary of a field that holds one of a few words.
        low: smallest value that can be true of the world.
        high: largest such value.
        many: whether the field holds a list of such values.
        beside: the sibling field needed to understand this one (an amount's currency, a code's scheme).
        named_by: the amounts beside a currency, which may name it themselves ("150 USD").
        stated_by: the sibling field that tells who states this one value, where it is not the whole group's source.
        nationality: whether a country field means a person's citizenship.
        named_person: whether the value is about one named person.
        attribute: whether it is a personal attribute that a rule may read on a legal basis only.
        stands_for: what silence means: ``as_of`` (goes on to the day screened) or ``before`` (began before).
        silent: the word that silence means (an organization, a supplier).
        unit: what a number counts.
        per: the time its figure is told for: a day, week, month or year.
        ranges: whether a number may be told as a range, as a bound or in words.
    """

    kind: Kind
    words: str = ""
    low: float | None = None
    high: float | None = None
    many: bool = False
    beside: str = ""
    named_by: tuple[str, ...] = ()
    stated_by: str = ""
    nationality: bool = False
    named_person: bool = False
    attribute: bool = False
    stands_for: str = ""
    silent: str = ""
    unit: str = ""
    per: str = ""
    ranges: bool = False


def says(meaning: str) -> Any:
    """Describe an optional field; its default is "not told"."""
    return Field(default=None, description=meaning)


def lists(meaning: str) -> Any:
    """Describe a field that holds a list; its default is "none told"."""
    return Field(default=(), description=meaning)


Name = Annotated[str | None, Reads(Kind.NAME)]
Names = Annotated[tuple[str, ...], Reads(Kind.NAME, many=True)]
Text = Annotated[str | None, Reads(Kind.TEXT)]
Texts = Annotated[tuple[str, ...], Reads(Kind.TEXT, many=True)]
Prose = Annotated[str | None, Reads(Kind.PROSE)]
Country = Annotated[str | None, Reads(Kind.COUNTRY)]
Countries = Annotated[tuple[str, ...], Reads(Kind.COUNTRY, many=True)]
Nationality = Annotated[str | None, Reads(Kind.COUNTRY, nationality=True)]
Region = Annotated[str | None, Reads(Kind.REGION)]
City = Annotated[str | None, Reads(Kind.CITY)]
Currency = Annotated[str | None, Reads(Kind.CURRENCY, named_by=("amount",))]
PayCurrency = Annotated[
    str | None,
    Reads(Kind.CURRENCY, named_by=("gross_pay_month", "net_pay_month", "billed_month")),
]
YesNo = Annotated[bool | None, Reads(Kind.YES_NO)]
Percent = Annotated[float | None, Reads(Kind.NUMBER, low=0, high=100, unit="percent")]
Ratio = Annotated[float | None, Reads(Kind.NUMBER, low=0, high=1_000, unit="fraction of 1")]
Count = Annotated[int | None, Reads(Kind.WHOLE, low=0, high=10_000_000)]
Money = Annotated[float | None, Reads(Kind.MONEY, low=0, high=1e12, beside="currency", unit=MONEY)]
MonthlyMoney = Annotated[
    float | None,
    Reads(Kind.MONEY, low=0, high=1e12, beside="currency", unit=MONEY, per="month"),
]
