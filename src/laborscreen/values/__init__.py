"""
What people write, made comparable: countries, dates, numbers, words, places, codes and identifiers.

Every ``read_...`` function takes whatever stands in a cell or in JSON, gives a `Reading`, and never raises. A value that
cannot be read is unknown with a note; a value that says nothing ("n/a") is unknown without one.
"""

from __future__ import annotations

from laborscreen.values.amounts import MONEY, currency_of, read_number
from laborscreen.values.citizenships import citizens_in
from laborscreen.values.countries import AMBIGUOUS, country_name, may_name_koreans, read_country
from laborscreen.values.currencies import read_currency
from laborscreen.values.dates import PartialDate, read_date
from laborscreen.values.identifiers import identifier_scheme, read_identifier, russian_region_of
from laborscreen.values.industries import code_is_within, read_hs_code, read_industry_code
from laborscreen.values.missing import is_missing
from laborscreen.values.passports import Mrz, read_mrz
from laborscreen.values.places import (
    country_of_city,
    far_eastern_regions,
    read_city,
    read_region,
    region_name,
    region_of_city,
)
from laborscreen.values.ranges import NumberRange, read_quantity
from laborscreen.values.reading import DEFAULT, Reading, ReadingSettings
from laborscreen.values.words import read_word, read_yes_no, words_of

__all__ = [
    "AMBIGUOUS",
    "DEFAULT",
    "MONEY",
    "Mrz",
    "NumberRange",
    "PartialDate",
    "Reading",
    "ReadingSettings",
    "citizens_in",
    "code_is_within",
    "country_name",
    "country_of_city",
    "currency_of",
    "far_eastern_regions",
    "identifier_scheme",
    "is_missing",
    "may_name_koreans",
    "read_city",
    "read_country",
    "read_currency",
    "read_date",
    "read_hs_code",
    "read_identifier",
    "read_industry_code",
    "read_mrz",
    "read_number",
    "read_quantity",
    "read_region",
    "read_word",
    "read_yes_no",
    "region_name",
    "region_of_city",
    "russian_region_of",
    "words_of",
]
