"""
Half of a company, directly or through others, with shares that are not known.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from laborscreen.watchlists import Stake, listed_ownership

KNOWN = Stake.known
UNKNOWN = Stake.unknown


@pytest.mark.parametrize(
    ("stakes", "listed", "answer"),
    [
        # in the aggregate
        ([KNOWN("C", "A", 50), KNOWN("C", "X", 50)], {"A": True}, "met"),
        ([KNOWN("C", "A", 25), KNOWN("C", "B", 25), KNOWN("C", "X", 50)], {"A": True, "B": True}, "met"),
        ([KNOWN("C", "A", 49.9), KNOWN("C", "X", 50.1)], {"A": True}, "not_met"),
        ([KNOWN("C", "X", 100)], {}, "not_met"),
        ([KNOWN("C", "A", 16.67), KNOWN("C", "B", 16.67), KNOWN("C", "D", 16.66), KNOWN("C", "X", 50)],
         {"A": True, "B": True, "D": True}, "met"),
        # through others: half of half is enough, because the company between is itself blocked
        ([KNOWN("C", "M", 50), KNOWN("C", "X", 50), KNOWN("M", "A", 50), KNOWN("M", "Y", 50)], {"A": True}, "met"),
        ([KNOWN("C", "M", 100), KNOWN("M", "A", 25), KNOWN("M", "Y", 75)], {"A": True}, "not_met"),
        ([KNOWN("C", "M", 25), KNOWN("C", "A", 25), KNOWN("C", "X", 50), KNOWN("M", "A", 50), KNOWN("M", "Y", 50)],
         {"A": True}, "met"),
        # not known
        ([UNKNOWN("C", "A"), KNOWN("C", "X", 40)], {"A": True}, "cannot_tell"),
        ([UNKNOWN("C", "A"), KNOWN("C", "X", 60)], {"A": True}, "not_met"),
        ([Stake("C", "A", 50, 75), KNOWN("C", "X", 25)], {"A": True}, "met"),
        ([Stake("C", "A", 40, 60), KNOWN("C", "X", 30)], {"A": True}, "cannot_tell"),
        ([KNOWN("C", "A", 30)], {"A": True}, "cannot_tell"),
        ([KNOWN("C", "X", 30)], {}, "cannot_tell"),
        ([KNOWN("C", "X", 51)], {}, "not_met"),
        ([], {"A": True}, "cannot_tell"),
        # a possible match is not a match
        ([KNOWN("C", "A", 60), KNOWN("C", "X", 40)], {"A": None}, "cannot_tell"),
        ([KNOWN("C", "A", 40), KNOWN("C", "X", 60)], {"A": None}, "not_met"),
        ([KNOWN("C", "A", 60), KNOWN("C", "X", 40)], {"A": False}, "not_met"),
        ([KNOWN("C", "A", 50), KNOWN("C", "B", 50)], {"A": True, "B": None}, "met"),
        # two that own each other, and nobody listed
        ([KNOWN("C", "D", 100), KNOWN("D", "C", 100)], {}, "not_met"),
    ],
)  # fmt: skip
def test_the_fifty_percent_rule(stakes: list[Stake], listed: dict[str, bool | None], answer: str) -> None:
    """
    Shares of listed owners are added, companies they hold count whole, and what is not known is not decided.
    """
    assert listed_ownership("C", stakes, listed).answer == answer


def test_exactly_half_is_not_more_than_half() -> None:
    """
    Where a regime asks for more than fifty percent, fifty is not enough.
    """
    stakes = [KNOWN("C", "A", 50), KNOWN("C", "X", 50)]

    assert listed_ownership("C", stakes, {"A": True}, more_than=True).answer == "not_met"


def test_the_reasons_name_owners_and_shares() -> None:
    """
    Each owner that counts is named with its share and why it counts, and so are those through whom one counts.
    """
    stakes = [KNOWN("C", "M", 60), KNOWN("C", "B", 40), KNOWN("M", "A", 100)]
    found = listed_ownership("C", stakes, {"A": True, "B": None})

    assert found.reasons == (
        "M is itself owned by listed parties and holds 60 percent of C",
        "B may be listed (a possible match) and holds 40 percent of C",
        "A is listed and holds 100 percent of M",
    )


def test_shares_beyond_a_hundred_percent_are_told() -> None:
    """
    A register that adds up to more than everything is said to.
    """
    found = listed_ownership("C", [KNOWN("C", "A", 80), KNOWN("C", "X", 80)], {"A": True})

    assert "add up to 160 percent" in found.reasons[0]


@pytest.mark.parametrize(("low", "high"), [(-1, 5), (60, 40), (0, 101)])
def test_a_share_that_cannot_be_is_refused(low: float, high: float) -> None:
    """
    Shares lie between 0 and 100 percent.
    """
    with pytest.raises(ValueError, match="percent"):
        Stake("C", "A", low, high)


parties = st.sampled_from("ABCDE")
graphs = st.lists(
    st.builds(
        lambda owned, owner, ends: Stake(owned, owner, float(min(ends)), float(max(ends))),
        parties,
        parties,
        st.tuples(st.integers(0, 100), st.integers(0, 100)),
    ),
    max_size=8,
)


@given(graphs, st.dictionaries(parties, st.sampled_from([True, None, False])))
def test_more_listed_owners_never_lower_a_share(stakes: list[Stake], listed: dict[str, bool | None]) -> None:
    """
    The range is in order, and one more listed owner raises neither end's fall.
    """
    before = listed_ownership("A", stakes, listed)
    after = listed_ownership("A", stakes, listed | {"B": True})

    assert 0 <= before.low <= before.high <= 100
    assert after.low >= before.low
    assert after.high >= before.high


@given(graphs, st.dictionaries(parties, st.sampled_from([True, False])))
def test_learning_a_share_never_turns_an_answer_round(
    stakes: list[Stake], listed: dict[str, bool | None]
) -> None:
    """
    An answer given while one share was unknown stays when the share becomes known; only "cannot tell" may change.

    Of registers that add up: where A holds 51 percent of itself and B turns out to hold 50, one of the two is wrong.
    """
    assume(stakes)
    told: dict[str, float] = defaultdict(float)
    for stake in stakes:
        told[stake.owned] += stake.low
    assume(max(told.values()) <= 100)
    vague = listed_ownership("A", [Stake(stakes[0].owned, stakes[0].owner, 0, 100), *stakes[1:]], listed)
    clear = listed_ownership("A", stakes, listed)

    assert vague.answer in (clear.answer, "cannot_tell")
