"""
What all tests share.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# How long examples take to make tells of the machine and what else runs on it, nothing of the product.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
