"""
One JSON value a line: what stands on each line, or what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from laborscreen.errors import InputError
from laborscreen.formats.bytes_in import FileBytes
from laborscreen.formats.encoding import Encoding, decoded
from laborscreen.formats.limits import MAX_JSON_ROW
from laborscreen.formats.objects import Item
from laborscreen.formats.strict_json import StrictDecoder
from laborscreen.source import Location


def line_items(
    file: FileBytes, encoding: Encoding, name: str, offset: int | None = None, line: int = 0
) -> Iterator[Item]:
    """
    Yield what stands on each line that is not blank.

    Args:
        file: the file.
        encoding: its encoding.
        name: the file as the user named it.
        offset: the byte to begin at, where a line begins; the start of the file unless told.
        line: how many lines lie before it.

    Raises:
        InputError: a line is longer than any object should be.
    """
    decoder = StrictDecoder()
    carry = ""
    codec = encoding.codec
    for piece, end in decoded(file, encoding, encoding.mark if offset is None else offset):
        texts = (carry + piece).split("\n")
        carry = texts.pop()
        begun = end - len((carry + "\n".join(["", *texts, ""])[1:]).encode(codec)) if texts else end
        for text in texts:
            line += 1
            begun += len(text.encode(codec)) + len("\n".encode(codec))
            if text and not text.isspace():
                yield _item(decoder, text, line, begun)
        if len(carry) > MAX_JSON_ROW:
            raise InputError(
                f"a line has more than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)",
                location=Location(name, line + 1),
                hint="check that each object stands on a line of its own",
            )
    if carry and not carry.isspace():
        yield _item(decoder, carry, line + 1, 0, last=True)


def _item(decoder: StrictDecoder, text: str, line: int, offset: int, *, last: bool = False) -> Item:
    text = text.strip()
    if len(text) > MAX_JSON_ROW:
        return Item(None, line, f"longer than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)", offset)
    try:
        value, end, fault = decoder.decode(text)
    except json.JSONDecodeError as error:
        cut = last and (error.pos >= len(text) - 1 or error.msg.startswith("Unterminated"))
        why = (
            "the line is cut off; fetch the file again"
            if cut
            else f"not JSON: {error.msg} at column {error.pos + 1}"
        )
        return Item(None, line, why, offset)
    if end != len(text) and not fault:
        fault = f"something follows the object at column {end + 1}; one object a line is needed"
    return Item(value, line, fault, offset)
