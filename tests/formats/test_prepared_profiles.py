"""
The shipped mapping profiles as they were parsed: quicker to load, and the same.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from laborscreen.formats import load_profile, parse_profile, shipped_profiles
from laborscreen.formats.plain_yaml import Faults, read_plain
from laborscreen.formats.prepared_profiles import PREPARED, prepare_profiles, prepared_profile

NAMES = sorted(shipped_profiles())


def written(name: str) -> str:
    return (Path(str(files("laborscreen.formats"))) / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")


def test_the_prepared_profiles_are_those_of_the_files() -> None:
    """A profile that is edited is prepared anew."""
    assert PREPARED.read_text(encoding="utf-8") == prepare_profiles(), "write it anew with `make docs`"


@pytest.mark.parametrize("name", NAMES)
def test_a_prepared_profile_is_the_parsed_one_to_the_line_and_column(name: str) -> None:
    """Values, lines and columns are those that the YAML parser tells, and so is the profile made of them."""
    text = written(name)

    assert prepared_profile(name, text) == read_plain(text, Faults(name))
    assert load_profile(name) == parse_profile(text, f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_an_edited_profile_is_not_taken_from_what_was_prepared(name: str) -> None:
    """One sign more, and the text is parsed."""
    assert prepared_profile(name, written(name) + "\n") is None


def test_screening_a_table_loads_no_yaml_parser() -> None:
    """The profile, the rules and UTF-8 are told without it."""
    code = (
        "import sys\n"
        "from laborscreen.cli.app import app\n"
        "app(['screen', 'examples/vendor_master.csv', '--jobs', '1'], standalone_mode=False)\n"
        "print('yaml' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)

    assert ended.stdout == "False\n"
