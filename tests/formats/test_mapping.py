"""
Mapping profiles: which column becomes which field.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import load_profile, nest, open_source, parse_profile, shipped_profiles, tables
from laborscreen.formats.headers import header_key
from laborscreen.formats.nesting import read_path
from laborscreen.record import Record, catalogue
from tests.formats.conftest import read_all

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("header", "paths"),
    [
        ("Vendor No,Vendor Name,Country,City", ["id", "name", "country", "addresses.city"]),
        ("VENDOR_ID;Legal-Name;COUNTRY CODE;Zip", ["id", "name", "country", "addresses.postal_code"]),
        ("Код контрагента;Наименование;Страна;ИНН", ["id", "name", "country", "identifiers.value"]),
        ("Kreditor;Firma;Ländercode;Bemerkungen", ["id", "name", "country", "observations.text"]),
        ("供应商编号,公司名称,国家,备注", ["id", "name", "country", "observations.text"]),
        ("거래처코드,업체명,국가,비고", ["id", "name", "country", "observations.text"]),
        (
            "id,name,workforce.nationality,remote_work.vpn",
            ["id", "name", "workforce.nationality", "remote_work.vpn"],
        ),
        ("os_id,Facility Name,Country,Address", ["id", "name", "country", "addresses.street"]),
    ],
)
def test_common_headers_are_understood(write: Write, header: str, paths: list[str]) -> None:
    """Headers of common exports in five languages, and paths themselves, find their fields without a profile."""
    sign = ";" if ";" in header else ","
    source = open_source(write("a.csv", f"{header}\n{sign.join('1234')}\n"))
    (batch,) = source.batches()
    for path, value in zip(paths, "1234", strict=True):
        assert list(batch.columns[path]) == [value]


def test_nothing_is_dropped_in_silence(write: Write) -> None:
    """Columns nobody mapped are named in the notes, also those without a header."""
    source = open_source(write("a.csv", "id,name,Shoe size,\n1,A,44,x\n"))
    assert 'columns nobody mapped: "Shoe size", "column 4 (no header)"' in source.notes


def test_a_second_column_of_the_same_meaning_is_reported(write: Write) -> None:
    """Of two columns that mean the name, the more telling one is read and the other reported."""
    source = open_source(write("a.csv", "id,company,supplier name\n1,A,B\n"))
    (batch,) = source.batches()
    assert list(batch.columns["name"]) == ["B"]
    assert 'columns nobody mapped: "company"' in source.notes


def test_labels_become_schemes_and_uses(write: Write) -> None:
    """An INN column is an identifier of scheme RU-INN; the label stands only where there is a number."""
    rows, _, _ = read_all(
        write("a.csv", "id,name,ИНН,КПП,site address\n1,A,2540000000,254001001,Quay 3\n2,B,,,-\n")
    )
    assert nest(rows[0]) == {
        "id": "1",
        "name": "A",
        "identifiers": [
            {"scheme": "RU-INN", "value": "2540000000"},
            {"scheme": "RU-KPP", "value": "254001001"},
        ],
        "addresses": [{"use": "site", "street": "Quay 3"}],
    }
    assert nest(rows[1]) == {"id": "2", "name": "B"}


def test_several_nationalities_in_one_cell_become_several_groups(write: Write) -> None:
    """A cell with two nationalities gives two groups that share what is told of both, but for the count."""
    text = "id,name,workforce.nationality,headcount,visa\n1,A,Russia; DPRK,40,work\n2,B,China,7,work\n3,C,RU;UZ,30;10,\n"
    source = open_source(write("a.csv", text))
    (batch,) = source.batches()
    records = [
        nest({path: column[at] for path, column in batch.columns.items()})["workforce"]
        for at in range(len(batch))
    ]
    assert records == [
        [{"nationality": "Russia", "visa": "work"}, {"nationality": "DPRK", "visa": "work"}],
        [{"nationality": "China", "headcount": "7", "visa": "work"}],
        [{"nationality": "RU", "headcount": "30"}, {"nationality": "UZ", "headcount": "10"}],
    ]
    assert any("1 counts belong to several groups" in note for note in source.notes)


PROFILE = """
profile: ours
columns:
  id: [Key]
  name: {join: [N1, N2], with: " "}
  workforce.visa: [Papers]
  aliases: [Short, Old name]
  identifiers.RU-INN: [Key]
constants: {country: RU, workforce.source_type: audit, role: contractor}
words:
  workforce.visa: {Стажировка: trainee}
