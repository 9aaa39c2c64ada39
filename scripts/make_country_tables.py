"""
Make `values/tables/countries.csv` and `values/tables/currency_codes.csv` from public data.

Run by hand when a new release of CLDR is wanted; the result is committed::

    pip install babel
    python scripts/make_country_tables.py

Sources: names, alpha-3 and numeric codes, and currency codes from Unicode CLDR as packaged by Babel (Unicode Licence
v3, which allows redistribution with its notice). The forms are written under their lookup spelling, so that reading
the table costs little.
"""

from __future__ import annotations

import csv
from pathlib import Path

import babel
from babel.core import get_global

from laborscreen.values.spelling import key

LANGUAGES = ["en", "ru", "ko", "zh", "zh_Hant", "ja", "de", "fr", "es", "it", "pt", "pl", "tr", "uk", "be", "nl", "cs", "ro", "ar", "vi", "kk", "uz", "ky", "tg", "mn", "id", "ms", "fa", "sv", "fi", "hu", "el", "bg", "sr", "hr"]
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
TABLES = Path(__file__).parents[1] / "src" / "laborscreen" / "values" / "tables"


def main() -> None:
    """Write both tables."""
    english = babel.Locale("en")
    codes = sorted(
        code
        for code in english.territories
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    )
    other_codes: dict[str, list[str]] = {}
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and len(targets) == 1:
            other_codes.setdefault(targets[0], []).append(alias)
    locales = [babel.Locale.parse(language) for language in LANGUAGES]
    lines = []
    taken: dict[str, str] = {}
    for code in codes:
        names = dict.fromkeys(
            key(str(locale.territories[code])) for locale in locales if code in locale.territories
        )
        alpha3 = [alias for alias in other_codes.get(code, []) if alias.isalpha()]
        numeric = [  # withdrawn numbers of the same State (280 of West Germany) stay: old files hold them
            alias for alias in other_codes.get(code, []) if alias.isdecimal()
        ]
        alpha3 = [alias for alias in alpha3 if alias in OFFICIAL_ALPHA3.get(code, alpha3)]
        for name in list(names):
            if (name.isascii() and len(name) < 4) or taken.setdefault(name, code) != code:  # "ao" is Austria in Vietnamese, and the code of Angola
                del names[name]
        lines.append(
            (
                code,
                "|".join(alpha3[:1]),
                "|".join(sorted(numeric)),
                english.territories[code],
                "|".join(names),
            )
        )
    head = (
        f"# Countries and territories with an ISO 3166-1 code, and their names in {len(LANGUAGES)} languages "
        "under the spelling of spelling.key.\n"
        f"# Source: Unicode CLDR as packaged by Babel {babel.__version__}, Unicode Licence v3 "
        "(https://www.unicode.org/license.txt).\n"
        "# Made by scripts/make_country_tables.py; do not edit. More forms stand in nationalities.csv.\n"
    )
    write("countries", head, ("code", "alpha3", "numeric", "name", "forms"), lines)
    currencies = sorted(code for code in english.currencies if len(code) == 3)
    head = (
        f"# ISO 4217 codes, present and past.\n# Source: Unicode CLDR as packaged by Babel {babel.__version__}, "
        "Unicode Licence v3.\n# Made by scripts/make_country_tables.py; do not edit.\n"
    )
    write("currency_codes", head, ("code", "name"), [(code, english.currencies[code]) for code in currencies])


OFFICIAL_ALPHA3 = {
    "RU": ["RUS"],
    "DE": ["DEU"],
    "FR": ["FRA"],
    "RO": ["ROU"],
    "MM": ["MMR"],
    "TL": ["TLS"],
    "CD": ["COD"],
    "YE": ["YEM"],
}


def write(name: str, head: str, columns: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    """Write one table with its head."""
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(head)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
