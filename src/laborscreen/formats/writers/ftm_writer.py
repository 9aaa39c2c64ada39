"""
Results as FollowTheMoney entities: one JSON object a line.

A record becomes two entities. The party is a ``LegalEntity`` with the record's id, so that it merges with the entity it
was read from. What was found is a ``Risk`` of it: the outcome as its status, bands as programmes, a sentence for each
raised flag as reasons. No topic is set: a topic such as ``sanction`` is a verdict, and a screening gives none.

Source: schemata LegalEntity, Risk and Interval of followthemoney 4.11 (MIT).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from laborscreen.formats.writers.json_writers import json_bytes
from laborscreen.formats.writers.target import Target

SUFFIX = ".ftm.json"


class FtmWriter:
    """
    Writes the party and the risk of each result.

    Args:
        path: the result file.
        keep: bytes of an earlier part to go on after.
    """

    resumable = True

    def __init__(self, path: Path, keep: int | None = None) -> None:
        self.target = Target(path, keep)

    def write(self, assessment: Mapping[str, Any], name: str = "") -> None:
        """Write one assessment in the shape of ``Assessment.to_dict()``, with the record's *name* where it is known."""
        for entity in entities(assessment, name):
            self.target.write(json_bytes(entity, self.target.path) + b"\n")

    def write_json(self, data: bytes) -> None:
        """Write assessments given as lines of JSON; the party then has its id alone."""
        for line in data.splitlines():
            self.write(orjson.loads(line))

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write lines made by `laborscreen.formats.writers.lines_for`; the parties have their names."""
        self.target.write(data)

    def position(self) -> int:
        """Return how many bytes are written; a later run may keep them."""
        return self.target.position()

    def finish(self) -> None:
        """Make the file whole under its own name."""
        self.target.commit()


def entities(assessment: Mapping[str, Any], name: str = "") -> Iterator[dict[str, object]]:
    """Yield the entities of one assessment."""
    party = str(assessment["record_id"])
    provenance = assessment["provenance"]
    known = {"name": [name]} if name else {}
    yield {"id": party, "schema": "LegalEntity", "caption": name or party, "properties": known}
    mark = hashlib.sha1(f"laborscreen\x1f{party}".encode(), usedforsecurity=False).hexdigest()
    raised = [flag for flag in assessment["flags"] if flag["status"] == "raised"]
    told = {
        "entity": [party],
        "authority": [
            f"laborscreen {provenance['software']}".replace("laborscreen laborscreen", "laborscreen")
        ],
        "status": [assessment["outcome"]],
        "program": [f"{axis}: {judged['band']}" for axis, judged in assessment["axes"].items()],
        "reason": [f"{flag['rule']}: {flag['because']}" for flag in raised],
        "date": [provenance["screened_on"]],
    }
    yield {
        "id": mark,
        "schema": "Risk",
        "caption": f"{assessment['outcome']}: {name or party}",
        "properties": {key: values for key, values in told.items() if values},
    }
