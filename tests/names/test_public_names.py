"""
What the room offers, and that asking for it is cheap.
"""

from __future__ import annotations

import subprocess
import sys

import laborscreen.names
from laborscreen.names.tables import TABLE_NAMES, digest, read_table


def test_public_names_are_deliberate() -> None:
    """Nothing leaks into or falls out of the room's list of names."""
    assert sorted(laborscreen.names.__all__) == [
        "Comparison",
        "Form",
        "Hit",
        "Identity",
        "NameIndex",
        "compare",
        "forms",
    ]
    assert all(hasattr(laborscreen.names, name) for name in laborscreen.names.__all__)


def test_heavy_modules_wait_until_they_are_needed() -> None:
    """Importing the room loads neither numpy nor anyascii."""
    code = "import sys, laborscreen.names; print({'numpy', 'anyascii'} & set(sys.modules))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "set()"
    )


def test_every_table_can_be_read_and_counts_in_the_digest() -> None:
    """Tables have rows, and the digest is a SHA-256."""
    assert all(read_table(name) for name in TABLE_NAMES)
    assert len(digest()) == 64
