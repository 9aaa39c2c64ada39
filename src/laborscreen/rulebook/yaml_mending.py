"""
What is wrong with the writing of a YAML file, told as a person would, and how to read on past it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from laborscreen.errors import Problem
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.nodes import SourceFile
from laborscreen.source import Location

_TEXT_AFTER_BRACKET = re.compile(r"[:-] +[{\[].*[}\]] *$")
_TAB_INDENT = re.compile(r"^([ ]*(?:- +)*)\t", re.MULTILINE)
_INDENT = re.compile(r"[ \t]*(?:-[ \t]+)*")
_ODD_MARKS = (
    (
        re.compile(r"(?:[:,\[{]|^ *-) +[“”„‘’]", re.MULTILINE),
        "curly-quotes",
        "curly quotation marks are part of the text; they do not begin a quotation",
        "write a plain \" or '",
    ),
    (
        re.compile(r"^[^\"'#\n]*?[\u00a0\u200b\ufeff\u00ad]", re.MULTILINE),
        "invisible-mark",
        "an invisible mark (such as a non-breaking space) stands here",
        "delete and retype the space or the word",
    ),
)
_CURLY_VALUE = re.compile(r"[“”„‘’]([^\n\\\"“”„‘’]+)[“”’](?= *(?:[,\]}\n]| #|\Z))")
_SPACE = {"\u00a0": " "}
"""What a hidden mark is written as in plain text; the others stand for nothing."""
_TAB_WIDTHS = (2, 4, 8)
_ONE_VALUE = re.compile(r" *(?:- +)*[A-Za-z_]+: +(?P<value>[^\s#'\"&*!|>{}\[\]][^#'\"\\]*?) *$")
_KEY = re.compile(r"[a-z][a-z_]*")
_HAS_KEY = re.compile(r".*:(?: |$)")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
_MARKS = frozenset("“”„‘’\u00a0\u200b\ufeff\u00ad")
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A place, counted from 1, a sentence and a cure; *replacement* stands for *length* characters from the place on."""

    line: int
    column: int
    message: str
    hint: str
    length: int = 1
    replacement: str | None = None


