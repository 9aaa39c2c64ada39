"""
The text of a file that a place points at, in a folder or in a pack.
"""

from __future__ import annotations

from pathlib import Path

from laborscreen.rulebook.pack_file import INSIDE, SUFFIX, is_pack, open_pack


def written_at(path: str) -> str:
    """
    Return the text of the file that a `Location`'s path names.

    Args:
        path: a file, or a file in a pack (``approved.lsr!rules/pay.yaml``).

    Raises:
        OSError: it cannot be read.
        RulebookError: the pack is not as it was approved.
    """
    ends = path.lower().find(SUFFIX + INSIDE) + len(SUFFIX)
    pack, name = Path(path[:ends]), path[ends + len(INSIDE) :]
    if ends >= len(SUFFIX) and is_pack(pack):
        held = open_pack(pack).files
        if name not in held:
            raise FileNotFoundError(path)
        return held[name].decode("utf-8-sig")
    return Path(path).read_text(encoding="utf-8-sig", errors="replace")
