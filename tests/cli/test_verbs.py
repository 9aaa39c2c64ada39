"""
The verbs as a whole: each can be called, and none is read before.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer

from laborscreen.cli.app import app


def paths(group: object, *before: str) -> Iterator[tuple[str, ...]]:
    for name, verb in group.commands.items():  # type: ignore[attr-defined]
        if hasattr(verb, "commands"):
            yield from paths(verb, *before, name)
        else:
            yield (*before, name)


VERBS = list(paths(typer.main.get_group(app)))


def test_the_verbs_are_deliberate() -> None:
    """No verb falls out."""
    assert len(VERBS) == 35


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_is_called_by_its_name_and_tells_what_it_does(verb: tuple[str, ...]) -> None:
    """A verb bears the name it is called by, and its help says what it does."""
    found: object = typer.main.get_group(app)
    for name in verb:
        found = found.commands[name]  # type: ignore[attr-defined]

    assert found.name == verb[-1]  # type: ignore[attr-defined]
    assert found.help  # type: ignore[attr-defined]


def test_a_verb_is_read_when_it_is_called() -> None:
    """Calling one verb reads the file of no other."""
    code = (
        "import sys\n"
        "from laborscreen.cli.app import app\n"
        "app(['rules', 'check', '--help'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr

    assert "laborscreen.cli.rules_check" in told.split()
    assert {"laborscreen.cli.screen", "laborscreen.cli.rules_list", "laborscreen.screening"} & set(
        told.split()
    ) == set()
