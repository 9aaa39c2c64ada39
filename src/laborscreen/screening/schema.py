"""
The published JSON Schema of a result, made from the result itself.
"""

from __future__ import annotations

from typing import Any

from laborscreen.screening.result import Assessment


def assessment_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of `Assessment.to_dict`.

    It is kept as ``docs/assessment.schema.json``; a test holds the two together.
    """
    from pydantic import TypeAdapter

    schema = TypeAdapter(Assessment).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