def prepared(file: SourceFile, text: str, faults: Faults) -> str:
    """
    Return *text* with what no YAML reader accepts reported and put out of the way.

    Tabs in the indentation and control characters become spaces, each reported; line breaks that editors do
    not show as such become spaces, so that line numbers agree with the editor's.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ODD_BREAK.search(text):
        text = _ODD_BREAK.sub(" ", text)
    for found in _UNREADABLE.finditer(text):
        line, column = place_of(text, found.start())
        faults.error(
            "control-character",
            Location(file.path, line, column),
            f"an invisible control character (U+{ord(found[0]):04X}) stands here",
            "delete and retype this word",
        )
    text = _UNREADABLE.sub(" ", text)
    for tab in _TAB_INDENT.finditer(text):
        line, column = place_of(text, tab.end() - 1)
        place = Location(file.path, line, column)
        faults.error("tab-indent", place, "a tab stands in the indentation", "use spaces, two for each level")
    _warn_of_odd_marks(file, text, faults)
    return _untabbed(text) if "\t" in text else text


def _untabbed(text: str) -> str:
    """Return a text whose tabbed lines begin where the key or the dash above them does, which is where most were meant to."""
    lines = text.split("\n")
    key = dash = 0
    opens = False
    for number, line in enumerate(lines):
        indent = _INDENT.match(line)
        assert indent is not None
        said, dashes = line[indent.end() :], indent[0].count("-")
        if "\t" in indent[0]:
            start = key + 2 if opens else dash if dashes else key
            lines[number] = " " * start + "- " * dashes + said
            key, dash = start + 2 * dashes, start if dashes else dash
        elif _says_something(line):
            key, dash = indent.end(), indent[0].index("-") if dashes else dash
        if said.strip() and not said.startswith("#"):
            opens = said.rstrip().endswith(":")
    return "\n".join(lines)


def retabbed(text: str) -> Iterator[str]:
    """Yield the ways in which the tabs in the indentation of a text may have been meant: as levels, or as columns."""
    yield _untabbed(text)
    for width in _TAB_WIDTHS:
        yield "".join(
            f"{indent[0].expandtabs(width)}{line[indent.end() :]}"
            if (indent := _INDENT.match(line))
            else line
            for line in text.splitlines(keepends=True)
        )


def _warn_of_odd_marks(file: SourceFile, text: str, faults: Faults) -> None:
    """Tell of what word processors put in place of plain quotation marks and spaces."""
    if _MARKS.isdisjoint(text):
        return
    for pattern, id_, message, hint in _ODD_MARKS:
        for found in pattern.finditer(text):
            at = found.end() - 1
            length, replacement = (
                _plain_quotation(text, at) if id_ == "curly-quotes" else (1, _SPACE.get(text[at], ""))
            )
            place = Location(file.path, *place_of(text, at))
            faults.keep(Problem(id_, place, message, hint, length, "warning", replacement))


def _plain_quotation(text: str, at: int) -> tuple[int, str | None]:
    """Return how long the quotation that begins at a place is, and the same in plain marks where it is a whole value."""
    found = _CURLY_VALUE.match(text, at)
    return (1, None) if found is None else (found.end() - at, f'"{found[1]}"')


def place_of(text: str, at: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of a position."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def told_plainly(error: yaml.YAMLError, text: str) -> SyntaxFault:
    """Return the parser's complaint in plain words, at the line a person would mend."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return SyntaxFault(1, 1, "this is not YAML that can be read", "open the file in a plain text editor")
    problem = (error.problem or "").lower()
    context = (error.context or "").lower()
    here = (error.problem_mark.line + 1, error.problem_mark.column + 1)
    opened = (error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else here
    lines = text.split("\n")
    if "quoted scalar" in context:
        return SyntaxFault(
            *opened, "a quotation mark opens here and never closes", "close it on the same line"
        )
    if "flow" in context:
        return SyntaxFault(
            *opened,
            "the bracket that opens here is not closed, or a comma is missing in it",
            "text that begins with { or [ needs quotation marks",
        )
    if "mapping values are not allowed" in problem:
        return _stray_colon(here, lines)
    if "could not find expected ':'" in problem:
        return _no_colon(lines, opened)
    if "block mapping" in context or "block collection" in context or "block sequence" in problem:
        return _misplaced(here, lines)
    if "cannot start any token" in problem:
        letter = _letter_at(lines, here)
        message, hint = f"a value cannot begin with {letter!r}", "put quotation marks around it"
        return _quoted(here, lines, message, hint) or SyntaxFault(*here, message, hint)
    if "alias" in context or "anchor" in context or "tag" in context:
        return SyntaxFault(*here, "a value cannot begin with &, * or ! here", "put quotation marks around it")
    return SyntaxFault(
        *here,
        f"YAML cannot be read here: {error.problem}",
        "look at the indentation of this line and the one above",
    )


def _stray_colon(here: tuple[int, int], lines: list[str]) -> SyntaxFault:
    line = lines[here[0] - 1]
    above = next((n for n in range(here[0] - 1, 0, -1) if _says_something(lines[n - 1])), 0)
    if above and not _HAS_KEY.match(lines[above - 1]) and _indent(lines[above - 1]) <= _indent(line):
        start = _indent(lines[above - 1]) + 1
        return _no_colon(lines, (above, start))
    before = line[: here[1] - 1]
    if ":" in before:
        message = "a second colon stands in this line"
        hint = "put quotation marks around text that holds a colon"
        return _quoted(here, lines, message, hint) or SyntaxFault(*here, message, hint)
    return SyntaxFault(
        here[0], _indent(line) + 1, "this line is indented too far", "begin it below the line it belongs with"
    )


def _quoted(here: tuple[int, int], lines: list[str], message: str, hint: str) -> SyntaxFault | None:
    """Return the fault of a value that needs quotation marks, with them; None where the line holds more."""
    found = _ONE_VALUE.match(lines[here[0] - 1])
    if found is None or here[1] <= found.start("value"):
        return None
    value = found["value"]
    return SyntaxFault(here[0], found.start("value") + 1, message, hint, len(value), f'"{value}"')


def _no_colon(lines: list[str], place: tuple[int, int]) -> SyntaxFault:
    word = _word_at(lines, place)
    key, colon, value = word.partition(":")
    if colon and value:
        message, hint = "a space is missing after the colon", f"write `{key}: {value} ...`"
        if not _KEY.fullmatch(key) or value.startswith("/"):
            return SyntaxFault(*place, message, hint)
        column = lines[place[0] - 1].index(f"{key}:", place[1] - 1) + 1
        return SyntaxFault(place[0], column, message, hint, len(key) + 1, f"{key}: ")
    return SyntaxFault(*place, "a colon is missing after this word", f"write `{word}: ...`")


def _misplaced(here: tuple[int, int], lines: list[str]) -> SyntaxFault:
    line = lines[here[0] - 1] if here[0] <= len(lines) else ""
    if not line.strip():
        return SyntaxFault(*here, "the entry above breaks off here", "finish it, or delete it")
    if _TEXT_AFTER_BRACKET.search(line[: here[1] - 1]):
        message = "text goes on after a closing bracket"
        return SyntaxFault(*here, message, "put quotation marks around text that begins with { or [")
    message = f"`{line.strip()[:40]}` does not fit the indentation above it"
    hint = "keys of one entry begin in the same column, two spaces in from what they belong to"
    return SyntaxFault(*here, message, hint)


def lines_to_leave_out(lines: list[str], fault_line: int) -> tuple[int | None, int]:
    """
    Return the first and last line (from 1) of the entry of the outermost list in which *fault_line* stands.

    The first is None where the line stands in no entry.
    """
    starts = [number for number, line in enumerate(lines, 1) if line.lstrip(" ").startswith("- ")]
    if not starts:
        return None, 0
    outermost = min(_indent(lines[number - 1]) for number in starts)
    entries = [number for number in starts if _indent(lines[number - 1]) == outermost]
    first = max((number for number in entries if number <= fault_line), default=None)
    if first is None:
        return None, 0
    following = min((number for number in entries if number > first), default=len(lines) + 1)
    section = min(
        (n for n in range(first + 1, following) if lines[n - 1][:1].isalpha() and outermost > 0),
        default=following,
    )
    return first, min(following, section) - 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _word_at(lines: list[str], place: tuple[int, int]) -> str:
    rest = lines[place[0] - 1][place[1] - 1 :].lstrip("- ") if place[0] <= len(lines) else ""
    return rest.split(maxsplit=1)[0][:40] if rest.split() else "key"


def _letter_at(lines: list[str], place: tuple[int, int]) -> str:
    line = lines[place[0] - 1] if place[0] <= len(lines) else ""
    return line[place[1] - 1 : place[1]] or "this"
