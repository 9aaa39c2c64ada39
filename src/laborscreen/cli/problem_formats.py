"""
Faults of a rulebook for machines: JSON, the annotations of GitHub Actions, and SARIF 2.1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from laborscreen.errors import Problem
from laborscreen.text import visible

FORMATS = ("text", "json", "github", "sarif")
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def written(format: str, problems: Sequence[Problem]) -> str:  # noqa: A002 -- the option's own name
    """Return problems in one of `FORMATS` other than ``text``, ready to be printed."""
    writers: Mapping[str, Callable[[Sequence[Problem]], str]] = {
        "json": _json,
        "github": _github,
        "sarif": _sarif,
    }
    return writers[format](problems)


def _pretty(document: Mapping[str, Any]) -> str:
    import orjson

    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _json(problems: Sequence[Problem]) -> str:
    found = [
        {
            "id": problem.id,
            "severity": problem.severity,
            "path": problem.location.path,
            "line": problem.location.line,
            "column": problem.location.column,
            "length": problem.length,
            "message": problem.message,
            "hint": problem.hint,
            "replacement": problem.replacement,
        }
        for problem in problems
    ]
    errors = sum(problem.severity == "error" for problem in problems)
    return _pretty({"errors": errors, "warnings": len(problems) - errors, "problems": found})


def _github(problems: Sequence[Problem]) -> str:
    return "\n".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    place = problem.location
    properties = {"file": place.path}
    if place.line:
        properties["line"] = str(place.line)
    if place.column:
        properties |= {"col": str(place.column), "endColumn": str(place.column + problem.length)}
    properties["title"] = problem.id
    told = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_escaped(told)}"


def _escaped(text: str, more: str = "") -> str:
    """Return text as a workflow command takes it: what would end it early is written in percent."""
    text = "\n".join(visible(line) for line in text.split("\n"))
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


def _sarif(problems: Sequence[Problem]) -> str:
    from laborscreen import __version__
    from laborscreen.rulebook import message_catalogue

    known = message_catalogue()
    ids = sorted({problem.id for problem in problems})
    rules = [
        {
            "id": id_,
            "shortDescription": {"text": known[id_].says},
            "fullDescription": {"text": known[id_].why},
            "help": {"text": f"laborscreen rules check --explain {id_}"},
        }
        for id_ in ids
    ]
    run = {
        "tool": {"driver": {"name": "laborscreen", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, ids.index(problem.id)) for problem in problems],
    }
    return _pretty({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    told = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    artifact = {"uri": _uri(problem.location.path)}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if problem.location.line:
        physical["region"] = _region(problem)
    made: dict[str, Any] = {
        "ruleId": problem.id,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": told},
        "locations": [{"physicalLocation": physical}],
    }
    if problem.replacement is not None:
        change = {
            "artifactLocation": artifact,
            "replacements": [
                {"deletedRegion": _region(problem), "insertedContent": {"text": problem.replacement}}
            ],
        }
        made["fixes"] = [{"description": {"text": problem.hint}, "artifactChanges": [change]}]
    return made


def _region(problem: Problem) -> dict[str, int]:
    region = {"startLine": problem.location.line}
    if problem.location.column:
        region["startColumn"] = problem.location.column
        region["endColumn"] = problem.location.column + problem.length
    return region


def _uri(path: str) -> str:
    """Return a path as a reference that viewers resolve against the checkout, or as a file address."""
    named = Path(path)
    return named.as_uri() if named.is_absolute() else quote(named.as_posix())
