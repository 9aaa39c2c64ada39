"""
What changed between two snapshots.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from laborscreen.watchlists import diff_entries
from laborscreen.watchlists.entry import Entry, ListedName
from laborscreen.watchlists.fingerprint import fingerprint
from tests.watchlists.lists import real_reading
from tests.watchlists.strategies import entries, snapshots


@given(snapshots())
def test_a_list_does_not_differ_from_itself(snapshot: tuple[Entry, ...]) -> None:
    """
    Nothing is added, removed or changed, whatever the order.
    """
    found = diff_entries(snapshot, reversed(snapshot))

    assert not found
    assert found.unchanged == len(snapshot)


@given(snapshots(), snapshots())
def test_a_diff_turned_round_is_the_diff_of_the_other_way(
    old: tuple[Entry, ...], new: tuple[Entry, ...]
) -> None:
    """
    What one way adds the other removes, and every entry is counted once.
    """
    there, back = diff_entries(old, new), diff_entries(new, old)

    assert {entry.key for entry in there.added} == {entry.key for entry in back.removed}
    assert {change.new.key for change in there.changed} == {change.new.key for change in back.changed}
    assert len(there.added) + len(there.changed) + there.unchanged == len(new)
    assert len(there.removed) + len(there.changed) + there.unchanged == len(old)


def test_each_field_tells_what_it_gained_and_lost() -> None:
    """
    A new alias and a lost programme stand under their fields, with their values.
    """
    old = Entry("1", "demo", "person", (ListedName("A"),), programmes=("X", "Y"))
    new = replace(old, names=(ListedName("A"), ListedName("B", "weak")), programmes=("Y",))
    (change,) = diff_entries([old], [new]).changed

    assert [(field.field, field.added, field.removed) for field in change.fields] == [
        ("names", ("B (aka, weak)",), ()),
        ("programmes", (), ("X",)),
    ]


def test_two_empty_lists_are_called_so() -> None:
    """
    Comparing nothing with nothing is not "nothing changed".
    """
    assert diff_entries([], []).summary() == "both lists are empty"


def test_two_real_snapshots_differ_as_their_ids_do() -> None:
    """
    Between the UN lists of 2024 and 2026, entries are added and removed as their references are.
    """
    old, new = real_reading("un-2024").entries, real_reading("un-2026").entries
    before, after = {entry.key for entry in old}, {entry.key for entry in new}
    found = diff_entries(old, new)

    assert {entry.key for entry in found.added} == after - before
    assert {entry.key for entry in found.removed} == before - after
    assert found.changed


@given(entries(), st.data())
def test_a_fingerprint_minds_facts_and_not_their_order(entry: Entry, data: st.DataObject) -> None:
    """
    Shuffled values keep the fingerprint; one more fact changes it.
    """
    shuffled = replace(
        entry,
        programmes=tuple(data.draw(st.permutations(entry.programmes))),
        identifiers=tuple(data.draw(st.permutations(entry.identifiers))),
        addresses=tuple(data.draw(st.permutations(entry.addresses))),
    )

    assert fingerprint(shuffled) == fingerprint(entry)
    assert fingerprint(replace(entry, programmes=(*entry.programmes, "one more fact"))) != fingerprint(entry)
    assert fingerprint(replace(entry, kind="aircraft")) != fingerprint(entry)
