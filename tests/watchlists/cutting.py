"""
One list file, cut at every place, in one reading.

A list cut at each of N kilobytes and read from the start each time costs N readings. But an importer that has been
given the bytes before a place cannot know yet whether any follow. So the file is read once, and where the reading asks
for what stands behind a place, the process forks: in the child the file ends there, for this reading and for every
later opening; the parent is given the next kilobyte. What the child does is what a run on the cut file does, byte for
byte, because all it was ever given are the bytes before the cut. It tells what came of it and ends.

Run by itself (``python -m tests.watchlists.cutting JOB``), so that the process has one thread and little to copy.
"""

from __future__ import annotations

import gc
import io
import json
import mmap
import os
import pickle
import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PosixPath
from typing import Any, BinaryIO, NoReturn
from xml.etree import ElementTree as ET

from lxml import etree

from laborscreen.errors import WatchlistError
from laborscreen.watchlists import listfile
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.importers.importer import ListReading
from laborscreen.watchlists.list_mapping import ListMapping, load_list_mapping
from laborscreen.watchlists.listfile import ListFile

SHOWN = 20
"""Faults told of one file; the others are counted."""


@dataclass(frozen=True)
class Job:
    """
    What to cut.

    Args:
        files: the files of one list.
        cut: which of them is cut.
        every: bytes from cut to cut.
        first: the first place that is cut.
        last: cuts stop before this place, -1 for the end of the file.
        rows_apart: whether what is said of one entry stands in several rows, or in several files.
        lines: whether a refusal must tell a line: files of text that are not packed.
        sips: whether a parser of XML is fed no more bytes at a time than lie between two cuts. As it is fed otherwise, what
            stands between the last full read and the cut is parsed once more for each cut, which is most of the work.
        mapping: the mapping to read it with, or nothing where it has an importer.
        keep: whether to keep what came of each single cut.
    """

    files: tuple[str, ...]
    cut: int = 0
    every: int = 1024
    first: int = 0
    last: int = -1
    rows_apart: bool = False
    lines: bool = False
    sips: bool = False
    mapping: str = ""
    keep: bool = False

    def places(self, size: int) -> list[int]:
        """Return where a file of *size* bytes is cut, in order."""
        return list(range(self.first, size if self.last < 0 else min(size, self.last), self.every))


@dataclass
class Outcome:
    """
    What came of all cuts of one file.

    Args:
        places: how many places it was to be cut at.
        cuts: at how many it was, one process each.
        beyond: how many lie behind what the reading of a refused file asks for, so that a cut there changes nothing.
        refused: at how many it was refused.
        told: at how many it was read, and the reading says that the file may not be whole.
        whole: at how many nothing but blanks was cut off, so that the reading is that of the whole file.
        faults: at how many something happened that must not.
        shown: the first of these, in words.
        causes: how often each refusal was given, without its figures.
        answers: what came of each single cut, where that is kept.
        seconds: CPU time of all processes.
    """

    places: int = 0
    cuts: int = 0
    beyond: int = 0
    refused: int = 0
    told: int = 0
    whole: int = 0
    faults: int = 0
    shown: list[str] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    answers: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0


class CutPath(PosixPath):
    """The path of a file whose bytes come from a `_Knife`."""

    knife: _Knife

    def open(self, mode: str = "r", *_: object, **__: object) -> io.BufferedReader:  # type: ignore[override]
        """Open the file as far as it goes in this process."""
        assert mode == "rb", mode
        return io.BufferedReader(_Cuttable(self.knife))


class _Knife:
    """The bytes of a file, the places where it will be cut, and where it ends in this process."""

    def __init__(
        self, content: mmap.mmap, places: Iterable[int], wait_for: Callable[[int, int], None]
    ) -> None:
        self.content = content
        self.ahead = sorted(places, reverse=True)
        self.end = len(content)
        self.cut_at = -1
        self.answer_to = -1
        self._wait_for = wait_for

    def allowed(self, position: int) -> int:
        """Return how far may be read from *position*; at a place to be cut, fork first."""
        while self.ahead and position == self.ahead[-1]:
            self._fork(self.ahead.pop())
        # A reading that jumped over a place would leave it uncut.
        assert not self.ahead or position < self.ahead[-1], position
        return min(self.end, self.ahead[-1]) if self.ahead else self.end

    def _fork(self, place: int) -> None:
        ours, theirs = os.pipe()
        child = os.fork()
        if child:
            os.close(theirs)
            self._wait_for(child, ours)
            return
        os.close(ours)
        self.end, self.cut_at, self.answer_to = place, place, theirs
        self.ahead.clear()


