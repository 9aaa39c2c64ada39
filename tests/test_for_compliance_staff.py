"""
docs/for-compliance-staff.md does what it says: every file, change and command of it, in order, as a new user would.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laborscreen.cli.app import app

ROOT = Path(__file__).parents[1]
STEP = re.compile(
    r"<!-- file (?P<file>\S+) -->\n```yaml\n(?P<yaml>.*?)```"
    r"|<!-- change (?P<changed>\S+): (?P<old>.+?) => (?P<new>.+?) -->"
    r"|<!-- raise (?P<raised>\S+): (?P<rule>\S+) -->"
    r"|(?:<!-- ends with (?P<code>\d) -->\n)?```console\n(?P<console>.*?)```",
    re.DOTALL,
)


def words(text: str) -> str:
    """Return a text without its layout."""
    return " ".join(text.split())


def run(console: str, code: int) -> None:
    """Run a block's command and look for the lines it shows, in their order."""
    command, *shown = console.strip().splitlines()
    program, *arguments = shlex.split(command.removeprefix("$ "))
    if program == "cp":
        shutil.copytree(arguments[1], arguments[2])
        return
    assert program == "laborscreen"
    ended = CliRunner(env={"COLUMNS": "100"}).invoke(app, arguments)
    assert ended.exit_code == code, (command, ended.output)
    told = words(ended.stdout + " " + ended.stderr)
    for line in shown:
        for part in filter(str.strip, line.split("…")):
            before, found, told = told.partition(words(part))
            assert found, (command, line, before)


def test_the_page_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Followed from top to bottom, each command ends as the page says and shows what the page shows."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    steps = list(STEP.finditer((ROOT / "docs" / "for-compliance-staff.md").read_text(encoding="utf-8")))

    for step in steps:
        part = step.groupdict()
        if part["file"]:
            Path(part["file"]).write_text(part["yaml"], encoding="utf-8")
        elif part["changed"]:
            text = Path(part["changed"]).read_text(encoding="utf-8")
            assert part["old"] in text
            Path(part["changed"]).write_text(text.replace(part["old"], part["new"], 1), encoding="utf-8")
        elif part["raised"]:
            head, found, tail = (
                Path(part["raised"]).read_text(encoding="utf-8").partition(f"id: {part['rule']}\n")
            )
            assert found
            raised = re.sub(r"version: (\d+)", lambda number: f"version: {int(number[1]) + 1}", tail, count=1)
            Path(part["raised"]).write_text(head + found + raised, encoding="utf-8")
        else:
            run(part["console"], int(part["code"] or 0))

    assert len(steps) >= 20
    run("$ laborscreen rules check ours", 0)


def test_every_block_of_the_page_is_followed() -> None:
    """No block of YAML or commands stands on the page that the test would pass over."""
    text = (ROOT / "docs" / "for-compliance-staff.md").read_text(encoding="utf-8")

    assert text.count("```yaml") + text.count("```console") == sum(
        bool(step["file"] or step["console"]) for step in STEP.finditer(text)
    )
