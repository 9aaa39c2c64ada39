"""
The one logger, ``laborscreen``, which says nothing until the program around it gives it a handler.

What is logged is about runs: rulebooks, lists, files, counts, seconds. Nothing of a record is ever logged, not its name, its
id, a value or a header, on no level; that is for results, which have their own place and keeping.
"""

from __future__ import annotations

import logging

log = logging.getLogger("laborscreen")
log.addHandler(logging.NullHandler())
