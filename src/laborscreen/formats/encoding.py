"""
Which encoding a text file is in: told by its mark, by being valid UTF-8, or by what its text looks like.

A file is read wholly once before a row of it is given out, so an error in the last line refuses the file before
anything was screened. What cannot be told with confidence is refused: misread text is never screened.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final, NamedTuple

from laborscreen.errors import InputError
from laborscreen.formats.bytes_in import FileBytes, refuse_binary
from laborscreen.formats.plausibility import scripts
from laborscreen.source import Location

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_HEAD: Final = 65_536  # bytes looked at to tell text from a binary file
_SAMPLE: Final = 262_144  # bytes of lines beyond ASCII that are looked at to tell the encoding
_CONFIDENT: Final = 0.95  # share of lines that must look right
_BINARY: Final = 0.002  # share of control characters above which a file is no text
_CONTROLS: Final = bytes(sorted({*range(32), 127} - {0, 9, 10, 11, 12, 13, 26, 27}))


class Encoding(NamedTuple):
    """
    The encoding of a file.

    Args:
        codec: Python's name for it.
        mark: how many bytes of byte-order mark stand at the start.
        note: what to tell people, empty for UTF-8.
    """

    codec: str
    mark: int = 0
    note: str = ""


def detect(file: FileBytes, wanted: str = "a text file") -> Encoding:
    """
    Return the encoding of a *file*, having read all of it.

    Raises:
        InputError: it is binary, damaged, or its encoding cannot be told with confidence.
    """
    head = file.head(_HEAD)
    refuse_binary(head, file.name, wanted)
    for mark, codec, title in _MARKS:
        if head.startswith(mark):
            _must_decode(file, codec, title)
            note = "" if codec == "utf-8" else f"read as {title}, told by its byte-order mark"
            return Encoding(codec, len(mark), note)
    wide = _wide(head)
    if wide:
        _must_decode(file, wide, "UTF-16")
        return Encoding(wide, 0, "read as UTF-16, told by its zero bytes")
    _refuse_controls(head, file.name, wanted)
    fault = _first_fault(file, "utf-8")
    if fault is None:
        _refuse_twice_encoded(file)
        return Encoding("utf-8")
    return _told_by_looks(file, fault)


def decoded(file: FileBytes, encoding: Encoding, offset: int = 0) -> Iterator[tuple[str, int]]:
    """
    Yield the text of a *file* in pieces from a byte *offset* on, each with the offset of its end.

    Raises:
        InputError: bytes that are not of this encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    end = max(offset, encoding.mark)
    try:
        for piece in file.chunks(end):
            end += len(piece)
            yield decoder.decode(piece), end - len(decoder.getstate()[0])
        yield decoder.decode(b"", final=True), end
    except UnicodeDecodeError as error:
        raise _undecodable(file, encoding.codec, end - len(error.object) + error.start) from error


def _wide(head: bytes) -> str:
    """Return the UTF-16 codec of text without a mark: half of its line ends and delimiters are zero bytes."""
    zeros = head.count(0)
    if zeros < max(2, len(head) // 20):
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > max(even, odd) // 20:
        return ""
    text = head[: len(head) // 2 * 2].decode(codec, errors="replace")
    strange = sum(not (c.isprintable() or c in "\r\n\t") for c in text)
    return codec if strange <= len(text) // 200 + 1 else ""


def _refuse_controls(head: bytes, name: str, wanted: str) -> None:
    """Refuse a file full of control characters."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    zeros = head.count(0)
    if controls + zeros > max(2, len(head) * _BINARY):
        raise InputError(
            f"this is binary data, not {wanted}",
            location=Location(name),
            hint="check that the file is what its suffix says",
        )


def _first_fault(file: FileBytes, codec: str) -> int | None:
    """Return the offset of the first byte that is not of this encoding, or None."""
    decoder = codecs.getincrementaldecoder(codec)()
    fed = begun = 0
    try:
        for piece in file.chunks():
            begun = fed - len(decoder.getstate()[0])
            fed += len(piece)
            decoder.decode(piece)
        begun = fed - len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return begun + error.start
    return None


def _must_decode(file: FileBytes, codec: str, title: str) -> None:
    fault = _first_fault(file, codec)
    if fault is not None:
        raise _undecodable(file, title, fault)


def _undecodable(file: FileBytes, title: str, fault: int) -> InputError:
    line = _line_at(file, fault)
    return InputError(
        f"byte {fault:,} is not {title} text, though the rest is",
        location=Location(file.name, line),
        hint="the file is damaged or two encodings are mixed; export it again as UTF-8",
    )


def _line_at(file: FileBytes, offset: int) -> int:
    done, line = 0, 1
    for piece in file.chunks():
        if done + len(piece) > offset:
            return line + piece.count(b"\n", 0, offset - done)
        line += piece.count(b"\n")
        done += len(piece)
    return line


def _sample(file: FileBytes) -> bytes:
    """Return lines that hold bytes beyond ASCII, up to a bound."""
    found: list[bytes] = []
    size = 0
    rest = b""
    for piece in file.chunks():
        if piece.isascii() and rest.isascii():
            rest = b""
            continue
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()[:_SAMPLE]
        for line in lines:
            if not line.isascii():
                found.append(line)
                size += len(line)
        if size > _SAMPLE:
            return b"\n".join(found)
    if not rest.isascii():
        found.append(rest)
    return b"\n".join(found)


def _told_by_looks(file: FileBytes, fault: int) -> Encoding:
    """Return the encoding whose text looks right."""
    sample = _sample(file)
    as_utf8 = sample.decode("utf-8", errors="replace")
    broken = as_utf8.count("\ufffd")
    if sum(c > "\x7f" for c in as_utf8) - broken > 3 * broken:
        raise _undecodable(file, "UTF-8", fault)
    for script in scripts():
        try:
            text = sample.decode(script.codec)
        except UnicodeDecodeError:
            continue
        if script.fits(text) >= _CONFIDENT and _first_fault(file, script.codec) is None:
            if script.codec == "cp1252" and not any(0x80 <= byte < 0xA0 for byte in sample):
                return Encoding(
                    "latin-1", 0, "read as latin-1 (Western European), told by its words; it is not UTF-8"
                )
            return Encoding(
                script.codec,
                0,
                f"read as {script.codec} ({script.title}), told by its words; it is not UTF-8",
            )
    raise InputError(
        f"the encoding cannot be told: byte {fault:,} is not UTF-8, and in no other known encoding does the text look right",
        location=Location(file.name, _line_at(file, fault)),
        hint="export the file again as UTF-8",
    )


def _refuse_twice_encoded(file: FileBytes) -> None:
    """Refuse UTF-8 that was taken for Western text and encoded once more ("Ð’Ð¾ÑÑ‚Ð¾Ðº")."""
    head = file.head(_HEAD)
    lines = [line for line in head.decode("utf-8", errors="ignore").splitlines() if not line.isascii()]
    if sum(map(_twice_encoded, lines)) * 2 > len(lines) > 0:
        raise InputError(
            "the text was encoded twice: its letters stand for the bytes of other letters",
            location=Location(file.name),
            hint="export the file again as UTF-8",
        )


def _twice_encoded(line: str) -> bool:
    for codec in ("cp1252", "latin-1"):
        try:
            inner = line.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        return len(inner) < len(line)
    return False
