"""
Lists loaded and searched.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from laborscreen.errors import UsageError, WatchlistError
from laborscreen.names import Identity
from laborscreen.names.index_file import pack_arrays
from laborscreen.watchlists import Watchlist, store
from laborscreen.watchlists.compiled_list import pack
from laborscreen.watchlists.staleness import DEFAULT_MAX_AGE
from tests.watchlists.lists import FIXTURES, REAL, shared, written

UK, ADVANCED = FIXTURES / "uk_sanctions_list.csv", FIXTURES / "sdn_advanced.xml"


@pytest.fixture(scope="module")
def lists() -> Watchlist:
    """Two small lists together."""
    return Watchlist.from_files([UK, ADVANCED])


def test_a_saved_list_answers_as_the_files_do(tmp_path: Path, lists: Watchlist) -> None:
    """
    Saving and loading changes neither entries, provenance, digest nor answers.
    """
    lists.save(tmp_path / "lists.lsw")
    loaded = Watchlist.load(tmp_path / "lists.lsw")

    assert tuple(loaded.entries) == tuple(lists.entries)
    assert (loaded.provenance, loaded.digest) == (lists.provenance, lists.digest)
    for name in ("리일남", "Ri Il Nam", "DEMO TRADING CO", "nobody at all"):
        assert loaded.search(name) == lists.search(name)


def test_saving_twice_gives_the_same_bytes(tmp_path: Path, lists: Watchlist) -> None:
    """
    A compiled list depends on its lists alone.
    """
    for name in ("one.lsw", "two.lsw"):
        Watchlist.from_files([UK, ADVANCED]).save(tmp_path / name)

    assert (tmp_path / "one.lsw").read_bytes() == (tmp_path / "two.lsw").read_bytes()


@pytest.mark.parametrize("section", [store._index_section(), "names 0.0.0"])
def test_an_index_of_another_version_is_built_again(tmp_path: Path, lists: Watchlist, section: str) -> None:
    """
    An index this version cannot use, by its own head or by the version that made it, changes no answer.
    """
    index = lists._names.to_bytes().replace(b'"tables": "', b'"tables": "x', 1)
    path = written(tmp_path, "lists.lsw", pack(lists.entries, lists.provenance, {section: index}))

    assert Watchlist.load(path).search("리일남") == lists.search("리일남")


def test_a_forged_index_is_refused(tmp_path: Path, lists: Watchlist) -> None:
    """
    An index whose head promises arrays it does not have is damage, told in words at the first search.
    """
    arrays = {"text": np.zeros(1, dtype=np.uint8)}
    path = written(
        tmp_path,
        "lists.lsw",
        pack(lists.entries, lists.provenance, {store._index_section(): pack_arrays(arrays)}),
    )

    with pytest.raises(WatchlistError, match="damaged"):
        Watchlist.load(path).search("리일남")


def test_a_name_in_another_script_finds_the_party_with_its_reasons(lists: Watchlist) -> None:
    """
    A Hangul query finds the person on both lists, and each hit says which name met and why.
    """
    hits = lists.search("리일남", kind="person")

    assert {hit.entry.key for hit in hits} == {"uk-sanctions:DPR9001", "us-ofac-sdn:9001"}
    for hit in hits:
        assert hit.threshold <= hit.score <= 1
        assert hit.name in [name.text for name in hit.entry.names]
        assert hit.reasons


def test_a_weak_name_says_so(lists: Watchlist) -> None:
    """
    A hit on a weak alias bears its weakness.
    """
    (hit,) = [
        hit for hit in lists.search("Mr X", kind="person", threshold=0.3) if hit.entry.list == "uk-sanctions"
    ]

    assert (hit.name, hit.strength) == ("Mr X", "weak")


def test_facts_beside_the_name_move_the_score(lists: Watchlist) -> None:
    """
    A birth date that agrees raises the score, one that disagrees lowers it, and no facts change nothing.
    """

    def score(identity: Identity | None) -> float:
        hits = lists.search("Ri Il Nam", kind="person", threshold=0.0, identity=identity)
        return next(hit.score for hit in hits if hit.entry.list == "uk-sanctions")

    same = score(Identity(birth_dates=("1961-09-18",), identifiers=("654111222",)))
    other = score(Identity(birth_dates=("1990-01-01",)))

    assert other < score(None) == score(Identity()) < same


def test_the_kind_asked_for_keeps_others_out(lists: Watchlist) -> None:
    """
    A firm is not found among persons; a ship is found among organizations.
    """
    assert lists.search("DEMO TRADING CO", kind="person") == ()
    assert lists.search("OCEAN DEMO", kind="organization")[0].entry.kind == "vessel"


def test_the_limit_and_an_empty_name_are_minded(lists: Watchlist) -> None:
    """
    No more hits than asked for, and none for an empty name.
    """
    assert len(lists.search("리일남", limit=1)) == 1
    assert lists.search("") == lists.search("   ") == ()


def test_many_names_are_answered_as_single_ones(lists: Watchlist) -> None:
    """
    Searching many names gives what searching each gives, in their order.
    """
    names = ["리일남", "DEMO TRADING CO", "nobody at all", "리일남"]

    assert lists.search_many(names) == [lists.search(name) for name in names]


def test_a_list_may_be_shared_by_threads_and_sent_to_processes() -> None:
    """
    Threads that search a fresh list at once, and a pickled copy, all give one answer.
    """
    fresh = Watchlist.from_files([UK, ADVANCED])
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: fresh.search("리일남"), range(16)))

    assert len(answers) == 1
    assert pickle.loads(pickle.dumps(fresh)).search("리일남") in answers


def test_no_list_and_an_empty_list_are_said_in_words(tmp_path: Path) -> None:
    """
    Where nothing can be found, that is said: it must not be taken for a clean answer.
    """
    path = tmp_path / "empty.xml"
    path.write_text(
        '<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00"><INDIVIDUALS/></CONSOLIDATED_LIST>', "utf-8"
    )
    empty = Watchlist.from_files([path])

    assert "nothing can be found" in Watchlist.from_files([]).description
    assert "the list is empty" in empty.description
    assert any("empty" in warning for warning in empty.provenance[0].warnings)
    assert empty.search("Kim Jong Un") == ()
    empty.save(tmp_path / "empty.lsw")
    assert Watchlist.load(tmp_path / "empty.lsw").description == empty.description


def test_one_list_given_twice_is_refused() -> None:
    """
    Two snapshots of one list are not mixed.
    """
    with pytest.raises(WatchlistError, match="twice"):
        Watchlist.from_files([UK, FIXTURES / "uk_sanctions_list.xml"])


def test_an_entry_is_found_by_its_key(lists: Watchlist) -> None:
    """
    List and id give the entry, an unknown key gives none.
    """
    entry = lists.get("us-ofac-sdn:9002")

    assert entry is not None
    assert entry.name == "DEMO TRADING CO"
    assert lists.get("us-ofac-sdn:0") is None


def test_a_list_grows_old(lists: Watchlist) -> None:
    """
    The oldest list gives the age; beyond the limit it is warned of or refused, and the limit itself is allowed.
    """
    day = date(2026, 11, 1)

    assert lists.age(day) == (day - date(2026, 1, 28)).days == 277
    assert lists.require_fresh(day, max_age=277) == ()
    (stale,) = lists.require_fresh(day, max_age=276, policy="warn")
    assert "uk-sanctions of 2026-01-28 is 277 days old" in str(stale)
    with pytest.raises(WatchlistError, match="277 days old"):
        lists.require_fresh(day)
    assert DEFAULT_MAX_AGE < 277


def test_a_list_without_a_date_counts_as_too_old(tmp_path: Path) -> None:
    """
    Nobody can say that an undated list is fresh.
    """
    path = tmp_path / "list.xml"
    path.write_text("<sdnList><sdnEntry><uid>1</uid><lastName>A</lastName></sdnEntry></sdnList>", "utf-8")
    undated = Watchlist.from_files([path])

    assert undated.age(date(2026, 1, 1)) is None
    with pytest.raises(WatchlistError, match="bears no date"):
        undated.require_fresh(date(2026, 1, 1), max_age=10_000)


def test_the_age_of_lists_is_announced_with_them(lists: Watchlist) -> None:
    """
    A notice names the lists and the age of the oldest on the day; the embedded ones are called a snapshot.
    """
    day = date(2026, 11, 1)

    assert lists.notice(day).endswith("the oldest is 277 days old on 2026-11-01")
    assert "uk-sanctions (3 entries, 2026-01-28)" in lists.notice(day)
    assert "snapshot" in Watchlist.embedded().notice(day)
    assert "908 days old" in Watchlist.embedded().notice(day)


def test_the_embedded_snapshot_is_warned_of_and_not_refused() -> None:
    """
    Screening works at once with the embedded lists, however old, and each is named as stale.
    """
    stale = Watchlist.embedded().require_fresh(date(2030, 1, 1), policy="fail")

    assert {item.provenance.list for item in stale} == {"us-ofac-sdn", "eu-fsf", "jp-mof"}


def test_importing_the_room_loads_nothing_heavy() -> None:
    """
    Parsers, tables of names and numeric libraries are loaded when a list is read or searched, not before.
    """
    code = (
        "import sys, laborscreen.watchlists; "
        "print([name for name in ('numpy', 'lxml', 'yaml', 'python_calamine', 'laborscreen.names') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


@pytest.mark.soak
def test_the_embedded_list_is_what_its_script_makes_of_the_lists() -> None:
    """
    The compiled file in the package says what the published lists say, DPRK-related entries alone.
    """
    files = [shared(REAL[name][0][0]) for name in ("eu", "jp", "sdn-xml")]
    related = [
        entry for file in files for entry in Watchlist.from_files([file]).entries if entry.dprk_related
    ]

    assert list(Watchlist.embedded().entries) == related


def test_an_age_below_zero_is_no_limit(lists: Watchlist) -> None:
    """
    A negative limit is a mistake of the caller.
    """
    with pytest.raises(UsageError):
        lists.require_fresh(date(2026, 1, 1), max_age=-1)


def test_the_embedded_list_says_what_it_is() -> None:
    """
    The embedded list holds DPRK-related entries alone, of named lists and days, and calls itself a snapshot.
    """
    embedded = Watchlist.embedded()

    assert len(embedded) > 1_000
    assert all(entry.dprk_related for entry in embedded.entries)
    assert {item.list for item in embedded.provenance} == {"us-ofac-sdn", "eu-fsf", "jp-mof"}
    assert all(item.file_date in embedded.snapshot for item in embedded.provenance)
    assert "not a current list" in embedded.snapshot
    assert all(item.licence and item.publisher for item in embedded.provenance)
    assert any("others are left out" in warning for warning in embedded.provenance[0].warnings)


def test_the_embedded_list_knows_who_is_on_it() -> None:
    """
    A well-known designation is found at once, in several scripts, and a common South Korean name is not.
    """
    embedded = Watchlist.embedded()

    for name in ("김정은", "Kim Jong Un", "Ким Чен Ын"):
        assert embedded.search(name, kind="person")[0].entry.dprk_related
    assert embedded.search("Mansudae Overseas Project Group", kind="organization")
    assert embedded.search("Samsung Electronics Co., Ltd.", kind="organization") == ()


def test_the_embedded_index_is_what_this_version_makes() -> None:
    """
    The index in the package is the one that would be built from its entries now, so that no change to names outruns it.

    Where this fails: ``python scripts/build_embedded_watchlist.py --index-only``.
    """
    from importlib import resources

    from laborscreen.watchlists.compiled_list import unpack
    from laborscreen.watchlists.name_lookup import NameLookup

    kept = resources.files("laborscreen.watchlists.embedded").joinpath("dprk.lsw").read_bytes()
    entries, _, _, sections = unpack(kept, "dprk.lsw")

    assert list(sections.values()) == [NameLookup(list(entries)).to_bytes()]


def test_a_firm_of_a_list_that_tells_no_kinds_is_not_taken_for_a_person() -> None:
    """
    Two trading corporations of Korea share common words alone, which must not count as names of people would.
    """
    from laborscreen.watchlists import Entry, ListedName

    names = (ListedName("Korea Ryongwang Trading Corporation"),)
    lists = Watchlist([Entry(list="jp-mof", id="1", kind="other", names=names)], [])

    assert lists.search("Korea Paekho Trading Corporation") == ()
    assert [hit.entry.id for hit in lists.search("Ryongwang Trading Corp.")] == ["1"]


def test_the_embedded_list_fits_into_a_package() -> None:
    """
    It stays below a megabyte and a half.
    """
    from importlib import resources

    assert (
        len(resources.files("laborscreen.watchlists.embedded").joinpath("dprk.lsw").read_bytes()) < 1_500_000
    )


def test_all_lists_together_are_loaded_whole(tmp_path: Path) -> None:
    """
    A compiled file of several lists holds every entry of each and answers like the lists it was made of.
    """
    names = ("cons-xml", "un-2026", "eu")
    lists = Watchlist.from_files([shared(REAL[name][0][0]) for name in names])
    lists.save(tmp_path / "all.lsw")
    loaded = Watchlist.load(tmp_path / "all.lsw")

    assert len(loaded) == sum(REAL[name][1] for name in names)
    found = [hit.entry.key for hit in loaded.search("Ri Won Ho", kind="person")]
    assert found
    assert found == [hit.entry.key for hit in lists.search("Ri Won Ho", kind="person")]


def test_a_number_finds_its_bearers_however_it_is_written(lists: Watchlist) -> None:
    """
    A passport number finds the person on both lists, with spaces or without; a short or unknown one finds nobody.
    """
    assert {entry.key for entry in lists.with_identifier("654 111-222")} == {
        "uk-sanctions:DPR9001",
        "us-ofac-sdn:9001",
    }
    assert lists.with_identifier("654111223") == ()
    assert lists.with_identifier("-") == lists.with_identifier("99") == ()


def test_a_search_for_another_kind_is_refused(lists: Watchlist) -> None:
    """
    A kind nobody can search for is a mistake of the caller, not an empty answer.
    """
    with pytest.raises(UsageError):
        lists.search("Ri Il Nam", kind="vessel")  # type: ignore[arg-type]
