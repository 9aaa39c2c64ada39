"""What is learnt of a column's texts while terms are looked for in them."""

from hypothesis import given
from hypothesis import strategies as st

from laborscreen.text import TermList, TermScanner

SCANNER = TermScanner([TermList("papers", ("passports were kept",))])
BLANKS = st.text(" \t\n\r\u00a0\u2003\u3000\x1c\x85", max_size=6)
TEXTS = st.lists(
    st.one_of(
        st.none(),
        BLANKS,
        st.builds(str.__add__, BLANKS, st.sampled_from(["passports were kept", "Ли", "x-y\x7f"])),
    )
)


@given(TEXTS)
def test_a_column_tells_how_long_its_texts_are_and_whether_one_is_blank(texts):
    """Lengths are those of the texts as written; a text of nothing but white space, of whatever kind, is noticed."""
    hits = SCANNER.scan_column(texts)
    assert hits.lengths.tolist() == [len(text or "") for text in texts]
    assert hits.blank == any((text or "").isspace() for text in texts)
