"""
``laborscreen fields``: the catalogue, for people and for programs.
"""

from __future__ import annotations

import json

import pytest

from laborscreen.record import catalogue
from tests.cli.conftest import Call


def test_every_field_of_the_catalogue_is_listed(call: Call) -> None:
    """
    The JSON form has one object a field, each with its path, type, words and meaning.
    """
    told = [json.loads(line) for line in call("fields", "--json").out.splitlines()]

    assert [one["path"] for one in told] == list(catalogue().fields)
    assert {one["path"]: one for one in told}["workforce.visa"]["words"][0] == "work"


@pytest.mark.parametrize("columns", [60, 100])
def test_the_table_names_every_field_whatever_the_width(call: Call, columns: int) -> None:
    """
    No path is cut off so that it could not be copied into a rule.
    """
    told = "".join(call("fields", "remote_work", columns=columns).out.split())

    for path in catalogue().fields:
        if path.startswith("remote_work."):
            assert path.rpartition(".")[2] in told


def test_a_word_narrows_the_list(call: Call) -> None:
    """
    A word is looked for in paths, meanings and allowed words alike.
    """
    told = call("fields", "dormitory").out

    assert "workforce.lodging" in told
    assert "remote_work" not in told


def test_a_word_that_is_nowhere_is_refused_with_a_hint(call: Call) -> None:
    """
    A misspelt field ends with 2 and the field that was probably meant.
    """
    ended = call("fields", "workforce.nationalty")

    assert ended.code == 2
    assert "workforce.nationality" in ended.err
