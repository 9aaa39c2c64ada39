"""The tables: whole, sourced, and without contradictions."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import dropwhile
from pathlib import Path

import pytest

import laborscreen.values.tables as tables
from laborscreen.values import read_country, words_of
from laborscreen.values.spelling import key

FOLDER = Path(tables.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_tells_its_source(name):
    """The head of a table says where it comes from."""
    head = [
        line
        for line in (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    ]
    assert any("source" in line.casefold() for line in head)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_as_wide_as_its_head(name):
    """A comma too many would drop written forms without a word."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(dropwhile(lambda line: line.startswith("#"), file))}
    assert len(widths) == 1


def test_generated_names_stand_under_their_lookup_spelling():
    """countries.csv is read without folding, so it must hold folded names."""
    wrong = [
        form for row in tables.rows("countries") for form in tables.forms(row["forms"]) if key(form) != form
    ]
    assert wrong == []


def test_no_form_of_a_country_word_stands_under_two_meanings():
    """One spelling, one meaning: the first row must not hide a later one."""
    meanings = defaultdict(set)
    for row in tables.rows("country_words"):
        for form in tables.forms(row["written"]):
            meanings[key(form)].add((row["reads"], row["note"]))
    assert {form: found for form, found in meanings.items() if len(found) > 1} == {}


def test_no_adjective_leads_to_two_countries():
    """One adjective, one country; the Koreas stand in their own table alone."""
    codes = defaultdict(set)
    for row in tables.rows("nationalities"):
        for form in tables.forms(row["written"]):
            codes[key(form)].add(row["code"])
    assert {form: found for form, found in codes.items() if len(found) > 1} == {}
    assert not {"KP", "KR"} & {code for found in codes.values() for code in found}


@pytest.mark.parametrize("table", ["country_words", "nationalities"])
def test_every_written_form_reads_as_its_row_says(table):
    """What stands in a table is what the reader gives, whole."""
    wrong = []
    for row in tables.rows(table):
        wanted = row["code"] if table == "nationalities" else row["reads"] or None
        for form in tables.forms(row["written"]):
            read = read_country(form, nationality=True).value
            if read != wanted:
                wrong.append((form, read, wanted))
    assert wrong == []


def test_every_country_code_and_name_reads_as_the_country():
    """All alpha-2, alpha-3 and numeric codes, and all CLDR names, lead back to their row."""
    wrong = []
    for row in tables.rows("countries"):
        codes = [row["code"].lower(), *tables.forms(row["alpha3"]), *tables.forms(row["numeric"])]
        for form in [row["code"], row["name"], *codes, *tables.forms(row["forms"])]:
            read = read_country(form)
            if read.value != row["code"] and not read.note:
                wrong.append((form, read, row["code"]))
            if read.value not in {row["code"], None, "ambiguous"}:
                wrong.append((form, read, row["code"]))
    assert wrong == []


WORDS = {
    "kind": "organization person",
    "role": "supplier contractor subcontractor labour_provider freelancer buyer",
    "source_type": "document official audit supplier_statement internal_note media ngo blog anonymous",
    "address_use": "registered site lodging delivery billing",
    "industry_scheme": "ISIC4 NACE2 OKVED2 NAICS2022 CPV UNSPSC HS",
    "link_kind": "address phone email director bank_account ip device",
    "visa": "work student trainee tourist business private cultural transit transport_crew diplomatic humanitarian "
    "not_required other",
    "work_permit": "permit patent not_required none",
    "exemption": "host_national protected committee_approval",
    "pay_method": "bank cash crypto in_kind ledger",
    "pay_recipient": "worker employer agency state_company embassy third_party",
    "documents_held_by": "worker employer agency supervisor embassy other",
    "lodging": "own rented dormitory camp container basement unfinished_building",
    "movement": "free group_only escorted confined",
    "audit_access": "granted refused",
    "vpn": "none occasional persistent",
    "video": "shown refused anomalous",
    "identity_check": "passed failed refused not_done",
}


@pytest.mark.parametrize("vocabulary", WORDS)
def test_vocabularies_are_those_of_the_design(vocabulary):
    """The words of a field are a contract, in the order of the design."""
    assert words_of(vocabulary) == tuple(WORDS[vocabulary].split())