class _Cuttable(io.RawIOBase):
    """One opening of the file."""

    def __init__(self, knife: _Knife) -> None:
        self._knife = knife
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        assert whence in (os.SEEK_SET, os.SEEK_CUR), whence  # the end is known to nobody but the knife
        self._position = offset + (self._position if whence == os.SEEK_CUR else 0)
        return self._position

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # the protocol's buffer type is private to typeshed
        until = min(self._knife.allowed(self._position), self._position + len(view))
        chunk = self._knife.content[self._position : until]
        view[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)


def cut_everywhere(job: Job) -> Outcome:
    """
    Read a list once, cutting one of its files at every place, and judge what comes of each cut.

    The cut file is read last, so that nothing which does not depend on the cut is done once a cut.
    """
    outcome = Outcome()
    began = _cpu_seconds()
    main = Path(job.files[job.cut])
    others = [Path(name) for place, name in enumerate(job.files) if place != job.cut]
    mapping = load_list_mapping(job.mapping) if job.mapping else None
    with main.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # a fork copies nothing of it
    places = job.places(len(content))
    outcome.places = len(places)
    packed = _packed_reading([*others, main], mapping)

    def wait_for(child: int, answers: int) -> None:
        with os.fdopen(answers, "rb") as told:
            answer = told.read()
        _, status = os.waitpid(child, 0)
        outcome.cuts += 1
        if status or not answer:
            _add_fault(outcome, f"the process died ({status})")
        else:
            _add_answer(outcome, json.loads(answer), job)

    if job.sips:
        _feed_in_sips(job.every)
    cut = CutPath(main)
    cut.knife = knife = _Knife(content, places, wait_for)
    gc.collect()
    gc.freeze()  # what was there before the cuts is not touched by a child's collector, so it is not copied
    try:
        found = _read([*others, cut], mapping)
        if knife.cut_at >= 0:
            kind, text = _judged(found, packed, knife, job, cut.name)
            _end_with(knife, {"kind": kind, "text": text, "said": described(found) if job.keep else {}})
    except BaseException:
        # Whatever it is, in a child it must end here and not in the hands of the caller.
        if knife.cut_at >= 0:
            _end_with(knife, {"kind": "fault", "text": traceback.format_exc(), "said": {}})
        raise
    whole = pickle.loads(packed)
    if found != whole and str(found) != str(whole):
        _add_fault(outcome, f"read to its end, the file gives something else: {found}")
    outcome.beyond = len(places) - outcome.cuts if isinstance(whole, WatchlistError) else 0
    outcome.seconds = _cpu_seconds() - began
    return outcome


class _Sips:
    """A file that gives few bytes at a time."""

    def __init__(self, source: BinaryIO, most: int) -> None:
        self._source = source
        self._most = most

    def read(self, size: int) -> bytes:
        return self._source.read(min(size, self._most))


def _feed_in_sips(most: int) -> None:
    """Have both parsers of XML, from here on, read few bytes at a time."""
    listfile._READ_AHEAD = most
    parser: Any
    for parser in (etree, ET):
        plain = parser.iterparse
        parser.iterparse = partial(_iterparse, plain, most)


def _iterparse(plain: Callable[..., Any], most: int, source: BinaryIO, **how: Any) -> Any:
    return plain(_Sips(source, most), **how)


def _read(paths: Sequence[Path], mapping: ListMapping | None) -> list[ListReading] | WatchlistError:
    """Return the readings of a list, or its refusal."""
    try:
        return list(import_lists([ListFile(path) for path in paths], mapping))
    except WatchlistError as refusal:
        return refusal


