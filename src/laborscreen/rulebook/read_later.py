"""
What is kept with a rulebook for those who work on rules, and read when they look at it: who screens never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

T = TypeVar("T")


class ReadLater(Sequence[T]):
    """
    A tuple that is read when somebody looks into it.

    Args:
        read: reads it.

    >>> ReadLater(lambda: (1, 2)) == (1, 2)
    True
    """

    def __init__(self, read: Callable[[], tuple[T, ...]]) -> None:
        self._read = read

    @cached_property
    def _all(self) -> tuple[T, ...]:
        return self._read()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        """Tell whether the same stands there, however it is kept."""
        if isinstance(other, ReadLater | tuple):
            return self._all == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)

    def __reduce__(self) -> tuple[Any, ...]:
        """Carry what stands there."""
        return tuple, (self._all,)
