"""
A column of texts as Arrow holds it: the bytes of all of them in one buffer. Python's strings are made when asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Texts(list[str | None]):
    """A list that was looked through: it holds nothing but texts and None, and nobody needs to look again."""

    __slots__ = ()


class TextColumn(Sequence[str | None]):
    """
    Texts and None, told apart and joined without making a Python string of each.

    Whoever has one has pyarrow: only then is it imported.

    Args:
        array: a pyarrow array of the type string or large_string.
    """

    def __init__(self, array: Any) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, at: int) -> str | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[str | None]: ...
    def __getitem__(self, at: int | slice) -> str | list[str | None] | None:
        return self.strings[at]

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.strings)

    @cached_property
    def strings(self) -> list[str | None]:
        """The texts as Python's strings, made at first sight."""
        return _as_strings(self.array)

    def part(self, first: int, count: int) -> TextColumn:
        """Return *count* texts from the *first* on, or as many as there are; nothing is copied."""
        return TextColumn(self.array.slice(first, count))

    def chosen(self, flags: NDArray[np.bool_]) -> TextColumn:
        """Return the texts that are flagged."""
        import pyarrow as pa

        return TextColumn(self.array.filter(pa.array(flags)))

    def distinct(self) -> tuple[NDArray[np.int32], list[str | None]]:
        """Return a code for each text, and the distinct texts in the order in which they are first met."""
        coded = self.array.dictionary_encode(null_encoding="encode")
        return coded.indices.to_numpy(), _as_strings(coded.dictionary)

    def lengths(self) -> NDArray[np.int64]:
        """Return how many characters each text has; 0 for None."""
        import pyarrow.compute as pc

        lengths: NDArray[np.int64] = pc.fill_null(pc.utf8_length(self.array), 0).to_numpy().astype(np.int64)
        return lengths

    def taken(self, rows: NDArray[np.int64]) -> TextColumn:
        """Return some of the texts, in the order of their *rows*."""
        import pyarrow as pa

        return TextColumn(self.array.take(pa.array(rows)))

    def other_than(self, words: Collection[str]) -> NDArray[np.bool_]:
        """Return which texts are there and none of the *words*."""
        import pyarrow as pa
        import pyarrow.compute as pc

        told = self.array.is_valid()
        if words:
            told = pc.and_not(told, pc.is_in(self.array, pa.array(sorted(words), self.array.type)))
        flags: NDArray[np.bool_] = told.to_numpy(zero_copy_only=False)
        return flags

    def are_ascii(self) -> NDArray[np.bool_]:
        """Return which texts are plain ASCII; None is."""
        import pyarrow.compute as pc

        plain = pc.fill_null(pc.string_is_ascii(self.array), fill_value=True)
        flags: NDArray[np.bool_] = plain.to_numpy(zero_copy_only=False)
        return flags

    def are_blank(self) -> NDArray[np.bool_]:
        """Return which texts are nothing but white space."""
        import pyarrow.compute as pc

        blank = pc.fill_null(pc.utf8_is_space(self.array), fill_value=False)
        flags: NDArray[np.bool_] = blank.to_numpy(zero_copy_only=False)
        return flags

    def without(self, letter: str) -> TextColumn:
        """Return the texts with a letter taken out."""
        import pyarrow.compute as pc

        return TextColumn(pc.replace_substring(self.array, letter, ""))

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """Where each text begins in the bytes of all, and where the last one ends."""
        import pyarrow as pa

        kind = np.int64 if pa.types.is_large_string(self.array.type) else np.int32
        _, places, _ = self.array.buffers()
        if places is None:
            return np.zeros(1, np.int64)
        first = self.array.offset
        return np.frombuffer(places, kind)[first : first + len(self) + 1].astype(np.int64)

    @property
    def size(self) -> int:
        """How many bytes all texts have."""
        return int(self._places[-1] - self._places[0])

    def bytes(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Return the UTF-8 bytes of all texts in a row, where each begins, and where the last one ends; None is empty."""
        import pyarrow.compute as pc

        if self.array.null_count:  # where there is None, bytes may lie between two places
            return TextColumn(pc.fill_null(self.array, "")).bytes()
        data, places = self.array.buffers()[2], self._places
        if data is None:
            return np.zeros(0, np.uint8), places
        return np.frombuffer(data, np.uint8)[places[0] : places[-1]], places - places[0]

    def joined(self, separator: str) -> NDArray[np.uint8]:
        """Return the UTF-8 bytes of all texts, each followed by the *separator*; None is empty."""
        import pyarrow.compute as pc

        between = _scalar(separator, self.array.type), _scalar("", self.array.type)
        parted = pc.binary_join_element_wise(
            self.array, *between, null_handling="replace", null_replacement=""
        )
        return TextColumn(parted).bytes()[0]


def strings_of(column: Sequence[object]) -> Sequence[object]:
    """Return a column with Python's strings where it is held as bytes."""
    return column.strings if isinstance(column, TextColumn) else column


def _as_strings(array: Any) -> list[str | None]:
    found: list[str | None] = array.to_numpy(zero_copy_only=False).tolist()
    return found


@lru_cache(maxsize=8)
def _scalar(text: str, kind: Any) -> Any:
    """Return a text as pyarrow takes it; made once, since each making looks for pandas."""
    import pyarrow as pa

    return pa.scalar(text, kind)