def _packed_reading(paths: Sequence[Path], mapping: ListMapping | None) -> bytes:
    """Return the pickled reading of a whole list, made in a child: the less a process holds, the cheaper its forks."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(ours)
            with os.fdopen(theirs, "wb") as told:
                pickle.dump(_read(paths, mapping), told)
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        packed = told.read()
    os.waitpid(child, 0)
    return packed


def _end_with(knife: _Knife, answer: dict[str, Any]) -> NoReturn:
    """Tell the parent what came of the cut, and end at once."""
    with os.fdopen(knife.answer_to, "wb") as told:
        told.write(json.dumps(answer | {"place": knife.cut_at}).encode())
    os._exit(0)


def described(found: list[ListReading] | WatchlistError) -> dict[str, Any]:
    """Return what a user is told of a reading or of a refusal, without the folder of the file."""
    if isinstance(found, WatchlistError):
        place = found.location
        return {
            "message": found.message, "hint": found.hint,
            "line": place.line if place else 0, "column": place.column if place else 0,
        }  # fmt: skip
    (reading,) = found
    return {"entries": len(reading.entries), "warnings": list(reading.provenance.warnings)}


def _judged(
    found: list[ListReading] | WatchlistError,
    packed: bytes,
    knife: _Knife,
    job: Job,
    name: str,
) -> tuple[str, str]:
    """Return what came of a cut of the file *name*: ``refused``, ``told``, ``whole`` or ``fault``, and a text about it."""
    if isinstance(found, WatchlistError):
        fault = _fault_of_refusal(found, name, job)
        return ("fault", fault) if fault else ("refused", found.message)
    (reading,) = found
    whole = pickle.loads(packed)
    known = whole[0].entries if isinstance(whole, list) else reading.entries
    if not knife.content[knife.cut_at :].strip() and reading.entries == known:
        return "whole", ""
    fault = _fault_of_warnings(reading, knife, name) or (
        _fault_of_parted(reading.entries, known, knife)
        if job.rows_apart
        else _fault_of_rows(reading.entries, known)
    )
    return ("fault", fault) if fault else ("told", "")


def _fault_of_refusal(refusal: WatchlistError, name: str, job: Job) -> str:
    """Say what a refusal lacks: the name of the file that is cut, a cause in words, or the line."""
    if name not in str(refusal):
        return f"the refusal does not name the file: {refusal}"
    if not refusal.message.strip():
        return f"the refusal tells no cause: {refusal}"
    placed = refusal.location is not None and refusal.location.line > 0
    if job.lines and not placed and "empty" not in refusal.message:
        return f"the refusal does not name the line: {refusal}"
    return ""


def _fault_of_warnings(reading: ListReading, knife: _Knife, name: str) -> str:
    """Say where a reading of a cut file keeps silent, and where it does not tell that the last line is torn."""
    said = [warning for warning in reading.provenance.warnings if "whole" in warning]
    if not said:
        return f"read in silence: {len(reading.entries)} entries"
    line_ended = knife.content[max(0, knife.cut_at - 1) : knife.cut_at] in (b"\n", b"\r")
    if not line_ended and not any("no line end" in warning and name in warning for warning in said):
        return f"the last line is torn, and nothing says so: {said}"
    return ""


def _fault_of_rows(found: Sequence[Entry], whole: Sequence[Entry]) -> str:
    """
    Say which entry, one a row, is not as in the whole file.

    The last cell of the last row may be cut short: a remark, a number, or what an id made of the row is made from.
    """
    if len(found) > len(whole):
        return f"{len(found)} entries, and the whole file has {len(whole)}"
    for entry, known in zip(found[:-1], whole, strict=False):
        if entry != known:
            return f"entry {entry.id} differs from the whole file"
    for entry, known in zip(found[-1:], whole[len(found) - 1 :], strict=False):
        if entry != replace(
            known, id=entry.id, remarks=entry.remarks, identifiers=entry.identifiers,
            dprk_related=entry.dprk_related, dprk_reasons=entry.dprk_reasons,
        ):  # fmt: skip
            return f"the last entry, {entry.id}, differs from the whole file in more than its last cell"
    return ""


def _fault_of_parted(found: Sequence[Entry], whole: Sequence[Entry], knife: _Knife) -> str:
    """Say which entry, of several rows, is neither as in the whole file nor named in what was cut off."""
    known = {entry.key: entry for entry in whole}
    line = knife.content.rfind(b"\n", 0, knife.cut_at) + 1
    lost = set(re.findall(rb'[^\s,"]+', knife.content[line:]))
    for entry in found:
        if entry.key not in known:
            return f"entry {entry.id} is not in the whole file"
        if entry != known[entry.key] and entry.id.encode() not in lost:
            return f"entry {entry.id} differs from the whole file, and none of its rows was cut off"
    return ""


def _add_answer(outcome: Outcome, answer: dict[str, Any], job: Job) -> None:
    if job.keep:
        outcome.answers.append(answer)
    match answer["kind"]:
        case "refused":
            outcome.refused += 1
            outcome.causes[re.sub(r"\d[\d,.]*|'[^']*'", "#", answer["text"])] += 1
        case "told":
            outcome.told += 1
        case "whole":
            outcome.whole += 1
        case _:
            _add_fault(outcome, f"cut at {answer['place']}: {answer['text']}")


def _add_fault(outcome: Outcome, text: str) -> None:
    outcome.faults += 1
    if len(outcome.shown) < SHOWN:
        outcome.shown.append(text)


def _cpu_seconds() -> float:
    """Return the CPU time of this process and of those it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main() -> None:
    """Cut the file that the job on the command line names, and print what came of it as JSON."""
    job = json.loads(sys.argv[1])
    if job.pop("without_lxml", False):
        sys.modules["lxml"] = None  # type: ignore[assignment]  # what an import statement takes as not installed
    print(json.dumps(vars(cut_everywhere(Job(**job)))))


if __name__ == "__main__":
    main()
