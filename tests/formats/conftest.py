"""
What the tests of this room share.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.formats import Batch, Reject, open_source

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def suppliers() -> Path:
    """The folder of real supplier files, where it is there."""
    folder = SHARED / "suppliers"
    if not folder.exists():
        pytest.skip("the shared supplier files are not there")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of text or bytes and return its path."""

    def made(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return made


def read_all(
    path: Path, size: int = 1_000, **options: object
) -> tuple[list[dict[str, object]], list[Reject], list[Batch]]:
    """Return the rows of a file as flat dicts without what is not told, its rejects, and its batches."""
    source = open_source(path, **options)  # type: ignore[arg-type]
    batches = list(source.batches(size))
    rows: list[dict[str, object]] = []
    for batch in batches:
        if batch.nested is not None:
            rows += [dict(entry) for entry in batch.nested]
        else:
            rows += [
                {path: column[at] for path, column in batch.columns.items() if column[at] is not None}
                for at in range(len(batch))
            ]
    return rows, [reject for batch in batches for reject in batch.rejects], batches
