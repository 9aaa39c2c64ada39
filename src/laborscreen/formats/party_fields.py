"""
Fields of a record that name another party, and where that party's country stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COUNTRY_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "payments.payee": "payee_country",
        "workforce.employer": "employer_country",
        "workforce.recruiter": "recruiter_country",
        "contracts.counterparty": "counterparty_country",
        "owners.name": "country",
    }
)
"""For the path of each such field, the name of the field beside it that holds the country."""
