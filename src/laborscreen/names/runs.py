"""
Columns of whole numbers: each number once, and runs of places one after the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Integers", "each_once", "runs_of", "starts_of_runs"]

Integers = NDArray[np.integer[Any]]


def each_once(numbers: Integers) -> Integers:
    """
    Return *numbers* in order, each once, as `numpy.unique` does, which loads the whole of `numpy.ma` to do it.

    >>> each_once(np.array([3, 1, 3])).tolist(), each_once(np.array([], dtype=np.int64)).tolist()
    ([1, 3], [])
    """
    ordered = np.sort(numbers)
    return ordered[starts_of_runs(ordered)]


def starts_of_runs(*columns: Integers) -> Integers:
    """
    Return the places where any of several *columns* of one length differs from the place before, and the first one.

    >>> starts_of_runs(np.array([7, 7, 8, 8]), np.array([1, 1, 1, 2])).tolist()
    [0, 2, 3]
    """
    differs = np.ones(len(columns[0]), dtype=bool)
    np.not_equal(columns[0][1:], columns[0][:-1], out=differs[1:])
    for other in columns[1:]:
        differs[1:] |= other[1:] != other[:-1]
    return differs.nonzero()[0]


def runs_of(first: Integers, sizes: Integers) -> Integers:
    """
    Return the places of several runs one after the other, each told by its first place and how many there are.

    >>> runs_of(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    after = sizes.cumsum()
    places: Integers = (first - after + sizes).repeat(sizes)
    places += np.arange(len(places))
    return places
