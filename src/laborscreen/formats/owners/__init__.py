"""
Files of owners: read together, they tell who holds which company.
"""

from laborscreen.formats.owners.gathering import OwnersRead
from laborscreen.formats.owners.loading import Owners, load_owners

__all__ = ["Owners", "OwnersRead", "load_owners"]
