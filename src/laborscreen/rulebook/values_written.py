"""
One written value as a number, a date, or a yes or no: the schema asks, the writing never decides by itself.
"""

from __future__ import annotations

import re
from datetime import date

from laborscreen import values
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.nodes import Node, Text

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SIMPLE = re.compile(r"[\w][\w .;()/+-]*")
_YES = frozenset({"true", "yes"})
_NO = frozenset({"false", "no"})
_LONGEST_NUMBER = 15  # digits; more cannot be kept exactly


def one_value(node: Node, faults: Faults, what: str) -> Text | None:
    """Return the node where it is a single value with something in it; report it otherwise."""
    if not isinstance(node, Text):
        faults.error(
            "wrong-shape",
            node,
            f"{what} is a single value, not {node.shape}",
            "write one value after the colon",
        )
        return None
    if node.is_null:
        faults.error("empty-value", node, f"{what} is empty", "write a value, or take the line out")
        return None
    return node


def in_brackets(node: Node) -> str | None:
    """Return a single plain value as a list of one, where nothing in it could be read otherwise."""
    if not isinstance(node, Text) or not node.plain or node.is_null or not _SIMPLE.fullmatch(node.value):
        return None
    return f"[{node.value}]"


def read_number(node: Node, faults: Faults, what: str) -> float | None:
    """Return a plain decimal number, or None with a fault told."""
    text = one_value(node, faults, what)
    if text is None:
        return None
    written = text.value.strip()
    if _NUMBER.fullmatch(written) and len(written) <= _LONGEST_NUMBER:
        return float(written)
    message, hint = _why_no_number(written)
    faults.error(
        "not-a-number", text, f"{what} is a number, and {message}", hint, replacement=_surely_meant(written)
    )
    return None


def _surely_meant(written: str) -> str | None:
    """Return the number that odd digits stand for whatever one's habits; commas and units may mean several things."""
    if not re.fullmatch(r"-?[0-9]+(_[0-9]{3})*(\.[0-9]+)?", written):
        return None
    sign = "-" if written.startswith("-") else ""
    digits = written.removeprefix("-").replace("_", "").lstrip("0")
    digits = f"0{digits}" if digits[:1] in {"", "."} else digits
    return sign + digits if len(digits) <= _LONGEST_NUMBER else None


def _why_no_number(written: str) -> tuple[str, str]:
    shown = f"`{written[:40]}`"
    if re.fullmatch(r"-?0[0-9]+(\.[0-9]+)?", written):
        return f"{shown} begins with a zero", f"write {written.replace('-', '').lstrip('0') or '0'}"
    if re.fullmatch(r"[0-9]+([_, ' ][0-9]{3})+(\.[0-9]+)?", written):
        return f"{shown} has separators in it", f"write {re.sub(r'[^0-9.]', '', written)}"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", written):
        return f"{shown} has a decimal comma", f"write {written.replace(',', '.')}"
    if re.fullmatch(r"-?[0-9.]+[eE][-+]?[0-9]+", written):
        return f"{shown} is written with an exponent", "write all its digits"
    if re.fullmatch(r"[0-9]+(:[0-9]+)+", written):
        return f"{shown} looks like a time", "write it as a plain number, such as 12.5"
    if found := re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*([^0-9.]+)", written):
        return f"{shown} has more than the number in it", f"write {found[1]}"
    if len(written) > _LONGEST_NUMBER and _NUMBER.fullmatch(written):
        return f"it has more than {_LONGEST_NUMBER} digits", "round it"
    return f"{shown} is not one", "write it in digits, such as 16 or 0.5"


def read_whole(node: Node, faults: Faults, what: str, *, low: int = 0) -> int | None:
    """Return a whole number of at least *low*, or None with a fault told."""
    number = read_number(node, faults, what)
    if number is None:
        return None
    if number != int(number) or number < low:
        faults.error(
            "not-a-number",
            node,
            f"{what} is a whole number of at least {low}",
            f"write {max(low, round(number))}",
        )
        return None
    return int(number)


def read_day(node: Node, faults: Faults, what: str) -> date | None:
    """Return a day written as 2019-12-22, or None with a fault told."""
    text = one_value(node, faults, what)
    if text is None:
        return None
    written = text.value.strip()
    if _DATE.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            faults.error(
                "not-a-date", text, f"there is no such day as {written}", "check year, month and day"
            )
            return None
    meant = values.read_date(written).value
    whole = meant is not None and meant.first == meant.last
    faults.error(
        "not-a-date",
        text,
        f"{what} is a day, and `{written[:40]}` is not written as one",
        f"write {meant}" if whole else "write year-month-day, such as 2019-12-22",
        replacement=str(meant) if whole else None,
    )
    return None


def read_yes_no(node: Node, faults: Faults, what: str) -> bool | None:
    """Return yes (``true``, ``yes``) or no, or None with a fault told."""
    text = one_value(node, faults, what)
    if text is None:
        return None
    written = text.value.strip().casefold()
    if written in _YES or written in _NO:
        return written in _YES
    faults.error(
        "not-yes-or-no",
        text,
        f"{what} is yes or no, and `{text.value[:40]}` is neither",
        "write true or false",
    )
    return None


def read_word(node: Node, words: tuple[str, ...], faults: Faults, what: str) -> str | None:
    """Return one of a few words, or None with a fault told."""
    text = one_value(node, faults, what)
    if text is None:
        return None
    if text.value in words:
        return text.value
    hint = faults.meant(text.value, words)
    known = ", ".join(words[:20])
    faults.error(
        "unknown-word",
        text,
        f"`{text.value[:60]}` is not a word for {what}",
        f"{hint} (known: {known})" if hint else f"use one of: {known}",
        replacement=faults.respelled(text.value, words),
    )
    return None
