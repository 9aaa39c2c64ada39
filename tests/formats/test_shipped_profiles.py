"""
The shipped profiles on extracts as the systems write them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.errors import UsageError
from laborscreen.formats import load_profile, nest, open_source, parse_profile
from laborscreen.record import Record
from tests.formats.conftest import read_all

Write = Callable[..., Path]

LFA1 = """MANDT\tLIFNR\tLAND1\tNAME1\tNAME2\tNAME3\tORT01\tPSTLZ\tSTRAS\tSTCEG\tLNRZA\tSTKZN\tSPERR\tZZFLAG
100\t0000100042\tDE\tMüller Bau GmbH\t\t\tUlm\t89073\tHauptstr. 1\t\t0000100077\t\t\ta
100\t0000100043\tRU\tДальневосточная строительная компани\tя Владивосток\t\tВладивосток\t690000\tул. 1\t\t\t\tX\tb
100\t0000100044\tCN\tDandong Garment Co.\tDandong\t\tDandong\t\t\t\tHong Kong Payee Ltd\t\t\tc
100\t0000100045\tFR\tDupont\tJean\t\tLyon\t\t\t\t0000199999\tX\t\td
100\t0000100077\tCY\tPaymaster Ltd\t\t\tNicosia\t\t\t\t\t\t\te
"""


def records(path: Path, profile: str, size: int = 1_000) -> list[Record]:
    """Return the records of a file under a shipped profile."""
    rows, rejects, _ = read_all(path, size=size, profile=load_profile(profile))
    assert not rejects
    return [Record.model_validate(nest(row) if any("." in key for key in row) else row) for row in rows]


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_sap_vendors_and_their_payees(write: Write, size: int) -> None:
    """NAME1-4 are one name; a payee told by number gets the name of its row, one told by name is a record of its own."""
    found = {one.id: one for one in records(write("lfa1.txt", LFA1), "sap-lfa1", size)}
    assert list(found) == [
        "0000100042",
        "0000100043",
        "0000100044",
        "0000100044/payee",
        "0000100045",
        "0000100077",
    ]
    assert [(one.payee, one.payee_country) for one in found["0000100042"].payments] == [
        ("Paymaster Ltd", "CY")
    ]
    assert [one.payee for one in found["0000100044"].payments] == ["Hong Kong Payee Ltd"]
    assert found["0000100044/payee"].name == "Hong Kong Payee Ltd"
    assert found["0000100044/payee"].country is None
    assert [one.payee for one in found["0000100045"].payments] == ["0000199999"]
    assert (found["0000100045"].kind, found["0000100045"].name) == ("person", "Dupont Jean")
    assert found["0000100077"].kind == "organization"


def test_a_name_cut_within_a_word_is_kept_both_ways(write: Write) -> None:
    """Where NAME1 is full, the name joined without a blank is an alias; a short first part gives none."""
    found = {one.id: one for one in records(write("lfa1.txt", LFA1), "sap-lfa1")}
    cut = found["0000100043"]
    assert cut.name == "Дальневосточная строительная компани я Владивосток"
    assert cut.aliases == ("Дальневосточная строительная компания Владивосток",)
    assert found["0000100044"].aliases == ()


def test_the_accounts_hold_with_parties_of_their_own(write: Write) -> None:
    """A payee's record takes no row: rows read are the rows of the file; what was met stands in the notes."""
    source = open_source(write("lfa1.txt", LFA1), profile=load_profile("sap-lfa1"))
    found = list(source.batches())
    assert [(len(batch), batch.rows_read) for batch in found] == [(6, 5)]
    assert "1 parties named in other records were screened as records of their own" in source.notes
    assert any('no id of this file ("0000199999")' in note for note in source.notes)
    assert 'columns nobody mapped: "ZZFLAG"' in source.notes


def test_reading_goes_on_with_parties_of_their_own(write: Write) -> None:
    """A run that goes on after a batch gives the records that were missing, each once."""
    path, profile = write("lfa1.txt", LFA1), load_profile("sap-lfa1")
    first, *_ = open_source(path, profile=profile).batches(3)
    rest = [
        one
        for batch in open_source(path, profile=profile).batches(2, first.position)
        for one in batch.columns["id"]
    ]
    assert [*first.columns["id"], *rest] == [one.id for one in records(path, "sap-lfa1")]


