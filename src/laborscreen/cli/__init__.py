"""
The command line: one file a verb, and nothing that decides anything.
"""

from laborscreen.cli.app import main

__all__ = ["main"]
