"""
How much of a file is believed. Files are hostile until read; each bound is named in the message it causes.
"""

from __future__ import annotations

from typing import Final

MAX_CELL: Final = 1_000_000
"""Characters of one cell or one JSON text; a row with a longer one is rejected."""

MAX_LINE: Final = 16_000_000
"""Characters of one physical line of a flat file."""

MAX_COLUMNS: Final = 2_000
"""Columns of a flat file; SAP's LFA1 has about 150."""

MAX_DEPTH: Final = 32
"""Levels of nesting of one JSON row; a record needs four."""

MAX_JSON_ROW: Final = 16_000_000
"""Characters of one JSON row."""

MAX_LIST: Final = 200
"""Entries of one list cell; and the highest index a column header may carry."""

MAX_GROUPED_ROWS: Final = 10_000
"""Rows that one record may be made of."""

MAX_PROFILE: Final = 1_000_000
"""Bytes of a mapping profile."""

MAX_WRAP: Final = 1_000
"""Letters after which a system may cut a name; SAP cuts at 35 and 40."""

MAX_HEADER_SEARCH: Final = 15
"""Rows at the top of a sheet among which the header row is looked for."""

MAX_UNPACKED_RATIO: Final = 250
"""Unpacked bytes for each packed byte; vendor files pack 5 to 30 times, a bomb about 1,000 times."""

MIN_UNPACKED_JUDGED: Final = 64 * 1024 * 1024
"""Unpacked bytes below which the ratio is not looked at; they fit in memory whatever they are."""

MAX_UNPACKER_MEMORY: Final = 128 * 1024 * 1024
"""Bytes that unpacking an xz file may take; its strongest setting needs half of that."""

MAX_SHEET_UNPACKED: Final = 600 * 1024 * 1024
"""Unpacked bytes of a whole workbook; a million rows of ten columns need about 400 MB."""

MAX_SHEET_MEMBERS: Final = 10_000
"""Files inside a workbook."""

MAX_COLUMN_CHUNK: Final = 1 << 30
"""Unpacked bytes of one column in one row group of a Parquet file; writers make groups of about a tenth of that."""

CHUNK: Final = 1 << 21
"""Bytes read at a time."""
