"""
Write a synthetic vendor master: as many rows as asked for, some 150 bytes a row, with a free-text column.

What repeats in a real one repeats here (countries, cities, industries, phrases of remarks); ids, names, streets and most
remarks differ from row to row. Two rows in a hundred tell something a rule looks for.

    python benchmarks/make_vendor_master.py vendors.csv 1000000
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

COUNTRIES = [
    "DE",
    "China",
    "Россия",
    "PL",
    "US",
    "Türkiye",
    "VN",
    "IN",
    "FR",
    "Italia",
    "KR",
    "Malaysia",
    "AE",
    "MX",
]
CITIES = [
    "Hamburg",
    "Dalian",
    "Владивосток",
    "Gdańsk",
    "Ningbo",
    "Izmir",
    "Hanoi",
    "Pune",
    "Lyon",
    "Busan",
    "Penang",
]
WORDS = [
    "north",
    "star",
    "global",
    "prime",
    "river",
    "stone",
    "delta",
    "union",
    "harvest",
    "bright",
    "silk",
    "iron",
    "cedar",
    "summit",
    "blue",
    "eastern",
    "coast",
    "metro",
    "alpine",
    "grand",
    "royal",
    "pacific",
    "golden",
    "orient",
    "vector",
    "nova",
    "terra",
    "atlas",
    "orion",
    "crest",
    "harbor",
    "field",
    "bridge",
]
TRADES = [
    "Textile",
    "Construction",
    "Logistics",
    "Seafood",
    "Timber",
    "Foods",
    "Metals",
    "Software",
    "Packaging",
    "Chemicals",
]
FORMS = ["Ltd", "GmbH", "LLC", "Co., Ltd", "S.A.", "ООО", "Sp. z o.o.", "Inc", "Pte Ltd"]
PHRASES = [
    "delivery terms DAP, payment within 30 days after receipt of invoice",
    "annual audit passed without findings",
    "contact person changed, see the correspondence with purchasing",
    "prices fixed until the end of the quarter",
    "certificate of origin requested and received",
    "second source for packaging material",
    "bank details confirmed by telephone",
    "workshop visited together with the quality department",
]
TELLING = [
    "passports are kept by the agency",
    "crew from the DPRK housed on site",
    "workers paid through the embassy",
    "no documents held back, workers keep their passports",
]
INDUSTRIES = ["1412", "4120", "0311", "1629", "6201", "2511", "1020", "4923", "2220", "1310"]


def main(path: Path, rows: int) -> None:
    """Write the file; the same rows each time."""
    told = random.Random(20260630)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["vendor id", "name", "country", "city", "street", "industries.ISIC4", "remarks"])
        for number in range(rows):
            name = f"{told.choice(WORDS).title()} {told.choice(WORDS).title()} {told.choice(TRADES)} {told.choice(FORMS)}"
            remark = ""
            if told.random() < 0.7:
                remark = f"{'; '.join(told.sample(PHRASES, 2))}; order {told.randrange(10**6)}"
            if told.random() < 0.02:
                remark = f"{remark}; {told.choice(TELLING)}".lstrip("; ")
            out.writerow(
                [
                    f"V{number:08d}",
                    name,
                    told.choice(COUNTRIES),
                    told.choice(CITIES),
                    f"{told.choice(WORDS).title()} Street {told.randrange(1, 400)}",
                    told.choice(INDUSTRIES),
                    remark,
                ]
            )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("rows", type=int, nargs="?", default=1_000_000)
    given = options.parse_args()
    main(given.file, given.rows)
