"""
Entries and lists for property tests.
"""

from __future__ import annotations

from hypothesis import strategies as st

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12
)
names = st.one_of(st.sampled_from(["Kim Chol", "김철", "Ким Чхоль", "金哲", "DEMO, LTD."]), texts)
countries = st.sampled_from(["KP", "KR", "CN", "RU"])


@st.composite
def entries(draw: st.DrawFn, number: str = "1") -> Entry:
    """Return any entry."""
    draft = EntryDraft(number, "demo", draw(st.sampled_from(["person", "organization", "vessel", "other"])))
    draft.add_name(f"N{number}", kind="primary")
    for name in draw(st.lists(names, max_size=3)):
        draft.add_name(name, strength=draw(st.sampled_from(["strong", "weak"])))
    for add, values in (
        (draft.add_programme, texts),
        (draft.add_country, countries),
        (draft.add_nationality, countries),
        (draft.add_birth_date, texts),
        (draft.add_position, texts),
        (draft.add_address, texts),
        (draft.add_remark, texts),
    ):
        for value in draw(st.lists(values, max_size=2)):
            add(value)
    for value in draw(st.lists(texts, max_size=2)):
        draft.add_identifier("Passport", value, draw(countries))
    return draft.finish()


@st.composite
def snapshots(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Return the entries of any list, with distinct ids."""
    numbers = draw(st.lists(st.integers(1, 12), max_size=6, unique=True))
    return tuple(draw(entries(str(number))) for number in numbers)
