"""
The listed parties of a rule's test, so that a rule about lists can be tried without any list at hand.

::

    - name: same name
      expect: match
      listed: [{name: Example Trading Corporation, programmes: [DPRK2]}]
      record: {name: Example Trading Corp.}
"""

from __future__ import annotations

from collections.abc import Iterable

from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.forms import Form
from laborscreen.rulebook.model import ListedExample
from laborscreen.rulebook.nodes import Fields

DEFAULT_LIST = "example-list"
KINDS = ("person", "organization", "vessel", "aircraft", "other")
LISTED_KEYS = (
    "list", "kind", "aliases", "weak_aliases", "programmes", "countries", "nationalities", "birth_dates", "identifiers",
)  # fmt: skip


def read_listed(nodes: Iterable[Fields], faults: Faults) -> tuple[ListedExample, ...]:
    """Return the parties that stand under ``listed``; an empty list is a list with nobody on it."""
    return tuple(_one(node, faults) for node in nodes)


def _one(node: Fields, faults: Faults) -> ListedExample:
    form = Form(node, "the listed party", ("name",), LISTED_KEYS, faults)
    return ListedExample(
        form.text("name"),
        form.text("list") or DEFAULT_LIST,
        form.word("kind", KINDS, "organization"),
        form.texts("aliases"),
        form.texts("weak_aliases"),
        form.texts("programmes"),
        form.texts("countries"),
        form.texts("nationalities"),
        form.texts("birth_dates"),
        form.texts("identifiers"),
    )
