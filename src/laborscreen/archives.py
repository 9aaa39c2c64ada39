"""
What Python raises for packed files that cannot be read, in one place: every reader of archives meets all of it.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import Final

DAMAGED: Final = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)
"""A file that is cut off, damaged, or packed in an unknown way; `OSError` stands beside them."""
UNREADABLE: Final = (*DAMAGED, RuntimeError)
"""The same of a zip archive, which may also be locked by a password."""
