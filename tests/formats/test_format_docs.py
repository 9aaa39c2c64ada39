"""
The pages on formats and mapping profiles are true.
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from laborscreen.formats import Format, parse_profile, shipped_profiles

DOCS = Path(__file__).parents[2] / "docs"
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
PROFILES = (DOCS / "mapping-profiles.md").read_text(encoding="utf-8")


def test_the_example_in_python_runs() -> None:
    """The example on the page of formats gives what it says."""
    block = re.findall(r"```python\n(.*?)```", FORMATS, re.DOTALL)[0]
    found = doctest.DocTestRunner().run(
        doctest.DocTestParser().get_doctest(block, {}, "formats.md", "formats.md", 0)
    )
    assert (found.failed, found.attempted > 5) == (0, True)


def test_the_profile_on_the_page_is_one() -> None:
    """The profile shown to staff is read as it stands."""
    block = re.findall(r"```yaml\n(.*?)```", PROFILES, re.DOTALL)[0]
    assert parse_profile(block, "page.yaml").own_parties == ("payments.payee",)


@pytest.mark.parametrize("name", [*Format])
def test_every_format_is_on_the_page(name: str) -> None:
    """A format that is added is documented."""
    assert f"`{name}`" in FORMATS


def test_every_shipped_profile_is_on_the_page() -> None:
    """A profile that is added is documented."""
    assert [name for name in shipped_profiles() if f"`{name}`" not in PROFILES] == []


def test_commands_on_the_pages_exist() -> None:
    """Every command shown is one of the program's, with options it has."""
    from typer.testing import CliRunner

    from laborscreen.cli.app import app

    for line in re.findall(r"^\$ laborscreen (.*)$", FORMATS + PROFILES, re.MULTILINE):
        words = line.split()
        verb = words[:2] if words[0] == "map" else words[:1]
        shown = CliRunner().invoke(app, [*verb, "--help"], env={"COLUMNS": "200"}).output
        assert all(option in shown for option in words if option.startswith("-")), line
