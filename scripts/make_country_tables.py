"""
Make ``values/tables/countries.csv`` and ``currency_codes.csv`` from public data.

Run by hand when a new release of CLDR is wanted; the result is committed::

    pip install babel
    python scripts/make_country_tables.py

Source: names, alpha-3 and numeric codes and currency codes of Unicode CLDR as packaged by Babel, Unicode Licence v3,
which allows redistribution with its notice. Names are written under their lookup spelling, so that reading the table
costs little.
"""  # noqa: INP001

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import babel
from babel.core import get_global

from laborscreen.values.spelling import key

LANGUAGES = [
    "en",
    "ru",
    "ko",
    "zh",
    "zh_Hant",
    "ja",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "pl",
    "tr",
    "uk",
    "be",
    "nl",
    "cs",
    "ro",
    "ar",
    "vi",
    "kk",
    "uz",
    "ky",
    "tg",
    "mn",
    "id",
    "ms",
    "fa",
    "sv",
    "fi",
    "hu",
    "el",
    "bg",
    "sr",
    "hr",
]
# CLDR regions that are no country: special areas, unions, test codes.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Alpha-3 codes of States of the past, and codes other than the ISO one, which CLDR leads to the State of today.
NOT_ALPHA3 = {"BUR", "DDR", "FXX", "QUU", "ROM", "SUN", "TMP", "YMD", "ZAR", "XKK"}
TABLES = Path(__file__).parents[1] / "src" / "laborscreen" / "values" / "tables"
LICENCE = f"Unicode CLDR as packaged by Babel {babel.__version__}, Unicode Licence v3 (https://www.unicode.org/license.txt)"


def main() -> None:
    """Write both tables."""
    head = (
        f"Countries and territories, their codes, and their names in {len(LANGUAGES)} languages under the spelling of "
        "spelling.key. More forms stand in nationalities.csv, which is kept by hand."
    )
    write("countries", head, ("code", "alpha3", "numeric", "name", "forms"), countries())
    currencies = babel.Locale("en").currencies
    lines = [(code, currencies[code]) for code in sorted(currencies) if len(code) == 3]
    write("currency_codes", "ISO 4217 codes, present and past.", ("code", "name"), lines)


def countries() -> Iterable[tuple[str, ...]]:
    """Yield a row for each country. A name that two countries share in different languages stays with the first."""
    english = babel.Locale("en").territories
    locales = [babel.Locale.parse(language) for language in LANGUAGES]
    other_codes: dict[str, list[str]] = {}
    for alias, targets in sorted(get_global("territory_aliases").items()):
        if len(alias) == 3 and len(targets) == 1 and alias not in NOT_ALPHA3:
            other_codes.setdefault(targets[0], []).append(alias)
    taken: dict[str, str] = {}
    for code in sorted(
        code for code in english if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ):
        names = dict.fromkeys(
            key(locale.territories[code]) for locale in locales if code in locale.territories
        )
        # "ao" is Austria in Vietnamese and the code of Angola: short Latin names are left out.
        own = [
            name
            for name in names
            if taken.setdefault(name, code) == code and not (name.isascii() and len(name) < 4)
        ]
        alpha3 = [alias for alias in other_codes.get(code, []) if alias.isalpha()]
        numeric = [alias for alias in other_codes.get(code, []) if alias.isdecimal()]
        yield code, "|".join(alpha3), "|".join(numeric), english[code], "|".join(own)


def write(name: str, about: str, columns: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    """Write one table under a head that tells its source."""
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            f"# {about}\n# Source: {LICENCE}.\n# Made by scripts/make_country_tables.py; do not edit.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
