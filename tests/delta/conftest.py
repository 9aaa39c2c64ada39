"""
What the tests of delta runs share: a small rulebook that can be changed part by part, and the command line.
"""

from __future__ import annotations

from tests.cli.conftest import call

__all__ = ["call"]
