"""
The records of an XML list, one after the other, in bounded memory.

lxml reads where it is installed, the standard library's expat where it is not; both are fed the same bytes, both were
guarded before (`ListFile.xml_root` lets no document type through, so there is no entity to expand or to fetch), and
both give the same elements. Neither touches the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Protocol
from xml.etree import ElementTree as ET

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.draft import tidy
from laborscreen.watchlists.listfile import ListFile

MAX_DEPTH = 64  # elements within elements; the deepest list known has 12


class Element(Protocol):
    """What the elements of lxml and of the standard library have in common."""

    text: str | None
    tag: Any

    def get(self, key: str, default: str = "") -> str:
        """Return an attribute."""
        ...

    def find(self, path: str) -> Element | None:
        """Return the first element at a path below this one."""
        ...

    def iterfind(self, path: str) -> Iterable[Element]:
        """Return all elements at a path below this one."""
        ...

    def iter(self) -> Iterable[Element]:
        """Return this element and all elements within it."""
        ...

    def clear(self) -> None:
        """Drop everything within this element."""
        ...

    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element, name: str) -> str:
    """Return the tidy text of the first child called *name*, in any namespace."""
    child = element.find("{*}" + name)
    return "" if child is None else tidy(child.text)


def texts_of(element: Element, path: str) -> list[str]:
    """Return the tidy texts at *path* (names parted by ``/``, any namespace) that are not empty."""
    steps = "/".join("{*}" + name for name in path.split("/"))
    return [text for found in element.iterfind(steps) if (text := tidy(found.text))]


def within(element: Element) -> dict[str, list[Element]]:
    """Return all elements within *element* by their local names, in the order they stand."""
    found: dict[str, list[Element]] = {}
    for inner in element.iter():
        found.setdefault(local_name(inner), []).append(inner)
    return found


def xml_records(file: ListFile, *wanted: str) -> Iterator[tuple[str, Element]]:
    """
    Yield the root as soon as it opens (its attributes only), then each *wanted* element when it is whole.

    An element is emptied after it was looked at, so keep nothing but what was read from it.

    Args:
        file: the list file.
        wanted: local names; one wanted element must not stand within another.

    Raises:
        WatchlistError: the XML is broken, cut short or too deep, with line and column.
    """
    if not file.xml_root:
        raise file.refuse("this is not XML", line=1)
    names = frozenset(wanted)
    with file.open() as source:
        depth = 0
        for event, element in _events(file, source):
            if event == "start":
                depth += 1
                if depth == 1:
                    yield local_name(element), element
                elif depth > MAX_DEPTH:
                    raise file.refuse(f"elements are nested deeper than the limit of {MAX_DEPTH}")
                continue
            depth -= 1
            name = local_name(element)
            if name in names:
                yield name, element
                element.clear()


def _events(file: ListFile, source: BinaryIO) -> Iterator[tuple[str, Element]]:
    """Yield the start and the end of every element, with whichever parser is there."""
    try:
        from lxml import etree
    except ImportError:
        yield from _expat_events(file, source)
        return
    parser = etree.iterparse(
        source,
        events=("start", "end"),
        resolve_entities="internal",  # there are none; with False an undeclared one would vanish in silence
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from parser
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        raise _broken(file, fault.msg or str(fault), line, column) from fault


def _expat_events(file: ListFile, source: BinaryIO) -> Iterator[tuple[str, Element]]:
    """Yield the same with the standard library."""
    try:
        yield from ET.iterparse(source, events=("start", "end"))  # noqa: S314  # guarded, see above
    except ET.ParseError as fault:
        line, column = fault.position
        raise _broken(file, str(fault), line, column) from fault


def _broken(file: ListFile, cause: str, line: int, column: int) -> WatchlistError:
    plain = cause.partition(", line ")[0].partition(": line ")[0]
    return file.refuse(
        f"the XML is broken or cut short: {plain}",
        line=line,
        column=max(column, 0),
        hint="fetch the list again",
    )
