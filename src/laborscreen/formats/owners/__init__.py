"""
Owners told in files of their own, joined to the records of a supplier file.
"""

from laborscreen.formats.owners.index import Owners, load_owners
from laborscreen.formats.owners.joining import Joined, OwnedSource, join

__all__ = ["Joined", "OwnedSource", "Owners", "join", "load_owners"]