def test_sap_business_partners(write: Write) -> None:
    """Organisations and persons of BUT000; an empty SAP date is not told, the kind is read from its number."""
    text = (
        "CLIENT;PARTNER;TYPE;NAME_ORG1;NAME_ORG2;NAME_FIRST;NAME_LAST;NATIO;BIRTHDT;FOUND_DAT;COUNTRY;STREET;HOUSE_NUM1;CITY1\n"
        "100;0010000001;2;Nordwerft Schiffbau- und Reparaturgesell;schaft mbH;;;;00000000;19920401;DE;Kai;7;Kiel\n"
        "100;0010000002;1;;;Anna;Schmidt;AT;19800229;00000000;AT;Ring;1;Wien\n"
    )
    firm, person = records(write("but000.csv", text), "sap-but000")
    assert firm.name == "Nordwerft Schiffbau- und Reparaturgesell schaft mbH"
    assert firm.aliases == ("Nordwerft Schiffbau- und Reparaturgesellschaft mbH",)
    assert (firm.kind, firm.country, str(firm.founded), firm.birth_date) == (
        "organization",
        "DE",
        "1992-04-01",
        None,
    )
    assert (person.name, person.kind, person.nationality) == ("Anna Schmidt", "person", "AT")
    assert (str(person.birth_date), person.founded) == ("1980-02-29", None)
    assert person.addresses[0].street == "Ring 1"
    assert not [*firm.notes(), *person.notes()]


def test_coupa_suppliers(write: Write) -> None:
    """The supplier export of Coupa."""
    text = (
        "Id,Supplier Number,Name,Display Name,Status,Primary Address Street1,Primary Address Street2,Primary Address City,"
        "Primary Address State,Primary Address Postal Code,Primary Address Country Code,Tax ID,DUNS,Commodity,Parent Company,"
        "Remit-To Country,Payment Method\n"
        '7,SUP-7,"Acme Tools, Inc.",Acme,active,1 Main St,Suite 2,Austin,TX,73301,US,12-3456789,123456789,Hand tools,'
        "Acme Holding,IE,invoice\n"
    )
    (one,) = records(write("coupa.csv", text), "coupa")
    assert (one.id, one.name, one.aliases, one.country) == ("SUP-7", "Acme Tools, Inc.", ("Acme",), "US")
    assert (one.addresses[0].street, one.addresses[0].city) == ("1 Main St, Suite 2", "austin")
    assert [(number.scheme, number.value) for number in one.identifiers] == [
        ("TAX", "12-3456789"),
        ("DUNS", "123456789"),
    ]
    assert (one.owners[0].name, one.payments[0].payee_country, one.activities) == (
        "Acme Holding",
        "IE",
        "Hand tools",
    )


def test_ariba_suppliers(write: Write) -> None:
    """The supplier file of Ariba, name in four parts."""
    text = (
        "ERPVendorId;SupplierName1;SupplierName2;AlternateName;Street;House Number;City;PostalCode;Region;Country;TaxNumber1;"
        "DUNS Number;Commodity;Department;Parent\n"
        "V-9;Seoul Marine;Trading Co.;;Teheran-ro;152;Seoul;06236;11;KR;1208147521;;Ship parts;MRO;\n"
    )
    (one,) = records(write("ariba.csv", text), "ariba")
    assert (one.id, one.name, one.country) == ("V-9", "Seoul Marine Trading Co.", "KR")
    assert (one.addresses[0].street, one.addresses[0].postal_code) == ("Teheran-ro 152", "06236")
    assert one.owners == ()


