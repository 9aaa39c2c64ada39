"""
Where the shipped rulebook lies: inside the installed package, or at the top of a checkout.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped_folder() -> Path:
    """
    Return the folder of the shipped rulebook.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    for folder in (_HERE / "shipped", _HERE.parents[2] / "rules"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the shipped rulebook is missing; install laborscreen again")
