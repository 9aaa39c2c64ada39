"""
Results read back from the file a run wrote: JSON lines, each checked against the published form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from laborscreen.errors import InputError
from laborscreen.screening import Assessment
from laborscreen.source import Location

MAX_RESULT_LINE: Final = 32_000_000
"""Bytes of one result; longer lines are refused before they are parsed."""


def read_results(path: Path) -> Iterator[tuple[bytes, Assessment]]:
    """
    Yield each result of a ``.jsonl`` file as written and as an assessment, in order.

    Raises:
        InputError: the file is no such file, or a line is no result; the line is named.
    """
    if path.suffix.lower() not in {".jsonl", ".ndjson"}:
        raise InputError(
            "results are read from JSON lines",
            location=Location(str(path)),
            hint="screen with -o RESULTS.jsonl",
        )
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_RESULT_LINE + 1):
            number += 1
            if len(line) > MAX_RESULT_LINE:
                raise InputError(
                    f"the line is longer than {MAX_RESULT_LINE:,} bytes (MAX_RESULT_LINE)",
                    location=Location(str(path), number),
                )
            if line.strip():
                yield line.rstrip(b"\r\n"), _assessment(line, path, number)


def read_result(line: bytes, place: str) -> Assessment:
    """
    Return one result in its published form as an assessment.

    Args:
        line: the result.
        place: where it was kept, for the message.

    Raises:
        InputError: it is no result.
    """
    return _assessment(line, Path(place), 1)


def _assessment(line: bytes, path: Path, number: int) -> Assessment:
    from pydantic import ValidationError

    try:
        found: Assessment = _adapter().validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        told = f"{place}: {first['msg']}" if place else first["msg"]
        raise InputError(
            f"this line is no result: {told}",
            location=Location(str(path), number),
            hint="results are what `laborscreen screen -o RESULTS.jsonl` writes",
        ) from error
    return found


@lru_cache(maxsize=1)
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Assessment)
