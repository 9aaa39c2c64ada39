"""
The shipped mapping profiles as they were parsed, kept beside the code as data, so that no start has to load a YAML parser.

``tables/profiles.json`` tells for each the digest of the text it was made from; of an edited text nothing is known here, and
it is parsed. ``scripts/write_docs.py`` writes it, and a test holds it to what the files say.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from laborscreen.formats.plain_yaml import Faults, Plain, read_plain
from laborscreen.prepared import digest_of, open_prepared, text_of_table

PREPARED = Path(__file__).parent / "tables" / "profiles.json"


def prepared_profile(name: str, text: str) -> Plain | None:
    """
    Return what parsing the shipped profile *name* gives, or None where *text* is not the one it was prepared from.

    >>> prepared_profile("generic", "profile: edited") is None
    True
    """
    digest, *tree = _prepared().get(name, ("",))
    return _plain(tree) if digest == digest_of(text.encode()) else None


def prepare_profiles() -> str:
    """Return the prepared form of all shipped profiles."""
    prepared = {}
    for path in sorted((Path(str(files(__package__))) / "profiles").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        faults = Faults(path.name)
        top = read_plain(text, faults)
        faults.raise_any()
        assert top is not None
        prepared[path.stem] = [digest_of(text.encode()), *_data(top)]
    lines = (orjson.dumps({name: made}).decode()[1:-1] for name, made in prepared.items())
    return text_of_table("{" + ",\n".join(lines) + "}\n")


@cache
def _prepared() -> dict[str, list[Any]]:
    prepared = open_prepared(PREPARED)
    found: dict[str, list[Any]] = {} if prepared is None else orjson.loads(prepared.body)
    return found


def _data(node: Plain) -> list[Any]:
    """Return value, line and column of a node, all the way down."""
    value: Any = node.value
    if isinstance(value, dict):
        value = {key: _data(inner) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_data(inner) for inner in value]
    return [value, node.line, node.column]


def _plain(data: list[Any]) -> Plain:
    value, line, column = data
    if isinstance(value, dict):
        value = {key: _plain(inner) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_plain(inner) for inner in value]
    return Plain(value, line, column)
