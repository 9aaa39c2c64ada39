"""
What a profile asks for beyond the columns: rows grouped into records, parties of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from laborscreen.formats.batch import Batch
from laborscreen.formats.grouping import group_rows
from laborscreen.formats.own_parties import Named, with_own_parties
from laborscreen.formats.plan import Plan
from laborscreen.formats.profile import Profile
from laborscreen.formats.tabular import Tally


def finished(
    found: Iterator[Batch],
    read: Callable[[], Iterator[Batch]],
    profile: Profile,
    plan: Plan,
    name: str,
    tally: Tally,
    named: Named,
) -> Iterator[Batch]:
    """
    Yield the batches *found* as the *profile* wants them.

    Args:
        found: batches of columns.
        read: reads all of them from the beginning of the file.
        profile: what is wanted.
        plan: what becomes of the columns.
        name: the file as the user named it.
        tally: counts what grouping met.
        named: counts what looking up parties met.
    """
    if profile.group_rows:
        return group_rows(found, name, tally)
    if profile.own_parties:
        return with_own_parties(read, found, profile.own_parties, plan, named)
    return found