ignore: [Colour]
date_order: dmy
decimal_mark: ","
as_of: 2024-01
"""


def test_a_profile_of_staff_is_obeyed(write: Write) -> None:
    """Joined columns, several columns for a list, one column for two fields, constants, words, ignored columns."""
    profile = parse_profile(PROFILE, "ours.yaml")
    source = open_source(
        write(
            "a.csv",
            "Key,N1,N2,Papers,Short,Old name,Colour,City\n7,ООО,Ромашка, стажировка,R,R1,red,Kazan\n8,B,,,,,,\n",
        ),
        profile=profile,
    )
    (batch,) = source.batches()
    first, second = (nest({path: column[at] for path, column in batch.columns.items()}) for at in (0, 1))
    common = {"country": "RU", "role": "contractor", "as_of": "2024-01"}
    assert first == {
        "id": "7", "name": "ООО Ромашка", "aliases": ["R", "R1"], **common,
        "identifiers": [{"scheme": "RU-INN", "value": "7"}],
        "workforce": [{"visa": "trainee", "source_type": "audit"}],
        "addresses": [{"city": "Kazan"}],
    }  # fmt: skip
    assert second == {"id": "8", "name": "B", **common, "identifiers": [{"scheme": "RU-INN", "value": "8"}]}
    assert not any("nobody mapped" in note for note in source.notes)
    assert (profile.settings.date_order, profile.settings.decimal_mark) == ("dmy", ",")


def test_all_faults_of_a_profile_are_told_at_once() -> None:
    """Every fault is listed with its line and column and a suggestion."""
    text = "profile: x\ncolums: {}\ncolumns:\n  nmae: [A]\n  id: {jion: [B]}\ndate_order: european\ncolumns: {}\n"
    with pytest.raises(UsageError) as caught:
        parse_profile(text, "x.yaml")
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    assert all(line.startswith("x.yaml:") for line in lines)
    for expected in (
        "written twice",
        "did you mean `columns`",
        "did you mean `name`",
        "did you mean `join`",
        "european",
    ):
        assert expected in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "a: [", "- a\n- b\n", "a: &x 1\nb: *x\n", "\t", "profile: {a: b}\n", "[" * 2_000]
)
def test_what_is_no_profile_is_refused_without_a_traceback(text: str) -> None:
    """Broken YAML, anchors, lists and nonsense are bad usage."""
    with pytest.raises(UsageError, match=r"x\.yaml:"):
        parse_profile(text, "x.yaml")


def test_yaml_does_not_guess() -> None:
    """NO is the text NO and 010 the text 010."""
    profile = parse_profile("profile: x\nconstants: {country: NO, name: 010}\n", "x.yaml")
    assert dict(profile.constants) == {"country": "NO", "name": "010"}


def test_an_unknown_profile_lists_the_shipped_ones() -> None:
    """A profile that is not there is refused with what there is."""
    with pytest.raises(UsageError, match="generic"):
        load_profile("genric")


@pytest.mark.parametrize("name", shipped_profiles())
def test_shipped_profiles_are_sound(name: str) -> None:
    """Every path of a shipped profile is a field of the record."""
    profile = load_profile(name)
    assert profile.name == name
    assert all(read_path(rule.path) for rule in profile.columns)


def test_no_synonym_means_two_fields() -> None:
    """In the generic profile no header stands for two fields."""
    seen: dict[str, str] = {}
    for rule in load_profile("generic").columns:
        for header in rule.headers:
            assert seen.setdefault(header_key(header), rule.path) == rule.path, header


def test_every_field_of_the_catalogue_can_be_a_header() -> None:
    """Any catalogue path is a column header, with and without an index where it is of a list."""
    for path, field in catalogue().fields.items():
        assert read_path(path).field is field
        if field.group:
            assert read_path(f"{field.group}[2].{field.name}").index == 2
            assert read_path(f"{field.group}.2.{field.name}").index == 2


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "workforce",
        "workforce.",
        "workforce[1]",
        "country[1]",
        "workforce[a].visa",
        "a[b",
        "workforce[999].visa",
        "workforce.1.2.visa",
        "remote_work[1].vpn",
        "addresses.ctiy",
    ],
)
def test_paths_that_are_no_fields_are_refused(path: str) -> None:
    """What is no path of a field is bad usage."""
    with pytest.raises(UsageError):
        read_path(path)


def test_indexes_keep_entries_apart_whether_counted_from_0_or_1() -> None:
    """Entries come in the order of their indexes; one without index is the first."""
    for first, second in (
        ("workforce", "workforce[1]"),
        ("workforce.0", "workforce.1"),
        ("workforce[1]", "workforce[2]"),
    ):
        row = {"id": "1", "name": "A", f"{second}.nationality": "UZ", f"{first}.nationality": "RU"}
        assert nest(row)["workforce"] == [{"nationality": "RU"}, {"nationality": "UZ"}]
    assert list(tables(["workforce[1].visa", "workforce.visa", "id"])) == ["workforce"]


def test_a_nested_row_makes_a_record() -> None:
    """What nesting gives is what a record takes."""
    record = Record(
        **nest(
            {"id": "1", "name": "A", "workforce.headcount": "12", "remote_work.vpn": "none", "country": "n/a"}
        )
    )
    assert record.workforce[0].headcount == 12
    assert record.remote_work is not None
    assert record.country is None


def test_rows_of_one_id_can_be_one_record(write: Write) -> None:
    """With grouping, neighbouring rows of an id are merged; a row that comes back later is rejected, all is counted."""
    profile = parse_profile("profile: x\ngroup_rows: true\n", "x.yaml")
    text = (
        "id,name,country,city,workforce.nationality,headcount\n"
        "1,A,RU,Kazan,RU,10\n1,A,,Kazan,UZ,20\n1,A,KZ,,KP,5\n2,B,FR,Lyon,,\n1,A,RU,Kazan,CN,1\n"
    )
    path = write("a.csv", text)
    rows, rejects, batches = read_all(path, size=2, profile=profile)
    assert rows == [
        {
            "id": "1", "name": "A", "country": "RU", "addresses": [{"city": "Kazan"}],
            "workforce": [
                {"nationality": "RU", "headcount": "10"},
                {"nationality": "UZ", "headcount": "20"},
                {"nationality": "KP", "headcount": "5"},
            ],
        },
        {"id": "2", "name": "B", "country": "FR", "addresses": [{"city": "Lyon"}]},
    ]  # fmt: skip
    assert [reject.row for reject in rejects] == [5]
    assert "sort the file by id" in rejects[0].reason
    assert sum(batch.rows_read for batch in batches) == 5


def test_without_grouping_a_repeated_id_is_two_records(write: Write) -> None:
    """Nothing is merged unless a profile says so."""
    rows, rejects, _ = read_all(write("a.csv", "id,name\n1,A\n1,A\n"))
    assert len(rows) == 2
    assert not rejects


def test_json_keys_are_mapped_with_a_profile_only(write: Write) -> None:
    """Without a profile unknown keys stay for the record to judge; with one they are mapped or reported."""
    line = '{"vendor id": 7, "Company": "A", "workforce.headcount": 3, "colour": "red"}\n'
    with_profile = open_source(write("a.jsonl", line), profile=load_profile())
    (batch,) = with_profile.batches()
    assert batch.nested == ({"id": "7", "name": "A", "workforce": [{"headcount": 3}]},)
    assert 'keys nobody mapped: "colour"' in with_profile.notes
    _, rejects, _ = read_all(write("b.jsonl", line))
    assert "no id" in rejects[0].reason


def test_a_file_without_a_name_column_is_refused_with_a_hint(write: Write) -> None:
    """The nearest header is suggested."""
    with pytest.raises(InputError, match=r'did you mean "suplier name"\? call it `name`'):
        open_source(write("a.csv", "id,suplier name\n1,A\n"))


def test_an_extract_of_sap_is_read(write: Write) -> None:
    """SAP's four name fields are one name; the alternative payee and the mark of natural persons are kept."""
    header = ["LIFNR", "LAND1", "NAME1", "NAME2", "ORT01", "STCEG", "LNRZA", "STKZN", "MANDT"]
    cells = ["0000100042", "DE", "Müller", "Bau GmbH", "Ulm", "DE1", "77", "X", "100"]
    text = "\t".join(header) + "\n" + "\t".join(cells) + "\n"
    source = open_source(write("lfa1.txt", text), profile=load_profile("sap-lfa1"))
    (batch,) = source.batches()
    assert nest({path: column[0] for path, column in batch.columns.items()}) == {
        "id": "0000100042",
        "name": "Müller Bau GmbH",
        "kind": "person",
        "country": "DE",
        "addresses": [{"city": "Ulm", "country": "DE"}],
        "identifiers": [{"scheme": "VAT", "value": "DE1"}],
        "payments": [{"payee": "77"}],
    }
    assert not any("nobody mapped" in note for note in source.notes)


@pytest.mark.parametrize(
    ("profile", "header", "expected"),
    [
        (
            "coupa",
            "Supplier Number,Name,Primary Address Street1,Primary Address Country Code",
            "addresses.street",
        ),
        ("ariba", "ERP Vendor Id,SupplierName1,SupplierName2,Country,City", "addresses.city"),
        ("open-supply-hub", "country,name,address,sector,lat,lng", "industries.label"),
    ],
)
def test_other_shipped_profiles_read_their_files(
    write: Write, profile: str, header: str, expected: str
) -> None:
    """Exports of Coupa and Ariba and the Open Supply Hub template are read whole."""
    source = open_source(
        write("a.csv", header + "\n" + ",".join(["x"] * (header.count(",") + 1)) + "\n"),
        profile=load_profile(profile),
    )
    (batch,) = source.batches()
    assert {"id", "name", "country", "addresses.country", expected} <= set(batch.columns)
    assert not any("nobody mapped" in note for note in source.notes)
