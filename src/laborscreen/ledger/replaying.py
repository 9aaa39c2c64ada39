"""
An old result made again from what is stored, and held against it byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from laborscreen.errors import LaborscreenError, UsageError
from laborscreen.ledger import stored_input
from laborscreen.ledger.stored import Replay, StoredCase
from laborscreen.screening import Assessment, Screener

_TOLD = 20  # places that differ, named one by one


def replay(case: StoredCase, screener: Screener) -> Replay:
    """
    Screen a stored record again, as of the day it was screened.

    Args:
        case: the stored assessment.
        screener: made with the rulebook and the lists of that time.

    Raises:
        UsageError: its texts were erased or are redacted.
    """
    if case.stored_input is None or case.result is None:
        raise UsageError(f"assessment {case.assessment} was erased and cannot be made again")
    try:
        record = stored_input.to_record(case.stored_input, case.run.settings)
        again = screener.screen(record, as_of=case.run.screened_on)
    except LaborscreenError as error:
        return Replay(case.assessment, False, (f"the record can no longer be screened: {error}",))
    if again.to_json().encode() == case.result:
        return Replay(case.assessment, True, ())
    return Replay(case.assessment, False, tuple(_differences(case, again)))


def _differences(case: StoredCase, again: Assessment) -> Iterator[str]:
    """Yield causes first (software, rulebook, lists), then the places in the result that differ."""
    run, now = case.run, again.provenance
    if run.software != now.software:
        yield f"software: {run.software} then, {now.software} now"
    if run.rulebook != now.rulebook:
        yield f"rulebook: {run.rulebook} then, {now.rulebook} now"
    if run.lists != now.lists:
        then = ", ".join(f"{one.list} {one.digest}" for one in run.lists) or "none"
        told = ", ".join(f"{one.list} {one.digest}" for one in now.lists) or "none"
        yield f"lists: {then} then, {told} now"
    places = list(_places(orjson.loads(case.result or b"null"), again.to_dict(), ""))
    yield from (f"{place} differs" for place in places[:_TOLD] if not place.startswith("provenance."))
    if len(places) > _TOLD:
        yield f"and {len(places) - _TOLD} more places"
    if not places:
        yield "the same values are written in another way"


def _places(then: object, now: object, path: str) -> Iterator[str]:
    if isinstance(then, dict) and isinstance(now, dict):
        for name in dict.fromkeys([*then, *now]):
            yield from _places(then.get(name), now.get(name), f"{path}.{name}" if path else str(name))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from _places(one, other, f"{path}[{number}]")
    elif then != now:
        yield path
