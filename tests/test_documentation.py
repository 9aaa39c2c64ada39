"""
What is written down is true: the README's example and output, and every example in a docstring.
"""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

import laborscreen

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(laborscreen.__path__, "laborscreen.")
    if not module.name.endswith("__main__")
)


def tried(text: str, name: str) -> doctest.TestResults:
    """
    Run the examples in a text.
    """
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    return doctest.DocTestRunner().run(test)


def test_the_example_in_the_readme_gives_what_it_says() -> None:
    """
    The Python blocks of the README run as they stand, one after the other.
    """
    result = tried("".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL)), "README.md")

    assert result.attempted > 3
    assert result.failed == 0


def test_the_output_in_the_readme_is_what_the_program_prints() -> None:
    """
    Every block of the walk-through is up to date (``make walkthrough`` writes them anew).
    """
    ended = subprocess.run(
        [sys.executable, ROOT / "scripts" / "walkthrough.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")


def test_every_link_in_the_readme_leads_somewhere() -> None:
    """
    Relative links name files that are there.
    """
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_verb_of_the_command_line_is_in_the_readme() -> None:
    """
    A verb that is added is documented.
    """
    from laborscreen.cli.app import app

    verbs = typer.main.get_group(app).commands

    assert all(f"laborscreen {verb}" in README for verb in verbs)
    assert all(f"rules {verb}" in README for verb in verbs["rules"].commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    """
    Every example in a docstring gives what it says.
    """
    result = doctest.testmod(importlib.import_module(name))

    assert result.failed == 0


@pytest.mark.parametrize("name", ["procurement_gate.py", "nightly_batch.py"])
def test_the_examples_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The example programs run as the README says, and say something.
    """
    monkeypatch.chdir(ROOT)
    arguments = {
        "procurement_gate.py": [],
        "nightly_batch.py": [
            "examples/vendor_master.csv",
            str(tmp_path / "nights"),
            "--as-of",
            "2026-06-30",
        ],
    }[name]
    monkeypatch.setattr(sys, "argv", [name, *arguments])

    runpy.run_path(str(ROOT / "examples" / name), run_name="__main__")

    assert "refer" in capsys.readouterr().out


def test_every_night_stands_on_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The nightly example screens in full once; after that only a changed record is told, with its cause.
    """
    vendors = tmp_path / "vendors.csv"
    rows = (
        "id,name,country,workforce.nationality,workforce.headcount\nV-1,Vostok,RU,KP,40\nV-2,Duval,FR,{},12\n"
    )
    monkeypatch.setattr(
        sys, "argv", ["nightly_batch.py", str(vendors), str(tmp_path / "nights"), "--as-of", "2026-06-30"]
    )
    told = []
    for crew in ("FR", "FR", "KP"):
        vendors.write_text(rows.format(crew), encoding="utf-8")
        runpy.run_path(str(ROOT / "examples" / "nightly_batch.py"), run_name="__main__")
        told.append(capsys.readouterr().out.splitlines())

    assert [lines[0] for lines in told] == ["every record was screened", *["stood on the night before"] * 2]
    assert [len(lines) for lines in told] == [3, 3, 4]
    assert told[2][1].startswith("V-2: routine -> refer: ")
    assert "LS-NAT-001" in told[2][1]
    assert told[2][1].endswith("(because of: record)")


def test_the_container_file_asks_for_extras_that_exist() -> None:
    """
    Every extra that the container installs is one of the package's.
    """
    told = re.findall(
        r"whl\)\[([a-z,]+)\]", (ROOT / "examples" / "Containerfile").read_text(encoding="utf-8")
    )
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]

    assert told
    assert {extra for line in told for extra in line.split(",")} <= set(known)
