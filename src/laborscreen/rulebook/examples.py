"""
The records of the rules' tests, read as records are.
"""

from __future__ import annotations

from collections.abc import Iterable

from laborscreen.errors import RecordError
from laborscreen.record import Record
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.model import Rule, RuleTest

_NAMELESS = {"id": "example", "name": "Example"}


def record_of(test: RuleTest) -> Record:
    """
    Return the record of a test; id and name are filled in where it has none.

    Raises:
        RecordError: it is not a record.
    """
    return Record.model_validate(_NAMELESS | dict(test.record))


def check_examples(rules: Iterable[Rule], faults: Faults) -> None:
    """Tell of tests whose record is none, and warn of values in it that cannot be read."""
    for rule in rules:
        for test in rule.tests:
            where = f"the test “{test.name[:60]}” of {rule.id}"
            try:
                record = record_of(test)
            except RecordError as error:
                if error.field in {"", "id", "name"}:  # fields nobody knows were told when the rule was read
                    faults.error("unreadable-record", test.location, f"{where}: {error.message}", error.hint)
                continue
            if test.expect != "match":
                continue  # what cannot be read is often the very point of the others
            for note in record.notes():
                if _has_value(record, note.field):
                    continue  # read, though with a doubt: a bare "Korea" is ambiguous, and a test may want just that
                faults.warn(
                    "unread-value",
                    test.location,
                    f"{where}: `{note.field}` {note.note}",
                    "write a value that can be read",
                )


def _has_value(record: Record, path: str) -> bool:
    """Tell whether anything stands at a full path with indexes (``workforce[0].nationality``)."""
    here: object = record
    for part in path.split("."):
        name, _, index = part.rstrip("]").partition("[")
        here = getattr(here, name, None)
        if index and isinstance(here, tuple):
            here = here[int(index)] if int(index) < len(here) else None
    return here is not None and here != ()
