"""
OFAC's CSV files, which mean something only together.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.importers.ofac_remarks import add_remarks
from laborscreen.watchlists.listfile import ListFile
from tests.watchlists.lists import read_one, shared, written

SDN = (
    '1,"RI, Il Nam","individual","NPWMD] [DPRK4",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1961; a.k.a. \'MR X\'."\r\n'
    '2,"DEMO, LTD.",-0- ,"DPRK4",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
ALT = '1,10,"aka","RHEE, Il Nam",-0- \r\n2,11,"fka","OLD DEMO",-0- \r\n\x1a'
ADD = '1,20,-0- ,"Pyongyang","Korea, North",-0- \r\n2,21,"1 Main Street","Dandong","China",-0- \r\n\x1a'


def folder_of(folder: Path, **parts: str) -> list[Path]:
    """Write parts of a set under meaningless names."""
    return [written(folder, f"{place}.txt", text) for place, text in enumerate(parts.values())]


def test_a_whole_set_is_put_together_whatever_its_files_are_called(tmp_path: Path) -> None:
    """
    Entries, aliases and addresses are told by their content and joined by number.
    """
    reading = read_one(*folder_of(tmp_path, add=ADD, alt=ALT, sdn=SDN))
    person, firm = reading.entries

    assert [(name.text, name.strength, name.kind) for name in person.names] == [
        ("Il Nam RI", "strong", "primary"),
        ("Il Nam RHEE", "strong", "aka"),
        ("MR X", "weak", "aka"),
    ]
    assert (person.programmes, person.countries) == (("NPWMD", "DPRK4"), ("KP",))
    assert [(name.text, name.kind) for name in firm.names] == [("DEMO, LTD.", "primary"), ("OLD DEMO", "fka")]
    assert reading.provenance.warnings == ()


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"sdn": SDN, "add": ADD}, "aliases"),
        ({"sdn": SDN, "alt": ALT}, "addresses"),
        ({"sdn": SDN}, "aliases"),
    ],
)
def test_a_set_with_a_part_missing_is_read_with_a_warning(
    tmp_path: Path, parts: dict[str, str], missing: str
) -> None:
    """
    A set without aliases or addresses gives its entries and names what is missing.
    """
    reading = read_one(*folder_of(tmp_path, **parts))

    assert len(reading.entries) == 2
    assert any(missing in warning for warning in reading.provenance.warnings)


@pytest.mark.parametrize("text", [ALT, ADD, '1,"more remarks"\r\n\x1a'])
def test_a_part_without_its_entries_is_refused(tmp_path: Path, text: str) -> None:
    """
    Aliases, addresses or comments alone are refused, and the message says what to give with them.
    """
    with pytest.raises(WatchlistError, match="were not given") as caught:
        read_one(written(tmp_path, "part.csv", text))

    assert "entries" in caught.value.hint


def test_a_part_of_another_list_is_refused(tmp_path: Path) -> None:
    """
    Aliases whose numbers belong to other entries are not hung on these.
    """
    with pytest.raises(WatchlistError, match="were not given"):
        read_one(*folder_of(tmp_path, sdn=SDN, alt='77,10,"aka","OTHER",-0- \r\n\x1a'))


def test_a_part_given_twice_is_refused(tmp_path: Path) -> None:
    """
    Two files of aliases for one list are not silently joined.
    """
    with pytest.raises(WatchlistError, match="twice"):
        read_one(*folder_of(tmp_path, sdn=SDN, one=ALT, two=ALT))


def test_a_file_without_its_end_mark_is_read_with_a_warning(tmp_path: Path) -> None:
    """
    A file cut between two rows looks whole but for the end mark, so its absence is told.
    """
    cut = SDN.split("\r\n", maxsplit=1)[0] + "\r\n"
    reading = read_one(*folder_of(tmp_path, sdn=cut, alt=ALT, add=ADD))

    assert len(reading.entries) == 1
    assert any("end mark" in warning for warning in reading.provenance.warnings)


def test_both_ofac_lists_in_one_call_are_kept_apart() -> None:
    """
    The files of the SDN list and of the non-SDN list, given together, make two lists under their own names.
    """
    names = [
        *(f"us_ofac/csv_2021/{name}.csv" for name in ("alt", "sdn", "add")),
        *(f"us_ofac/cons_2025/cons_{name}.csv" for name in ("add", "prim", "alt")),
    ]
    readings = list(import_lists([ListFile(shared(name)) for name in names]))

    assert {reading.provenance.list: len(reading.entries) for reading in readings} == {
        "us-ofac-sdn": 8_976,
        "us-ofac-cons": 442,
    }


@pytest.mark.parametrize(
    ("remarks", "kind", "names"),
    [
        ("a.k.a. 'BNC'.", "organization", [("BNC", "weak", "aka")]),
        ("f.k.a. 'ANA I'.", "vessel", [("ANA I", "weak", "fka")]),
        ("DOB 1970; alt. DOB 1971; a.k.a. 'CHAFFORI, Petit'.", "person", [("Petit CHAFFORI", "weak", "aka")]),
        ("a.k.a. 'CH'OE'; Linked To: X.", "organization", [("CH'OE", "weak", "aka")]),
        ("Linked To: a.k.a. HOLDINGS; a.k.a. BNC without marks.", "organization", []),
    ],
)
def test_aliases_in_remarks_are_weak(remarks: str, kind: str, names: list[tuple[str, str, str]]) -> None:
    """
    Quoted aliases in the remarks are weak names; words that merely look like one are not.
    """
    draft = EntryDraft("1", "us-ofac-sdn", kind)  # type: ignore[arg-type]
    draft.add_name("MAIN", kind="primary")
    add_remarks(draft, remarks)

    assert [(name.text, name.strength, name.kind) for name in draft.finish().names[1:]] == names


def test_numbers_in_remarks_have_scheme_and_country() -> None:
    """
    Passports, tax numbers and registry numbers are taken apart, and remarks that begin like words stay remarks.
    """
    draft = EntryDraft("1", "us-ofac-sdn")
    draft.add_name("MAIN")
    add_remarks(
        draft,
        "Passport 654 (Korea, North) expires 01 Jan 2020; alt. Passport A7; Tax ID No. 77 (Russia); Gender Male; "
        "nationality Korea, North; citizen China; POB Pyongyang, Korea, North; Passport details unknown to us.",
    )
    entry = draft.finish()

    assert [(item.scheme, item.value, item.country) for item in entry.identifiers][:3] == [
        ("Passport", "654", "KP"),
        ("Passport", "A7", ""),
        ("Tax ID No.", "77", "RU"),
    ]
    assert entry.nationalities == ("KP", "CN")
    assert "Gender Male" in entry.remarks
