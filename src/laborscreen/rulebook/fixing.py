"""
Mending what has one cure only, in the files themselves, character by character: comments and layout stay.

A mend never changes what an entry means that could be read before: the rulebook is read again with the mended text, and a
mend after which a sound rule, guard, list or exception says something else is given up.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from laborscreen.conditions.formula import shape
from laborscreen.errors import OutputError, Problem, UsageError
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.loading import Examined, examine_rulebook
from laborscreen.rulebook.nodes import SourceFile, plain
from laborscreen.rulebook.pack_file import is_pack
from laborscreen.rulebook.parts import Parts
from laborscreen.rulebook.yaml_mending import retabbed
from laborscreen.rulebook.yaml_reading import read_yaml
from laborscreen.source import Location
from laborscreen.text import fold

_MOST_ROUNDS = 12  # a mended fault of syntax shows the faults behind it
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Mend:
    """
    One change of a file.

    Args:
        id: of the fault it mends.
        location: where.
        before: what stood there.
        after: what stands there now.
    """

    id: str
    location: Location
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """
    What can be mended in a rulebook, not yet written.

    Args:
        mends: every change, in file order.
        texts: the mended texts by path.
        originals: the bytes they were made from.
    """

    mends: tuple[Mend, ...]
    texts: Mapping[str, str]
    originals: Mapping[str, bytes]

    def write(self) -> None:
        """
        Write the mended files, each whole or not at all.

        Raises:
            OutputError: a file cannot be written, or was changed by somebody else in the meantime.
        """
        for path, text in self.texts.items():
            _write(Path(os.path.realpath(path)), text, self.originals[path])


def mend_rulebook(path: str | Path, *, today: date | None = None) -> Mended:
    """
    Return the changes that mend what has one cure only; nothing is written.

    Args:
        path: a folder of YAML files or one such file.
        today: as for `check_rulebook`.

    Raises:
        UsageError: it is a pack; the approval of a pack is void when a byte of it changes.
    """
    if is_pack(Path(path)):
        raise UsageError(
            f"{path} is a pack and cannot be mended", hint="mend the folder it was made from, and pack that"
        )
    return _Mending(path, today).run()


class _Mending:
    """One rulebook being mended, round by round."""

    def __init__(self, path: str | Path, today: date | None) -> None:
        self._path = path
        self._today = today
        self._originals: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._mends: list[Mend] = []
        self._given_up: set[tuple[str, Location, str]] = set()

    def run(self) -> Mended:
        found = self._tabs(self._examined(self._texts))
        for _ in range(_MOST_ROUNDS):
            curable = [
                problem
                for problem in found.problems
                if problem.replacement is not None and _key(problem) not in self._given_up
            ]
            if not curable:
                break
            found = self._mended(curable, found)
        changed = {
            path: text for path, text in self._texts.items() if text != _decoded(self._originals[path])
        }
        mends = tuple(sorted(self._mends, key=lambda mend: mend.location))
        return Mended(mends, changed, {path: self._originals[path] for path in changed})

    def _examined(self, texts: Mapping[str, str]) -> Examined:
        return examine_rulebook(self._path, today=self._today, unsaved=texts)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._originals[path] = Path(path).read_bytes()
            self._texts[path] = _decoded(self._originals[path])
        return self._texts[path]

    def _mended(self, curable: Sequence[Problem], before: Examined) -> Examined:
        """Apply cures together; where that changes a meaning, apply them one by one and give up those that do."""
        texts, mends = self._applied(curable)
        after = self._examined(texts)
        if _meaning_kept(before, after):
            self._texts, self._mends = texts, self._mends + mends
            return after
        if len(curable) == 1:
            self._given_up.add(_key(curable[0]))
            return before
        found = before
        # From the end of the files to their beginning, so that the places of what is still to do stay true.
        for problem in sorted(curable, key=lambda one: one.location, reverse=True):
            found = self._mended([problem], found)
        return found

    def _applied(self, curable: Iterable[Problem]) -> tuple[dict[str, str], list[Mend]]:
        texts = dict(self._texts)
        mends = []
        by_file: dict[str, list[Problem]] = {}
        for problem in curable:
            by_file.setdefault(problem.location.path, []).append(problem)
        for path, problems in by_file.items():
            text = self._text(path)
            texts[path], made = _with_cures(text, problems)
            mends += made
        return texts, mends

    def _tabs(self, found: Examined) -> Examined:
        """Turn tabs in the indentation to spaces, where every way to do so that can be read means the same."""
        paths = {problem.location.path for problem in found.problems if problem.id == "tab-indent"}
        for path in sorted(paths):
            text = self._text(path)
            found_by = {
                variant: self._examined(self._texts | {path: variant}).problems
                for variant in dict.fromkeys(retabbed(text))
            }
            fewest = min(map(_how_broken, found_by.values()))
            best = [variant for variant, problems in found_by.items() if _how_broken(problems) == fewest]
            if len({_read(path, variant) for variant in best}) == 1:
                self._mends += _changed_lines(path, text, best[0])
                self._texts[path] = best[0]
        return self._examined(self._texts) if paths else found


def _how_broken(problems: Iterable[Problem]) -> tuple[int, int]:
    """Return how many entries cannot be read at all, which hides their other errors, and how many errors there are."""
    errors = [problem for problem in problems if problem.severity == "error"]
    return sum(problem.id == "yaml-syntax" for problem in errors), len(errors)


def _key(problem: Problem) -> tuple[str, Location, str]:
    return problem.id, problem.location, problem.replacement or ""


def _decoded(content: bytes) -> str:
    return content.decode("utf-8-sig")


def _read(path: str, text: str) -> str:
    node = read_yaml(SourceFile(path, "."), text, Faults())
    return "" if node is None else repr(plain(node))


def _with_cures(text: str, problems: Iterable[Problem]) -> tuple[str, list[Mend]]:
    """Return a text with the cures of some problems in it; of cures that overlap, the first stands."""
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    mends, pieces, done = [], [], 0
    for problem in sorted(problems, key=lambda one: one.location):
        assert problem.replacement is not None
        start = starts[problem.location.line - 1] + problem.location.column - 1
        stop = start + problem.length
        if start < done:
            continue
        pieces += [text[done:start], problem.replacement]
        done = stop
        mends.append(Mend(problem.id, problem.location, text[start:stop], problem.replacement))
    return "".join((*pieces, text[done:])), mends


def _changed_lines(path: str, before: str, after: str) -> list[Mend]:
    pairs = zip(_LINE.findall(before), _LINE.findall(after), strict=True)
    return [
        Mend("tab-indent", Location(path, number, 1), old.rstrip("\r\n"), new.rstrip("\r\n"))
        for number, (old, new) in enumerate(pairs, 1)
        if old != new
    ]


def _meaning_kept(before: Examined, after: Examined) -> bool:
    """Tell whether every entry that was without error still says the same."""
    starts = before.parts.starts
    faulty = {
        bisect_right(starts, (problem.location.path, problem.location.line))
        for problem in before.problems
        if problem.severity == "error"
    }
    now = _meanings(after.parts)
    return all(
        bisect_right(starts, (place.path, place.line)) in faulty or now.get(key, (place, None))[1] == meaning
        for key, (place, meaning) in _meanings(before.parts).items()
    )


def _meanings(parts: Parts) -> dict[object, tuple[Location, object]]:
    """Return what each entry of a rulebook says, its words for people aside."""
    found: dict[object, tuple[Location, object]] = {}
    for rule in parts.rules:
        applies = None if rule.applies_when is None else shape(rule.applies_when)
        tests: Any = [(test.expect, repr(test.record), test.as_of, test.listed) for test in rule.tests]
        found["rule", rule.id] = (
            rule.location,
            (
                shape(rule.when), applies, rule.status, rule.version, rule.axis, rule.group, rule.strength,
                rule.valid_from, rule.valid_to, dict(rule.floor), rule.exposure, rule.evidence_kind,
                rule.sensitive, rule.purposes, tests,
            ),
        )  # fmt: skip
    for guard in parts.guards:
        found["guard", guard.id] = (guard.location, (guard.suppresses, shape(guard.when)))
    for name in parts.own_lists:
        made = parts.lists[name]
        texts = [fold(text) if made.match == "whole_word" else text for text in made.texts]
        found["list", name] = (made.location, (made.match, texts))
    for entry in parts.exceptions:
        key = ("exception", entry.rule, entry.record, entry.entry, entry.fingerprint_record)
        says = (entry.expires, entry.fingerprint_entry, entry.fingerprint_thresholds)
        found[key] = (entry.location, says)
    return found


def _write(path: Path, text: str, original: bytes) -> None:
    mark = b"\xef\xbb\xbf" if original.startswith(b"\xef\xbb\xbf") else b""
    hidden = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            hidden = Path(stream.name)
            stream.write(mark + text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, hidden)
        if path.read_bytes() != original:
            raise OutputError(
                "the file was changed while it was being mended",
                location=Location(str(path)),
                hint="save it, and run the command again",
            )
        hidden.replace(path)
    except OSError as error:
        raise OutputError(
            f"the file cannot be written: {error.strerror or error}",
            location=Location(str(path)),
            hint="check its permissions and the space on the disk",
        ) from error
    finally:
        if hidden is not None:
            hidden.unlink(missing_ok=True)
