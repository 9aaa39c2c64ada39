"""Random rule trees and random records for the properties of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from laborscreen.conditions import (
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Measure,
    Not,
    Operator,
    Over,
    Quantifier,
    Test,
)
from laborscreen.text import TermPatterns


@dataclass(frozen=True)
class Terms:
    """A list as the engine sees it."""

    match: str
    texts: tuple[str, ...]
    patterns: TermPatterns | None = None


LISTS = {
    "hosts": Terms("exact", ("RU", "CN", "ambiguous")),
    "papers": Terms("whole_word", ("passport held", "passports withheld", "изъят* паспорт*")),
    "dprk": Terms("whole_word", ("North Korean", "северокорей*", "조선")),
    "building": Terms("code_prefix", ("OKVED2:41", "NACE2:43")),
}
RATES = {"USD": 1.0, "RUB": 0.0125}
DAY = date(2026, 1, 1)

_missing = st.sampled_from([None, "", "n/a", "-"])
_country = st.sampled_from(["KP", "Russia", "РФ", "Korea", "КНДР", "조선족", "Uzbekistan", "zz??"]) | _missing
_yes = st.sampled_from(["yes", "no", "да", "maybe"]) | _missing
_number = st.sampled_from(["8", "12", "16", "18,5", "-4", "many", "1e308", "20"]) | _missing
_hours = _number | st.sampled_from(
    ["8-12", "11-13", "16-18 h", "16+", "up to 12", "more than 16", "twelve", "8-20"]
)
_day = st.sampled_from(["2016", "2017-09", "2018-01-05", "2019-12-22", "03/04/2019", "2025"]) | _missing
_text = (
    st.sampled_from(
        [
            "North Korean crew; passports withheld by the agent",
            "No passports withheld.",
            "Reportedly a passport held",
            "У рабочих изъяты паспорта",
            "garments",
            "조선 사람",
        ]
    )
    | _missing
)
_source = st.sampled_from(["document", "audit", "media", "blog", "supplier_statement"]) | _missing

FIELDS = {
    "country": _country,
    "activities": _text,
    "founded": _day,
    "as_of": _day,
    "source_type": _source,
    "remote_work.vpn": st.sampled_from(["none", "persistent"]) | _missing,
    "remote_work.claimed_country": _country,
    "industries.scheme": st.sampled_from(["OKVED2", "NACE2", "?"]) | _missing,
    "industries.code": st.sampled_from(["41.20", "43", "62.01"]) | _missing,
}
GROUP_FIELDS = {
    "workforce": {
        "nationality": _country,
        "document_issuer": _country,
        "headcount": _number,
        "hours_per_day": _hours,
        "net_pay_month": _number | st.sampled_from(["150 USD", "12 тыс. руб./мес.", "$150", "300 a week"]),
        "billed_month": _number | st.sampled_from(["800 USD", "80 000 руб."]),
        "currency": st.sampled_from(["USD", "RUB", "XXX"]) | _missing,
        "starts": _day,
        "ends": _day,
        "minder_present": _yes,
        "occupation": _text,
        "source_type": _source,
    },
    "observations": {
        "text": _text,
        "source_type": _source,
        "source": st.sampled_from(["A", "B", "C"]) | _missing,
    },
}


@st.composite
def flat_rows(draw: st.DrawFn) -> dict[str, object]:
    """One row of a flat file: some columns filled, some empty; up to three entries of a list side by side."""
    row: dict[str, object] = {"id": draw(st.sampled_from(["V-1", "V-2"])), "name": "X"}
    for path, values in FIELDS.items():
        row[path] = draw(st.none() | values)
    for group, fields in GROUP_FIELDS.items():
        for entry in range(draw(st.integers(0, 3))):
            start = group if not entry else f"{group}[{entry}]"
            for name, values in fields.items():
                row[f"{start}.{name}"] = draw(st.none() | values)
    return row


_silence = st.sampled_from([None, None, None, True, False])


def _test(field: str, operator: Operator, wanted: st.SearchStrategy[object]) -> st.SearchStrategy[Condition]:
    return st.builds(Test, st.just(field), st.just(operator), wanted, _silence)


def _size(field: str, limits: tuple[float, ...]) -> list[st.SearchStrategy[Condition]]:
    operators = (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW)
    return [_test(field, operator, st.sampled_from(limits)) for operator in operators]


def _time(field: str) -> list[st.SearchStrategy[Condition]]:
    days = st.sampled_from([date(2017, 9, 11), date(2019, 12, 22), date(2018, 1, 5)])
    return [
        _test(field, Operator.BEFORE, days),
        _test(field, Operator.ON_OR_AFTER, days),
        _test(field, Operator.WITHIN_DAYS, st.sampled_from([30.0, 4000.0])),
    ]


def _country_tests(field: str) -> list[st.SearchStrategy[Condition]]:
    return [
        _test(field, Operator.IS, st.sampled_from(["KP", "RU", "ambiguous"])),
        _test(field, Operator.IS_ONE_OF, st.just(("KP", "UZ"))),
        _test(field, Operator.IN_LIST, st.just("hosts")),
        _test(field, Operator.IS_KNOWN, st.booleans()),
    ]


_mentions = st.sampled_from(["papers", "dprk"])
OF_RECORD = [
    *_country_tests("country"),
    *_time("founded"),
    _test("activities", Operator.MENTIONS, _mentions),
    _test("remote_work.vpn", Operator.IS, st.just("persistent")),
    _test("remote_work.claimed_country", Operator.DIFFERS_FROM, st.just("country")),
]
OF_GROUP = {
    "workforce": [
        *_country_tests("nationality"),
        *_size("hours_per_day", (12.0, 16.0)),
        *_size("net_pay_month", (8.0, 0.2, 150.0)),
        *_size("billed_month", (800.0,)),
        _test("currency", Operator.IS, st.just("USD")),
        _test("currency", Operator.IS_KNOWN, st.booleans()),
        *_time("starts"),
        *_time("ends"),
        _test("nationality", Operator.DIFFERS_FROM, st.just("document_issuer")),
        _test("nationality", Operator.DIFFERS_FROM, st.just("country")),
        _test("minder_present", Operator.IS, st.booleans()),
        _test("occupation", Operator.MENTIONS, _mentions),
        _test("country", Operator.IS, st.just("RU")),
    ],
    "observations": [
        _test("text", Operator.MENTIONS, _mentions),
        _test("source_type", Operator.IS, st.just("media")),
    ],
    "industries": [_test("code", Operator.IN_LIST, st.just("building"))],
}


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(All, several)
        | st.builds(Any, several)
        | st.builds(Not, inner)
        | st.builds(AtLeast, st.integers(1, 3), several)
    )


def _within(group: str) -> st.SearchStrategy[Condition]:
    return st.recursive(st.one_of(OF_GROUP[group]), _joined, max_leaves=4)


def _figures(group: str) -> st.SearchStrategy[Condition]:
    operators = st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW])
    where = st.none() | _within(group)
    count = st.builds(
        Figure,
        st.just(Measure.COUNT),
        st.just(group),
        st.just(""),
        operators,
        st.sampled_from([0.0, 1.0, 2.0]),
        where,
        st.sampled_from(["", "source_type"]),
    )
    if group != "workforce":
        return count
    measured = st.builds(
        Figure,
        st.sampled_from([Measure.TOTAL, Measure.SHARE]),
        st.just(group),
        st.just("headcount"),
        operators,
        st.sampled_from([10.0, 20.0, 50.0]),
        where,
    )
    return count | measured


_over = st.one_of(
    [st.builds(Over, st.sampled_from(list(Quantifier)), st.just(group), _within(group)) for group in OF_GROUP]
)
_figure = st.one_of([_figures(group) for group in GROUP_FIELDS])
conditions = st.recursive(st.one_of([*OF_RECORD, _over, _over, _figure]), _joined, max_leaves=6)
