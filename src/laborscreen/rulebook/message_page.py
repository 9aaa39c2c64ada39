"""
The catalogue of messages as one page for people, with what the check says of each bad example.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from laborscreen.rulebook.fixing import mend_rulebook
from laborscreen.rulebook.loading import check_rulebook
from laborscreen.rulebook.messages import DAY, Example, Message, message_catalogue
from laborscreen.rulebook.render import Renderer


def as_message_page() -> str:
    """Return docs/rule-messages.md."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    known = message_catalogue()
    yield "# What `laborscreen rules check` says"
    yield ""
    yield (
        f"All {len(known)} messages, in the order in which a rule file is read. Written by `make docs` from "
        "`src/laborscreen/rulebook/tables/messages.yaml`; a test runs every example."
    )
    yield ""
    yield (
        "An **error** refuses the rulebook, a **warning** asks for a second look. Where it says *mended by `--fix`*, "
        "there is one cure only for the example, and `laborscreen rules check DIR --fix` writes it. "
        "`laborscreen rules check --explain ID` tells the same in the terminal."
    )
    yield ""
    yield ", ".join(f"[{id_}](#{id_})" for id_ in sorted(known))
    for message in known.values():
        yield from _entry(message)


def _entry(message: Message) -> Iterator[str]:
    yield ""
    yield f"## {message.id}"
    yield ""
    yield f"{message.says}"
    yield f"{message.why}"
    yield ""
    if message.bad.files is None:
        yield f"Not so: {message.bad.shown}"
        yield ""
        yield f"But so: {message.good.shown}"
        return
    yield from _block("yaml", message.bad.shown)
    yield ""
    said, mended = _said(message.bad, message.id)
    yield from _block("text", said)
    yield ""
    yield "Better (mended by `--fix`):" if mended else "Better:"
    yield ""
    yield from _block("yaml", message.good.shown)


def _block(kind: str, text: str) -> Iterator[str]:
    yield f"```{kind}"
    yield from text.rstrip("\n").replace("\x07", "\\x07").split("\n")
    yield "```"


def _said(example: Example, id_: str) -> tuple[str, bool]:
    """Return what the check says of an example under an id, as the terminal shows it, and whether it can be mended."""
    assert example.files is not None
    with tempfile.TemporaryDirectory() as folder:
        for path, text in example.files.items():
            Path(folder, path).write_text(text, encoding="utf-8")
        found = [problem for problem in check_rulebook(folder, today=DAY) if problem.id == id_]
        drawn = "\n".join(map(Renderer().render, found))
        mended = any(mend.id == id_ for mend in mend_rulebook(folder, today=DAY).mends)
    return drawn.replace(f"{folder}{os.sep}", "").replace(folder, "rules"), mended
