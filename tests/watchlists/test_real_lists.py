"""
The real files, as their publishers made them, to the exact number of entries.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from laborscreen.watchlists.draft import tidy
from laborscreen.watchlists.importers.ofac_remarks import person_name
from tests.watchlists.lists import REAL, by_id, read_one, real_reading, shared


@pytest.mark.parametrize("name", REAL)
def test_every_entry_of_a_real_list_is_read(name: str) -> None:
    """
    A real list gives exactly the entries it has, under its own name and date, each with an id of its own.
    """
    _, entries, list_name, date = REAL[name]

    reading = real_reading(name)

    assert len(reading.entries) == entries == reading.provenance.imported_entries
    assert (reading.provenance.list, reading.provenance.file_date) == (list_name, date)
    assert len({entry.key for entry in reading.entries}) == entries
    assert all(entry.names and entry.names[0].text for entry in reading.entries)


def test_the_sdn_list_has_its_kinds_and_strengths() -> None:
    """
    The SDN list of 2024 has its 484 DPRK entries by kind, and its 3,694 weak aliases stay weak.
    """
    reading = real_reading("sdn-xml")
    tagged = [entry for entry in reading.entries if any(name.startswith("DPRK") for name in entry.programmes)]

    assert Counter(entry.kind for entry in tagged) == {
        "organization": 199,
        "person": 164,
        "vessel": 105,
        "aircraft": 16,
    }
    assert sum(name.strength == "weak" for entry in reading.entries for name in entry.names) >= 3_600


def test_a_programme_filter_would_miss_what_nationality_and_country_show() -> None:
    """
    Of the SDN entries without a DPRK programme, 69 are DPRK by nationality or address, and text and documents show more.
    """
    untagged = [
        entry
        for entry in real_reading("sdn-xml").entries
        if entry.dprk_related and not any(reason.by == "programme" for reason in entry.dprk_reasons)
    ]
    by_place = [
        entry
        for entry in untagged
        if any(reason.by in ("nationality", "country") for reason in entry.dprk_reasons)
    ]

    assert len(by_place) == 69
    assert len(untagged) == 111


@pytest.mark.parametrize("name", ["un-2021", "un-2024", "un-2026"])
def test_the_un_list_has_its_dprk_references(name: str) -> None:
    """
    Each layout of the UN list gives 80 persons and 75 entities of the DPRK list, one reference being used twice.
    """
    related = [entry for entry in real_reading(name).entries if "DPRK" in entry.programmes]

    assert Counter(entry.id[:3] for entry in related) == {"KPi": 80, "KPe": 75}
    assert all(entry.dprk_related for entry in related)


@pytest.mark.parametrize(
    ("name", "persons", "entities"), [("un-2021", 710, 293), ("un-2024", 682, 193), ("un-2026", 730, 273)]
)
def test_the_un_list_has_its_persons_and_entities(name: str, persons: int, entities: int) -> None:
    """
    Each layout of the UN list gives its persons and its entities, counted apart.
    """
    kinds = Counter(entry.kind for entry in real_reading(name).entries)

    assert kinds == {"person": persons, "organization": entities}


@pytest.mark.parametrize(("name", "related"), [("sdn-csv-2021", 414), ("sdn-csv-2019", 388)])
def test_the_csv_sets_have_their_dprk_entries(name: str, related: int) -> None:
    """
    The CSV sets of the SDN list give as many entries under a DPRK programme as were counted in the files.
    """
    tagged = [
        entry
        for entry in real_reading(name).entries
        if any(programme.startswith("DPRK") for programme in entry.programmes)
    ]

    assert len(tagged) == related
    assert all(entry.dprk_related for entry in tagged)


@pytest.mark.parametrize(
    ("name", "rows"),
    [("sdn-csv-2021", (11_910, 13_837)), ("sdn-csv-2019", (9_682, 11_696)), ("cons-csv-2025", (1_073, 574))],
)
def test_every_alias_and_address_of_a_csv_set_is_at_its_entry(name: str, rows: tuple[int, int]) -> None:
    """
    Every row of the files of aliases and of addresses is found again at the entry whose number it bears.

    The data README counts line ends; of the set of 2019 the last row of each file has none.
    """
    entries = by_id(real_reading(name))
    found = [0, 0]
    for place, file in enumerate(REAL[name][0][1:3]):
        with shared(file).open(encoding="utf-8", newline="") as source:
            for row in csv.reader(source):
                if len(row) > 1:
                    entry = entries[row[0]]
                    known = [one.text for one in entry.names] if place == 0 else entry.addresses
                    said = [row[3], person_name(row[3])] if place == 0 else [", ".join(_said(row[2:5]))]
                    assert not any(said) or any(tidy(text) in known for text in said), row
                    found[place] += 1

    assert tuple(found) == rows


def _said(cells: list[str]) -> list[str]:
    return [tidy(cell) for cell in cells if cell.strip() not in ("-0-", "")]


def test_the_eu_list_has_its_dprk_entries_and_those_under_other_programmes() -> None:
    """
    The EU list has 245 entries of programme PRK, and shows three DPRK citizens under other programmes.
    """
    reading = real_reading("eu")
    prk = [entry for entry in reading.entries if "PRK" in entry.programmes]
    citizens = [
        entry for entry in reading.entries if "KP" in entry.nationalities and "PRK" not in entry.programmes
    ]

    assert Counter(entry.kind for entry in prk) == {"person": 153, "organization": 92}
    assert len(citizens) == 3
    assert all(entry.dprk_related for entry in (*prk, *citizens))


def test_the_japanese_list_has_its_dprk_entries_in_both_scripts() -> None:
    """
    The Japanese list has 330 DPRK entries in five sheets, with katakana beside Latin names.
    """
    related = [entry for entry in real_reading("jp").entries if "北朝鮮" in "".join(entry.programmes)]
    scripts = Counter(name.script for entry in related for name in entry.names)

    assert len(related) == 330
    assert all(entry.dprk_related for entry in related)
    assert scripts["Kana"] > 300
    assert scripts["Latn"] > 400


def test_a_csv_set_keeps_what_stands_only_in_remarks() -> None:
    """
    Weak aliases, birth dates, nationalities and passports are read from the remarks of the OFAC CSV files.
    """
    entries = by_id(real_reading("sdn-csv-2021"))
    office, person = entries["12209"], entries["18848"]

    assert [(name.text, name.strength) for name in office.names if name.text == "THIRD FLOOR"] == [
        ("THIRD FLOOR", "weak")
    ]
    assert (person.name, person.nationalities, person.birth_dates) == (
        "Kwang Hyok KIM",
        ("KP",),
        ("1970-04-20",),
    )
    assert [(item.scheme, item.value, item.country) for item in person.identifiers] == [
        ("Passport", "654210025", "KP")
    ]


def test_the_csv_and_the_xml_of_one_party_agree() -> None:
    """
    One party read from the CSV files and from the XML has the same names, nationality and birth date.
    """
    table, tree = by_id(real_reading("sdn-csv-2021")), by_id(real_reading("sdn-xml"))

    for number in ("18848", "22999", "20157"):
        assert table[number].name == tree[number].name
        assert table[number].nationalities == tree[number].nationalities
        assert table[number].birth_dates == tree[number].birth_dates


def test_long_remarks_are_joined_without_a_seam() -> None:
    """
    A remark cut at a thousand characters goes on in the comments file in the middle of a word.
    """
    entry = by_id(real_reading("sdn-csv-2021"))["28264"]

    assert "khaleesi" in [name.text for name in entry.names]
    assert "Phone Number" in [item.scheme for item in entry.identifiers]


def test_native_names_are_kept() -> None:
    """
    Hangul, Chinese, Cyrillic and Arabic names of the EU and UN lists keep their script.
    """
    scripts = Counter(
        name.script
        for list_name in ("eu", "un-2026")
        for entry in real_reading(list_name).entries
        for name in entry.names
    )

    assert all(scripts[script] > 0 for script in ("Hang", "Cyrl", "Arab", "Hani"))


@pytest.mark.parametrize(
    ("files", "line"),
    [
        (("invalid/sdn.csv",), 7380),
        (("invalid/sdn.csv", "invalid/alt.csv"), 7380),
        (("invalid/csl.csv",), 2),
        (("invalid/add.csv",), 11697),
        (("invalid/alt.csv",), 9683),
        (("invalid/sdn_comments.csv",), 4),
    ],
)
def test_a_broken_list_is_refused_with_its_line(files: tuple[str, ...], line: int) -> None:
    """
    A list broken on purpose is refused whole, and the message names the first bad line.
    """
    from laborscreen.errors import WatchlistError

    with pytest.raises(WatchlistError) as caught:
        read_one(*(shared(file) for file in files))

    assert caught.value.location is not None
    assert caught.value.location.line == line
