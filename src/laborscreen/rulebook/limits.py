"""
How large a rulebook may be.

The figures bound time and memory against hostile or broken files; no honest rulebook comes near them. Each is named in
the message that refuses a file.
"""

from __future__ import annotations

MAX_FILE_BYTES = 1_000_000
"""Bytes of one YAML or CSV file."""

MAX_TOTAL_BYTES = 64_000_000
"""Bytes of all files of a rulebook together."""

MAX_FILES = 2_000
"""YAML files below the folder."""

MAX_FOLDERS = 2_000
"""Folders looked into."""

MAX_DEPTH = 32
"""Levels of nesting in a YAML file."""

MAX_TERMS = 20_000
"""Terms of one list."""

MAX_PHRASES = 200_000
"""Phrases the terms of one list come to once their choices are spelled out."""

MAX_RULES = 10_000
"""Rules of a rulebook."""

MAX_PROBLEMS = 500
"""Faults listed in one reading; a file that is no rulebook at all would fill the screen otherwise."""

MAX_WORDS_COMPARED = 60_000
"""Words held against misspelt ones in one reading; beyond that, faults are told without a "did you mean"."""

MAX_PACK_BYTES = 2 * MAX_TOTAL_BYTES
"""Bytes of a rulebook pack."""

MAX_PACKED_FILES = 2 * MAX_FILES
"""Files of a rulebook pack: its own and those it stands on, term lists among them."""
