"""
Grounds on which a party's texts may be erased.
"""

from __future__ import annotations

from enum import StrEnum


class ErasureGround(StrEnum):
    """Why something was erased. The words follow GDPR Article 17(1)."""

    RETENTION_ENDED = "retention-ended"
    REQUEST = "request"
    ORDER = "order"
    UNLAWFUL = "unlawful"
