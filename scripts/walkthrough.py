"""
Write the output shown in the README anew, so that it is what the program prints.

A block begins with ``<!-- walkthrough: COMMAND -->`` and ends with ``<!-- end -->``; what stands between is replaced. With
``<!-- walkthrough: COMMAND | lines 1-20, last 5 -->`` only those lines are shown, and dots stand where some are left out.
``--check`` writes nothing and fails where a block is not what the program prints today.
"""  # noqa: INP001

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
COLUMNS = 100
_BLOCK = re.compile(
    r"(<!-- walkthrough: (?P<command>[^|>]+?)(?: \| lines (?P<lines>[\dlast, -]+?))? -->\n).*?(<!-- end -->)",
    re.DOTALL,
)


def output_of(command: str) -> list[str]:
    """Return the lines a command prints, errors among them, without the blanks at their ends."""
    program, *arguments = shlex.split(command)
    called = [sys.executable, "-m", "laborscreen"] if program == "laborscreen" else [sys.executable]
    settings = {**os.environ, "COLUMNS": str(COLUMNS), "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(  # noqa: S603 -- the commands stand in our own README
        [*called, *arguments],
        cwd=HERE,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return [
        line.rstrip() for line in ended.stdout.decode("utf-8").replace(f"{HERE}{os.sep}", "").splitlines()
    ]


def chosen(lines: list[str], wanted: str | None) -> list[str]:
    """
    Return the wanted lines, with dots where some are left out.

    >>> chosen(["a", "b", "c", "d"], "1, 3-4")
    ['a', '...', 'c', 'd']
    >>> chosen(["a", "b", "c", "d"], "1, last 1")
    ['a', '...', 'd']
    """
    if wanted is None:
        return lines
    shown: list[str] = []
    last = 0
    for part in wanted.split(","):
        words = part.strip()
        if words.startswith("last"):
            words = f"{max(last + 1, len(lines) + 1 - int(words.removeprefix('last')))}-{len(lines)}"
        first, _, end = words.partition("-")
        if int(first) > last + 1:
            shown.append("...")
        last = int(end or first)
        shown += lines[int(first) - 1 : last]
    return [*shown, "..."] if last < len(lines) else shown


def renewed(text: str) -> str:
    """Return a text with every block replaced by what its command prints."""

    def block(found: re.Match[str]) -> str:
        shown = "\n".join(chosen(output_of(found["command"]), found["lines"])).strip("\n")
        return f"{found[1]}```console\n$ {found['command']}\n{shown}\n```\n{found[4]}"

    return _BLOCK.sub(block, text)


def main() -> int:
    """Renew the README, or check it."""
    arguments = argparse.ArgumentParser(description="Write the output shown in the README anew.")
    arguments.add_argument(
        "--check", action="store_true", help="write nothing; fail where the README is out of date"
    )
    check = arguments.parse_args().check
    path = HERE / "README.md"
    before = path.read_text(encoding="utf-8")
    after = renewed(before)
    if check and after != before:
        sys.stderr.write("README.md does not show what the program prints: run `make walkthrough`\n")
        return 1
    if not check:
        path.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
