"""What the cells of a roster tell: several citizenships, and how many people of each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import AMBIGUOUS, citizens_in, country_name, read_country

SIGNS = (", ", "; ", " / ", " + ", "、", " and ", " и ", "\n")
COUNTED = ("{} ({})", "{} - {} чел.", "{}: {}", "{} {}", "{} x {}", "{} ({} people)")


def told(cell):
    """Return what a cell lists, as codes and counts."""
    return [(read_country(one.citizenship, nationality=True).value, one.count) for one in citizens_in(cell)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("КНДР, Узбекистан", [("KP", None), ("UZ", None)]),
        ("КНДР (12) Узбекистан (28)", [("KP", 12), ("UZ", 28)]),
        ("КНДР – 40 чел., Узбекистан – 12 чел.", [("KP", 40), ("UZ", 12)]),
        ("Korea DPR 12, KR: 3", [("KP", 12), ("KR", 3)]),
        ("朝鲜30人、中国12人", [("KP", 30), ("CN", 12)]),
        ("12 North Koreans", [("KP", 12)]),
        ("북한 20명", [("KP", 20)]),
        ("Nepal (8)", [("NP", 8)]),
    ],
)
def test_a_cell_lists_citizenships_and_counts(cell, expected):
    """Lists are parted at any of the usual signs, and a count goes with its citizenship."""
    assert told(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "КНДР",
        "DPRK or China",
        "Korea, DPRK",
        "not DPRK, Uzbek",
        "朝鲜族, 汉族",
        "KP-001",
        "see roster, 40",
        "408",
        "n/a",
    ],
)
def test_what_is_no_list_of_plain_citizenships_is_left_whole(cell):
    """One country, an alternative, a bare Korea, a denial, an ethnic group and a number of a file are no list."""
    assert citizens_in(cell) == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("KP", "UZ", "CN", "NP", "FR")), st.integers(1, 9999), st.sampled_from(COUNTED)
        ),
        min_size=2,
        max_size=5,
    ),
    st.sampled_from(SIGNS),
)
def test_whatever_the_signs_the_same_is_read(entries, sign):
    """Any list of counted countries comes back, however it is punctuated."""
    cell = sign.join(form.format(country_name(code), count) for code, count, form in entries)

    assert told(cell) == [(code, count) for code, count, _ in entries]


@pytest.mark.parametrize(
    "written", ["КНДР (12)", "DPRK = 40", "朝鲜30人", "12 граждан КНДР", "North Koreans, 7 people"]
)
def test_a_count_does_not_hide_a_citizenship(written):
    """A citizenship with a count beside it is that citizenship."""
    assert read_country(written, nationality=True).value == "KP"


@pytest.mark.parametrize(
    "written",
    ["mostly DPRK", "граждане КНДР по контракту 2018", "North Korean IT staff", "DPRK students, Moscow"],
)
def test_the_dprk_among_other_words_has_to_be_asked_about(written):
    """In a record, what cannot be read and names the DPRK is never passed over as an unknown word."""
    assert read_country(written, nationality=True, asking=True).value == AMBIGUOUS
    assert read_country(written, nationality=True).value is None


@pytest.mark.parametrize(
    "written",
    [
        "без граждан КНДР",
        "no DPRK nationals",
        "朝鲜族工人",
        "South Korean shipyard team",
        "KPMG staff",
        "see roster",
    ],
)
def test_denials_neighbours_and_codes_do_not_name_the_dprk(written):
    """A denial, the Republic of Korea, Chinese Koreans and letters that merely hold KP ask nothing of that kind."""
    assert read_country(written, nationality=True, asking=True).value is None
