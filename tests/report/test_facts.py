"""
Where a record is and what it does, for charts and filters.
"""

from __future__ import annotations

from typing import Any

import pytest

from laborscreen.report import Facts, facts_of


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, Facts()),
        ({"country": "n/a", "addresses": [], "industries": None}, Facts()),
        ({"country": "Korea"}, Facts(country="Korea, not told which")),
        ({"country": "КНДР"}, Facts(country="North Korea")),
        ({"addresses": [{"city": "Dandong"}]}, Facts(region="Liaoning, CN")),
        ({"addresses": [{"use": "registered", "region": "Moscow"}]}, Facts(region="Moscow, RU")),
        (
            {"addresses": [{"use": "registered", "region": "Москва"}, {"use": "site", "city": "Хабаровск"}]},
            Facts(region="Khabarovsk Krai, RU"),
        ),
        ({"industries": [{"scheme": "NAICS2022", "code": "236220"}]}, Facts(sector="Building")),
        ({"industries": [{"scheme": "NACE2", "code": "41.20"}]}, Facts(sector="Building")),
        ({"industries": [{"scheme": "ISIC4", "code": "1020"}]}, Facts(sector="Fishing and seafood")),
        ({"industries": [{"scheme": "ISIC4", "code": "1010"}]}, Facts(sector="Food and drink")),
        ({"industries": [{"scheme": "NACE2", "code": "78.10"}]}, Facts(sector="Supplies labour")),
        ({"industries": [{"scheme": "HS", "code": "620342"}]}, Facts(sector="Goods codes only")),
        ({"industries": [{"scheme": "ISIC4", "code": "none"}, "x"], "addresses": "Lyon"}, Facts()),
    ],
)
def test_facts_are_read_as_people_write_them(told: dict[str, Any], expected: Facts) -> None:
    """
    Country, region of the site and trade come out in English; what is not told or cannot be read is not told.
    """
    assert facts_of(told) == expected
