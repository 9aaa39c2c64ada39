"""
Files that come in and files that go out: readers, mapping profiles, writers.
"""

from laborscreen.formats.batch import Batch, Position, Reject, Source
from laborscreen.formats.csv_pieces import Piece
from laborscreen.formats.csv_source import CsvSource, Met
from laborscreen.formats.nesting import nest, tables
from laborscreen.formats.profile import Profile, load_profile, parse_profile, shipped_profiles
from laborscreen.formats.reading import open_source
from laborscreen.formats.recognition import Format

__all__ = [
    "Batch",
    "CsvSource",
    "Format",
    "Met",
    "Piece",
    "Position",
    "Profile",
    "Reject",
    "Source",
    "load_profile",
    "nest",
    "open_source",
    "parse_profile",
    "shipped_profiles",
    "tables",
]