@pytest.mark.parametrize(
    "header",
    [
        "country,name,address,sector,lat,lng",
        "os_id,country_code,name,address,sector_product_type,number_of_workers",
    ],
)
def test_facilities_of_open_supply_hub(write: Write, header: str) -> None:
    """The upload template and the download of Open Supply Hub: the address is a site, workers are counted."""
    cells = {
        "os_id": "VN2021250D1DTN7", "country": "Vietnam", "country_code": "VN", "name": "Garment 10", "sector": "Apparel",
        "address": "Sai Dong, Hanoi", "sector_product_type": "Apparel", "number_of_workers": "1200", "lat": "21",
        "lng": "105",
    }  # fmt: skip
    row = ",".join(f'"{cells[name]}"' for name in header.split(","))
    (one,) = records(write("osh.csv", f"{header}\n{row}\n"), "open-supply-hub")
    assert (one.name, one.country, one.addresses[0].use) == ("Garment 10", "VN", "site")
    assert one.industries[0].label == "Apparel"
    assert [group.headcount for group in one.workforce] == ([1200] if "os_id" in header else [])


def test_json_lines_are_mapped_as_tables_are(write: Write) -> None:
    """The same extract as JSON lines gives the same records: names joined, words put in, constants set."""
    header, *rows = (line.split("\t") for line in LFA1.splitlines())
    lines = "".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows)
    profile = parse_profile("profile: x\ninherits: sap-lfa1\nown_parties: []\n", "x.yaml")
    flat, _, _ = read_all(write("a.txt", LFA1), profile=profile)
    nested, _, _ = read_all(write("a.jsonl", lines), profile=profile)
    assert [Record.model_validate(row) for row in nested] == [
        Record.model_validate(nest(row)) for row in flat
    ]


def test_a_profile_adds_to_the_one_it_inherits(write: Write) -> None:
    """Words, constants, ignored columns and parties are inherited with the columns; one's own come first."""
    profile = parse_profile(
        "profile: ours\ninherits: sap-lfa1\ncolumns: {activities: [ZZFLAG]}\n", "ours.yaml"
    )
    source = open_source(write("a.txt", LFA1), profile=profile)
    (batch,) = source.batches()
    assert batch.columns["activities"][0] == "a"
    assert batch.columns["kind"][4] == "person"
    assert not any("nobody mapped" in note for note in source.notes)
    assert len(batch) == 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profile: x\nown_parties: [name]\n", "x.yaml:2:14: 'name' names no party"),
        ("profile: x\ngroup_rows: true\nown_parties: [owners.name]\n", "x.yaml:3:14: rows that are grouped"),
        (
            "profile: x\ncolumns: {name: {join: [A], wrapped_at: no}}\n",
            "x.yaml:2:41: 'no' is no number of letters",
        ),
        ("profile: x\ncolumns: {activities: {join: [A], wrapped_at: 9}}\n", "only the parts of the `name`"),
    ],
)
def test_faults_of_the_new_keys_are_placed(text: str, message: str) -> None:
    """A wrong party or length is told with its line and column."""
    with pytest.raises(UsageError) as caught:
        parse_profile(text, "x.yaml")
    assert message in str(caught.value)


def test_the_golden_copy_of_gleif(write: Write) -> None:
    """Level 1 as CSV: LEI with its check digits, legal and other names, both addresses."""
    text = (
        "LEI,Entity.LegalName,Entity.OtherEntityNames.OtherEntityName.1,Entity.LegalAddress.FirstAddressLine,"
        "Entity.LegalAddress.City,Entity.LegalAddress.Country,Entity.HeadquartersAddress.City,"
        "Entity.HeadquartersAddress.Country,Entity.LegalJurisdiction\n"
        "001GPB6A9XPE8XJICC14,Fidelity Advisor Fund,FAF,245 Summer St,Boston,US,Boston,US,US-MA\n"
    )
    (one,) = records(write("lei2.csv", text), "gleif-lei")
    assert (one.id, one.name, one.aliases) == ("001GPB6A9XPE8XJICC14", "Fidelity Advisor Fund", ("FAF",))
    assert [(number.scheme, number.value) for number in one.identifiers] == [("LEI", "001GPB6A9XPE8XJICC14")]
    assert [(place.use, place.country) for place in one.addresses] == [(None, "US"), ("registered", "US")]
    assert one.country == "US"
